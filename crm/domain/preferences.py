"""What the user set for a book; it travels with the file."""

from dataclasses import dataclass
from datetime import time

from crm.domain.cadence import Interval
from crm.domain.calendar import USUAL, Detail, EventKind
from crm.domain.goal import COUNTED, MOST_A_WEEK, Goal
from crm.domain.levelling import Caps
from crm.domain.workdays import MONDAY_TO_FRIDAY, Quiet, WorkingDays

__all__ = ["BookPreferences", "Detail"]

MOST_PER_DAY = 100
MOST_PER_WEEK = 700
MOST_ALARM_MINUTES = 7 * 24 * 60
_MOST_WEIGHT = 10


@dataclass(frozen=True, slots=True)
class BookPreferences:
    """The settings of a book. `alarms` are minutes before a check-in; `name` is how to greet the user.

    `addresses` are the user's own e-mail addresses, `kinds` what stands in calendar files. `weekdays` weigh Monday to
    Sunday, 0 for a day off; `country` is an ISO code whose public holidays are kept free. The week of the goals starts
    on weekday `week_starts`, 0 a Monday.
    """

    every: Interval | None = None
    per_day: int = 3
    per_week: int = 5
    check_in_at: time = time(9, 0)
    alarms: tuple[int, ...] = (0,)
    detail: Detail = Detail.FULL
    kinds: tuple[EventKind, ...] = USUAL
    name: str = ""
    addresses: tuple[str, ...] = ()
    weekdays: tuple[float, ...] = MONDAY_TO_FRIDAY
    country: str = ""
    quiet: tuple[Quiet, ...] = ()
    goals: tuple[Goal, ...] = ()
    week_starts: int = 0

    def caps(self) -> Caps:
        """Return what levelling keeps to."""
        return Caps(self.per_day, self.per_week, WorkingDays(self.weekdays, self.country, self.quiet))


def out_of_range(preferences: BookPreferences) -> str | None:
    """Return the name of the first setting whose value can't be, None when all can."""
    weights = preferences.weekdays
    wrong = {
        "per_day": not 1 <= preferences.per_day <= MOST_PER_DAY,
        "per_week": not 1 <= preferences.per_week <= MOST_PER_WEEK,
        "alarms": not all(0 <= minutes <= MOST_ALARM_MINUTES for minutes in preferences.alarms),
        "weekdays": len(weights) != 7
        or not all(0 <= one <= _MOST_WEIGHT for one in weights)
        or not any(weights),
        "quiet": any(quiet.from_on > quiet.until_on for quiet in preferences.quiet),
        "goals": not all(
            goal.effort in COUNTED and 1 <= goal.per_week <= MOST_A_WEEK for goal in preferences.goals
        ),
        "week_starts": not 0 <= preferences.week_starts < len(weights),
    }
    return next((name for name, is_wrong in wrong.items() if is_wrong), None)
