"""Days with names: "end of January", "first Monday of next month", "Q1", "after Easter". English; the words stand in tables."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PLACES = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": -1,
}
_PARTS = {"beginning": 1, "start": 1, "early": 1, "middle": 15, "mid": 15, "end": 0, "late": 25}
_AFTER_EASTER = 2  # Easter Monday is a holiday in most places that keep Easter


@dataclass(frozen=True, slots=True)
class _Month:
    """A month of a year."""

    year: int
    month: int

    def plus(self, months: int) -> "_Month":
        whole = self.year * 12 + self.month - 1 + months
        return _Month(whole // 12, whole % 12 + 1)

    def day(self, number: int) -> date:
        """Return a day of it; 0 is its last."""
        return date(self.year, self.month, number or calendar.monthrange(self.year, self.month)[1])


def read(words: str, today: date, sign: int) -> date | None:
    """Return the day a named occasion means, the nearest on the side of `sign`: 1 ahead, -1 behind."""
    found = (reader(words, today, sign) for reader in _READERS)
    return next((day for day in found if day is not None), None)


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _part(words: str, today: date, sign: int) -> date | None:
    """Read "end of January", "mid March", "beginning of next month"."""
    match = re.fullmatch(r"(?:the )?(\w+)[ -](?:of )?(.+)", words)
    if match is None or match[1] not in _PARTS:
        return None
    month = _month(match[2], today, sign)
    return None if month is None else month.day(_PARTS[match[1]])


def _placed_weekday(words: str, today: date, sign: int) -> date | None:
    """Read "first Monday of next month", "last Friday in March"."""
    match = re.fullmatch(r"(?:the )?(\w+) ([a-z]+) (?:of|in) (.+)", words)
    if match is None or match[1] not in _PLACES:
        return None
    weekday, month = _named(match[2], _WEEKDAYS), _month(match[3], today, sign)
    if weekday is None or month is None:
        return None
    place = _PLACES[match[1]]
    if place < 0:
        last = month.day(0)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = month.day(1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (place - 1))


def _quarter(words: str, today: date, sign: int) -> date | None:
    """Read "Q1", "in Q3 2027", "end of Q2": its first day, or its last."""
    match = re.fullmatch(r"(?:in )?(end of )?q([1-4])(?: (\d{4}))?", words)
    if match is None:
        return None
    first = 3 * int(match[2]) - 2

    def day(year: int) -> date:
        return _Month(year, first + 2).day(0) if match[1] else date(year, first, 1)

    return day(int(match[3])) if match[3] else _nearest(day, today, sign)


def _feast(words: str, today: date, sign: int) -> date | None:
    """Read "Easter", "after Easter", "before Christmas", "after the new year"."""
    match = re.fullmatch(
        r"(?:(after|before|at|by|on) )?(?:the )?([a-z ]+?)(?:'s)?(?: day| break| holidays)?", words
    )
    if match is None or match[2] not in _FEASTS:
        return None
    feast, shifts = _FEASTS[match[2]]
    shift = {"after": shifts[1], "before": shifts[0]}.get(match[1] or "", 0)
    return _nearest(lambda year: feast(year) + timedelta(days=shift), today, sign)


def _bare_month(words: str, today: date, sign: int) -> date | None:
    """Read "in March", "next month": its first day."""
    match = re.fullmatch(r"in ([a-z]+(?: \d{4})?)", words)
    month = _month(match[1], today, sign) if match and match[1].split()[0] in _MONTHS else None
    return None if month is None else month.day(1)


def _month(words: str, today: date, sign: int) -> _Month | None:
    """Return the month of "next month", "this month", "March", "March 2027"."""
    now = _Month(today.year, today.month)
    relative = {"next month": 1, "this month": 0, "the month": 0, "month": 0, "last month": -1}
    if words in relative:
        return now.plus(relative[words])
    name, _, year = words.partition(" ")
    number = _named(name, _MONTHS)
    if number is None or (year and not re.fullmatch(r"\d{4}", year)):
        return None
    if year:
        return _Month(int(year), number + 1)
    found = _Month(today.year, number + 1)
    behind = found.day(0) < today
    ahead = found.day(1) > today
    return found.plus(12) if sign > 0 and behind else found.plus(-12) if sign < 0 and ahead else found


def _nearest(day: Callable[[int], date], today: date, sign: int) -> date:
    """Return the occasion of the nearest year on one side; today counts."""
    years = (today.year - 1, today.year, today.year + 1)
    found = [day(year) for year in years if (day(year) - today).days * sign >= 0]
    return min(found, key=lambda one: abs((one - today).days))


def _named(word: str, names: tuple[str, ...]) -> int | None:
    found = [place for place, name in enumerate(names) if len(word) >= 3 and name.startswith(word)]
    return found[0] if len(found) == 1 else None


_FEASTS: dict[str, tuple[Callable[[int], date], tuple[int, int]]] = {
    "easter": (easter, (-3, _AFTER_EASTER)),
    "christmas": (lambda year: date(year, 12, 25), (-2, 2)),
    "xmas": (lambda year: date(year, 12, 25), (-2, 2)),
    "new year": (lambda year: date(year, 1, 1), (-1, 1)),
    "thanksgiving": (lambda year: date(year, 11, 22 + (3 - date(year, 11, 22).weekday()) % 7), (-1, 4)),
}
_READERS = (_placed_weekday, _part, _quarter, _feast, _bare_month)
