"""Plans on the command line: suggested and started, spread out, time away."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]


@pytest.fixture
def filled(keepwarm: Keepwarm, cards: Path) -> Keepwarm:
    assert keepwarm("import", str(cards)).code == 0
    return keepwarm


def test_a_plan_is_looked_at_before_it_starts_and_is_undone_at_once(filled: Keepwarm) -> None:
    (pick,) = filled("plan", "--json").document["picks"]
    assert (pick["person"], pick["reasons"], pick["every"]) == (
        "Ada Lovelace",
        ["company", "reachable"],
        "4 months",
    )
    assert filled("today", "--json").document["check_ins"] == []
    started = filled("plan", "--start")
    assert "Plan started with 1 person." in started.out
    assert "You know others there" in started.out
    assert filled("person", "ada", "--json").document["next_due_on"] == pick["first_on"]
    filled("undo")
    assert filled("person", "ada", "--json").document["next_due_on"] is None


def test_nothing_overdue_is_said_so(filled: Keepwarm) -> None:
    assert filled("spread").out == "Nothing is overdue.\n"


def test_time_away_moves_check_ins_behind_it(filled: Keepwarm) -> None:
    filled("every", "ada", "1 week")
    until = date.today() + timedelta(days=20)  # noqa: DTZ011 - the command line reads the user's day
    assert filled("away", until.isoformat(), "--json").document["moved"] == 1
    assert filled("person", "ada", "--json").document["next_due_on"] > until.isoformat()


def test_coming_back_early_ends_the_time_away(filled: Keepwarm) -> None:
    assert filled("back").out == "You aren't away.\n"
    filled("away", "in 3 weeks")
    assert filled("today", "--json").document["away_until"] is not None
    assert filled("back").out == "Your time away is over.\n"
    assert filled("today", "--json").document["away_until"] is None
    assert filled("undo").code == 0
    assert filled("today", "--json").document["away_until"] is not None


@pytest.mark.parametrize(
    "wrong", [("plan", "--per-week", "none"), ("plan", "--per-week", "0"), ("away", "soonish")]
)
def test_wrong_numbers_and_days_are_refused(keepwarm: Keepwarm, wrong: tuple[str, ...]) -> None:
    assert keepwarm(*wrong).code == 2
