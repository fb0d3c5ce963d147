"""Days as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.cadence import Interval, Unit
from crm.domain.dates import Toward, before, parse_day, readings

TODAY = date(2026, 11, 19)  # a Thursday
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("2026-11-21", "2026-11-21", "2026-11-21"),
        ("2026/1/2", "2026-01-02", "2026-01-02"),
        (" On  2026-11-21 ", "2026-11-21", "2026-11-21"),
        ("today", "2026-11-19", "2026-11-19"),
        ("Yesterday", "2026-11-18", "2026-11-18"),
        ("tomorrow", "2026-11-20", "2026-11-20"),
        ("day before yesterday", "2026-11-17", "2026-11-17"),
        ("3 days ago", "2026-11-16", "2026-11-16"),
        ("2 weeks ago", "2026-11-05", "2026-11-05"),
        ("a month ago", "2026-10-19", "2026-10-19"),
        ("in 3 weeks", "2026-12-10", "2026-12-10"),
        ("in two months", "2027-01-19", "2027-01-19"),
        ("in a week", "2026-11-26", "2026-11-26"),
        ("6w", "2026-10-08", "2026-12-31"),
        ("2 weeks", "2026-11-05", "2026-12-03"),
        ("a week", "2026-11-12", "2026-11-26"),
        ("next week", "2026-11-26", "2026-11-26"),
        ("last week", "2026-11-12", "2026-11-12"),
        ("next month", "2026-12-19", "2026-12-19"),
        ("next quarter", "2027-02-19", "2027-02-19"),
        ("last year", "2025-11-19", "2025-11-19"),
        ("end of week", "2026-11-22", "2026-11-22"),
        ("end of month", "2026-11-30", "2026-11-30"),
        ("end of the year", "2026-12-31", "2026-12-31"),
        ("monday", "2026-11-16", "2026-11-23"),
        ("next monday", "2026-11-23", "2026-11-23"),
        ("last tue", "2026-11-17", "2026-11-17"),
        ("last Tuesday", "2026-11-17", "2026-11-17"),
        ("thu", "2026-11-12", "2026-11-26"),
        ("this thursday", "2026-11-19", "2026-11-19"),
        ("this friday", "2026-11-20", "2026-11-20"),
        ("on friday", "2026-11-13", "2026-11-20"),
        ("21 Nov", "2025-11-21", "2026-11-21"),
        ("21nov", "2025-11-21", "2026-11-21"),
        ("Nov 12", "2026-11-12", "2027-11-12"),
        ("nov. 12th, 2024", "2024-11-12", "2024-11-12"),
        ("12th of November 2026", "2026-11-12", "2026-11-12"),
        ("19 November", "2026-11-19", "2026-11-19"),
        ("29 Feb", "2024-02-29", "2028-02-29"),
        ("12/11", "2026-11-12", "2027-11-12"),
        ("3.12.", "2025-12-03", "2026-12-03"),
        ("1/2/27", "2027-02-01", "2027-02-01"),
        ("12/25", "2025-12-25", "2026-12-25"),
    ],
)
def test_a_day_is_read_toward_the_past_or_the_future(text: str, past: str, future: str) -> None:
    assert parse_day(text, today=TODAY, toward=Toward.PAST) == day(past)
    assert parse_day(text, today=TODAY) == day(future)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "   ",
            "soon",
            "week",
            "month",
            "in",
            "ago",
            "in 3 weeks ago",
            "2 weeks from now and then",
            "next",
        ),
        *("31 Feb", "2026-02-30", "0/0", "32.1.", "99/99/9999", "m 3", "ma 3", "m", "every week", "weekly"),
        *("9999 years ago", "in 9999 years", "in 0 days", "next fortnightly", "last day", "this week"),
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    for toward in Toward:
        assert parse_day(text, today=TODAY, toward=toward) is None


def test_the_month_may_come_first() -> None:
    assert parse_day("12/11", today=TODAY, day_first=False) == date(2026, 12, 11)
    assert parse_day("25/12", today=TODAY, day_first=False) == date(2026, 12, 25)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("03/04/2026", ("2026-04-03", "2026-03-04")),
        ("13/4/2026", ("2026-04-13",)),
        ("4/4/2026", ("2026-04-04",)),
        ("3.4.2026", ("2026-04-03",)),
        ("3 April", ("2026-04-03",)),
        ("30/2", ()),
        ("soon", ()),
    ],
)
def test_what_may_be_two_days_is_not_guessed(text: str, days: tuple[str, ...]) -> None:
    found = tuple(date.fromisoformat(day) for day in days)
    assert readings(text, today=TODAY, toward=Toward.PAST) == found
    assert readings(text, today=TODAY, toward=Toward.PAST, day_first=False) == found[::-1]


def test_a_month_back_stops_at_the_months_end() -> None:
    assert before(date(2024, 3, 31), Interval(1, Unit.MONTH)) == date(2024, 2, 29)
    assert before(date(2024, 2, 29), Interval(1, Unit.YEAR)) == date(2023, 2, 28)


@given(
    st.text(max_size=40) | st.from_regex(r"[a-z0-9 ./-]{1,20}", fullmatch=True), DAYS, st.sampled_from(Toward)
)
def test_no_text_is_too_strange(text: str, today: date, toward: Toward) -> None:
    assert parse_day(text, today=today, toward=toward) is None or date.min < today


@given(DAYS, DAYS, st.sampled_from(Toward))
def test_a_full_date_means_itself_on_any_day(on: date, today: date, toward: Toward) -> None:
    for text in (on.isoformat(), f"{on.day}/{on.month}/{on.year:04}", f"{on:%B} {on.day} {on.year:04}"):
        assert parse_day(text, today=today, toward=toward) == on


@given(
    DAYS,
    st.sampled_from(["monday", "fri", "12 nov", "29 feb", "1/2", "3 days", "6w"]),
    st.sampled_from(Toward),
)
def test_a_day_without_a_year_lies_on_the_side_asked_for(today: date, text: str, toward: Toward) -> None:
    found = parse_day(text, today=today, toward=toward)
    assert found is not None
    assert (found - today).days * toward.value >= 0
