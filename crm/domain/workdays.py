"""Which days are worked: a weight for each weekday, the user's quiet dates, and a country's public holidays."""

import functools
import importlib
import importlib.util
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

MONDAY_TO_FRIDAY = (1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0)
_LIBRARY = "holidays"  # optional: without it there are no public holidays to leave out


class Closed(StrEnum):
    """Why a day isn't worked."""

    NOT_WORKED = "not_worked"
    HOLIDAY = "holiday"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True, order=True)
class Quiet:
    """Days without check-ins, both ends included."""

    from_on: date
    until_on: date

    def __contains__(self, day: date) -> bool:
        return self.from_on <= day <= self.until_on


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Weights from Monday to Sunday, 0 for a day off; `country` is an ISO code, "" for no public holidays."""

    weights: tuple[float, ...] = MONDAY_TO_FRIDAY
    country: str = ""
    quiet: tuple[Quiet, ...] = ()

    LONGEST_GAP: ClassVar[int] = 120  # days looked ahead for the next one that is worked

    def closed(self, day: date) -> Closed | None:
        """Say why a day isn't worked, None when it is."""
        if any(day in quiet for quiet in self.quiet):
            return Closed.QUIET
        if self.weights[day.weekday()] <= 0:
            return Closed.NOT_WORKED
        return Closed.HOLIDAY if day in public_holidays(self.country, day.year) else None

    def weights_from(self, first: date, count: int) -> list[float]:
        """Return the weight of each of `count` days, 0 where it is closed."""
        start, weekday = first.toordinal(), first.weekday()
        found = [self.weights[(weekday + number) % 7] for number in range(count)]
        last = first + timedelta(days=count - 1)
        for quiet in self.quiet:
            for day in range(
                max(quiet.from_on, first).toordinal(), min(quiet.until_on, last).toordinal() + 1
            ):
                found[day - start] = 0.0
        for year in range(first.year, last.year + 1) if self.country else ():
            for holiday in public_holidays(self.country, year):
                if first <= holiday <= last:
                    found[holiday.toordinal() - start] = 0.0
        return found


@functools.lru_cache(maxsize=256)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """Return a country's public holidays of a year; none of a country that isn't known, or without the library."""
    if country not in countries():
        return frozenset()
    library = importlib.import_module(_LIBRARY)
    return frozenset(library.country_holidays(country, years=[year]))


@functools.cache
def countries() -> tuple[str, ...]:
    """Return the ISO codes of the countries whose holidays are known."""
    if importlib.util.find_spec(_LIBRARY) is None:
        return ()
    return tuple(sorted(importlib.import_module(_LIBRARY).list_supported_countries(include_aliases=False)))
