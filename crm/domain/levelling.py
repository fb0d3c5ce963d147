"""Levelling: which day a check-in is placed on, so that no day and no week asks for more than a person can do.

Check-ins that are placed already stay: they are only load. So a re-run moves nothing, and adding one person moves
nobody else. Whoever can't be placed under the caps goes on the least-loaded day of the window; nobody is dropped.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from crm.domain.cadence import Interval
from crm.domain.workdays import Closed, WorkingDays

SHARE = 0.2
SPACING_DAYS = 5
LONGEST_DAYS = 20 * 366  # beyond, a day is as good as its neighbours
_TOO_CLOSE = 8.0  # as much as a day that has two already
_OVER = 1e6
_NEVER = math.inf
_WEEK = 7
_MONDAY = 1  # date.fromordinal(1) is one


class Why(StrEnum):
    """Why a check-in stands on its day and not on its ideal one."""

    IDEAL = "ideal"
    DAY_FULL = "day_full"
    WEEK_FULL = "week_full"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    QUIET = "quiet"
    COMPANY = "company"
    LIGHTER = "lighter"
    OVER = "over"  # no day in the window has room
    USER = "user"  # the user said the day
    SPREAD = "spread"
    PLAN = "plan"
    AWAY = "away"


PLANNED = frozenset({Why.USER, Why.SPREAD, Why.PLAN, Why.AWAY})


@dataclass(frozen=True, slots=True)
class Caps:
    """How much a day and a week may ask for, and on which days."""

    per_day: int = 3
    per_week: int = 5
    days: WorkingDays = field(default_factory=WorkingDays)


@dataclass(frozen=True, slots=True)
class Wish:
    """A check-in to place between two days. `overdue` is how far past its interval it is; the most urgent go first."""

    person: int
    ideal_on: date
    first_on: date
    last_on: date
    company: int | None = None
    overdue: float = 0.0


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a check-in was placed, and why there."""

    on: date
    why: Why


@dataclass(frozen=True, slots=True)
class Load:
    """What stands already: check-ins by day, and the days of each company's people."""

    days: Mapping[date, int] = field(default_factory=dict)
    companies: Mapping[int, Sequence[date]] = field(default_factory=dict)


def window(base: date, every: Interval, *, touched: bool, today: date) -> tuple[date, date] | None:
    """Return the first and the last day a check-in may stand on; None when its ideal day is not ahead.

    The ideal day ± 20 % of the interval; for someone never touched any day from tomorrow to the ideal one.
    """
    ideal = every.after(base)
    if ideal <= today or (ideal - base).days > LONGEST_DAYS or ideal.year > date.max.year - 1:
        return None
    tomorrow = today + timedelta(days=1)
    if not touched:
        return tomorrow, ideal
    slack = timedelta(days=int(SHARE * (ideal - base).days))
    return max(ideal - slack, tomorrow), ideal + slack


def level(wishes: Iterable[Wish], caps: Caps, load: Load | None = None) -> dict[int, Placement]:
    """Place every wish; `load` is what stays where it is. Equal wishes over an equal load are placed alike."""
    ordered = sorted(wishes, key=lambda wish: (-wish.overdue, wish.ideal_on, wish.person))
    if not ordered:
        return {}
    board = _Board(ordered, caps, load or Load())
    return {wish.person: board.place(wish) for wish in ordered}


def reach(wishes: Iterable[Wish]) -> tuple[date, date]:
    """Return the first and last day whose load matters to `wishes`: their windows and the weeks around them."""
    firsts, lasts = zip(*((wish.first_on, wish.last_on) for wish in wishes), strict=True)
    return min(firsts) - timedelta(days=_WEEK), max(lasts) + timedelta(days=WorkingDays.LONGEST_GAP + _WEEK)


def needed_per_week(counted: Mapping[Interval, int]) -> float:
    """Return how many check-ins a week a plan comes to: so many people at each interval."""
    return sum(_WEEK * people / every.days() for every, people in counted.items())


class _Board:
    """The days ahead and what each would cost: (load + 1)² / weight, much more without room, infinite when closed."""

    def __init__(self, wishes: Sequence[Wish], caps: Caps, load: Load) -> None:
        first, last = reach(wishes)
        self._caps = caps
        self._start = first.toordinal() - (first.toordinal() - _MONDAY) % _WEEK
        length = last.toordinal() - self._start + _WEEK
        self._load = [0] * length
        for day, count in load.days.items():
            if 0 <= day.toordinal() - self._start < length:
                self._load[day.toordinal() - self._start] = count
        self._weights = caps.days.weights_from(date.fromordinal(self._start), length)
        self._weeks = [sum(self._load[at : at + _WEEK]) for at in range(0, length, _WEEK)]
        self._costs = [self._cost(at) for at in range(length)]
        self._company = {
            company: [day.toordinal() - self._start for day in days]
            for company, days in load.companies.items()
        }

    def place(self, wish: Wish) -> Placement:
        """Place one check-in and count it."""
        ideal = wish.ideal_on.toordinal() - self._start
        near = self._near(wish.company)
        at = self._best(wish, ideal, near)
        why = self._why(at, ideal, near)
        self._load[at] += 1
        week = at // _WEEK
        self._weeks[week] += 1
        for day in range(week * _WEEK, min((week + 1) * _WEEK, len(self._costs))):
            self._costs[day] = self._cost(day)
        if wish.company is not None:
            self._company.setdefault(wish.company, []).append(at)
        return Placement(date.fromordinal(self._start + at), why)

    def _best(self, wish: Wish, ideal: int, near: set[int]) -> int:
        """Return the cheapest day of the window, of several the nearest to the ideal one, of two the earlier."""
        first, last = wish.first_on.toordinal() - self._start, wish.last_on.toordinal() - self._start
        costs = self._costs[first : last + 1]
        for day in near:
            if first <= day <= last:
                costs[day - first] += _TOO_CLOSE
        best = min(costs)
        if best == _NEVER:  # no working day in the window: the next one after it
            later = range(last + 1, len(self._costs))
            roomy = (day for day in later if self._costs[day] < _OVER)
            return next(roomy, next((day for day in later if self._weights[day] > 0), ideal))
        middle = min(max(ideal - first, 0), len(costs) - 1)
        before = _index(costs[middle::-1], best)
        after = _index(costs[middle:], best)
        return first + (middle - before if before <= after else middle + after)

    def _why(self, at: int, ideal: int, near: set[int]) -> Why:
        """Say what kept the check-in from its ideal day, or that it is too much for the day it got."""
        if self._costs[at] >= _OVER and self._weights[at] > 0:
            return Why.OVER
        if at == ideal:
            return Why.IDEAL
        if self._weights[ideal] <= 0:
            return _WHY_CLOSED[self._caps.days.closed(date.fromordinal(self._start + ideal))]
        if self._load[ideal] >= self._caps.per_day:
            return Why.DAY_FULL
        if self._weeks[ideal // _WEEK] >= self._caps.per_week:
            return Why.WEEK_FULL
        return Why.COMPANY if ideal in near else Why.LIGHTER

    def _near(self, company: int | None) -> set[int]:
        """Return the days that are too close to another check-in at the same company."""
        days = self._company.get(company, ()) if company is not None else ()
        return {near for day in days for near in range(day - SPACING_DAYS, day + SPACING_DAYS + 1)}

    def _cost(self, at: int) -> float:
        weight = self._weights[at]
        if weight <= 0:
            return _NEVER
        room = self._load[at] < self._caps.per_day and self._weeks[at // _WEEK] < self._caps.per_week
        return float((self._load[at] + 1) ** 2) / weight + (0.0 if room else _OVER)


_WHY_CLOSED = {
    Closed.NOT_WORKED: Why.CLOSED,
    Closed.HOLIDAY: Why.HOLIDAY,
    Closed.QUIET: Why.QUIET,
    None: Why.CLOSED,
}


def _index(costs: Sequence[float], value: float) -> int:
    """Return where `value` first stands, far off when it doesn't."""
    try:
        return costs.index(value)
    except ValueError:
        return LONGEST_DAYS * 2
