"""A saved e-mail as a touch to confirm: whom it was with, who wrote it, when, about what."""

from datetime import date, tzinfo
from pathlib import Path

from crm.app import preferences
from crm.app.books import Book
from crm.domain.folding import fold
from crm.domain.meeting import Known
from crm.domain.person import PersonId
from crm.domain.quick import Day, QuickReading, Who
from crm.domain.touch import Direction, TouchKind
from crm.errors import ErrorCode, KeepwarmError
from crm.files import is_held
from crm.formats import letters
from crm.formats.letters import Address, Letter
from crm.store import meetings as rows
from crm.store import people as known_people

_MOST_WHO = 10


def read_letter(
    book: Book, path: Path, *, today: date, zone: tzinfo | None = None, beside: PersonId | None = None
) -> QuickReading:
    """Return the touch that a letter is; `beside` is who it was with where it names nobody the book knows.

    The user's own addresses (settings) say who wrote; without them, a sender whom the book knows did.
    Raises `KeepwarmError`: unreadable, no letter.
    """
    letter = letters.read_letter(_header(path), zone)
    own = {fold(address) for address in preferences.get(book).addresses}
    everybody = [one for one in (letter.sender, *letter.to, *letter.copied) if one is not None]
    with book.read() as session:
        known = rows.known(
            session, {one.email for one in everybody}, {fold(one.name) for one in everybody} - {""}
        )
        names = known_people.names_of(session, [beside] if beside is not None else [])
    who, direction = _sides(letter, own, known)
    if beside in names and not any(one.settled for one in who):
        who = (Who(names[beside], ((beside, names[beside]),)),)
    on = letter.on if letter.on is not None and letter.on <= today else today
    return QuickReading(who[:_MOST_WHO], TouchKind.EMAIL, Day(on), letter.subject, direction=direction)


def _sides(letter: Letter, own: set[str], known: Known) -> tuple[tuple[Who, ...], Direction]:
    """Return who is on the other side, and who wrote."""
    sender = letter.sender
    mine = sender is not None and fold(sender.email) in own
    meant = _who(sender, known) if sender is not None else None
    receivers = [_who(one, known) for one in letter.to if fold(one.email) not in own]
    if not mine and meant is not None and (own or meant.settled or not any(one.settled for one in receivers)):
        return (meant,), Direction.HEARD
    copied = [_who(one, known) for one in letter.copied if fold(one.email) not in own]
    return (*receivers, *(one for one in copied if one.settled)), Direction.SENT


def _who(address: Address, known: Known) -> Who:
    """Return whom a mailbox means: by its address, else by its name."""
    found = known.by_email.get(address.email) or known.by_name.get(fold(address.name))
    said = address.name or address.email
    return Who(said, (found,) if found else (), address=address.email)


def _header(path: Path) -> bytes:
    if is_held(path):
        raise KeepwarmError(ErrorCode.LETTER_UNKNOWN, path=str(path))
    try:
        with path.open("rb") as stream:
            head = stream.read(letters.HEADER_BYTES)
    except OSError as error:
        raise KeepwarmError(ErrorCode.FILE_UNREADABLE, path=str(path), why=error.strerror or "") from error
    if not letters.is_letter(head):
        raise KeepwarmError(ErrorCode.LETTER_UNKNOWN, path=str(path))
    return head
