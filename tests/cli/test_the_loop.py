"""The whole loop on the command line: people in, how often, today, a touch, undo, calendar."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]
TODAY = date.today()  # noqa: DTZ011 - the command line reads the user's day


@pytest.fixture
def filled(keepwarm: Keepwarm, cards: Path) -> Keepwarm:
    assert keepwarm("import", str(cards)).code == 0
    return keepwarm


def test_an_import_counts_every_card_of_the_file(keepwarm: Keepwarm, cards: Path) -> None:
    found = keepwarm("import", str(cards), "--json").document
    assert (found["read"], found["new"], found["updated"], found["same"], found["failed"]) == (4, 3, 0, 0, 1)
    assert [(p["file"], p["line"]) for p in found["problems"]] == [("phone.vcf", 22)]
    assert found["problems"][0]["reason"]


def test_a_dry_run_says_the_same_and_changes_nothing(keepwarm: Keepwarm, cards: Path) -> None:
    dry = keepwarm("import", str(cards), "--dry-run", "--json").document
    assert keepwarm("people", "--json").document == []
    assert len(dry.pop("plan")) == dry["read"]
    assert keepwarm("import", str(cards), "--json").document == dry


def test_importing_twice_changes_nothing_the_second_time(filled: Keepwarm, cards: Path) -> None:
    again = filled("import", str(cards), "--json").document
    assert (again["new"], again["updated"], again["same"], again["failed"]) == (0, 0, 3, 1)
    assert len(filled("history", "--json").document) == 1


def test_people_carry_what_programs_need(filled: Keepwarm) -> None:
    ada = filled("people", "lovelace", "--json").document[0]
    assert ada == {
        "id": ada["id"],
        "name": "Ada Lovelace",
        "company": "Analytical Engines",
        "title": "Analyst",
        "emails": ["ada@engines.example"],
        "phones": ["+44 20 7946 0000"],
        "last_touch_on": None,
        "next_due_on": None,
        "every": None,
    }


def test_people_are_found_without_their_accents(filled: Keepwarm) -> None:
    assert [p["name"] for p in filled("people", "zoe angstrom", "--json").document] == ["Zoë Ångström"]


def test_a_company_names_who_you_know_there(filled: Keepwarm) -> None:
    company = filled("company", "analytical engines", "--json").document
    assert [p["name"] for p in company["people"]] == ["Ada Lovelace", "Charles Babbage"]
    assert "Ada Lovelace" in filled("company", "Analytical Engines").out


def test_a_touch_moves_the_next_check_in(filled: Keepwarm) -> None:
    assert filled("every", "Ada Lovelace", "6 weeks").code == 0
    long_ago = (TODAY - timedelta(days=48)).isoformat()
    assert filled("log", "Ada Lovelace", "coffee", "--on", long_ago, "--note", "the engine").code == 0
    due = filled("today", "--json").document
    assert due["date"] == TODAY.isoformat()
    (check_in,) = due["check_ins"]
    assert check_in["person"] == "Ada Lovelace"
    assert check_in["company"] == "Analytical Engines"
    assert check_in["state"] == "overdue"
    assert check_in["every"] == "6 weeks"
    assert check_in["last_touch_on"] == long_ago
    assert check_in["due_on"] == (TODAY - timedelta(days=6)).isoformat()
    assert "48 days ago" in check_in["reason"]
    assert "the engine" in check_in["reason"]
    assert filled("log", "Ada Lovelace", "call").code == 0
    assert filled("today", "--json").document["check_ins"] == []
    assert filled("undo").code == 0
    assert len(filled("today", "--json").document["check_ins"]) == 1
    assert filled("redo").code == 0
    assert filled("today", "--json").document["check_ins"] == []


def test_snooze_skip_and_rest_take_someone_off_today(filled: Keepwarm) -> None:
    filled("every", "Ada Lovelace", "1 week")
    filled("log", "Ada Lovelace", "call", "--on", (TODAY - timedelta(days=30)).isoformat())
    for command in (
        ("snooze", "Ada Lovelace", "in 2 weeks"),
        ("skip", "Ada Lovelace"),
        ("rest", "Ada Lovelace"),
    ):
        assert len(filled("today", "--json").document["check_ins"]) == 1
        assert filled(*command).code == 0
        assert filled("today", "--json").document["check_ins"] == []
        assert filled("undo").code == 0


def test_off_stops_check_ins(filled: Keepwarm) -> None:
    filled("every", "Ada Lovelace", "1 week")
    assert filled("every", "Ada Lovelace", "off", "--json").document["every"] is None
    assert filled("people", "ada", "--json").document[0]["next_due_on"] is None


def test_the_calendar_file_stays_the_same_until_something_changes(filled: Keepwarm, tmp_path: Path) -> None:
    filled("every", "Ada Lovelace", "6 weeks")
    file = tmp_path / "check-ins.ics"
    first = filled("export", str(file), "--json").document
    assert (first["events"], first["changed"]) == (1, True)
    before = file.read_bytes()
    assert filled("export", str(file), "--json").document["changed"] is False
    assert file.read_bytes() == before
    assert b"BEGIN:VALARM" in before
    assert b"Ada Lovelace" in before


def test_a_backup_brings_the_book_back(filled: Keepwarm) -> None:
    assert filled("backup").code == 0
    filled("log", "Ada Lovelace", "call")
    restored = filled("restore", "--json")
    assert restored.code == 0
    assert Path(restored.document["before"]).exists()
    assert filled("person", "Ada Lovelace", "--json").document["last_touch_on"] is None
    assert filled("check").code == 0


def test_the_sample_fills_an_empty_book_only(keepwarm: Keepwarm) -> None:
    assert keepwarm("sample", "--json").document["people"] == 300
    again = keepwarm("sample")
    assert again.code == 1
    assert "empty book" in again.err
    assert keepwarm("today", "--json").document["check_ins"]


def test_a_first_import_keeps_what_it_read_though_another_file_is_missing(
    keepwarm: Keepwarm, cards: Path, tmp_path: Path
) -> None:
    for order in ((str(cards), str(tmp_path / "nope.vcf")), (str(tmp_path / "nope.vcf"), str(cards))):
        assert "3 new" in keepwarm("import", *order).out or "3 unchanged" in keepwarm("import", *order).out
        assert len(keepwarm("people", "--json").document) == 3


def test_a_missing_file_alone_makes_no_book(keepwarm: Keepwarm, book_path: Path, tmp_path: Path) -> None:
    assert keepwarm("import", str(tmp_path / "nope.vcf")).code == 1
    assert not book_path.exists()


def test_merging_somebody_with_themselves_is_refused(filled: Keepwarm) -> None:
    refused = filled("merge", "Ada Lovelace", "Ada Lovelace")
    assert (refused.code, refused.out) == (1, "")
    assert "one and the same" in refused.err


def test_an_unknown_code_page_is_wrong_usage(keepwarm: Keepwarm, cards: Path) -> None:
    assert keepwarm("import", str(cards), "--encoding", "nope").code == 2
