"""Logging in one sentence: reading it against the book, and doing what it says in one step of undo."""

from collections.abc import Callable, Sequence
from datetime import date

from crm.app import checkins, planning, touches
from crm.app.books import Book
from crm.app.touches import Logged
from crm.domain.changes import Op
from crm.domain.person import PersonId
from crm.domain.quick import QuickReading, Who
from crm.domain.touch import TouchKind
from crm.errors import Ambiguous, NotFound
from crm.formats import phrases
from crm.store import browse

MOST_NAMES = 30

Find = Callable[[str], Sequence[tuple[int, str]]]


def read(book: Book, text: str, *, today: date, day_first: bool = True) -> QuickReading:
    """Return what a sentence says. Names that fit nobody and don't look like names go into the note."""
    phrase = phrases.parse(text, today=today, day_first=day_first)
    with book.read() as session:

        def find(name: str) -> Sequence[tuple[int, str]]:
            exactly = browse.find_people(session, name, exactly=True)
            return exactly or browse.find_people(session, name, exactly=False)

        who, left = _people(find, phrase.names)
    note = "\n".join(part for part in (left, phrase.note) if part)
    kind = phrase.kind or TouchKind.OTHER
    return QuickReading(who, kind, phrase.on or today, note, phrase.next_on, phrase.every, phrase.never)


def log(book: Book, reading: QuickReading, *, today: date) -> Logged:
    """Log what was read: the touch, how often from now on, the day of the next check-in.

    Raises `NotFound`, `Ambiguous` while somebody named isn't settled, and as `touches.log` does.
    """
    for one in reading.who:
        if one.person is None:
            raise (
                Ambiguous("person", one.said, one.candidates)
                if one.candidates
                else NotFound("person", one.said)
            )
    touch = reading.touch()
    with book.write(Op.LOG_TOUCH):
        logged = touches.log(book, touch, today=today)
        if reading.every is not None or reading.never:
            checkins.set_every(book, touch.people, reading.every, today=today, never=reading.never)
        if reading.next_on is not None:
            planning.plan_check_in(book, touch.people, reading.next_on, today=today)
        due = touches.next_due(book, touch.people[0])
        book.note(
            count=len(touch.people), on=touch.on.isoformat(), next_due_on=due.isoformat() if due else None
        )
    return Logged(logged.touch, due)


def _people(find: Find, names: tuple[str, ...]) -> tuple[tuple[Who, ...], str]:
    """Return who is meant by each name, and the words that are nobody's."""
    found: list[Who] = []
    left: list[str] = []
    for name in names[:MOST_NAMES]:
        who, rest = _meant(find, name)
        if who.candidates or _looks_like_a_name(who.said):
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
    return Who(name), ""


def _looks_like_a_name(text: str) -> bool:
    """Say whether somebody unknown may be meant: one to four words that don't start small."""
    words = text.split()
    return 0 < len(words) <= 4 and all(not word[0].islower() and word[0].isalpha() for word in words)
