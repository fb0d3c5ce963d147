"""Saying things of people on the command line: tags, notes, dates, how you met, fields of your own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]


@pytest.fixture
def filled(keepwarm: Keepwarm, cards: Path) -> Keepwarm:
    assert keepwarm("import", str(cards)).code == 0
    return keepwarm


def test_several_people_are_tagged_in_one_step(filled: Keepwarm) -> None:
    ran = filled("tag", "Pioneers", "ada", "charles")
    assert (ran.code, ran.out.strip()) == (0, "Tagged 2 people Pioneers.")
    assert filled("person", "ada", "--json").document["tags"] == ["Pioneers"]
    filled("undo")
    assert filled("person", "charles", "--json").document["tags"] == []
    filled("redo")
    filled("tag", "pioneers", "ada", "--off")
    assert filled("person", "ada", "--json").document["tags"] == []


def test_notes_are_added_to(filled: Keepwarm) -> None:
    filled("note", "ada", "likes", "tea")
    filled("note", "ada", "plays the *harp*")
    assert filled("person", "ada", "--json").document["notes"] == "likes tea\n\nplays the *harp*"


def test_dates_are_kept_once_a_name_and_forgotten(filled: Keepwarm) -> None:
    filled("date", "ada", "birthday", "10", "December", "1815")
    filled("date", "ada", "birthday", "11 December")
    filled("date", "ada", "First engine", "1 May 1843")
    said = filled("person", "ada", "--json").document["dates"]
    assert said == [
        {"kind": "birthday", "label": "", "on": "--12-11"},
        {"kind": "other", "label": "First engine", "on": "1843-05-01"},
    ]
    assert "11 December" in filled("person", "ada").out
    filled("date", "ada", "first engine", "--off")
    assert len(filled("person", "ada", "--json").document["dates"]) == 1


@pytest.mark.parametrize("words", [("some day",), ()])
def test_what_is_no_date_changes_nothing(filled: Keepwarm, words: tuple[str, ...]) -> None:
    ran = filled("date", "ada", "birthday", *words)
    assert ran.code in (1, 2)
    assert ran.err.count("\n") <= 2
    assert filled("person", "ada", "--json").document["dates"] == []


def test_how_you_met_names_who_introduced_you(filled: Keepwarm) -> None:
    filled("met", "ada", "At a soirée", "--by", "charles", "--on", "5 June 1833")
    said = filled("person", "ada", "--json").document
    assert (said["how_met"], said["met_on"], said["introduced_by"]["name"]) == (
        "At a soirée",
        "1833-06-05",
        "Charles Babbage",
    )
    assert filled("person", "charles", "--json").document["introduced"][0]["name"] == "Ada Lovelace"
    assert "Introduced by  Charles Babbage" in filled("person", "ada").out
    assert filled("met", "ada", "--by", "ada").code == 1


def test_a_field_of_one_s_own_is_kept_replaced_and_forgotten(filled: Keepwarm) -> None:
    filled("field", "ada", "Coffee", "flat", "white")
    filled("field", "ada", "coffee", "espresso")
    assert filled("person", "ada", "--json").document["fields"] == {"coffee": "espresso"}
    assert filled("field", "ada", "Coffee").code == 1
    filled("field", "ada", "Coffee", "--off")
    assert filled("person", "ada", "--json").document["fields"] == {}


def test_a_person_s_warmth_and_turn_are_said(filled: Keepwarm) -> None:
    filled("log", "ada", "call", "--on", "yesterday")
    said = filled("person", "ada", "--json").document
    assert (said["warmth"]["level"], said["warmth"]["touches"], said["clocks"]["turn"]) == (
        "new",
        1,
        "nobodys",
    )
    assert "Warmth         New. 1 touch so far." in filled("person", "ada").out
