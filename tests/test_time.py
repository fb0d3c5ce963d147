"""Time is right: month ends, 29 February, summer time in five zones, a clock that jumps, days without end."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.cadence import CheckInFacts, DueState, Interval, Unit, base, due, losing_on, state
from crm.domain.calendar import starts_at
from crm.domain.dates import Toward, parse_day
from crm.formats.letters import read_letter

ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Auckland", "Australia/Lord_Howe", "America/Sao_Paulo")
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
INTERVALS = st.builds(Interval, st.integers(1, 400), st.sampled_from(Unit))
MONTH = Interval(1, Unit.MONTH)


def facts(last: date, every: Interval) -> CheckInFacts:
    return CheckInFacts(last, every, last)


@pytest.mark.parametrize(
    ("last", "every", "on"),
    [
        (date(2026, 1, 31), MONTH, date(2026, 2, 28)),
        (date(2028, 1, 31), MONTH, date(2028, 2, 29)),
        (date(2026, 8, 31), Interval(6, Unit.MONTH), date(2027, 2, 28)),
        (date(2027, 8, 31), Interval(6, Unit.MONTH), date(2028, 2, 29)),
        (date(2028, 2, 29), Interval(1, Unit.YEAR), date(2029, 2, 28)),
        (date(2028, 2, 29), Interval(12, Unit.MONTH), date(2029, 2, 28)),
        (date(2096, 2, 29), Interval(4, Unit.YEAR), date(2100, 2, 28)),  # 2100 is no leap year
        (date(2026, 12, 31), Interval(2, Unit.MONTH), date(2027, 2, 28)),
        (date(2026, 3, 28), Interval(1, Unit.DAY), date(2026, 3, 29)),  # a day is a day, also one of 23 hours
    ],
)
def test_the_end_of_a_month_and_29_february(last: date, every: Interval, on: date) -> None:
    assert due(facts(last, every)) == on
    assert state(facts(last, every), on) is DueState.DUE
    assert state(facts(last, every), on + timedelta(days=1)) in {DueState.OVERDUE, DueState.LOSING_TOUCH}


@given(DAYS, INTERVALS, st.integers(0, 3_000))
def test_as_days_pass_a_check_in_never_becomes_less_urgent(last: date, every: Interval, days: int) -> None:
    order = (DueState.FINE, DueState.SOON, DueState.DUE, DueState.OVERDUE, DueState.LOSING_TOUCH)
    today = last + timedelta(days=days)
    one, other = (state(facts(last, every), day) for day in (today, today + timedelta(days=1)))
    assert order.index(one) <= order.index(other)


@given(DAYS, INTERVALS, st.integers(-4_000, 4_000))
def test_a_clock_that_jumps_back_and_forth_changes_no_date(last: date, every: Interval, jump: int) -> None:
    known = facts(last, every)
    before = (base(known), due(known), losing_on(known))
    state(known, last + timedelta(days=jump))
    assert (base(known), due(known), losing_on(known)) == before
    assert state(known, last) in {DueState.FINE, DueState.SOON}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [time(0, 0), time(0, 30), time(2, 15), time(9, 0), time(23, 59)])
def test_a_check_in_stands_on_its_day_at_its_time_on_every_day_of_a_year(zone: str, at: time) -> None:
    local = ZoneInfo(zone)
    for number in range(366):
        on = date(2017, 1, 1) + timedelta(days=number)  # São Paulo still changed its clocks, at midnight
        shown = starts_at(on, at, local).astimezone(local)
        wanted = datetime.combine(on, at)
        assert shown.date() == on
        # Where the clock has no such time it is as much later as the clock jumps: an hour, half of one on Lord Howe.
        assert shown.replace(tzinfo=None) - wanted in {timedelta(), timedelta(minutes=30), timedelta(hours=1)}


@pytest.mark.parametrize("zone", ZONES)
def test_a_letter_is_of_the_day_that_the_users_clock_showed(zone: str) -> None:
    local = ZoneInfo(zone)
    for hours in range(0, 24 * 366, 7):
        sent = datetime(2017, 1, 1, 0, 5, tzinfo=UTC) + timedelta(hours=hours)
        letter = f"From: a@b.example\nDate: {sent:%a, %d %b %Y %H:%M:%S} +0000\n\n".encode()
        assert read_letter(letter, local).on == sent.astimezone(local).date()


@given(DAYS, st.integers(1, 60), st.sampled_from(["days", "weeks"]))
def test_so_many_days_ahead_and_back_is_where_one_was(today: date, count: int, unit: str) -> None:
    ahead = parse_day(f"in {count} {unit}", today=today)
    assert ahead is not None
    assert parse_day(f"{count} {unit} ago", today=ahead, toward=Toward.PAST) == today


@given(DAYS)
def test_what_is_ahead_is_ahead_on_every_day_there_is(today: date) -> None:
    for words in (
        "end of month",
        "first monday of next month",
        "after easter",
        "q1",
        "29 feb",
        "the 31st",
        "weekend",
    ):
        found = parse_day(words, today=today)
        assert found is not None, words
        assert found >= today or words == "weekend", words
    assert parse_day("end of february", today=date(today.year, 2, 1)) == date(today.year, 3, 1) - timedelta(
        days=1
    )
