"""Birthdays as people write them: "4 March", "4 March 1985", "1985-03-04"; the year may be missing."""

from datetime import date

from crm import wording
from crm.domain.dates import Toward, parse_day
from crm.domain.person import DateKind, ImportantDate, PartialDate

_LEAP = date(2024, 12, 31)  # a day on which 29 February of this year is past


def show_birthday(dates: tuple[ImportantDate, ...]) -> str:
    """Return the birthday among `dates` in words, "" without one."""
    found = next((one.on for one in dates if one.kind is DateKind.BIRTHDAY), None)
    if found is None:
        return ""
    if found.month and found.day:
        return wording.month_day(found.month, found.day, found.year)
    return found.text or "-".join(str(part) for part in (found.year, found.month) if part)


def read_birthday(text: str) -> PartialDate | None:
    """Return the date that `text` says, None when it says none. Without a year in it, the year stays open."""
    day = parse_day(text, today=_LEAP, toward=Toward.PAST)
    if day is None:
        return None
    said = any(len(part) == 4 and part.isdigit() for part in text.replace("-", " ").replace(".", " ").split())
    return PartialDate(day.year if said else None, day.month, day.day)
