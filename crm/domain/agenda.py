"""Today: who to check in with on a day, in which order, and why."""

from dataclasses import dataclass
from datetime import date

from crm.domain.cadence import DueState, Interval
from crm.domain.person import PersonRow
from crm.domain.reasons import CheckInReason
from crm.domain.touch import TouchRow


@dataclass(frozen=True, slots=True)
class CheckInRow:
    """One suggested check-in: the person, the reason, and how it can be done."""

    person: PersonRow
    due_on: date
    state: DueState
    reason: CheckInReason
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class DayLoad:
    """How many check-ins are due on a day."""

    on: date
    check_ins: int


@dataclass(frozen=True, slots=True)
class WeekTouches:
    """How many touches an ISO week had; `from_on` is its Monday."""

    from_on: date
    touches: int


@dataclass(frozen=True, slots=True)
class TodayCard:
    """Everything Today shows. `check_ins` are overdue, then today, then soon, at most as many as asked for.

    `more` counts those beyond; `planned` counts people with a check-in date at all. Counts stop at 10,000, those of a
    week's touches at 1,000: in a larger book they read as "10,000 or more".
    """

    on: date
    check_ins: tuple[CheckInRow, ...] = ()
    more: int = 0
    overdue: int = 0
    due: int = 0
    done: tuple[TouchRow, ...] = ()
    week: tuple[DayLoad, ...] = ()
    losing_touch: tuple[PersonRow, ...] = ()
    losing_touch_total: int = 0
    rhythm: tuple[WeekTouches, ...] = ()
    people: int = 0
    planned: int = 0
    next_up: CheckInRow | None = None


def order_key(row: CheckInRow, today: date) -> tuple[int, float, date, int]:
    """Return the sorting key: overdue by how far past its own interval, then today, then soon by date; then id."""
    return urgency(row.due_on, row.reason.every, row.person.id, today)


def urgency(due_on: date, every: Interval | None, person: int, today: date) -> tuple[int, float, date, int]:
    """Return `order_key` from the facts it looks at, for choosing among many before their rows are made."""
    overdue = (today - due_on).days
    rank = 0 if overdue > 0 else 1 if overdue == 0 else 2
    ratio = -overdue / max(every.days(), 1.0) if rank == 0 and every is not None else 0.0
    return (rank, ratio, due_on, person)
