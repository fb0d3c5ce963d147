"""`keepwarm noticed`."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]


def test_what_is_noticed_is_kept_listed_pursued_and_deleted(keepwarm: Keepwarm, cards: Path) -> None:
    keepwarm("import", str(cards))
    said = keepwarm(
        "noticed", "Analytical Engines", "Hiring a clerk https://engines.example/jobs", "--kind", "opening",
        "--on", "yesterday", "--engage", "tomorrow", "--with", "Ada Lovelace", "--json",
    ).document  # fmt: skip
    assert (said["text"], said["link"], said["kind"]) == (
        "Hiring a clerk",
        "https://engines.example/jobs",
        "opening",
    )
    assert said["engage"]["title"] == "Write to Ada Lovelace about Analytical Engines: Hiring a clerk"
    assert "Write to Ada Lovelace" in keepwarm("agenda").out
    assert "Hiring a clerk" in keepwarm("noticed", "Analytical Engines").out
    assert [one["id"] for one in keepwarm("noticed", "--json").document] == [said["id"]]
    listed = keepwarm("companies", "--show", "openings", "--json").document
    assert [one["name"] for one in listed] == ["Analytical Engines"]
    assert "No companies match." in keepwarm("companies", "--show", "target-empty").out
    assert keepwarm("noticed", "--pursue", str(said["id"]), "--json").document["opportunity"] == 1
    assert keepwarm("opportunity", "list", "--json").document[0]["title"] == "Hiring a clerk"
    assert keepwarm("noticed", "--delete", str(said["id"])).code == 0
    assert "Nothing noticed yet." in keepwarm("noticed").out
    assert keepwarm("noticed", "--delete", "99").code == 1
    assert keepwarm("noticed", "Nobody Ltd", "news").code == 1
    assert keepwarm("noticed", "Analytical Engines", "news", "--on", "tomorrow").code == 1


def test_only_an_opening_becomes_an_opportunity(keepwarm: Keepwarm, cards: Path) -> None:
    keepwarm("import", str(cards))
    said = keepwarm("noticed", "Analytical Engines", "Moved to London", "--json").document
    ran = keepwarm("noticed", "--pursue", str(said["id"]))
    assert ran.code == 1
    assert "Only an opening becomes an opportunity" in ran.err
    assert keepwarm("opportunity", "list", "--json").document == []
