"""Imports listed and undone on the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]


@pytest.fixture
def filled(keepwarm: Keepwarm, cards: Path) -> Keepwarm:
    assert keepwarm("import", str(cards)).code == 0
    return keepwarm


def test_imports_are_listed_with_what_came_of_them(filled: Keepwarm) -> None:
    (found,) = filled("batches", "--json").document
    assert (found["files"], found["new"], found["failed"], found["fate"]) == (["phone.vcf"], 3, 1, "undoable")
    assert "phone.vcf" in filled("batches").out
    assert "3 added" in filled("batches").out


def test_before_any_import_the_list_says_so(keepwarm: Keepwarm) -> None:
    assert keepwarm("batches").out == "Nothing was imported yet.\n"


def test_an_import_is_undone_after_other_things_and_keeps_what_was_changed(filled: Keepwarm) -> None:
    filled("log", "lovelace", "call", "--on", "yesterday")
    dry = filled("undo-import", "1", "--dry-run", "--json").document
    assert [person["name"] for person in filled("people", "--json").document] != ["Ada Lovelace"]
    done = filled("undo-import", "1", "--json").document
    assert done == {**dry, "dry_run": False}
    assert (done["people_gone"], [(kept["name"], kept["why"]) for kept in done["kept"]]) == (
        2,
        [("Ada Lovelace", "touched"), ("Analytical Engines", "needed")],
    )
    assert [person["name"] for person in filled("people", "--json").document] == ["Ada Lovelace"]
    filled("undo")
    assert len(filled("people", "--json").document) == 3


def test_what_is_undone_is_told_in_words(filled: Keepwarm) -> None:
    assert filled("undo-import", "1", "--dry-run").out == "Takes away 3 people and 1 company.\n"
    assert filled("undo-import", "1").out == "Took away 3 people and 1 company.\n"
    again = filled("undo-import", "1")
    assert (again.code, again.err) == (1, "keepwarm: This import was undone already. Nothing was changed.\n")
    assert filled("undo-import", "7").code == 1


def test_what_cant_be_read_goes_to_a_file_when_asked(keepwarm: Keepwarm, cards: Path, tmp_path: Path) -> None:
    failed = tmp_path / "failed.vcf"
    found = keepwarm("import", str(cards), "--failed", str(failed), "--json").document
    assert found["failed_files"] == [str(failed)]
    assert failed.read_bytes().startswith(b"BEGIN:VCARD\r\nX-KEEPWARM-REASON:")
    good = tmp_path / "good.vcf"
    good.write_text("BEGIN:VCARD\r\nFN:Ada\r\nEND:VCARD\r\n")
    none = keepwarm("import", str(good), "--failed", str(tmp_path / "none.vcf"), "--json").document
    assert none["failed_files"] == []
    assert not (tmp_path / "none.vcf").exists()


def test_a_newer_file_says_what_changed(keepwarm: Keepwarm, tmp_path: Path) -> None:
    file = tmp_path / "ana.vcf"
    for company in ("Acme", "Globex"):
        file.write_text(
            f"BEGIN:VCARD\r\nFN:Ana Lima\r\nUID:ana\r\nORG:{company}\r\nEND:VCARD\r\n", newline=""
        )
        ran = keepwarm("import", str(file))
    assert "Since the last file: 1 moved to another company.\n" in ran.out
