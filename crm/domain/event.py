"""Events: job fairs, meetups, groups, mentors; who may be there, who was met, and what came of it (PRODUCT.md, "Events")."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NewType

from crm.domain.person import PersonId

EventId = NewType("EventId", int)

FOLLOW_UP_DAYS = 2
OUTCOME_DAYS = 90
_MOST_DAYS_OFF = 366
_PARTS = re.compile(r"\s*(?:,|\bat\b|\bfrom\b|@)\s*", re.IGNORECASE)


class EventType(StrEnum):
    """What an event is. A group or a mentor goes on; the others are over after their day."""

    MEETUP = "meetup"
    FAIR = "fair"
    CONFERENCE = "conference"
    WEBINAR = "webinar"
    GROUP = "group"
    MENTOR = "mentor"
    OTHER = "other"


class EventStatus(StrEnum):
    """Whether the user goes. Nothing changes by itself: a day that passed is asked about."""

    INTERESTED = "interested"
    GOING = "going"
    WENT = "went"
    MISSED = "missed"


class Attendance(StrEnum):
    """Who somebody is for an event: may be there, or was met there."""

    EXPECTED = "expected"
    MET = "met"


@dataclass(frozen=True, slots=True)
class EventDraft:
    """Everything a user can say of an event. `held_on` is missing for what goes on, as groups and mentors."""

    name: str
    kind: EventType = EventType.MEETUP
    held_on: date | None = None
    place: str = ""
    link: str = ""
    goal: str = ""
    status: EventStatus = EventStatus.INTERESTED
    notes: str = ""
    outcome: str = ""
    expected: tuple[PersonId, ...] = ()

    def lies_ahead(self, today: date) -> bool:
        """Say whether its day is still to come: nobody can have been there, or have been met."""
        return self.held_on is not None and self.held_on > today


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the people met: who was touched again, who is in an opportunity since, whom they introduced."""

    met: int = 0
    touched: int = 0
    opportunities: int = 0
    introductions: int = 0


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the list. `people` are (id, name) of those who may be there, `met` of those met."""

    id: EventId
    draft: EventDraft
    people: tuple[tuple[PersonId, str], ...] = ()
    met: tuple[tuple[PersonId, str], ...] = ()
    outcome: Outcome = Outcome()

    def asks_who(self, today: date) -> bool:
        """Say whether the day has come and nobody said yet who was met."""
        on, status = self.draft.held_on, self.draft.status
        return on is not None and on <= today and not self.met and status is not EventStatus.MISSED

    def asks_outcome(self, today: date) -> bool:
        """Say whether 90 days have passed and nothing is written about what came of it."""
        on = self.draft.held_on
        return on is not None and bool(self.met) and not self.draft.outcome and outcome_on(on) <= today


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody met, as written: "Ana Lima, Orbital Labs"."""

    name: str
    company: str = ""


def outcome_on(held_on: date) -> date:
    """Return the day to look at what came of an event."""
    return held_on + timedelta(days=OUTCOME_DAYS)


def read_names(text: str) -> tuple[Named, ...]:
    """Return who was met: a line each, or several between semicolons; a company after a comma, "at", "from" or "@"."""
    found = []
    for one in re.split(r"[\n;]+", text):
        name, *rest = _PARTS.split(one.strip(" \t•-*"), maxsplit=1)
        if name:
            found.append(Named(name, rest[0].strip() if rest else ""))
    return tuple(dict.fromkeys(found))


def follow_up_days(
    count: int, held_on: date, today: date, is_off: Callable[[date], bool]
) -> tuple[date, ...]:
    """Return a day for each follow-up: within two days of the event or of today, days off skipped, as many on each."""
    first = max(held_on, today)
    days: list[date] = []
    for away in range(1, _MOST_DAYS_OFF):
        day = first + timedelta(days=away)
        if not is_off(day):
            days.append(day)
        if len(days) == FOLLOW_UP_DAYS:
            break
    days = days or [first + timedelta(days=1)]
    return tuple(days[number * len(days) // count] for number in range(count))
