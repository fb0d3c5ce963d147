"""Contacts out: one vCard of a contact, as 3.0 or 4.0, written by ourselves line by line."""

from collections.abc import Callable

from crm.domain.exportrecord import ExportRecord
from crm.formats.vcard.heads import Heads
from crm.formats.vcard.limits import DEFAULT
from crm.formats.vcard.weaving import weave
from crm.formats.vcard.written import Blobs, content_line

VERSIONS = ("3.0", "4.0")
_PICTURES = frozenset({"PHOTO", "LOGO"})


def card_writer(version: str, blobs: Blobs, *, pictures: bool = True) -> Callable[[ExportRecord], bytes]:
    """Return what writes cards in a version; 3.0 is what every program takes (INTEROP.md 6).

    `blobs` finds binary content by its address. The same contact gives the same bytes.
    """
    left_out = frozenset[str]() if pictures else _PICTURES
    heads = Heads(DEFAULT)
    begin = f"BEGIN:VCARD\r\nVERSION:{version}\r\n".encode()

    def write(record: ExportRecord) -> bytes:
        lines = [
            content_line(one, version, blobs)
            for one in weave(record, version, heads)
            if one.name.upper() not in left_out
        ]
        return b"".join((begin, *lines, b"END:VCARD\r\n"))

    return write
