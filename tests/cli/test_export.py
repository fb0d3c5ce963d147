"""Export on the command line: the ending says the form, nothing is replaced unasked, everything comes back."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]


def test_the_ending_says_the_form(keepwarm: Keepwarm, cards: Path, tmp_path: Path) -> None:
    keepwarm("import", str(cards))
    for name, begins in (("a.vcf", b"BEGIN:VCARD"), ("a.csv", b"\xef\xbb\xbf"), ("a.json", b"{")):
        ran = keepwarm("export", str(tmp_path / name))
        assert (ran.code, ran.out) == (0, f"3 people saved to {tmp_path / name}.\n")
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert keepwarm("export", str(tmp_path / "v4.VCF"), "--v4", "--json").document["people"] == 3
    assert b"VERSION:4.0" in (tmp_path / "v4.VCF").read_bytes()
    assert keepwarm("export", str(tmp_path / "g.csv"), "--google").code == 0
    assert (tmp_path / "g.csv").read_text("utf-8").startswith("First Name,")


@pytest.mark.parametrize("file", ["own.csv", "google.csv --google", "3.vcf", "4.vcf --v4"])
def test_what_went_out_changes_nobody_when_it_comes_back_to_the_same_book(
    keepwarm: Keepwarm, tmp_path: Path, file: str
) -> None:
    name, *options = file.split()
    keepwarm("sample")  # people whose names are known as a whole only
    assert keepwarm("export", str(tmp_path / name), *options).code == 0
    counts = keepwarm("import", str(tmp_path / name), "--json").document
    assert (counts["read"], counts["same"]) == (300, 300)


def test_one_file_each_for_some_people(keepwarm: Keepwarm, cards: Path, tmp_path: Path) -> None:
    keepwarm("import", str(cards))
    ran = keepwarm("export", str(tmp_path / "each"), "--one-per-person", "--company", "Analytical Engines")
    assert ran.code == 0
    assert sorted(one.name for one in (tmp_path / "each").iterdir()) == [
        "Ada Lovelace.vcf",
        "Charles Babbage.vcf",
    ]


def test_a_folder_holds_everything_and_comes_back(keepwarm: Keepwarm, cards: Path, tmp_path: Path) -> None:
    keepwarm("import", str(cards))
    keepwarm("log", "Ada Lovelace", "call", "--note", "tea")
    assert keepwarm("export", str(tmp_path / "all")).code == 0
    other = str(tmp_path / "other.keepwarm")
    assert "Brought back 3 people" in keepwarm("--book", other, "import", str(tmp_path / "all")).out
    for book in (("--book", other), ()):
        shown = keepwarm(*book, "person", "Ada Lovelace", "--json").document
        assert shown["touches"][0]["note"] == "tea"
    again = tmp_path / "again.json"
    keepwarm("--book", other, "export", str(again))
    first, second = (json.loads(path.read_text("utf-8")) for path in (tmp_path / "all" / "book.json", again))
    assert first["tables"] == second["tables"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("out.txt",), ".vcf, .csv, .json or .ics"),
        (("-",), "with a name"),
        (("out.vcf", "--google"), "isn’t one"),
        (("out.vcf", "--one-per-person"), "a folder"),
        (("out.json", "--people", "ada"), "whole book"),
        (("out.vcf", "--people", "zebulon"), "Nobody"),
        (("out.vcf", "--company", "Nowhere"), "Nowhere"),
        (("missing/out.vcf",), "missing"),
        (("mine.vcf",), "--force"),
        (("mine.keepwarm",), ".vcf, .csv, .json or .ics"),
    ],
)
def test_what_can_not_be_exported_is_one_line(
    keepwarm: Keepwarm,
    cards: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    keepwarm("import", str(cards))
    (tmp_path / "mine.vcf").write_text("precious")
    before = sorted(tmp_path.iterdir())
    ran = keepwarm("export", *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert words in ran.err
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "mine.vcf").read_text() == "precious"


def test_an_empty_book_has_nobody_to_export(keepwarm: Keepwarm, cards: Path, tmp_path: Path) -> None:
    keepwarm("import", str(cards))
    keepwarm("undo")
    ran = keepwarm("export", str(tmp_path / "out.vcf"))
    assert (ran.code, ran.out) == (1, "")
    assert "nobody in this book" in ran.err
    assert not (tmp_path / "out.vcf").exists()


def test_force_replaces_a_file_but_never_a_book(
    keepwarm: Keepwarm, cards: Path, book_path: Path, tmp_path: Path
) -> None:
    keepwarm("import", str(cards))
    (tmp_path / "old.vcf").write_text("old")
    assert keepwarm("export", str(tmp_path / "old.vcf"), "--force").code == 0
    assert b"Ada" in (tmp_path / "old.vcf").read_bytes()
    (tmp_path / "link.csv").symlink_to(book_path)
    before = book_path.read_bytes()
    assert keepwarm("export", str(tmp_path / "link.csv"), "--force").code == 1
    assert book_path.read_bytes() == before
