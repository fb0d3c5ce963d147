"""Calendars on the command line: looked over, brought in, confirmed."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]
YESTERDAY, TOMORROW = (date.today() + timedelta(days=n) for n in (-1, 1))  # noqa: DTZ011 - as the command reads it


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    path = tmp_path / "diary.ics"
    events = (
        f"BEGIN:VEVENT\r\nUID:{n}\r\nSUMMARY:Call {n}\r\nDTSTART;VALUE=DATE:{on:%Y%m%d}\r\n"
        f"ATTENDEE;CN=Ada:mailto:{who}\r\nEND:VEVENT\r\n"
        for n, (on, who) in enumerate(
            [
                (YESTERDAY, "ada@engines.example"),
                (TOMORROW, "ada@engines.example"),
                (YESTERDAY, "x@x.example"),
            ]
        )
    )
    path.write_text("BEGIN:VCALENDAR\r\n" + "".join(events) + "END:VCALENDAR\r\n", newline="")
    return path


def test_a_calendar_is_looked_over_brought_in_and_the_same_again(
    keepwarm: Keepwarm, cards: Path, diary: Path
) -> None:
    keepwarm("import", str(cards))
    dry = keepwarm("import", str(diary), "--dry-run", "--json").document
    assert (dry["read"], dry["touch"], dry["ahead"], dry["nobody"]) == (3, 1, 1, 1)
    assert keepwarm("meetings", "--json").document == {"to_confirm": [], "ahead": []}
    ran = keepwarm("import", str(diary))
    assert ran.code == 0
    assert "1 touch to log, 1 ahead" in ran.out
    assert "Call 0: Ada Lovelace (by e-mail address)" in ran.out
    assert keepwarm("import", str(diary), "--json").document["same"] == 2
    (ahead,) = keepwarm("meetings", "--json").document["ahead"]
    assert ahead["people"][0]["name"] == "Ada Lovelace"
    assert keepwarm("meetings", "--let-go", str(ahead["id"])).code == 0
    assert keepwarm("meetings").out.startswith("No meetings.")
    keepwarm("undo")
    assert "Ahead" in keepwarm("meetings").out


def test_a_calendar_among_contacts_and_no_calendar_at_all_say_what_to_do(
    keepwarm: Keepwarm, cards: Path, diary: Path, tmp_path: Path
) -> None:
    mixed = keepwarm("import", str(cards), str(diary))
    assert (mixed.code, mixed.out) == (1, "")
    assert "not all of the other files are" in mixed.err
    assert "Import the contacts first" in mixed.err
    empty = tmp_path / "empty.ics"
    empty.write_text("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    assert keepwarm("import", str(empty)).code == 1
    assert keepwarm("meetings", "--log", "99").code == 1


def test_calendars_are_read_together_also_a_folder_of_them(
    keepwarm: Keepwarm, cards: Path, diary: Path, tmp_path: Path
) -> None:
    keepwarm("import", str(cards))
    folder = tmp_path / "calendars"
    folder.mkdir()
    (folder / "a.ics").write_bytes(diary.read_bytes())
    (folder / "b.ics").write_bytes(diary.read_bytes().replace(b"UID:", b"UID:b").replace(b"Call", b"Tea"))
    assert keepwarm("import", str(folder), "--dry-run", "--json").document["events"] == 6
    assert keepwarm("import", str(folder / "a.ics"), str(folder / "b.ics"), "--json").document["events"] == 6
    (folder / "c.ics").write_bytes(b"")
    ran = keepwarm("import", str(folder))
    assert ran.code == 1
    assert "no events in" in ran.err
    assert "c.ics" in ran.err


def test_a_calendar_that_was_cut_off_says_what_could_not_be_read(keepwarm: Keepwarm, tmp_path: Path) -> None:
    cut = tmp_path / "cut.ics"
    cut.write_bytes(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Tea\r\nDTST")
    ran = keepwarm("import", str(cut))
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "No meetings with people you know, from a year back to half a year ahead.",
        "1 of 1 events couldn't be read:",
        "cut.ics, line 2: A date we can’t read",
        "cut.ics, line 2: Its end is missing",
    ]
