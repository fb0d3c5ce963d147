"""Events on the command line."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]


def test_an_event_from_the_goal_to_who_was_met(keepwarm: Keepwarm, cards: Path) -> None:
    keepwarm("import", str(cards))
    keepwarm(
        "event",
        "add",
        "Tech Fair",
        "--kind",
        "fair",
        "--place",
        "Lisbon",
        "--goal",
        "Meet two people",
        "--expect",
        "Ada Lovelace",
    )
    (listed,) = keepwarm("events", "--json").document
    assert (listed["name"], listed["kind"], listed["expected"][0]["name"]) == (
        "Tech Fair",
        "fair",
        "Ada Lovelace",
    )
    met = keepwarm("event", "met", "tech", "Ada Lovelace", "Ana Lima, Orbital Labs", "--json").document
    assert [one["name"] for one in met["met"]] == ["Ada Lovelace", "Ana Lima"]
    assert met["status"] == "went"
    assert "Met Ada Lovelace and one other" in keepwarm("events").out
    assert "Follow up with Ana Lima after Tech Fair" in keepwarm("plan", "show").out
    assert keepwarm("person", "Ana Lima", "--json").document["company"] == "Orbital Labs"
    keepwarm("undo")
    assert keepwarm("person", "Ana Lima").code == 1
    assert keepwarm("event", "edit", "tech", "--outcome", "Nothing yet").code == 0
    assert "Nothing yet" in keepwarm("event", "show", "tech").out
    assert keepwarm("event", "delete", "tech").code == 0
    assert keepwarm("event", "show", "tech").code == 1


def test_history_names_the_event_and_the_page_everybody_met(keepwarm: Keepwarm, cards: Path) -> None:
    keepwarm("import", str(cards))
    keepwarm("event", "add", "Fair", "--kind", "fair")
    shown = keepwarm("event", "met", "Fair", "Ada Lovelace", "Ana Lima", "Rui Costa").out
    assert "Met: Ada Lovelace, Ana Lima, Rui Costa" in shown
    assert "3 people you met at Fair" in keepwarm("history").out
    assert "3 people you met at Fair" in keepwarm("undo").out


def test_nobody_was_met_at_an_event_that_lies_ahead(keepwarm: Keepwarm) -> None:
    keepwarm("event", "add", "Fair", "--on", "in 2 weeks")
    refused = keepwarm("event", "met", "Fair", "Ana Lima")
    assert refused.code == 1
    assert "people met are noted once it was" in refused.err
    assert keepwarm("event", "edit", "Fair", "--status", "went").code == 1
    assert keepwarm("event", "add", "Meetup", "--on", "in 2 weeks", "--status", "went").code == 1
    assert [(one["name"], one["status"]) for one in keepwarm("events", "--json").document] == [
        ("Fair", "interested")
    ]
    assert keepwarm("event", "edit", "Fair", "--status", "going").code == 0
    assert keepwarm("person", "Ana Lima").code == 1
