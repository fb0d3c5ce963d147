"""Why now: each rule with facts that fire exactly it, what answers, mutes or hides it, and the order of reasons."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.cadence import Interval, Unit
from crm.domain.news import News, NewsKind
from crm.domain.person import PositionDraft
from crm.domain.reasons import (
    CHECK_INS,
    MUTABLE,
    AppliedReason,
    CheckInReason,
    Known,
    MovedReason,
    Mute,
    Occasion,
    QuietReason,
    Rule,
    StepReason,
    TargetReason,
)
from crm.domain.whynow import coming, place, why_now

TODAY = date(2026, 3, 2)
MONTHLY = Interval(30, Unit.DAY)


def days(number: int) -> timedelta:
    return timedelta(days=number)


TOUCHED = TODAY - days(40)
NOTHING = CheckInReason(None, last_touch_on=TOUCHED)
MOVED = MovedReason(
    TODAY - days(5), News(NewsKind.MOVED, PositionDraft("Acme"), PositionDraft("Globex", "Engineer"))
)
QUIET = QuietReason(TODAY - days(1), 20, 5, TOUCHED, losing_on=TODAY + days(90))
FIXTURES = {
    Rule.PROMISE: Known(NOTHING, steps=(StepReason(TODAY, "Ask again after September"),)),
    Rule.STEP: Known(NOTHING, steps=(StepReason(TODAY, "Thank them", promise=False, company="Acme"),)),
    Rule.BIRTHDAY: Known(NOTHING, occasions=(Occasion(Rule.BIRTHDAY, 3, 4),)),
    Rule.WORK_ANNIVERSARY: Known(NOTHING, occasions=(Occasion(Rule.WORK_ANNIVERSARY, 3, 2, 2023, "Acme"),)),
    Rule.DATE: Known(NOTHING, occasions=(Occasion(Rule.DATE, 3, 1, None, "Name day"),)),
    Rule.CHECK_IN: Known(CheckInReason(MONTHLY, last_touch_on=TOUCHED, on=TODAY - days(10))),
    Rule.CHOSEN: Known(CheckInReason(None, last_touch_on=TOUCHED, on=TODAY)),
    Rule.NEVER: Known(CheckInReason(MONTHLY, added_on=TOUCHED, imported=True, on=TODAY)),
    Rule.APPLIED: Known(NOTHING, applied=(AppliedReason(TODAY - days(3), "Engineer", "Acme"),)),
    Rule.MOVED: Known(NOTHING, moved=(MOVED,)),
    Rule.QUIET: Known(NOTHING, quiet=QUIET),
    Rule.TARGET: Known(NOTHING, targets=(TargetReason(TODAY - days(1), "Acme"),)),
}


def rules(known: Known, today: date = TODAY) -> list[Rule]:
    return [reason.rule for reason in why_now(known, today)]


def test_every_rule_has_a_fixture() -> None:
    assert set(FIXTURES) == set(Rule)


@pytest.mark.parametrize("rule", Rule)
def test_each_rule_fires_alone_on_its_facts(rule: Rule) -> None:
    assert rules(FIXTURES[rule]) == [rule]


def test_without_a_reason_there_is_no_suggestion() -> None:
    assert why_now(Known(NOTHING), TODAY) == ()
    assert why_now(Known(CheckInReason(MONTHLY, last_touch_on=TODAY, on=TODAY + days(30))), TODAY) == ()


@pytest.mark.parametrize("rule", Rule)
def test_nobody_out_of_suggestions_or_snoozed_is_suggested(rule: Rule) -> None:
    known = FIXTURES[rule]
    assert rules(replace(known, suggested=False)) == []
    assert rules(replace(known, snoozed_until=TODAY + days(1))) == []
    assert rules(replace(known, snoozed_until=TODAY)) == [rule]


@pytest.mark.parametrize("rule", Rule)
def test_whoever_wants_no_check_ins_hears_only_of_the_users_own_word(rule: Rule) -> None:
    own = rule in {Rule.PROMISE, Rule.STEP}
    assert rules(replace(FIXTURES[rule], never=True)) == ([rule] if own else [])


@pytest.mark.parametrize("rule", MUTABLE)
def test_a_muted_rule_is_silent_and_no_other(rule: Rule) -> None:
    everything = replace(
        Known(NOTHING),
        steps=FIXTURES[Rule.PROMISE].steps + FIXTURES[Rule.STEP].steps,
        occasions=tuple(one for known in FIXTURES.values() for one in known.occasions),
        applied=FIXTURES[Rule.APPLIED].applied,
        moved=(MOVED,),
        quiet=QUIET,
        targets=FIXTURES[Rule.TARGET].targets,
    )
    assert set(rules(everything)) == set(MUTABLE)
    assert set(rules(replace(everything, muted=(Mute(rule),)))) == set(MUTABLE) - {rule}


@pytest.mark.parametrize("rule", sorted(CHECK_INS))
def test_a_check_in_is_not_muted_but_ended_by_how_often(rule: Rule) -> None:
    assert rules(replace(FIXTURES[rule], muted=(Mute(rule),))) == [rule]


def test_a_reason_let_go_comes_back_with_the_next_of_its_kind() -> None:
    known = FIXTURES[Rule.BIRTHDAY]
    (reason,) = why_now(known, TODAY)
    known = replace(known, muted=(Mute(Rule.BIRTHDAY, reason.on),))
    assert rules(known) == []
    assert rules(known, date(2027, 3, 4)) == [Rule.BIRTHDAY]


@pytest.mark.parametrize(
    "rule", [Rule.BIRTHDAY, Rule.WORK_ANNIVERSARY, Rule.DATE, Rule.APPLIED, Rule.MOVED, Rule.TARGET]
)
def test_a_touch_since_answers(rule: Rule) -> None:
    touched = CheckInReason(None, last_touch_on=TODAY)
    assert rules(replace(FIXTURES[rule], check_in=touched)) == []


def test_birthdays_of_strangers_are_no_reason() -> None:
    assert rules(replace(FIXTURES[Rule.BIRTHDAY], familiar=False)) == []


def test_a_birthday_counts_from_three_days_before_to_two_after_in_every_year() -> None:
    known = Known(NOTHING, occasions=(Occasion(Rule.BIRTHDAY, 1, 1),))
    held = [number for number in range(-10, 10) if rules(known, date(2027, 1, 1) + days(number))]
    assert held == [-3, -2, -1, 0, 1, 2]


@pytest.mark.parametrize(("year", "day"), [(2026, 28), (2028, 29)])
def test_29_february_is_kept_on_the_28th_where_there_is_none(year: int, day: int) -> None:
    known = Known(NOTHING, occasions=(Occasion(Rule.BIRTHDAY, 2, 29, 1992),))
    (reason,) = why_now(known, date(year, 2, 28))
    assert reason.on == date(year, 2, day)


def test_a_date_that_no_calendar_has_is_no_reason() -> None:
    assert rules(Known(NOTHING, occasions=(Occasion(Rule.BIRTHDAY, 2, 30), Occasion(Rule.DATE, 13, 1)))) == []


def test_the_day_a_job_begins_is_no_anniversary() -> None:
    assert rules(Known(NOTHING, occasions=(Occasion(Rule.WORK_ANNIVERSARY, 3, 2, 2026, "Acme"),))) == []


def test_it_is_quiet_until_touch_is_being_lost_which_has_a_list_of_its_own() -> None:
    known = Known(NOTHING, quiet=replace(QUIET, losing_on=TODAY))
    assert rules(known) == []


def test_nobody_goes_quiet_with_whom_a_meeting_is_ahead() -> None:
    assert rules(replace(FIXTURES[Rule.QUIET], meeting_on=TODAY)) == []
    assert rules(replace(FIXTURES[Rule.QUIET], meeting_on=TODAY - days(1))) == [Rule.QUIET]


def test_a_check_in_is_near_from_four_fifths_of_the_interval_within_a_month() -> None:
    soon = CheckInReason(MONTHLY, last_touch_on=TOUCHED, on=TODAY + days(29), soon_on=TODAY)
    assert rules(Known(soon)) == [Rule.CHECK_IN]
    assert rules(Known(replace(soon, soon_on=TODAY + days(1)))) == []
    assert rules(Known(replace(soon, on=TODAY + days(31)))) == []


def test_late_comes_before_today_and_today_before_what_is_ahead() -> None:
    late = StepReason(TODAY - days(1), "Send the article")
    overdue = CheckInReason(MONTHLY, last_touch_on=TOUCHED, on=TODAY - days(10))
    known = Known(
        overdue,
        steps=(late, StepReason(TODAY, "Thank them", promise=False)),
        occasions=(Occasion(Rule.BIRTHDAY, 3, 4), Occasion(Rule.WORK_ANNIVERSARY, 3, 2, 2020, "Acme")),
        moved=(MOVED,),
    )
    assert rules(known) == [
        Rule.PROMISE,
        Rule.CHECK_IN,
        Rule.WORK_ANNIVERSARY,
        Rule.MOVED,
        Rule.BIRTHDAY,
        Rule.STEP,
    ]


@given(st.integers(1, 400), st.integers(1, 400), st.integers(1, 60), st.integers(1, 60))
def test_of_two_late_check_ins_the_one_later_by_its_own_interval_goes_first(
    one: int, other: int, first_late: int, second_late: int
) -> None:
    first = CheckInReason(Interval(one, Unit.DAY), last_touch_on=TOUCHED, on=TODAY - days(first_late))
    second = CheckInReason(Interval(other, Unit.DAY), last_touch_on=TOUCHED, on=TODAY - days(second_late))
    if first_late / one > second_late / other:
        assert place(first, TODAY) < place(second, TODAY)


def test_what_is_coming_is_what_is_dated_in_the_days_ahead() -> None:
    known = Known(
        CheckInReason(MONTHLY, last_touch_on=TOUCHED, on=TODAY + days(6)),
        steps=(StepReason(TODAY, "Today"), StepReason(TODAY + days(2), "In two days")),
        occasions=(Occasion(Rule.BIRTHDAY, 3, 9), Occasion(Rule.DATE, 3, 10)),
        moved=(MOVED,),
    )
    found = coming(known, TODAY, TODAY + days(7))
    assert [(reason.rule, reason.on) for reason in found] == [
        (Rule.PROMISE, TODAY + days(2)),
        (Rule.CHECK_IN, TODAY + days(6)),
        (Rule.BIRTHDAY, TODAY + days(7)),
    ]
