"""Ways into a company and introductions on the command line."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]


def test_ways_in_are_listed_and_an_introduction_runs_its_course(keepwarm: Keepwarm, cards: Path) -> None:
    keepwarm("import", str(cards))
    found = keepwarm("ways-in", "Analytical Engines", "--json").document
    assert {(way["person"]["name"], way["kind"]) for way in found["ways"]} == {
        ("Ada Lovelace", "here"), ("Charles Babbage", "here"),
    }  # fmt: skip
    asked = keepwarm(
        "introduction", "ask", "Analytical Engines", "Zoë Ångström", "--to", "Ada Lovelace", "--json"
    )
    assert asked.document["step"] == "Ask Zoë Ångström to introduce me to Ada Lovelace at Analytical Engines"
    number = str(asked.document["id"])
    assert "Ask Zoë" in keepwarm("plan", "show").out
    assert keepwarm("introduction", "made", number).code == 0
    (way,) = [
        one
        for one in keepwarm("ways-in", "Analytical Engines", "--json").document["ways"]
        if one["kind"] != "here"
    ]
    assert (way["person"]["name"], way["kind"], way["asked_lately"]) == ("Zoë Ångström", "introduced", True)
    assert keepwarm("introduction", "made", "99").code == 1
    assert keepwarm("introduction", "nonsense", number).code == 2


def test_where_nobody_is_known_it_says_so(keepwarm: Keepwarm, cards: Path) -> None:
    keepwarm("import", str(cards))
    keepwarm("opportunity", "add", "Analyst", "Nowhere Ltd")
    assert "You know no one there yet." in keepwarm("ways-in", "Nowhere Ltd").out
