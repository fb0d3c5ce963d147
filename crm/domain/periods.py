"""Weeks, months, quarters and years said in words: "next week", "March 2027", "Q1", "this year"."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from crm.domain.cadence import Interval, Unit
from crm.domain.daywords import DayWords

_MIDDLES = {"week": 2, "month": 14, "quarter": 45, "year": 181}
_LENGTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days; `kind` is week, month, quarter or year."""

    kind: str
    first: date
    last: date

    def part(self, share: float) -> date:
        """Return a day of it: 0 is its first, 1 its last, a half the one people mean by its middle."""
        if share == 0.5:
            return self.first + timedelta(days=_MIDDLES[self.kind])
        return self.first + timedelta(days=round((self.last - self.first).days * share))


def read_periods(text: str, words: DayWords, today: date) -> tuple[Period, ...]:
    """Return the period that `text` names; of what comes every year, those of three years, for `nearest` to choose."""
    text = text.removeprefix("the ")
    turn, _, kind = text.rpartition(" ")
    if kind in words.periods and (not turn or turn in words.turns):
        return (_of(words.periods[kind], today, words.turns.get(turn, 0)),)
    if re.fullmatch(r"\d{4}", text):
        return (_months("year", int(text), 1),)
    name, _, year = text.partition(" ")
    at = _yearly(name, words)
    if at is None or (year and not re.fullmatch(r"\d{4}", year)):
        return ()
    return (at(int(year)),) if year else tuple(at(today.year + turn) for turn in (-1, 0, 1))


def nearest(days: Iterable[date], today: date, sign: int) -> date | None:
    """Return the nearest day on the side of `sign`: 1 ahead, -1 behind, today included. A single day is itself."""
    found = tuple(days)
    if len(found) == 1:
        return found[0]
    aside = [day for day in found if (day - today).days * sign >= 0]
    return min(aside, key=lambda day: abs((day - today).days), default=None)


def one_of(word: str, names: tuple[str, ...]) -> int | None:
    """Return the place of the name that `word` starts, given at least three letters of it."""
    found = [place for place, name in enumerate(names) if len(word) >= 3 and name.startswith(word)]
    return found[0] if len(found) == 1 else None


def _of(kind: str, today: date, turn: int) -> Period:
    """Return the week, month, quarter or year that `today` is in, or a neighbour of it."""
    if kind == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=turn)
        return Period(kind, monday, monday + timedelta(days=6))
    length = _LENGTHS[kind]
    whole = today.year * 12 + (today.month - 1) // length * length + turn * length
    return _months(kind, whole // 12, whole % 12 + 1)


def _months(kind: str, year: int, month: int) -> Period:
    first = date(year, month, 1)
    return Period(kind, first, Interval(_LENGTHS[kind], Unit.MONTH).after(first) - timedelta(days=1))


def _yearly(name: str, words: DayWords) -> Callable[[int], Period] | None:
    """Return what comes once a year by that name: a month, a quarter."""
    if match := re.fullmatch(words.quarter, name):
        start = 3 * int(match[1]) - 2
        return lambda year: _months("quarter", year, start)
    month = one_of(name, words.months)
    return None if month is None else lambda year: _months("month", year, month + 1)
