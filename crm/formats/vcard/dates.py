"""Dates as cards write them: whole, without a year, only a year, or any text."""

import calendar
import re
from datetime import date

from crm.domain.person import PartialDate

# Every alternative is of fixed or bounded length: nothing here can backtrack far.
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<y>\d{4})-(?P<m>\d{2})-?",
        r"--(?P<m>\d{1,2})-?(?P<d>\d{2})",
        r"--(?P<m>\d{2})-?",
        r"---(?P<d>\d{2})",
        r"(?P<y>\d{4})",
        r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})",
        r"(?:[a-z]{3},? )?(?P<d>\d{1,2})[ -](?P<month>[a-z]{3})[ -](?P<y>\d{4})",
    )
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = 64
_LEAP_YEAR = 2000
# Apple's and Outlook's stand-ins for "no year".
_NO_YEAR = frozenset({0, 1604})


def read_date(text: str, omitted_year: str = "") -> PartialDate | None:
    """Return the date in `text` or None when it is none; `omitted_year` is X-APPLE-OMIT-YEAR's value."""
    if len(text) == 10 and text[4] == text[7] == "-" and not omitted_year:  # as most are written
        try:
            on = date.fromisoformat(text)
            if on.year not in _NO_YEAR:
                return PartialDate(on.year, on.month, on.day)
        except ValueError:
            pass
    bare = text.strip()
    if len(bare) > _LONGEST or not bare.isascii():
        return None
    day = bare.partition("T")[0].partition(" ")[0]
    for form in _FORMS:
        match = form.fullmatch(day) or form.fullmatch(bare.lower())
        if match:
            parts = match.groupdict()
            if "month" in parts:
                if parts["month"] not in _MONTHS:
                    return None
                parts["m"] = str(_MONTHS.index(parts["month"]) + 1)
            return _checked(
                _number(parts.get("y")), _number(parts.get("m")), _number(parts.get("d")), omitted_year
            )
    return None


def _last_day(year: int, month: int | None) -> int:
    return calendar.monthrange(year, month)[1] if month else 31


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _checked(year: int | None, month: int | None, day: int | None, omitted_year: str) -> PartialDate | None:
    if year in _NO_YEAR or (omitted_year and str(year) == omitted_year.strip()):
        year = None
    month, day = month or None, day or None  # "1980-00-00" knows the year only
    if month is not None and month > 12:
        return None
    if day is not None and day > 28 and day > _last_day(year or _LEAP_YEAR, month):
        return None
    if year is None and month is None and day is None:
        return None
    return PartialDate(year=year, month=month, day=day)
