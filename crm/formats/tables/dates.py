"""Dates in cells: ISO, "02 Jan 2023" in several languages, Excel's "4-Apr-21", and numbers in the file's own order."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from crm.domain.folding import fold
from crm.domain.person import PartialDate

# Folded beginnings of month names in English, German, French, Spanish, Portuguese, Italian, Dutch and the North.
_MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "jan|ene|gen|janv|januar|january|janvier|enero|janeiro|gennaio|januari",
        "feb|fev|fevr|febbr|februar|february|fevrier|febrero|fevereiro|febbraio|februari",
        "mar|mrz|maer|mars|mrt|marz|march|marzo|marco|maart|maerz",
        "apr|avr|abr|april|avril|abril|aprile",
        "may|mai|mei|mag|maj|mayo|maio|maggio",
        "jun|juin|giu|juni|june|junio|junho|giugno",
        "jul|juil|lug|juli|july|juillet|julio|julho|luglio",
        "aug|aou|ago|aout|august|agosto|augustus|augusti",
        "sep|sept|set|september|septembre|septiembre|setiembre|setembro|settembre",
        "oct|okt|out|ott|october|oktober|octobre|octubre|outubro|ottobre",
        "nov|november|novembre|noviembre|novembro",
        "dec|dez|dic|des|december|dezember|decembre|diciembre|dezembro|dicembre|desember",
    ),
    1,
):
    _MONTHS.update(dict.fromkeys(_names.split("|"), _number))

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_YEARLESS = re.compile(r"--(\d{2})-?(\d{2})")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})\.?")
_NAMED = re.compile(
    r"(\d{1,2})(?:\.|st|nd|rd|th|er|º|o)?[\s\-/.]+(?:de )?([^\W\d]{3,12})\.?[\s\-/.,]*(?:de )?(\d{4}|\d{2})?"
)
_NAMED_FIRST = re.compile(r"([^\W\d]{3,12})\.?[\s\-/.]+(\d{1,2})(?:st|nd|rd|th)?[\s\-/.,]*(\d{4}|\d{2})?")
_CLOCK = re.compile(r"[\sT,]+\d{1,2}:\d{2}.*$")
_MOST_LETTERS = 40
_CENTURY_TURN = 30  # "29" is 2029 and "30" is 1930: nobody met in 1930, and few were born in 2029
_OMITTED_YEAR = 1604
_remembered = lru_cache(maxsize=1 << 13)  # a table has many more rows than days, of twenty years at most


@_remembered
def read_date(text: str, *, day_first: bool) -> PartialDate | None:
    """Return the date in a cell; text that is none is kept as text, and None is no date at all ("0/0/00")."""
    said = text.strip()
    if not any(digit in said for digit in "123456789"):
        return None
    found = _read(said, day_first) if len(said) <= _MOST_LETTERS else None
    return found if found is not None else PartialDate(text=said)


@_remembered
def read_day(text: str, *, day_first: bool) -> date | None:
    """Return the calendar day in a cell, or None when it isn't one whole day."""
    found = read_date(text, day_first=day_first)
    if found is None or found.year is None or found.month is None or found.day is None:
        return None
    return date(found.year, found.month, found.day)


def is_day_first(cells: Iterable[str], *, otherwise: bool) -> bool:
    """Say in which order a file writes its dates, from those that leave no doubt."""
    for cell in cells:
        found = _NUMBERS.fullmatch(_CLOCK.sub("", cell.strip()[:_MOST_LETTERS]))
        if found is None:
            continue
        if "." in cell or int(found[1]) > 12:
            return True
        if int(found[2]) > 12:
            return False
    return otherwise


def _read(said: str, day_first: bool) -> PartialDate | None:
    said = _CLOCK.sub("", said)
    if found := _ISO.fullmatch(said):
        return _checked(int(found[1]), int(found[2]), int(found[3]))
    if found := _YEARLESS.fullmatch(said):
        return _checked(None, int(found[1]), int(found[2]))
    if found := _NUMBERS.fullmatch(said):
        one, two = int(found[1]), int(found[2])
        # The second number can't be a month: whatever the file's order, this one is the other way round.
        day, month = (one, two) if (day_first and two <= 12) or one > 12 else (two, one)
        return _checked(_year(found[3]), month, day)
    plain = fold(said)
    if found := _NAMED.fullmatch(plain):
        return _named(found[3], found[2], found[1])
    if found := _NAMED_FIRST.fullmatch(plain):
        return _named(found[3], found[1], found[2])
    return None


def _named(year: str | None, month: str, day: str) -> PartialDate | None:
    number = _MONTHS.get(month) or _MONTHS.get(month[:3])
    return _checked(_year(year), number, int(day)) if number else None


def _year(said: str | None) -> int | None:
    if said is None:
        return None
    year = int(said)
    return year if len(said) == 4 else year + (2000 if year < _CENTURY_TURN else 1900)


def _checked(year: int | None, month: int, day: int) -> PartialDate | None:
    """Return the date if a calendar has it; 29 February stands without a year, and 1604 means none."""
    try:
        date(2000 if year is None else year, month, day)
    except ValueError:
        return None
    return PartialDate(None if year == _OMITTED_YEAR else year, month, day)
