"""Days, names and intervals on the command line: quoted or not, and asked where they may mean two things."""

from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from crm.cli.reading import clock
from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]
TODAY = date.today()  # noqa: DTZ011 - the command line reads the user's day


@pytest.fixture
def filled(keepwarm: Keepwarm, cards: Path) -> Keepwarm:
    assert keepwarm("import", str(cards)).code == 0
    return keepwarm


@pytest.mark.parametrize(
    "words",
    [
        ("Ada Lovelace", "every other week"),
        ("Ada", "Lovelace", "bi-weekly"),
        ("Ada", "Lovelace", "2", "weeks"),
        ("1", "2w"),
    ],
)
def test_an_interval_needs_no_quotes(filled: Keepwarm, words: tuple[str, ...]) -> None:
    assert filled("every", *words, "--json").document["every"] == "2 weeks"


def test_a_name_needs_no_quotes(filled: Keepwarm) -> None:
    assert filled("person", "Ada", "Lovelace", "--json").document["name"] == "Ada Lovelace"
    assert filled("log", "Ada", "Lovelace", "call", "--on", "yesterday").code == 0


def test_a_snooze_takes_a_day_in_words(filled: Keepwarm) -> None:
    filled("every", "Ada", "6 weeks")
    until = filled("snooze", "Ada", "Lovelace", "in", "3", "weeks", "--json").document["snoozed_until"]
    assert until == (TODAY + timedelta(weeks=3)).isoformat()
    until = filled("snooze", "Ada", "--json").document["snoozed_until"]
    assert until == (TODAY + timedelta(weeks=1)).isoformat()


def test_the_third_snooze_says_what_else_could_be_done(filled: Keepwarm) -> None:
    filled("every", "Ada", "6 weeks")
    told = [filled("snooze", "Ada", "tomorrow").out for _ in range(4)]
    assert ["third snooze" in one for one in told] == [False, False, True, False]
    assert "keepwarm every 1 '2 months'" in told[2]


def test_a_day_that_may_be_two_is_asked(filled: Keepwarm) -> None:
    year = TODAY.year - 1
    told = filled("log", "Ada", "call", "--on", f"03/04/{year}")
    assert told.code == 2
    assert f"{year}-04-03 or {year}-03-04" in told.err
    told = filled("quick", f"called Ada on 03/04/{year}")
    assert told.code == 1
    assert f"3 Apr {year} or 4 Mar {year}" in told.err
    assert filled("person", "ada", "--json").document["last_touch_on"] is None


def test_another_day_is_named_above_its_check_ins(filled: Keepwarm) -> None:
    filled("every", "Ada", "6 weeks")
    told = filled("today", "--on", "in", "a", "year").out.splitlines()
    assert told[0].endswith("if nothing is done until then:")
    assert filled("today", "--on", "tomorrow").out.startswith("Nobody to check in with on ")
    assert filled("today", "--on", "yesterday").code == 2


def test_somebody_unknown_is_added_when_asked_to(filled: Keepwarm) -> None:
    assert filled("quick", "met Zebulon Quist today").code == 1
    assert filled("quick", "--add", "met Zebulon Quist and Ada today").code == 0
    assert filled("person", "Zebulon Quist", "--json").document["last_touch_on"] == TODAY.isoformat()
    assert filled("undo").code == 0
    assert filled("person", "Zebulon Quist").code == 1


@pytest.mark.parametrize(
    ("said", "meant"),
    [("14:30", (14, 30)), ("10am", (10, 0)), ("3 pm", (15, 0)), ("12:15 AM", (0, 15)), ("12pm", (12, 0))],
)
def test_an_hour_may_be_told_on_either_clock(said: str, meant: tuple[int, int]) -> None:
    assert clock(said) == time(*meant)


@pytest.mark.parametrize("said", ["13pm", "0am", "10:60am", "noonish"])
def test_an_hour_that_no_clock_shows_is_refused(said: str) -> None:
    with pytest.raises(ArgumentTypeError):
        clock(said)
