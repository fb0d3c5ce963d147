"""Days as people write them: "yesterday", "last tue", "in 3 weeks", "end of month", "12 Nov", "2026-11-12".

A small grammar of our own: dateparser knows "in 3 weeks" but not "end of month" or a bare weekday's direction.
English only so far; the words stand in the tables below, so that another language is another set of tables.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from enum import Enum

from crm.domain import occasions
from crm.domain.cadence import Interval, parse_interval

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_SHIFTS = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1,
           "day before yesterday": -2, "day after tomorrow": 2}  # fmt: skip
_TWO_DIGIT_YEARS_FROM = 2000
_COUNTED = r"in |\d|(an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) "


class Toward(Enum):
    """Which way a day without a year, or a bare weekday, lies: a touch was, a plan will be."""

    PAST = -1
    FUTURE = 1


def parse_day(
    text: str, *, today: date, toward: Toward = Toward.FUTURE, day_first: bool = True
) -> date | None:
    """Return the day `text` means on `today`, None when it means none.

    `day_first` reads 3/12 as 3 December. Days beyond the calendar (year 9999) are None.
    """
    words = " ".join(text.lower().replace(",", " ").split()).removeprefix("on ")
    if not words:
        return None
    try:
        for read in _READERS:
            found = read(words, today, toward)
            if found is not None:
                return found
        named = occasions.read(words, today, toward.value)
        if named is not None:
            return named
        return _numeric(words, today, toward, day_first)
    except (ValueError, OverflowError):
        return None


def _shifted(words: str, today: date, toward: Toward) -> date | None:
    """Read "today", "day before yesterday", "in 3 weeks", "3 days ago", "2 weeks" (ahead or back, as asked)."""
    if words in _SHIFTS:
        return today + timedelta(days=_SHIFTS[words])
    step = parse_interval(words.removeprefix("in ").removesuffix(" ago"))
    if step is None or not re.match(_COUNTED, words):
        return None
    if words.endswith(" ago") or (toward is Toward.PAST and not words.startswith("in ")):
        return None if words.startswith("in ") else before(today, step)
    return _known(step.after(today))


def _ending(words: str, today: date, _toward: Toward) -> date | None:
    """Read "end of week", "end of the month"."""
    ends = {
        "week": today + timedelta(days=6 - today.weekday()),
        "month": today.replace(day=calendar.monthrange(today.year, today.month)[1]),
        "year": today.replace(month=12, day=31),
    }
    match = re.fullmatch(r"end of (?:the )?(\w+)", words)
    return ends.get(match[1]) if match else None


def _named(words: str, today: date, toward: Toward) -> date | None:
    """Read "next week", "last month", "tuesday", "last fri"."""
    which, _, rest = words.partition(" ")
    if which not in {"next", "last", "this"}:
        return _weekday(words, today, toward)
    if rest in {"week", "month", "year", "quarter"} and which != "this":
        step = parse_interval(rest)
        if step is None:
            return None
        return _known(step.after(today)) if which == "next" else before(today, step)
    if which == "this" and _one_of(rest, _WEEKDAYS) == today.weekday():
        return today
    return _weekday(rest, today, Toward.PAST if which == "last" else Toward.FUTURE)


def _weekday(word: str, today: date, toward: Toward) -> date | None:
    """Return the nearest such weekday before or after today, never today itself."""
    number = _one_of(word, _WEEKDAYS)
    if number is None:
        return None
    ahead = (number - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=ahead if toward is Toward.FUTURE else ahead - 7 - (7 if ahead == 7 else 0))


def _with_month(words: str, today: date, toward: Toward) -> date | None:
    """Read "12 Nov", "Nov 12", "12th of November 2026"."""
    match = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ?([a-z]{3,9})\.?(?: (\d{4}))?", words)
    if match:
        day, name, year = match.groups()
    else:
        match = re.fullmatch(r"([a-z]{3,9})\.? ?(\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?", words)
        if match is None:
            return None
        name, day, year = match.groups()
    month = _one_of(name, _MONTHS)
    return None if month is None else _placed(int(day), month + 1, year, today, toward)


def _iso(words: str, _today: date, _toward: Toward) -> date | None:
    match = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", words)
    return date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _numeric(words: str, today: date, toward: Toward, day_first: bool) -> date | None:
    match = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}|\d{2}))?\.?", words)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[2]), match[3]
    day, month = (first, second) if day_first else (second, first)
    if month > 12 >= day:
        day, month = month, day
    return _placed(day, month, year, today, toward)


def _placed(day: int, month: int, year: str | None, today: date, toward: Toward) -> date:
    """Return the day in the year said, else in the nearest year on the side asked for, today included."""
    if year is not None:
        return date(int(year) + (_TWO_DIGIT_YEARS_FROM if len(year) == 2 else 0), month, day)
    for shift in range(9):  # 29 February may be eight years away
        candidate = today.year + shift * toward.value
        if month == 2 and day == 29 and not calendar.isleap(candidate):
            continue
        found = date(candidate, month, day)
        if (found - today).days * toward.value >= 0:
            return found
    raise ValueError(day, month)


def before(day: date, interval: Interval) -> date:
    """Return the day `interval` before `day`, clamped at the month's end as `Interval.after` is.

    Raises `OverflowError` before the year 1.
    """
    found = Interval(-interval.count, interval.unit).after(day)
    if found > day:  # `after` says "beyond the calendar" with its last day
        raise OverflowError(interval)
    return found


def _one_of(word: str, names: tuple[str, ...]) -> int | None:
    """Return the place of the name that `word` starts, given at least three letters of it."""
    found = [place for place, name in enumerate(names) if len(word) >= 3 and name.startswith(word)]
    return found[0] if len(found) == 1 else None


def _known(day: date) -> date | None:
    return None if day == date.max else day


_READERS: tuple[Callable[[str, date, Toward], date | None], ...] = (
    _iso,
    _shifted,
    _ending,
    _named,
    _with_month,
)
