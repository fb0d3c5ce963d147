"""What the user set for a book; it travels with the file."""

from dataclasses import dataclass
from datetime import time

from crm.domain.cadence import Interval
from crm.domain.calendar import Detail

__all__ = ["BookPreferences", "Detail"]


@dataclass(frozen=True, slots=True)
class BookPreferences:
    """The settings of a book. `alarms` are minutes before a check-in; `name` is how to greet the user."""

    every: Interval | None = None
    per_day: int = 3
    per_week: int = 5
    check_in_at: time = time(9, 0)
    alarms: tuple[int, ...] = (0,)
    detail: Detail = Detail.FULL
    name: str = ""
