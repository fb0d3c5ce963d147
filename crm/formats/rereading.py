"""Records as a book keeps them, read again: what an earlier file said of somebody."""

from crm.domain.card import CardDraft
from crm.domain.person import PersonDraft
from crm.formats import tables, vcard


def reread(version: str, raw: str) -> PersonDraft | None:
    """Return the person of a kept record, None when it is about nobody. `version` tells cards from rows of tables."""
    if version == tables.VERSION:
        return tables.reread(raw)
    card = f"BEGIN:VCARD\nVERSION:{version or '3.0'}\n{raw}\nEND:VCARD\n".encode("utf-8", "replace")
    found = next(iter(vcard.read(card, "")), None)
    return found.person if isinstance(found, CardDraft) else None
