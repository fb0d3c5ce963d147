"""Days as people write them: "yesterday", "last tue", "in 3 weeks", "end of month", "12 Nov", "2026-11-12".

A small grammar of our own: dateparser knows "in 3 weeks" but not "end of month" or a bare weekday's direction.
"""

import calendar
import re
from datetime import date, timedelta
from enum import Enum

from crm.domain.cadence import Interval, parse_interval
from crm.domain.daywords import ENGLISH, DayWords
from crm.domain.occasions import read_occasion
from crm.domain.periods import one_of

_TWO_DIGIT_YEARS_FROM = 2000
_COUNTED = r"\d|half |(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) "


class Toward(Enum):
    """Which way a day without a year, or a bare weekday, lies: a touch was, a plan will be."""

    PAST = -1
    FUTURE = 1


def parse_day(
    text: str,
    *,
    today: date,
    toward: Toward = Toward.FUTURE,
    day_first: bool = True,
    words: DayWords = ENGLISH,
) -> date | None:
    """Return the day `text` means on `today`, None when it means none.

    `day_first` reads 3/12 as 3 December. Days beyond the calendar (year 9999) are None.
    """
    said = " ".join(text.lower().replace(",", " ").replace("’", "'").split())
    try:
        return _Reading(words, today, toward, day_first).read(said)
    except (ValueError, OverflowError):
        return None


def readings(text: str, *, today: date, toward: Toward, day_first: bool = True) -> tuple[date, ...]:
    """Return every day that `text` may mean: none, one, or the two that "3/4/2026" may be, the likelier first."""
    found = (
        parse_day(text, today=today, toward=toward, day_first=first) for first in (day_first, not day_first)
    )
    return tuple(dict.fromkeys(day for day in found if day is not None))


def before(day: date, interval: Interval) -> date:
    """Return the day `interval` before `day`, clamped at the month's end as `Interval.after` is.

    Raises `OverflowError` before the year 1.
    """
    found = Interval(-interval.count, interval.unit).after(day)
    if found > day:  # `after` says "beyond the calendar" with its last day
        raise OverflowError(interval)
    return found


class _Reading:
    """One text read on one day, in one language."""

    def __init__(self, words: DayWords, today: date, toward: Toward, day_first: bool) -> None:
        self._words, self._today, self._toward, self._day_first = words, today, toward, day_first

    def read(self, text: str) -> date | None:
        """Return the day that `text` means."""
        words = self._words
        said = re.sub(rf"^(?:{words.lead})?(?:the )?", "", text)
        if not said:
            return None
        for reader in (_iso, self._shifted, self._counted, self._turned, self._with_month, self._numeric):
            found = reader(said)
            if found is not None:
                return found
        return read_occasion(said, words, self._today, self._toward.value)

    def _shifted(self, said: str) -> date | None:
        """Read "today", "day before yesterday"."""
        shift = self._words.shifts.get(said)
        return None if shift is None else self._today + timedelta(days=shift)

    def _counted(self, said: str) -> date | None:
        """Read "in 3 weeks", "3 days ago", "2 weeks" (ahead or back, as asked), "a week after Easter"."""
        words = self._words
        shape = rf"({words.ahead})?(.+?)(?:({words.ago})|{words.since} (.+))?"
        match = re.fullmatch(shape, said)
        step = parse_interval(match[2]) if match and re.match(_COUNTED, match[2]) else None
        if match is None or step is None or (match[1] and match[3]):
            return None
        if match[4]:
            start = self.read(match[4])
            return None if start is None else _known(step.after(start))
        if match[3] or (self._toward is Toward.PAST and not match[1]):
            return before(self._today, step)
        return _known(step.after(self._today))

    def _turned(self, said: str) -> date | None:
        """Read "next week", "last month", "week after next", "tuesday", "last fri"."""
        words = self._words
        if said == words.week_after_next:
            return self._today + timedelta(weeks=2)
        which, _, rest = said.partition(" ")
        turn = words.turns.get(which)
        if turn is None:
            return self._weekday(said, self._toward)
        step = parse_interval(rest) if rest in words.periods else None
        if step is not None:
            return (
                None
                if not turn
                else _known(step.after(self._today))
                if turn > 0
                else before(self._today, step)
            )
        if turn == 0 and one_of(rest, words.weekdays) == self._today.weekday():
            return self._today
        return self._weekday(rest, Toward.PAST if turn < 0 else Toward.FUTURE)

    def _weekday(self, word: str, toward: Toward) -> date | None:
        """Return the nearest such weekday before or after today, never today itself."""
        number = one_of(word, self._words.weekdays)
        if number is None:
            return None
        ahead = (number - self._today.weekday() - 1) % 7 + 1
        back = 14 if ahead == 7 else 7
        return self._today + timedelta(days=ahead if toward is Toward.FUTURE else ahead - back)

    def _with_month(self, said: str) -> date | None:
        """Read "12 Nov", "Nov 12", "Fri 12th of November 2026"."""
        first, _, rest = said.partition(" ")
        if one_of(first.rstrip("."), self._words.weekdays) is not None and re.search(r"\d", rest):
            said = rest
        ordinal, of = self._words.ordinal, self._words.of
        shapes = (
            rf"(?P<day>\d{{1,2}}){ordinal}?(?:{of}| )?(?P<month>[^\W\d]{{3,12}})\.?(?: (?P<year>\d{{4}}))?",
            rf"(?P<month>[^\W\d]{{3,12}})\.? ?(?P<day>\d{{1,2}}){ordinal}?(?: (?P<year>\d{{4}}))?",
        )
        match = next(filter(None, (re.fullmatch(shape, said) for shape in shapes)), None)
        month = None if match is None else one_of(match["month"], self._words.months)
        if match is None or month is None:
            return None
        return self._placed(int(match["day"]), month + 1, match["year"])

    def _numeric(self, said: str) -> date | None:
        """Read "12/11", "12/11/26"; with dots the day is always first: "3.12."."""
        match = re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?\.?", said)
        if match is None:
            return None
        day, month = int(match[1]), int(match[3])
        if not self._day_first and match[2] != ".":
            day, month = month, day
        if month > 12 >= day:
            day, month = month, day
        return self._placed(day, month, match[4])

    def _placed(self, day: int, month: int, year: str | None) -> date:
        """Return the day in the year said, else in the nearest year on the side asked for, today included."""
        if year is not None:
            return date(int(year) + (_TWO_DIGIT_YEARS_FROM if len(year) == 2 else 0), month, day)
        sign = self._toward.value
        for shift in range(9):  # 29 February may be eight years away
            candidate = self._today.year + shift * sign
            if month == 2 and day == 29 and not calendar.isleap(candidate):
                continue
            found = date(candidate, month, day)
            if (found - self._today).days * sign >= 0:
                return found
        raise ValueError(day, month)


def _iso(said: str) -> date | None:
    match = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", said)
    return date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _known(day: date) -> date | None:
    return None if day == date.max else day
