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
