"""Dates as people write them of people: "4 March", "4 March 1985", "1985-03-04"; the year may be missing."""

from datetime import date

from crm.domain.dates import Toward, parse_day
from crm.domain.person import PartialDate

_LEAP = date(2024, 12, 31)  # a day on which 29 February of this year is past


def read_partial(text: str) -> PartialDate | None:
    """Return the date that `text` says, None when it says none. Without a year in it, the year stays open."""
    day = parse_day(text, today=_LEAP, toward=Toward.PAST)
    if day is None:
        return None
    said = any(len(part) == 4 and part.isdigit() for part in text.replace("-", " ").replace(".", " ").split())
    return PartialDate(day.year if said else None, day.month, day.day)
