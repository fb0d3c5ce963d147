"""How often, which rule wins, and where someone stands on a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.cadence import (
    MOST_UNITS,
    Cadence,
    CadenceRules,
    CadenceSource,
    CheckInFacts,
    DueState,
    Interval,
    NamedInterval,
    Unit,
    base,
    ideal_due,
    is_losing_touch,
    less_often,
    losing_on,
    parse_interval,
    resolve,
    shortest,
    state,
)

ADDED = date(2026, 1, 1)
SIX_WEEKS = Interval(6, Unit.WEEK)
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 12, 31))
INTERVALS = st.builds(Interval, st.integers(1, 400), st.sampled_from(Unit))
MAYBE_DAYS = st.none() | DAYS
FACTS = st.builds(
    CheckInFacts,
    added_on=DAYS,
    every=st.none() | INTERVALS,
    last_touch_on=MAYBE_DAYS,
    met_on=MAYBE_DAYS,
    skipped_on=MAYBE_DAYS,
    snoozed_until=MAYBE_DAYS,
    resting=st.booleans(),
    meeting_on=MAYBE_DAYS,
    suggested=st.booleans(),
)
PLAIN = CheckInFacts(ADDED, every=Interval(10, Unit.DAY))


@pytest.mark.parametrize(
    ("count", "unit", "start", "end"),
    [
        (1, Unit.MONTH, "2026-01-31", "2026-02-28"),
        (1, Unit.MONTH, "2028-01-31", "2028-02-29"),
        (2, Unit.MONTH, "2026-01-31", "2026-03-31"),
        (1, Unit.MONTH, "2026-03-31", "2026-04-30"),
        (13, Unit.MONTH, "2026-12-31", "2028-01-31"),
        (1, Unit.YEAR, "2028-02-29", "2029-02-28"),
        (4, Unit.YEAR, "2028-02-29", "2032-02-29"),
        (100, Unit.DAY, "2026-01-01", "2026-04-11"),
        (6, Unit.WEEK, "2026-03-01", "2026-04-12"),
    ],
)
def test_months_are_clamped_and_days_are_exact(count: int, unit: Unit, start: str, end: str) -> None:
    assert Interval(count, unit).after(date.fromisoformat(start)) == date.fromisoformat(end)


@given(INTERVALS, DAYS, DAYS)
def test_an_interval_moves_forward_and_keeps_the_order_of_days(
    every: Interval, one: date, other: date
) -> None:
    assert every.after(one) > one
    assert (every.after(min(one, other))) <= every.after(max(one, other))


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from(Unit), DAYS)
def test_a_longer_interval_is_never_due_earlier(one: int, other: int, unit: Unit, start: date) -> None:
    short, long = sorted((one, other))
    assert Interval(short, unit).after(start) <= Interval(long, unit).after(start)


@given(INTERVALS, DAYS)
def test_the_length_in_days_is_close_to_the_days_that_pass(every: Interval, start: date) -> None:
    assert abs((every.after(start) - start).days - every.days()) < 4


@pytest.mark.parametrize("unit", Unit)
def test_beyond_the_calendar_is_its_last_day(unit: Unit) -> None:
    assert Interval(MOST_UNITS, unit).after(date(9999, 12, 1)) == date.max
    assert Interval(10**12, unit).after(ADDED) == date.max


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("6w", 6, Unit.WEEK),
        ("6 weeks", 6, Unit.WEEK),
        (" Every  6 WEEKS ", 6, Unit.WEEK),
        ("6-week", 6, Unit.WEEK),
        ("every 2 months", 2, Unit.MONTH),
        ("quarterly", 3, Unit.MONTH),
        ("2 quarters", 6, Unit.MONTH),
        ("every other week", 2, Unit.WEEK),
        ("fortnight", 2, Unit.WEEK),
        ("bi-weekly", 2, Unit.WEEK),
        ("biweekly", 2, Unit.WEEK),
        ("every second week", 2, Unit.WEEK),
        ("twice a month", 2, Unit.WEEK),
        ("bimonthly", 2, Unit.MONTH),
        ("every half year", 6, Unit.MONTH),
        ("half-yearly", 6, Unit.MONTH),
        ("semi-annually", 6, Unit.MONTH),
        ("once a month", 1, Unit.MONTH),
        ("twice a year", 6, Unit.MONTH),
        ("twelve mos", 12, Unit.MONTH),
        ("y", 1, Unit.YEAR),
        ("9999d", 9999, Unit.DAY),
    ],
)
def test_an_interval_is_read_as_people_write_it(text: str, count: int, unit: Unit) -> None:
    assert parse_interval(text) == Interval(count, unit)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "0 weeks", "-2 weeks", "1.5 weeks", "6", "6 minutes", "weeks 6", "every", "9999q", "10000d"],
)
def test_what_is_no_interval_is_none(text: str) -> None:
    assert parse_interval(text) is None


@given(st.text(max_size=30))
def test_any_text_is_an_interval_within_bounds_or_none(text: str) -> None:
    found = parse_interval(text)
    assert found is None or 1 <= found.count <= MOST_UNITS


@given(st.integers(1, MOST_UNITS), st.sampled_from(Unit))
def test_an_interval_written_out_reads_back(count: int, unit: Unit) -> None:
    assert parse_interval(f"every {count} {unit.value}s") == Interval(count, unit)


def test_the_rule_nearest_to_the_person_wins() -> None:
    tags = (NamedInterval("Slow", Interval(1, Unit.YEAR)), NamedInterval("Fast", Interval(5, Unit.WEEK)))
    company = NamedInterval("Orbital", Interval(1, Unit.DAY))
    rules = CadenceRules(SIX_WEEKS, tags=tags, company=company, book=Interval(2, Unit.DAY))
    assert resolve(replace(rules, never=True)) == Cadence(None, CadenceSource.PERSON)
    assert resolve(rules) == Cadence(SIX_WEEKS, CadenceSource.PERSON)
    assert resolve(replace(rules, own=None)) == Cadence(Interval(5, Unit.WEEK), CadenceSource.TAG, "Fast")
    assert resolve(replace(rules, own=None, tags=())) == Cadence(
        company.every, CadenceSource.COMPANY, "Orbital"
    )
    assert resolve(CadenceRules(book=SIX_WEEKS)) == Cadence(SIX_WEEKS, CadenceSource.BOOK)
    assert resolve(CadenceRules()) == Cadence(None, CadenceSource.NONE)


def test_of_equal_tags_the_same_one_always_wins() -> None:
    tags = (NamedInterval("b", Interval(12, Unit.MONTH)), NamedInterval("a", Interval(1, Unit.YEAR)))
    assert resolve(CadenceRules(tags=tags)).name == resolve(CadenceRules(tags=tags[::-1])).name == "a"


@given(st.lists(INTERVALS))
def test_the_shortest_is_not_longer_than_any(intervals: list[Interval]) -> None:
    found = shortest(intervals)
    assert (found is None) == (not intervals)
    assert all(found is not None and found.days() <= each.days() for each in intervals)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (CheckInFacts(ADDED), ADDED),
        (CheckInFacts(ADDED, met_on=date(2025, 12, 1)), date(2025, 12, 1)),
        (CheckInFacts(ADDED, met_on=date(2025, 12, 1), last_touch_on=date(2025, 6, 1)), date(2025, 6, 1)),
        (CheckInFacts(ADDED, skipped_on=date(2026, 2, 1)), date(2026, 2, 1)),
        (CheckInFacts(ADDED, last_touch_on=date(2026, 3, 1), skipped_on=date(2026, 2, 1)), date(2026, 3, 1)),
    ],
    ids=["added", "met", "touched", "skipped", "touched after a skip"],
)
def test_the_interval_counts_from_what_happened_last(facts: CheckInFacts, expected: date) -> None:
    assert base(facts) == expected


@pytest.mark.parametrize(
    ("after_days", "expected"),
    [
        (-5, DueState.FINE),
        (0, DueState.FINE),
        (7, DueState.FINE),
        (8, DueState.SOON),
        (9, DueState.SOON),
        (10, DueState.DUE),
        (11, DueState.OVERDUE),
        (19, DueState.OVERDUE),
        (20, DueState.LOSING_TOUCH),
        (4000, DueState.LOSING_TOUCH),
    ],
)
def test_ten_days_pass_from_fine_to_losing_touch(after_days: int, expected: DueState) -> None:
    assert state(PLAIN, ADDED + timedelta(days=after_days)) is expected


def test_a_daily_check_in_is_fine_on_the_day_and_due_the_next() -> None:
    daily = replace(PLAIN, every=Interval(1, Unit.DAY))
    assert [state(daily, ADDED + timedelta(days=n)) for n in range(4)] == [
        DueState.FINE,
        DueState.DUE,
        DueState.LOSING_TOUCH,
        DueState.LOSING_TOUCH,
    ]


def test_a_snooze_hides_until_its_day() -> None:
    snoozed = replace(PLAIN, snoozed_until=ADDED + timedelta(days=15))
    assert state(snoozed, ADDED + timedelta(days=14)) is DueState.SNOOZED
    assert state(snoozed, ADDED + timedelta(days=15)) is DueState.OVERDUE
    assert ideal_due(snoozed) == ideal_due(PLAIN)


def test_a_booked_meeting_counts_until_its_day_is_over() -> None:
    booked = replace(PLAIN, meeting_on=ADDED + timedelta(days=12), snoozed_until=ADDED + timedelta(days=30))
    assert state(booked, ADDED + timedelta(days=12)) is DueState.IN_TOUCH
    assert state(replace(booked, snoozed_until=None), ADDED + timedelta(days=13)) is DueState.OVERDUE


def test_the_resting_and_those_out_of_suggestions_have_no_date() -> None:
    for facts in (replace(PLAIN, resting=True), replace(PLAIN, suggested=False), replace(PLAIN, every=None)):
        assert ideal_due(facts) is None
    assert state(replace(PLAIN, resting=True), ADDED) is DueState.RESTING
    assert state(replace(PLAIN, resting=True, every=None), ADDED) is DueState.RESTING
    assert state(replace(PLAIN, resting=True, suggested=False), ADDED) is DueState.NONE
    assert state(replace(PLAIN, suggested=False), ADDED) is DueState.NONE


def test_a_skip_lets_one_check_in_go() -> None:
    skipped = replace(PLAIN, skipped_on=ADDED + timedelta(days=30))
    assert ideal_due(skipped) == ADDED + timedelta(days=40)
    assert state(skipped, ADDED + timedelta(days=30)) is DueState.FINE


def test_half_a_year_of_silence_is_losing_touch_but_not_inside_a_longer_interval() -> None:
    touched = CheckInFacts(ADDED, last_touch_on=date(2026, 1, 31))
    assert losing_on(touched) == date(2026, 7, 31)
    assert losing_on(replace(touched, every=Interval(1, Unit.YEAR))) == date(2027, 2, 1)
    assert losing_on(replace(touched, every=Interval(4, Unit.MONTH))) == date(2026, 7, 31)
    assert losing_on(CheckInFacts(ADDED)) is None
    assert losing_on(CheckInFacts(ADDED, every=Interval(9999, Unit.YEAR))) is None


def test_two_months_are_two_months_also_at_the_end_of_one() -> None:
    monthly = CheckInFacts(ADDED, every=Interval(1, Unit.MONTH), last_touch_on=date(2026, 1, 31))
    assert losing_on(monthly) == date(2026, 3, 31)


@given(FACTS, DAYS)
def test_everyone_has_one_state_and_a_due_date_only_when_suggested(facts: CheckInFacts, today: date) -> None:
    due, found = ideal_due(facts), state(facts, today)
    assert (due is None) == (found in {DueState.NONE, DueState.RESTING})
    if due is None:
        return
    assert due > base(facts)
    if found is DueState.DUE:
        assert due == today
    if found in {DueState.OVERDUE, DueState.LOSING_TOUCH}:
        assert due < today
    if found in {DueState.FINE, DueState.SOON}:
        assert due > today


@given(FACTS, DAYS, st.integers(0, 2000))
def test_time_alone_never_leads_back(facts: CheckInFacts, today: date, later: int) -> None:
    still = replace(facts, snoozed_until=None, meeting_on=None)
    order = list(DueState)
    assert order.index(state(still, today)) <= order.index(state(still, today + timedelta(days=later)))
    assert is_losing_touch(still, today) <= is_losing_touch(still, today + timedelta(days=later))


@given(FACTS, DAYS)
def test_losing_touch_starts_on_its_first_day(facts: CheckInFacts, today: date) -> None:
    first = losing_on(facts)
    assert is_losing_touch(facts, today) == (first is not None and today >= first)
    if facts.every is not None and first is not None:
        assert first > facts.every.after(base(facts))


@given(FACTS, DAYS)
def test_a_newer_touch_never_makes_the_due_date_earlier(facts: CheckInFacts, on: date) -> None:
    touched = replace(facts, last_touch_on=max(on, base(facts)))
    before, after = ideal_due(facts), ideal_due(touched)
    assert (before is None) == (after is None)
    assert before is None or after is None or before <= after


def test_the_offer_after_snoozes_is_the_next_longer_usual_interval() -> None:
    assert less_often(Interval(6, Unit.WEEK)) == Interval(2, Unit.MONTH)
    assert less_often(Interval(5, Unit.DAY)) == Interval(2, Unit.WEEK)
    assert less_often(Interval(1, Unit.YEAR)) is None
    assert less_often(None) is None
