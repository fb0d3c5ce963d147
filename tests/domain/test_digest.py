"""The one notice a day: never twice on a day, whatever the clock does within it."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.digest import is_due

AT = time(9)
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("days", "clock", "told_on", "due"),
    [
        (0, time(8, 59), None, False),
        (0, time(9), None, True),
        (0, time(23, 59), None, True),
        (0, time(9, 1), DAY, False),
        (1, time(0, 1), DAY, False),
        (1, time(9), DAY, True),
        (-1, time(9, 30), DAY, False),  # over midnight to the west, or set back
        (-1, time(9, 30), date(2031, 1, 1), True),  # the clock was years ahead when it told
    ],
)
def test_it_is_due_from_its_time_on_and_once(days: int, clock: time, told_on: date | None, due: bool) -> None:
    now = datetime.combine(DAY + timedelta(days=days), clock)
    assert is_due(now, AT, told_on) is due


@given(st.times(), st.lists(st.timedeltas(timedelta(hours=-6), timedelta(hours=30)), max_size=60))
def test_no_day_is_told_twice_while_the_clock_goes_back_by_less_than_a_day(
    at: time, steps: list[timedelta]
) -> None:
    now, told_on, told = datetime.combine(DAY, time(7)), None, []
    for step in steps:
        now += step
        if told_on is not None:
            now = max(now, datetime.combine(told_on - timedelta(days=1), time()))
        if is_due(now, at, told_on):
            told_on = now.date()
            told.append(told_on)
    assert len(told) == len(set(told))
