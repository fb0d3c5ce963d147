"""An event for the user's calendar, and when it starts on the clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from enum import StrEnum

CHECK_IN_MINUTES = 15


class EventKind(StrEnum):
    """What an event in a calendar is about."""

    CHECK_IN = "check_in"
    STEP = "step"
    INTERVIEW = "interview"
    EVENT = "event"
    DATE = "date"
    MEETING = "meeting"


USUAL = (EventKind.CHECK_IN, EventKind.STEP, EventKind.INTERVIEW, EventKind.EVENT)
# What calendar files may hold: meetings come from the user's own calendar, and don't go back there.
EXPORTED = (*USUAL, EventKind.DATE)


class Detail(StrEnum):
    """How much an event tells whoever sees the calendar, from everything to nothing but its title."""

    FULL = "full"
    NO_CONTACT = "no_contact"
    NO_NOTE = "no_note"
    WORK = "work"
    TITLE_ONLY = "title_only"

    @property
    def tells_notes(self) -> bool:
        """Whether it tells what the user wrote: the last note, how to prepare, a goal."""
        return self in (Detail.FULL, Detail.NO_CONTACT)

    @property
    def tells_contact(self) -> bool:
        """Whether it tells phones and emails."""
        return self in (Detail.FULL, Detail.NO_NOTE)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One event. Instants are UTC; `alarms` are minutes before the start.

    `whole_day` is the day of one that has no hour; its alarm, if it has any, rings at nine on the day before.

    `uid`, `sequence`, `created_at` and `changed_at` come from the data, never from the clock, so that the same data
    give the same bytes.
    """

    uid: str
    summary: str
    starts_at: datetime
    changed_at: datetime
    created_at: datetime | None = None
    minutes: int = CHECK_IN_MINUTES
    whole_day: date | None = None
    busy: bool = False
    description: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    alarms: tuple[int, ...] = (0,)
    sequence: int = 0
    private: bool = False
    cancelled: bool = False
    kind: EventKind = EventKind.CHECK_IN


def starts_at(on: date, at: time, zone: tzinfo | None) -> datetime:
    """Return the instant of a clock time on a day, in UTC; `zone` None is this system's own, summer time included.

    A time that the clocks skip that day comes as much later (02:30 becomes 03:30), one that comes twice is the first.
    """
    wall = datetime.combine(on, at, zone).replace(fold=0)
    return wall.astimezone(UTC)
