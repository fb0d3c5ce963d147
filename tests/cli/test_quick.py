"""A touch in one sentence on the command line."""

from collections.abc import Callable
from datetime import date
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


def test_a_saved_email_says_whom_when_and_what_about(filled: Keepwarm, tmp_path: Path) -> None:
    file = tmp_path / "letter.eml"
    file.write_text(
        "From: Ada Lovelace <x@y.example>\nTo: me@z.example\nSubject: Tea?\nDate: 1 Jan 2026 12:00:00 +0000\n\n"
    )
    told = filled("quick", "--email", str(file), "check in in 3 weeks", "--dry-run")
    assert told.out.splitlines()[:3] == [
        "What: Email",
        "With: Ada Lovelace",
        "When: Thu 1 Jan" if date.today().year == 2026 else "When: Thu 1 Jan 2026",  # noqa: DTZ011 - the user's day
    ]
    assert filled("quick", "--email", str(file)).code == 0
    assert filled("quick", "--email", str(tmp_path / "gone.eml")).code == 1
