"""A touch in one sentence on the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]


@pytest.fixture
def filled(keepwarm: Keepwarm, cards: Path) -> Keepwarm:
    assert keepwarm("import", str(cards)).code == 0
    return keepwarm


def test_a_sentence_is_logged(filled: Keepwarm) -> None:
    told = filled("quick", "called Ada yesterday re engines, check in in 3 weeks")
    assert told.out.startswith("Touch logged with Ada Lovelace. Next check-in ")
    assert filled("person", "ada", "--json").document["last_touch_on"]


def test_what_is_understood_can_be_looked_at_first(filled: Keepwarm) -> None:
    told = filled("quick", "--dry-run", "coffee with Ada and Charles today: tea")
    assert told.out.splitlines()[:2] == [
        "What: Coffee",
        "With: Ada Lovelace, Analytical Engines, Charles Babbage, Analytical Engines",
    ]
    assert filled("person", "ada", "--json").document["last_touch_on"] is None


def test_nobody_of_that_name_changes_nothing(filled: Keepwarm) -> None:
    told = filled("quick", "met Zebulon")
    assert told.code == 1
    assert "Zebulon" in told.err
