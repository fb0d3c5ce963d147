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
    assert "Import the contacts first" in mixed.err
    empty = tmp_path / "empty.ics"
    empty.write_text("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    assert keepwarm("import", str(empty)).code == 1
    assert keepwarm("meetings", "--log", "99").code == 1
