"""Today: who to check in with on a day, in which order, and why."""

from dataclasses import dataclass
from datetime import date, timedelta

from crm.domain import whynow
from crm.domain.cadence import DueState, Interval
from crm.domain.person import PersonRow
from crm.domain.reasons import CHECK_INS, OCCASIONS, OWN_WORD, CheckInReason, Reason, Rule
from crm.domain.touch import TouchRow
from crm.domain.workdays import Closed


@dataclass(frozen=True, slots=True)
class CheckInRow:
    """One suggested check-in: the person, why now, and how it can be done.

    `reasons` are those that hold, the strongest first; `due_on` is the first one's day, today for one that has no day
    of its own. `reason` is what is known of the person's check-in, due or not.
    """

    person: PersonRow
    due_on: date
    state: DueState
    reason: CheckInReason
    email: str = ""
    phone: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def planned(self) -> bool:
        """Whether the person's check-in is among the reasons, and so can be snoozed or skipped."""
        return any(reason.rule in CHECK_INS for reason in self.reasons)

    @property
    def promised(self) -> bool:
        """Whether the user gave their word for the day: such a row isn't put off for others."""
        return any(reason.rule is Rule.PROMISE for reason in self.reasons)

    @property
    def step_only(self) -> bool:
        """Whether nothing but steps of plans speak for the person: they are next steps, not check-ins."""
        return all(reason.rule is Rule.STEP for reason in self.reasons)


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
    """Everything Today shows. `check_ins` are late, then today's, then soon, at most as many as asked for.

    `more` counts those beyond; `planned` counts people with a check-in date at all. Counts stop at 10,000, those of a
    week's touches at 1,000: in a larger book they read as "10,000 or more". `room` is how many the day still asks for,
    under the user's caps; none on a day that isn't worked: `closed` says why, `away_until` when time away ends.
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
    room: int = 0
    week_full: bool = False
    closed: Closed | None = None
    away_until: date | None = None
    next_up: CheckInRow | None = None

    @property
    def asked(self) -> tuple[CheckInRow, ...]:
        """What the day asks for: the user's own word always, of the rest as many as there is room for."""
        kept = [row for row in self._listed if row.promised]
        others = [row for row in self._listed if not row.promised]
        chosen = {row.person.id for row in (*kept, *others[: max(self.room - len(kept), 0)])}
        return tuple(row for row in self._listed if row.person.id in chosen)

    @property
    def also(self) -> tuple[CheckInRow, ...]:
        """What one also could do today; nothing while away."""
        asked = {row.person.id for row in self.asked}
        return () if self.away_until else tuple(row for row in self._listed if row.person.id not in asked)

    @property
    def _listed(self) -> tuple[CheckInRow, ...]:
        """Late and today's, with these also tomorrow's; tomorrow's alone are no task of today. No mere steps of plans."""
        last = self.on + timedelta(days=1)
        rows = tuple(row for row in self.check_ins if row.due_on <= last and not row.step_only)
        return rows if any(row.due_on <= self.on for row in rows) else ()


def standing(reason: Reason, check_in: DueState, today: date) -> tuple[date, DueState]:
    """Return the day a reason is about and where it stands; `check_in` is where the person's check-in does."""
    if isinstance(reason, CheckInReason):
        return reason.on or today, check_in
    dated = reason.rule in OWN_WORD | OCCASIONS
    late = (today - reason.on).days if dated else 0
    if late < 0:
        return reason.on, DueState.SOON if late == -1 else DueState.FINE
    return (reason.on, DueState.OVERDUE) if late and reason.rule in OWN_WORD else (today, DueState.DUE)


def order_key(row: CheckInRow, today: date) -> tuple[bool, int, int, float, date, int]:
    """Return the sorting key: late, then today's, then ahead; in each by the strongest reason, by lateness, by date, by id.

    Those for whom only steps of plans speak follow all others.
    """
    return (row.step_only, *whynow.place(row.reasons[0], today), int(row.person.id))


def urgency(due_on: date, every: Interval | None, person: int, today: date) -> tuple[int, float, date, int]:
    """Return the order of check-ins alone: overdue by how far past its own interval, today, soon by date; then id.

    For choosing among many before anything else is known of them.
    """
    overdue = (today - due_on).days
    rank = 0 if overdue > 0 else 1 if overdue == 0 else 2
    ratio = -overdue / max(every.days(), 1.0) if rank == 0 and every is not None else 0.0
    return (rank, ratio, due_on, person)
