"""Logging in one sentence: reading it against the book, and doing what it says in one step of undo."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from crm.app import checkins, people, planning, touches
from crm.app.books import Book
from crm.app.touches import Logged
from crm.domain.changes import Op
from crm.domain.person import ContactKind, ContactPoint, PersonDraft, PersonId
from crm.domain.quick import Day, QuickReading, Who
from crm.domain.touch import TouchKind
from crm.errors import Ambiguous, ErrorCode, KeepwarmError, NotFound
from crm.formats import phrases
from crm.store import browse, meetings

MOST_NAMES = 30

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")

Find = Callable[[str], Sequence[tuple[int, str]]]


def read(book: Book, text: str, *, today: date, day_first: bool = True) -> QuickReading:
    """Return what a sentence says. Names that fit nobody and don't look like names go into the note."""
    phrase = phrases.parse(text, today=today, day_first=day_first)
    with book.read() as session:

        def find(name: str) -> Sequence[tuple[int, str]]:
            if "@" in name:
                return tuple(meetings.known(session, {name}, set()).by_email.values())
            exactly = browse.find_people(session, name, exactly=True)
            return exactly or browse.find_people(session, name, exactly=False)

        who, left = _people(find, phrase.names)
    note = "\n".join(part for part in (left, phrase.note) if part)
    kind = phrase.kind or TouchKind.OTHER
    on = phrase.on or Day(today)
    return QuickReading(who, kind, on, note, phrase.next_on, phrase.every, phrase.never, phrase.direction)


def log(book: Book, reading: QuickReading, *, today: date) -> Logged:
    """Log what was read: new people, the touch, how often from now on, the day of the next check-in.

    Raises `NotFound`, `Ambiguous`, `KeepwarmError` (DAY_UNCLEAR) while somebody or a day isn't settled, and as
    `touches.log` does.
    """
    _require_settled(reading)
    with book.write(Op.LOG_TOUCH):
        touch = reading.touch(tuple(_person(book, one, today) for one in reading.who))
        logged = touches.log(book, touch, today=today)
        if reading.every is not None or reading.never:
            checkins.set_every(book, touch.people, reading.every, today=today, never=reading.never)
        if reading.next_on is not None:
            planning.plan_check_in(book, touch.people, reading.next_on.on, today=today)
        due = touches.next_due(book, touch.people[0])
        book.note(
            count=len(touch.people), on=touch.on.isoformat(), next_due_on=due.isoformat() if due else None
        )
    return Logged(logged.touch, due)


def _require_settled(reading: QuickReading) -> None:
    for one in reading.who:
        if not one.settled and one.candidates:
            raise Ambiguous("person", one.said, one.candidates)
        if not one.settled:
            raise NotFound("person", one.said)
    for day in (reading.on, reading.next_on):
        if day is not None and day.other is not None:
            raise KeepwarmError(ErrorCode.DAY_UNCLEAR, on=day.on, other=day.other)


def _person(book: Book, one: Who, today: date) -> PersonId:
    """Return the person meant, adding whoever is new."""
    address = (ContactPoint(ContactKind.EMAIL, one.address),) if one.address else ()
    return (
        one.person
        if one.person is not None
        else people.add(book, PersonDraft(display_name=one.said, contacts=address), today=today)
    )


def _people(find: Find, names: tuple[str, ...]) -> tuple[tuple[Who, ...], str]:
    """Return who is meant by each name, and the words that are nobody's."""
    found: list[Who] = []
    left: list[str] = []
    for name in names[:MOST_NAMES]:
        who, rest = _meant(find, name)
        if who.candidates or who.address or _looks_like_a_name(who.said):
            found.append(who)
        else:
            rest = name
        if rest:
            left.append(rest)
    return tuple(found), ", ".join((*left, *names[MOST_NAMES:]))


def _meant(find: Find, name: str) -> tuple[Who, str]:
    """Look a name up, then without its last words: "Tom great chat" is Tom, and the rest is the note."""
    words = name.split()
    for count in range(len(words), 0, -1):
        said = " ".join(words[:count])
        if candidates := find(said):
            known = tuple((PersonId(person), label) for person, label in candidates)
            return Who(said, known), " ".join(words[count:])
    return Who(name, address=name if _ADDRESS.fullmatch(name) else ""), ""


def _looks_like_a_name(text: str) -> bool:
    """Say whether somebody unknown may be meant: one to four words that don't start small."""
    words = text.split()
    return 0 < len(words) <= 4 and all(not word[0].islower() and word[0].isalpha() for word in words)
