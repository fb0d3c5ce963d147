"""Cards of ours that come back: one that is just what the book would write now has nothing to say."""

from collections.abc import Mapping
from functools import partial

from crm.app.books import Book
from crm.app.importing.records import digest
from crm.domain.card import CardDraft, CardKind
from crm.domain.exportrecord import ExportRecord
from crm.domain.importrecord import Record
from crm.formats import vcard
from crm.store import blobs
from crm.store import exporting as store


def echoes(book: Book, updates: Mapping[int, tuple[int, Record]]) -> frozenset[int]:
    """Return the lines among `updates`, each with its owner's id and its record, whose card the book would write.

    What several cards said stands in one on the way out, and may read otherwise there: a title that had no company
    stands below somebody else's company. Only that card and its record can show that it is no news.
    """
    asked = {line: one for line, one in updates.items() if one[1].card.version in vcard.VERSIONS}
    if not asked:
        return frozenset()
    people, companies = (
        sorted({id_ for id_, record in asked.values() if record.card.kind is kind})
        for kind in (CardKind.PERSON, CardKind.COMPANY)
    )
    versions: dict[str, set[str]] = {}
    for _, record in asked.values():
        versions.setdefault(record.card.uid, set()).add(record.card.version)
    written: set[str] = set()
    with book.read() as session:
        find = partial(blobs.find, session)
        for owner in (*store.people(session, people), *store.companies(session, companies)):
            written |= {_digest(owner, version, find) for version in versions.get(owner.uid, ())}
    return frozenset(line for line, (_, record) in asked.items() if record.digest in written)


def _digest(owner: ExportRecord, version: str, find: vcard.Blobs) -> str:
    card = vcard.card_writer(version, find)(owner)
    found = (one.raw for one in vcard.read(card, "") if isinstance(one, CardDraft))
    return digest(next(found, "").encode("utf-8", "replace"))
