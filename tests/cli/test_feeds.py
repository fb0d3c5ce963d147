"""Kept calendar files on the command line: current after every command."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]


def test_a_kept_file_is_current_after_every_command(keepwarm: Keepwarm, cards: Path, tmp_path: Path) -> None:
    path = tmp_path / "kept.ics"
    keepwarm("import", str(cards))
    assert keepwarm("feed", "add", "Keepwarm", str(path), "--alarm", "10", "--days", "400").code == 0
    assert b"VEVENT" not in path.read_bytes()
    keepwarm("every", "Ada Lovelace", "6 weeks")
    assert b"Ada Lovelace" in path.read_bytes()
    assert b"-PT10M" in path.read_bytes()
    (listed,) = keepwarm("feeds", "--json").document
    assert (listed["name"], listed["events"], listed["error"]) == ("Keepwarm", 1, None)
    keepwarm("undo")
    assert b"VEVENT" not in path.read_bytes()
    assert keepwarm("feed", "remove", "Keepwarm").code == 0
    assert path.exists()
    assert keepwarm("feeds", "--json").document == []


def test_a_kept_file_that_cannot_be_written_is_a_remark(
    keepwarm: Keepwarm, cards: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    keepwarm("import", str(cards))
    keepwarm("feed", "add", "Keepwarm", str(folder / "kept.ics"))
    (folder / "kept.ics").unlink()
    folder.rmdir()
    ran = keepwarm("every", "Ada Lovelace", "6 weeks")
    assert ran.code == 0
    assert "Couldn’t save" in ran.err
    assert keepwarm("feeds").code == 1


def test_a_calendar_of_another_program_is_not_replaced_unasked_our_own_is_updated(
    keepwarm: Keepwarm, cards: Path, tmp_path: Path
) -> None:
    keepwarm("import", str(cards))
    keepwarm("every", "Ada Lovelace", "6 weeks")
    mine, path = (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Mine//EN\r\nEND:VCALENDAR\r\n",
        tmp_path / "a.ics",
    )
    path.write_bytes(mine)
    refused = keepwarm("export", str(path))
    assert (refused.code, path.read_bytes()) == (1, mine)
    assert "--force" in refused.err
    assert keepwarm("export", str(path), "--force").code == 0
    again = keepwarm("export", str(path))
    assert (again.code, again.out.splitlines()[0]) == (0, f"{path} updated: 1 event.")


def test_exporting_again_says_what_changed(keepwarm: Keepwarm, cards: Path, tmp_path: Path) -> None:
    keepwarm("import", str(cards))
    keepwarm("every", "Ada Lovelace", "6 weeks")
    keepwarm("export", str(tmp_path / "a.ics"))
    keepwarm("rest", "Ada Lovelace")
    assert "1 cancelled" in keepwarm("export", str(tmp_path / "b.ics"), "--changes").out
    ran = keepwarm("export", str(tmp_path / "c.ics"), "--changes")
    assert "nothing changed" in ran.out
    assert not (tmp_path / "c.ics").exists()


def test_a_kept_file_ends_in_ics_and_has_a_name_of_its_own(
    keepwarm: Keepwarm, cards: Path, tmp_path: Path
) -> None:
    keepwarm("import", str(cards))
    refused = keepwarm("feed", "add", "Work", str(tmp_path / "feed.txt"))
    assert refused.code == 1
    assert "End it in .ics" in refused.err
    assert not (tmp_path / "feed.txt").exists()
    keepwarm("feed", "add", "Work", str(tmp_path / "a.ics"))
    assert "as “Work 2”" in keepwarm("feed", "add", "Work", str(tmp_path / "b.ics")).out
    assert [one["name"] for one in keepwarm("feeds", "--json").document] == ["Work", "Work 2"]
    assert "Keep a calendar file up to date" in keepwarm("feed", "add", "--help").out
