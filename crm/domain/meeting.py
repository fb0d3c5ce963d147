"""Meetings of a calendar: who was there, and what each means for the book: a touch to log, or a date to wait for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from crm.domain.folding import fold
from crm.domain.person import PersonId
from crm.domain.touch import TouchKind

MeetingId = NewType("MeetingId", int)

# A room of more than this is an audience; nobody kept in touch with each of them.
MOST_PEOPLE = 8
LOOK_BACK = timedelta(days=365)
LOOK_AHEAD = timedelta(days=180)
_NAME_WORDS = (4, 3, 2)
_KINDS = {
    TouchKind.COFFEE: frozenset(
        {"coffee", "lunch", "breakfast", "dinner", "drinks", "tea", "café", "kaffee", "almoço"}
    ),
    TouchKind.CALL: frozenset({"call", "phone", "zoom", "phonecall", "anruf", "telefon"}),
}
_KIND_OF = {fold(word): kind for kind, words in _KINDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody invited: a folded address ('' when none is told) and the name shown for it."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One occurrence of an event. `uid` names it for good: of a series, with the instant it was planned for.

    `on` is the local day; `starts_at` is UTC, None when the event has no time of day. `series` is '' for a single one.
    """

    uid: str
    title: str
    on: date
    starts_at: datetime | None = None
    minutes: int = 0
    place: str = ""
    attendees: tuple[Attendee, ...] = ()
    cancelled: bool = False
    series: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """The days to look at, both included."""

    since: date
    until: date

    def holds(self, day: date) -> bool:
        """Say whether `day` is one of them."""
        return self.since <= day <= self.until


def usual_span(today: date) -> Span:
    """Return a year back and half a year ahead."""
    return Span(today - LOOK_BACK, today + LOOK_AHEAD)


class Fate(StrEnum):
    """What becomes of a meeting: a touch, a date ahead, a date taken back, or nothing, and why."""

    TOUCH = "touch"
    AHEAD = "ahead"
    GONE = "gone"  # it was ahead, and the calendar says it is cancelled
    LOGGED = "logged"  # the book has a touch of that day with these people
    SAME = "same"
    NOBODY = "nobody"  # nobody there is in the book
    CROWD = "crowd"
    REPEATED = "repeated"  # another time of a series: the latest that was, and the next, stand for it
    CANCELLED = "cancelled"


TAKEN = frozenset({Fate.TOUCH, Fate.AHEAD, Fate.GONE})


class Clue(StrEnum):
    """Why a person is thought to have been there."""

    ADDRESS = "address"
    NAME = "name"  # an attendee without a known address has exactly their name
    TITLE = "title"  # the title names them


@dataclass(frozen=True, slots=True)
class Presence:
    """A person at a meeting, and how we know."""

    person: PersonId
    name: str
    clue: Clue


@dataclass(frozen=True, slots=True)
class Known:
    """People of the book by what a calendar says of them; a key that several share names nobody."""

    by_email: Mapping[str, tuple[PersonId, str]] = field(default_factory=dict)
    by_name: Mapping[str, tuple[PersonId, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """A meeting as the book keeps it from an earlier look; `settled` once it was logged or let go."""

    id: MeetingId
    meeting: Meeting
    people: frozenset[PersonId]
    settled: bool


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A kept meeting in a list, with (id, name) of those of the book who are there."""

    id: MeetingId
    meeting: Meeting
    people: tuple[tuple[PersonId, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A meeting, who of the book was there, and its fate."""

    meeting: Meeting
    fate: Fate
    people: tuple[Presence, ...] = ()
    strangers: tuple[Attendee, ...] = ()
    kept: MeetingId | None = None

    @property
    def taken(self) -> bool:
        """Whether importing it changes the book."""
        return self.fate in TAKEN


def present(meeting: Meeting, known: Known) -> tuple[tuple[Presence, ...], tuple[Attendee, ...]]:
    """Return who of the book was there, and the attendees who aren't in it.

    By address, else by exactly their name; only where nobody was invited does a full name in the title count.
    """
    found: dict[PersonId, Presence] = {}
    strangers = []
    for attendee in meeting.attendees:
        by_address = known.by_email.get(attendee.email) if attendee.email else None
        one = by_address or known.by_name.get(fold(attendee.name))
        if one is None:
            strangers.append(attendee)
        else:
            found.setdefault(one[0], Presence(*one, Clue.ADDRESS if by_address else Clue.NAME))
    if not meeting.attendees:
        for key in names_in(meeting.title):
            if key in known.by_name:
                one = known.by_name[key]
                found.setdefault(one[0], Presence(*one, Clue.TITLE))
    return tuple(found.values()), tuple(strangers)


def names_in(title: str) -> Iterable[str]:
    """Yield the folded runs of two to four words that could be somebody's full name, longest first."""
    words = ["".join(c for c in word if c.isalnum() or c in "'-.") for word in fold(title).split()]
    for length in _NAME_WORDS:
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def touch_kind(title: str) -> TouchKind:
    """Return what kind of touch a meeting was, by the words of its title."""
    words = fold(title).replace("/", " ").split()
    return next((kind for word in words if (kind := _KIND_OF.get(word.strip(".,:;!()")))), TouchKind.MEETING)


def judge(
    meeting: Meeting, known: Known, kept: Kept | None, logged: Mapping[date, frozenset[PersonId]], today: date
) -> MeetingRecord:
    """Return what becomes of a meeting by itself. `logged` are those with a counting touch, by its day."""
    people, strangers = present(meeting, known)
    ids = frozenset(one.person for one in people)
    settled = kept is not None and kept.settled
    if meeting.cancelled:
        fate = Fate.GONE if kept is not None and not settled else Fate.CANCELLED
    elif not people:
        fate = Fate.NOBODY
    elif len(meeting.attendees) > MOST_PEOPLE:
        fate = Fate.CROWD
    elif settled:
        fate = Fate.SAME
    elif meeting.on > today:
        told = replace(meeting, attendees=())  # whom they are is kept, not how they were named
        fate = Fate.SAME if kept and (kept.meeting, kept.people) == (told, ids) else Fate.AHEAD
    else:
        fate = Fate.LOGGED if ids <= logged.get(meeting.on, frozenset()) else Fate.TOUCH
    return MeetingRecord(meeting, fate, people, strangers, kept.id if kept else None)


def standing_for_series(records: Iterable[MeetingRecord]) -> tuple[MeetingRecord, ...]:
    """Let the latest past and the next future time of a series stand for it; `records` are by day.

    A weekly meeting is one reason to be in touch, not fifty touches.
    """
    found = list(records)
    for fate, order in ((Fate.TOUCH, range(len(found) - 1, -1, -1)), (Fate.AHEAD, range(len(found)))):
        seen = set()
        for place in order:
            one = found[place]
            if one.fate is fate and one.meeting.series:
                if one.meeting.series in seen:
                    found[place] = replace(one, fate=Fate.REPEATED)
                seen.add(one.meeting.series)
    return tuple(found)


def counted(records: Iterable[MeetingRecord]) -> dict[Fate, int]:
    """Return how many meetings have each fate; the sum is what was read."""
    counts = dict.fromkeys(Fate, 0)
    for one in records:
        counts[one.fate] += 1
    return counts


def in_order(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """Return each occurrence once, by day; of a uid told twice the later stands, as calendars replace it."""
    by_uid = {one.uid: one for one in meetings}
    return tuple(
        sorted(
            by_uid.values(), key=lambda one: (one.on, one.starts_at is not None, str(one.starts_at), one.uid)
        )
    )
