"""A card as it was kept → its pieces: each property with what our reader takes from it, to tell what changed since."""

from dataclasses import dataclass

from crm.domain.importrecord import SourceText
from crm.domain.person import ContactPoint, ImportantDate
from crm.formats.vcard.gathering import Gathered
from crm.formats.vcard.heads import Head, Heads, head_end
from crm.formats.vcard.limits import DEFAULT
from crm.formats.vcard.lines import UNPARSED
from crm.formats.vcard.properties import BLOB, read_blob, read_value

_LISTS = ("nicknames", "tags", "notes")


@dataclass(slots=True)
class Piece:
    """One property. `filled` names the field of ours it filled; the rest is what it brought.

    `place` is an ORG's index among the card's.
    """

    head: Head
    value: str
    blob: str = ""
    filled: str = ""
    contacts: tuple[ContactPoint, ...] = ()
    dates: tuple[ImportantDate, ...] = ()
    texts: tuple[str, ...] = ()
    place: int = -1


@dataclass(slots=True)
class KeptCard:
    """A card's pieces in their order, and all they say together."""

    version: str
    pieces: list[Piece]
    found: Gathered


def read_kept(source: SourceText, heads: Heads) -> KeptCard:
    """Read a card again. `heads` may be shared by many cards."""
    found = Gathered(DEFAULT.values, old=source.version == "2.1")
    pieces = [_piece(line, heads, found) for line in source.raw.split("\n") if line]
    labelled = iter(found.labelled_contacts())
    for piece in pieces:
        if piece.contacts:
            piece.contacts = tuple(next(labelled) for _ in piece.contacts)
    return KeptCard(source.version, pieces, found)


def _piece(line: str, heads: Heads, found: Gathered) -> Piece:
    end = head_end(line)
    head, value = heads.parse(line[:end]) or UNPARSED, line[end + 1 :]
    if value[:1] == BLOB:
        return Piece(head, "", value[1:], read_blob(head, value[1:], found))
    contacts, dates, orgs = len(found.contacts), len(found.dates), len(found.orgs)
    starts = {name: len(getattr(found, name)) for name in _LISTS}
    piece = Piece(head, value, filled=read_value(head, value, found))
    if len(found.contacts) > contacts:
        piece.contacts = tuple(found.contacts[contacts:])
    piece.dates = tuple(date for date, _ in found.dates[dates:])
    if piece.filled in starts:
        piece.texts = tuple(getattr(found, piece.filled)[starts[piece.filled] :])
    elif len(found.orgs) > orgs:
        piece.place = orgs
    return piece
