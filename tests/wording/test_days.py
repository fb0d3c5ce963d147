"""Days and pills as people say them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.cadence import DueState
from crm.domain.person import PersonId, PersonRow
from crm.wording import (
    ago,
    dated,
    day,
    due_pill,
    full_day,
    month_day,
    person_pill,
    short_ago,
    short_day,
    short_due,
    weekday_day,
)

TODAY = date(2026, 11, 19)  # a Thursday
TONES = {"bad", "info", "warn", "neutral", "ok"}


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Today"),
        (1, "Tomorrow"),
        (-1, "Yesterday"),
        (2, "Saturday"),
        (6, "Wednesday"),
        (7, "26 Nov"),
        (-2, "17 Nov"),
        (43, "1 Jan 2027"),
        (-400, "15 Oct 2025"),
    ],
)
def test_a_near_day_has_a_name_and_a_far_one_a_date(days: int, words: str) -> None:
    assert day(after(days), TODAY) == words


@pytest.mark.parametrize(
    ("days", "words", "short"),
    [
        (0, "today", "0 d"),
        (1, "yesterday", "1 d"),
        (2, "2 days ago", "2 d"),
        (48, "48 days ago", "48 d"),
        (106, "106 days ago", "106 d"),
        (107, "4 months ago", "4 mo"),
        (213, "7 months ago", "7 mo"),
        (715, "23 months ago", "23 mo"),
        (730, "2 years ago", "2 y"),
        (3653, "10 years ago", "10 y"),
    ],
)
def test_how_long_ago_is_told_in_the_unit_that_matters(days: int, words: str, short: str) -> None:
    assert ago(after(-days), TODAY) == words
    assert short_ago(after(-days), TODAY) == short


@pytest.mark.parametrize(
    ("state", "days", "pill"),
    [
        (DueState.OVERDUE, -1, ("1 day overdue", "bad")),
        (DueState.OVERDUE, -6, ("6 days overdue", "bad")),
        (DueState.LOSING_TOUCH, -300, ("10 months overdue", "bad")),
        (DueState.DUE, 0, ("Today", "info")),
        (DueState.SOON, 1, ("Tomorrow", "warn")),
        (DueState.SOON, 3, ("Sunday", "neutral")),
        (DueState.FINE, 20, ("9 Dec", "neutral")),
        (DueState.SNOOZED, 4, ("Snoozed to 23 Nov", "neutral")),
        (DueState.SNOOZED, -3, ("Snoozed", "neutral")),
        (DueState.IN_TOUCH, 4, ("In touch", "ok")),
        (DueState.RESTING, 4, ("Resting", "neutral")),
        (DueState.NONE, 4, ("No plan", "neutral")),
    ],
)
def test_a_pill_says_when_a_check_in_is_due(state: DueState, days: int, pill: tuple[str, str]) -> None:
    assert due_pill(state, after(days), TODAY) == pill


def test_a_snoozed_persons_pill_names_the_day_the_snooze_ends() -> None:
    row = PersonRow(
        PersonId(1), "Ada", next_due_on=after(-3), state=DueState.SNOOZED, snoozed_until=after(10)
    )
    assert person_pill(row, TODAY)[0] == "Snoozed to 29 Nov"


def test_a_narrow_pill_is_shorter() -> None:
    assert short_due(DueState.OVERDUE, after(-6), TODAY) == ("6 d late", "bad")
    assert short_due(DueState.LOSING_TOUCH, after(-300), TODAY) == ("10 mo late", "bad")
    assert short_due(DueState.DUE, TODAY, TODAY) == ("Today", "info")


@given(st.sampled_from(DueState), st.none() | st.integers(-4000, 4000))
def test_every_state_has_a_pill(state: DueState, days: int | None) -> None:
    on = None if days is None else after(days)
    for words, tone in (due_pill(state, on, TODAY), short_due(state, on, TODAY)):
        assert words[0].isupper() or words[0].isdigit()
        assert tone in TONES


def test_dates_are_written_in_full_where_they_must_last() -> None:
    assert dated(TODAY) == "19 Nov 2026"
    assert short_day(TODAY, TODAY) == "19 Nov"
    assert weekday_day(TODAY, TODAY) == "Thu 19 Nov"
    assert full_day(TODAY) == "Thursday 19 November"
    assert (month_day(3, 4), month_day(3, 4, 1990)) == ("4 March", "4 March 1990")
