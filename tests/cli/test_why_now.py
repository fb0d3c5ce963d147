"""Why now on the command line: the records of `today --json`, and `mute`."""

import contextlib
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]
TODAY = date.today()  # noqa: DTZ011 - the command line reads the user's day


def test_today_gives_the_sentence_and_the_records_behind_it(
    keepwarm: Keepwarm, cards: Path, tmp_path: Path
) -> None:
    born = TODAY + timedelta(days=1)
    file = tmp_path / "born.vcf"
    file.write_text(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:Mary Somerville\nBDAY:--{born:%m%d}\nEND:VCARD\n", encoding="utf-8"
    )
    keepwarm("import", str(cards), str(file))
    keepwarm("log", "Mary Somerville", "call", "--on", (TODAY - timedelta(days=30)).isoformat())
    keepwarm("every", "Mary Somerville", "3 weeks")
    (row,) = keepwarm("today", "--json").document["check_ins"]
    assert row["reason"].endswith("· Birthday tomorrow")
    check_in, birthday = row["reasons"]
    assert (check_in["rule"], check_in["every"]) == ("check_in", "3 weeks")
    assert birthday == {"rule": "birthday", "on": born.isoformat(), "years": 0}
    assert keepwarm("mute", "Mary Somerville", "birthday", "--json").document["muted"] == ["birthday"]
    (row,) = keepwarm("today", "--json").document["check_ins"]
    assert [reason["rule"] for reason in row["reasons"]] == ["check_in"]
    assert keepwarm("mute", "Mary Somerville", "birthday", "--off", "--json").document["muted"] == []
    assert keepwarm("undo").code == 0
    assert "birthday" not in keepwarm("today").out.lower()


def test_the_rule_of_a_check_in_cannot_be_muted(keepwarm: Keepwarm, cards: Path) -> None:
    keepwarm("import", str(cards))
    assert keepwarm("mute", "Ada Lovelace", "check_in").code == 2


def test_a_damaged_book_is_told_with_the_answer(keepwarm: Keepwarm, cards: Path, book_path: Path) -> None:
    keepwarm("import", str(cards))
    assert keepwarm("today").err == ""
    with contextlib.closing(sqlite3.connect(book_path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO person_tag (person_id, tag_id) VALUES (999, 999)")
    ran = keepwarm("today", "--json")
    assert ran.document["check_ins"] == []
    assert ran.err.startswith("This book is damaged")
