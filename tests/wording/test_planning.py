"""Plans in words."""

from datetime import date

import pytest

from crm import wording
from crm.domain.changes import Op
from crm.domain.levelling import Why
from crm.domain.planning import PickReason

TODAY = date(2026, 3, 2)
IDEAL, ON = date(2026, 3, 3), date(2026, 3, 5)


@pytest.mark.parametrize("why", [why for why in Why if why is not Why.IDEAL])
def test_every_move_has_a_sentence(why: Why) -> None:
    assert "5 Mar" in wording.placed(why, ON, IDEAL, TODAY)


def test_a_full_day_is_named() -> None:
    assert wording.placed(Why.DAY_FULL, ON, IDEAL, TODAY) == "ideal 3 Mar, placed 5 Mar: 3 Mar is full"
    assert wording.placed(Why.IDEAL, IDEAL, IDEAL, TODAY) == ""
    assert wording.placed(None, None, None, TODAY) == ""


def test_what_a_plan_needs_is_said_only_when_it_is_too_much() -> None:
    assert wording.needed(6.7, 5) == "This plan needs 7 a week; you set 5."
    assert wording.needed(5.0, 5) == ""


def test_the_overdue_are_offered_to_be_spread_over_as_many_weeks_as_it_takes() -> None:
    assert wording.overload(12, 5) == "12 check-ins are overdue. Spread them over the next 3 weeks?"


@pytest.mark.parametrize(
    ("op", "params", "said"),
    [
        (Op.SPREAD, {"count": 12, "until": "2026-04-03"}, "Spread 12 check-ins out, the last one 3 Apr."),
        (Op.AWAY, {"on": "2026-03-22", "count": 3}, "No check-ins until Sun 22 Mar. 3 moved."),
        (Op.START_PLAN, {"count": 46}, "Plan started with 46 people."),
        (
            Op.PLAN_CHECK_IN,
            {"on": "2026-03-23", "subject": "Ada", "count": 1},
            "Next check-in with Ada: 23 Mar.",
        ),
    ],
)
def test_what_was_done(op: Op, params: dict[str, object], said: str) -> None:
    assert wording.done(op, params, TODAY) == said


@pytest.mark.parametrize("reason", list(PickReason))
def test_every_reason_to_pick_somebody_has_words(reason: PickReason) -> None:
    assert wording.pick_reason(reason)
