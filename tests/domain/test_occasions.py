"""Days with names, as a table: what they mean on a Thursday in March 2026."""

from datetime import date

import pytest

from crm.domain.dates import Toward, parse_day
from crm.domain.daywords import easter

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("end of month", date(2026, 3, 31)),
        ("end of January", date(2027, 1, 31)),
        ("end of february 2028", date(2028, 2, 29)),
        ("mid April", date(2026, 4, 15)),
        ("mid-April", date(2026, 4, 15)),
        ("beginning of next month", date(2026, 4, 1)),
        ("end of next month", date(2026, 4, 30)),
        ("first Monday of next month", date(2026, 4, 6)),
        ("the last friday of june", date(2026, 6, 26)),
        ("2nd tue in May", date(2026, 5, 12)),
        ("Q1", date(2027, 1, 1)),
        ("Q2", date(2026, 4, 1)),
        ("end of Q1", date(2026, 3, 31)),
        ("in Q3 2027", date(2027, 7, 1)),
        ("Easter", date(2026, 4, 5)),
        ("after Easter", date(2026, 4, 7)),
        ("after the Easter break", date(2026, 4, 7)),
        ("before Christmas", date(2026, 12, 23)),
        ("after Christmas", date(2026, 12, 27)),
        ("after the new year", date(2027, 1, 2)),
        ("after Thanksgiving", date(2026, 11, 30)),
        ("in May", date(2026, 5, 1)),
        ("in February", date(2027, 2, 1)),
        ("Q3", date(2026, 7, 1)),
        ("after Q1", date(2026, 4, 1)),
        ("before May", date(2026, 4, 30)),
        ("after January", date(2027, 2, 1)),
        ("monday next week", date(2026, 3, 9)),
        ("Friday of next week", date(2026, 3, 13)),
        ("early next week", date(2026, 3, 9)),
        ("end of next week", date(2026, 3, 15)),
        ("this weekend", date(2026, 3, 7)),
        ("next weekend", date(2026, 3, 14)),
        ("week after next", date(2026, 3, 19)),
        ("the 15th", date(2026, 3, 15)),
        ("by the 3rd", date(2026, 4, 3)),
        ("31st", date(2026, 3, 31)),
        ("15th of May", date(2026, 5, 15)),
        ("first day of next month", date(2026, 4, 1)),
        ("the first of next month", date(2026, 4, 1)),
        ("last day of February 2028", date(2028, 2, 29)),
        ("end of the quarter", date(2026, 3, 31)),
        ("beginning of next year", date(2027, 1, 1)),
        ("mid next year", date(2027, 7, 1)),
        ("2 weeks after Easter", date(2026, 4, 19)),
        ("a week from Monday", date(2026, 3, 16)),
        ("three weeks from now", date(2026, 3, 26)),
        ("in a couple of weeks", date(2026, 3, 19)),
        ("in half a year", date(2026, 9, 5)),
        ("until Friday", date(2026, 3, 6)),
        ("fri 12 june", date(2026, 6, 12)),
        ("next Easter", date(2026, 4, 5)),
        ("New Year’s Eve", date(2026, 12, 31)),
    ],
)
def test_ahead(words: str, day: date) -> None:
    assert parse_day(words, today=TODAY) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("end of January", date(2026, 1, 31)),
        ("Christmas", date(2025, 12, 25)),
        ("last friday of last month", date(2026, 2, 27)),
    ],
)
def test_behind(words: str, day: date) -> None:
    assert parse_day(words, today=TODAY, toward=Toward.PAST) == day


@pytest.mark.parametrize(
    "words",
    [
        "q5",
        "5th monday of april",
        "32nd",
        "0th",
        "31st of june",
        "this month",
        "next q",
        "end of smarch",
        "first monday",
        "after lunch",
        "in may be",
        "fifth of",
        "mid",
    ],
)
def test_what_is_no_day_is_none(words: str) -> None:
    assert parse_day(words, today=TODAY) is None


@pytest.mark.parametrize(
    ("year", "day"),
    [(1818, (3, 22)), (1943, (4, 25)), (2000, (4, 23)), (2024, (3, 31)), (2025, (4, 20)), (2038, (4, 25))],
)
def test_easter_as_the_almanacs_have_it(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)
