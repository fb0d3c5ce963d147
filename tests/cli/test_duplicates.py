"""Duplicates listed and merged on the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]


@pytest.fixture
def filled(keepwarm: Keepwarm, tmp_path: Path) -> Keepwarm:
    path = tmp_path / "phone.vcf"
    cards = (
        ("Robert Meyer", "Orbital Labs", "Lead"),
        ("Bob Meyer", "Orbital Labs", "Analyst"),
        ("Carol Danvers", "Orbital Labs GmbH", ""),
    )
    text = "".join(f"BEGIN:VCARD\nVERSION:3.0\nFN:{n}\nORG:{c}\nTITLE:{t}\nEND:VCARD\n" for n, c, t in cards)
    path.write_text(text, "utf-8")
    assert keepwarm("import", str(path)).code == 0
    return keepwarm


def test_duplicates_are_listed_with_reasons(filled: Keepwarm) -> None:
    (found,) = filled("duplicates", "--json").document
    assert (found["names"], found["reasons"]) == (["Robert Meyer", "Bob Meyer"], ["nickname", "company"])
    said = filled("duplicates").out
    assert "Same company, short form of the name" in said
    assert "\n       1  Robert Meyer · Lead, Orbital Labs\n" in said, said
    (company,) = filled("duplicates", "--companies", "--json").document
    assert company["names"] == ["Orbital Labs", "Orbital Labs GmbH"]


def test_people_are_merged_with_a_choice(filled: Keepwarm) -> None:
    done = filled("merge", "robert", "bob", "--take", "title=bob", "--json")
    assert done.document["merged"] == [2]
    assert filled("person", "1", "--json").document["title"] == "Analyst"
    assert filled("duplicates").out == "No duplicates found.\n"
    filled("undo")
    assert len(filled("people", "--json").document) == 3


def test_companies_are_merged(filled: Keepwarm) -> None:
    assert "Orbital Labs" in filled("merge", "--companies", "1", "2").out
    assert [row["name"] for row in filled("companies", "--json").document] == ["Orbital Labs"]


def test_a_choice_that_means_nothing_is_refused(filled: Keepwarm) -> None:
    assert filled("merge", "1", "2", "--take", "colour=1").code == 2
    assert filled("merge", "1", "2", "--take", "title=3").code == 1
    assert len(filled("people", "--json").document) == 3
