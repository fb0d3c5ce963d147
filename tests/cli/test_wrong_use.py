"""What the command line says when something is wrong: one line, nothing changed, the right exit code."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]


@pytest.mark.parametrize(
    "arguments",
    [
        ("log", "Ada", "shouted"),
        ("every", "Ada", "often"),
        ("snooze", "Ada", "someday"),
        ("fly",),
        ("import",),
        ("log",),
    ],
)
def test_wrong_usage_is_exit_code_two(keepwarm: Keepwarm, arguments: tuple[str, ...]) -> None:
    assert keepwarm(*arguments).code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("person", "Nobody"), "Nobody"),
        (("person", "999"), "999"),
        (("undo",), "nothing to undo"),
        (("redo",), "nothing to redo"),
        (("import", "missing.vcf"), "missing.vcf"),
        (("restore",), "no backup"),
    ],
)
def test_an_expected_error_is_one_line_and_exit_code_one(
    keepwarm: Keepwarm, arguments: tuple[str, ...], words: str
) -> None:
    ran = keepwarm(*arguments)
    assert ran.code == 1
    assert ran.out == ""
    assert words in ran.err
    assert len(ran.err.strip().splitlines()[-1]) > 10
    assert "Traceback" not in ran.err


def test_a_name_that_fits_two_people_names_both(keepwarm: Keepwarm, cards: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.vcf"
    more.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ada Byron\nEMAIL:a@b.example\nEND:VCARD\n", "utf-8")
    keepwarm("import", str(cards), str(more))
    ran = keepwarm("log", "Ada", "call")
    assert ran.code == 1
    assert "Ada Lovelace" in ran.err
    assert "Ada Byron" in ran.err


def test_a_touch_in_the_future_is_refused(keepwarm: Keepwarm, cards: Path) -> None:
    keepwarm("import", str(cards))
    ran = keepwarm("log", "Ada Lovelace", "call", "--on", "tomorrow")
    assert ran.code == 1
    assert "future" in ran.err


def test_a_question_makes_no_book(keepwarm: Keepwarm, book_path: Path) -> None:
    ran = keepwarm("today", "--json")
    assert ran.code == 0
    assert ran.document["check_ins"] == []
    assert not book_path.exists()


def test_hostile_names_cannot_command_the_terminal(keepwarm: Keepwarm, tmp_path: Path) -> None:
    file = tmp_path / "hostile.vcf"
    file.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Eve\x1b[31m Red\x07\nNOTE:\x1b]0;title\x07\nEND:VCARD\n", "utf-8"
    )
    keepwarm("import", str(file))
    for command in (("people",), ("person", "1"), ("history",)):
        assert "\x1b" not in keepwarm(*command).out


def test_a_file_that_is_no_book_is_left_alone(keepwarm: Keepwarm, book_path: Path) -> None:
    book_path.write_bytes(b"a shopping list, not a book\n" * 10)
    before = book_path.read_bytes()
    assert keepwarm("people").code == 1
    assert book_path.read_bytes() == before


def test_the_command_line_never_loads_qt() -> None:
    script = (
        "import sys, crm.__main__ as k; k.main(['people', '--json']);"
        " sys.exit(any(m.startswith('PySide6') for m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_dry_run_says_who_gains_what_and_makes_no_book(
    keepwarm: Keepwarm, cards: Path, tmp_path: Path, book_path: Path
) -> None:
    assert "3 new" in keepwarm("import", "--dry-run", str(cards)).out
    assert not book_path.exists()
    keepwarm("import", str(cards))
    more = tmp_path / "more.vcf"
    more.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Zoë Ångström\nEMAIL:zoe@light.example\nTEL:+46 8 1\nEND:VCARD\n",
        "utf-8",
    )
    said = keepwarm("import", "--dry-run", str(more)).out
    assert "Zoë Ångström: Phone (same email)" in said


@pytest.mark.parametrize("command", ["backup", "check", "export"])
def test_nothing_is_said_of_a_book_that_is_not_there(
    keepwarm: Keepwarm, tmp_path: Path, command: str
) -> None:
    arguments = (str(tmp_path / "out.ics"),) if command == "export" else ()
    ran = keepwarm(command, *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert "There is no book" in ran.err


def test_nothing_takes_the_place_of_another_file(keepwarm: Keepwarm, cards: Path, tmp_path: Path) -> None:
    keepwarm("import", str(cards))
    before = cards.read_bytes()
    calendar = tmp_path / "cards.ics"
    calendar.write_bytes(before)
    assert keepwarm("export", str(calendar)).code == 1
    assert keepwarm("backup", str(cards)).code == 1
    assert cards.read_bytes() == calendar.read_bytes() == before


def test_an_import_of_nothing_readable_failed(keepwarm: Keepwarm, tmp_path: Path) -> None:
    empty = tmp_path / "empty.vcf"
    empty.write_text("BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n", "utf-8")
    ran = keepwarm("import", str(empty))
    assert ran.code == 1
    assert "0 of 1" in ran.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("opportunity", "close", "1", "rejected"), "did you mean not-selected?"),
        (("opportunity", "clse", "1"), "did you mean close?"),
        (("interview", "add", "1", "tomorrow", "--format", "fone"), "did you mean phone?"),
        (("fly",), "--help"),
    ],
)
def test_a_word_that_is_none_of_those_known_says_which_was_meant(
    keepwarm: Keepwarm, arguments: tuple[str, ...], words: str
) -> None:
    ran = keepwarm(*arguments)
    assert (ran.code, "invalid choice" in ran.err) == (2, False)
    assert words in ran.err


@pytest.mark.parametrize(
    ("arguments", "known"), [(("plan", "start", "1"), "new_job"), (("draft", "x", "Ada"), "thank_you")]
)
def test_a_plan_or_message_that_is_none_lists_all_there_are(
    keepwarm: Keepwarm, arguments: tuple[str, ...], known: str
) -> None:
    ran = keepwarm(*arguments)
    assert ran.code == 1
    assert known in ran.err
    assert "more" not in ran.err


def test_what_is_written_first_starts_the_book_and_a_question_starts_none(
    keepwarm: Keepwarm, book_path: Path
) -> None:
    asked = keepwarm("opportunity", "list")
    assert "There is no book" in asked.err
    assert keepwarm("interview", "add", "1", "tomorrow").code == 1
    assert not book_path.exists()
    added = keepwarm("opportunity", "add", "Analyst", "Orbital")
    assert f"Started a book at {book_path}." in added.err
    assert "Analyst" in keepwarm("opportunity", "list").out
    assert keepwarm("undo").code == 0


def test_the_hour_of_a_round_may_stand_behind_its_day_and_is_asked_for(keepwarm: Keepwarm) -> None:
    keepwarm("opportunity", "add", "Analyst", "Orbital")
    said = keepwarm("interview", "add", "1", "tomorrow", "14:30").out
    assert "14:30" in said.splitlines()[0]
    assert "--at" not in said
    assert "--at 14:30" in keepwarm("interview", "add", "1", "tomorrow").out


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("quick", "called Zebulon Quark yesterday"), "--add"),
        (("log", "Ada", "Charles", "coffee"), "--with"),
        (("snooze", "Ada Lovelace", "2036-12-01"), "1 Dec 2036"),
    ],
)
def test_what_is_wrong_names_what_is_wanted(
    keepwarm: Keepwarm, cards: Path, arguments: tuple[str, ...], hint: str
) -> None:
    keepwarm("import", str(cards))
    ran = keepwarm(*arguments)
    assert ran.code == 1
    assert hint in ran.err


def test_a_table_that_is_piped_on_is_whole(keepwarm: Keepwarm, tmp_path: Path) -> None:
    title = "Deputy Assistant Secretary for Very Long Titles and Longer Departments"
    card = f"BEGIN:VCARD\nVERSION:3.0\nFN:Ana Lima\nORG:Orbital\nTITLE:{title}\nEND:VCARD\n"
    (tmp_path / "long.vcf").write_text(card)
    keepwarm("import", str(tmp_path / "long.vcf"))
    assert f"{title}, Orbital" in keepwarm("people").out


def test_only_a_file_that_is_there_is_said_to_be_whole_still(
    keepwarm: Keepwarm, cards: Path, tmp_path: Path
) -> None:
    keepwarm("import", str(cards))
    ran = keepwarm("export", str(tmp_path / "missing" / "out.vcf"))
    assert ran.code == 1
    assert "older file" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("agenda", "--days", "0"), '"0" isn\'t a number of days: write 1 to 3650'),
        (("undo-import", "friends.vcf"), "“keepwarm batches” lists them"),
        (("goals", "message", "abc"), '"abc" isn\'t a whole number; N takes one like 3.'),
    ],
)
def test_a_number_that_is_none_is_told_without_words_of_programmers(
    keepwarm: Keepwarm, arguments: tuple[str, ...], words: str
) -> None:
    ran = keepwarm(*arguments)
    assert ran.code == 2
    assert words in ran.err
    assert "invalid" not in ran.err


def test_a_book_in_a_folder_that_is_not_there_names_the_folder(keepwarm: Keepwarm, tmp_path: Path) -> None:
    ran = keepwarm("people", "--book", str(tmp_path / "gone" / "a.keepwarm"))
    assert (ran.code, ran.out) == (1, "")
    assert f"no folder {tmp_path / 'gone'}" in ran.err
