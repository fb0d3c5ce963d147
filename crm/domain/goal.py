"""Goals: what the user means to do in a week. They count what one does, never what others answer."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from crm.domain.report import Effort, ReportLine

COUNTED = (Effort.MESSAGE, Effort.APPLICATION, Effort.PRACTICE)
MOST_A_WEEK = 50
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Goal:
    """How many of an effort a week should have."""

    effort: Effort
    per_week: int


@dataclass(frozen=True, slots=True)
class Progress:
    """A goal, and how much of it the week has already."""

    goal: Goal
    done: int

    @property
    def reached(self) -> bool:
        """Whether the week has as many as meant, or more."""
        return self.done >= self.goal.per_week


def week_of(today: date, starts: int) -> tuple[date, date]:
    """Return the first and last day of the week around a day; it `starts` on weekday 0, a Monday, to 6."""
    first = today - timedelta(days=(today.weekday() - starts) % _WEEK)
    return first, first + timedelta(days=_WEEK - 1)


def progress(goals: Iterable[Goal], done: Iterable[ReportLine]) -> tuple[Progress, ...]:
    """Return how goals stand by what was done in their week."""
    found = Counter(line.effort for line in done)
    return tuple(Progress(goal, found[goal.effort]) for goal in goals)


def with_goal(goals: Iterable[Goal], wanted: Goal) -> tuple[Goal, ...]:
    """Return goals with one changed, in their own order; 0 a week is no goal."""
    kept = {goal.effort: goal for goal in goals} | {wanted.effort: wanted}
    return tuple(kept[effort] for effort in COUNTED if effort in kept and kept[effort].per_week)
