"""The words that days are said in, one value a language. English is the only one so far."""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

Feast = tuple[Callable[[int], date], int, int]


@dataclass(frozen=True, slots=True)
class DayWords:
    """A language's words for days. Texts are in small letters; the strings are patterns.

    `parts` say where in a period: from its first day, its middle, near its end, its last day.
    """

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    shifts: Mapping[str, int]
    numbers: Mapping[str, int]
    parts: Mapping[str, float]
    periods: Mapping[str, str]
    turns: Mapping[str, int]
    feasts: Mapping[str, Feast]
    week: str
    weekend: str
    week_after_next: str
    joints: frozenset[str]
    lead: str
    ahead: str
    ago: str
    since: str
    after: str
    before: str
    around: str
    of: str
    day: str
    ordinal: str
    quarter: str
    holidays: str


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _thanksgiving(year: int) -> date:
    """Return the fourth Thursday of November."""
    return date(year, 11, 22) + timedelta(days=(calendar.THURSDAY - date(year, 11, 22).weekday()) % 7)


def _on(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


ENGLISH = DayWords(
    weekdays=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    months=(
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december",
    ),
    shifts={
        "today": 0, "now": 0, "just now": 0, "tonight": 0, "this morning": 0, "this afternoon": 0,
        "this evening": 0, "earlier today": 0, "yesterday": -1, "last night": -1, "tomorrow": 1,
        "day before yesterday": -2, "day after tomorrow": 2,
    },
    numbers={"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1},
    parts={"beginning": 0.0, "start": 0.0, "early": 0.0, "middle": 0.5, "mid": 0.5, "late": 0.8, "end": 1.0},
    periods={"week": "week", "month": "month", "quarter": "quarter", "year": "year"},
    turns={"this": 0, "next": 1, "last": -1},
    feasts={  # with how many days before and after it its own end
        "easter": (easter, 3, 2),  # Good Friday and Easter Monday are holidays in most places that keep it
        "christmas": (_on(12, 25), 2, 2),
        "xmas": (_on(12, 25), 2, 2),
        "new year": (_on(1, 1), 1, 1),
        "new year's eve": (_on(12, 31), 1, 2),
        "thanksgiving": (_thanksgiving, 1, 4),
    },
    week="week",
    weekend="weekend",
    week_after_next="week after next",
    joints=frozenset({"on", "of"}),
    lead=r"(?:on|by|until|till|from) ",
    ahead=r"in ",
    ago=r" ago",
    since=r" (?:from|after)",
    after=r"after ",
    before=r"before ",
    around=r"(?:at|around) ",
    of=r" (?:of|in) ",
    day="day",
    ordinal=r"(?:st|nd|rd|th)",
    quarter=r"q([1-4])",
    holidays=r"(?:'s)?(?: day| break| holidays?)?",
)  # fmt: skip
