"""Looking a book over: damage is noticed, what can be made again is, and a start offers the backup that verifies."""

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.app import starting, upkeep
from crm.app.upkeep import FindingKind
from crm.domain.changes import Op
from crm.errors import ErrorCode, KeepwarmError
from crm.store import checking
from crm.store.book import Book
from crm.store.opening import open_book
from tests import builders


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = open_book(tmp_path / "Contacts.keepwarm")
    for number in range(30):
        builders.a_person(
            opened, f"Person {number}", company=f"Company {number % 3}", email=f"{number}@example.org"
        )
    yield opened
    opened.close()


def behind_its_back(book: Book, *statements: str) -> None:
    """Change the file as no verb would."""
    connection = sqlite3.connect(book.path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_sound_book_checks_out_and_says_how_much_is_in_it(book: Book) -> None:
    findings = upkeep.check(book)
    assert findings.ok, findings
    assert (findings.counts.people, findings.counts.companies) == (30, 3)
    assert checking.at_start(book.path).ok


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE person SET email = 'wrong' WHERE id = 3", "person"),
        ("UPDATE person SET losing_on = '2020-01-01' WHERE id = 3", "person"),
        ("UPDATE company SET people = 77 WHERE id = 1", "company"),
        ("UPDATE company SET last_touch_on = '2020-01-01' WHERE id = 1", "company"),
    ],
)
def test_a_wrong_computed_column_is_found_and_repaired(book: Book, statement: str, table: str) -> None:
    behind_its_back(book, statement)
    findings = upkeep.check(book)
    assert not findings.ok
    assert not findings.damage
    assert [(d.kind, d.table, d.count) for d in findings.derived] == [(FindingKind.DERIVED, table, 1)]
    repaired = upkeep.check(book, repair=True)
    assert (repaired.ok, repaired.repaired) == (True, True)
    assert upkeep.check(book).ok


def test_a_repair_of_columns_can_be_undone_like_any_change(book: Book) -> None:
    behind_its_back(book, "UPDATE company SET people = 77 WHERE id = 1")
    upkeep.check(book, repair=True)
    assert book.undo().op is Op.REPAIR
    assert not upkeep.check(book).ok


def test_a_search_that_forgot_someone_is_found_and_repaired(book: Book) -> None:
    behind_its_back(book, "DELETE FROM person_search WHERE rowid = 5")
    findings = upkeep.check(book)
    assert [d.kind for d in findings.derived] == [FindingKind.SEARCH_STALE]
    assert upkeep.check(book, repair=True).ok
    assert upkeep.check(book).ok


def test_a_broken_search_index_is_made_anew_at_start(book: Book) -> None:
    book.close()
    behind_its_back(book, "DELETE FROM person_search_data WHERE id > 10")
    assert [d.kind for d in checking.at_start(book.path).damage] == [FindingKind.SEARCH]
    started = starting.start(book.path)
    assert started.book is not None
    assert started.findings.repaired
    assert upkeep.check(started.book).ok
    started.book.close()


def test_a_row_that_points_nowhere_is_damage_and_not_repaired(book: Book) -> None:
    behind_its_back(book, "PRAGMA foreign_keys = OFF", "UPDATE position SET company_id = 999 WHERE id = 1")
    for findings in (upkeep.check(book), upkeep.check(book, repair=True), checking.at_start(book.path)):
        assert [(d.kind, d.table) for d in findings.damage] == [(FindingKind.REFERENCE, "position")]


def test_a_history_that_cannot_be_played_back_is_damage(book: Book) -> None:
    behind_its_back(book, "UPDATE journal_row SET image = 'not json' WHERE tbl = 'person' AND row_id = 3")
    assert [d.kind for d in upkeep.check(book).damage] == [FindingKind.JOURNAL]


@pytest.mark.parametrize("seed", range(12))
def test_a_file_that_was_cut_or_zeroed_is_never_opened_quietly(book: Book, seed: int) -> None:
    """RELIABILITY 2.3: truncation and zeroed pages are always noticed, and the newest good backup is offered."""
    dice = random.Random(seed)
    made = upkeep.backup(book)
    book.close()
    content = bytearray(book.path.read_bytes())
    page = dice.randrange(1, len(content) // 4096)
    if seed % 2:
        del content[page * 4096 + dice.randrange(4096) :]
    else:
        content[page * 4096 : (page + 1) * 4096] = bytes(4096)
    book.path.write_bytes(content)
    started = starting.start(book.path)
    if started.book is not None:  # only a page of the search, made anew; or one that is free
        assert upkeep.check(started.book).ok
        started.book.close()
        return
    assert not started.findings.ok
    assert started.offer == made
    upkeep.restore(book.path, started.offer.path)
    again = starting.start(book.path)
    assert again.book is not None
    assert upkeep.check(again.book).counts.people == 30
    again.book.close()


def test_random_damage_never_ends_in_anything_but_findings_or_an_expected_error(book: Book) -> None:
    book.close()
    good = book.path.read_bytes()
    for seed in range(40):
        dice = random.Random(seed)
        content = bytearray(good)
        for _ in range(dice.randint(1, 8)):
            at = dice.randrange(len(content))
            content[at : at + 64] = dice.randbytes(64)
        book.path.write_bytes(content[: len(good)])
        try:
            started = starting.start(book.path)
            if started.book is not None:
                upkeep.check(started.book)
                started.book.close()
        except KeepwarmError:
            pass
        for ending in ("-wal", "-shm"):
            book.path.with_name(book.path.name + ending).unlink(missing_ok=True)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00", b"\x00" * 8192, b"not a database" * 1000])
def test_a_book_that_became_something_else_is_damaged_if_it_has_backups(book: Book, content: bytes) -> None:
    made = upkeep.backup(book)
    book.close()
    book.path.write_bytes(content)
    started = starting.start(book.path)
    assert (started.book, started.offer) == (None, made)


def test_a_book_that_vanished_is_offered_back_and_not_replaced_by_an_empty_one(book: Book) -> None:
    made = upkeep.backup(book)
    book.close()
    book.path.unlink()
    started = starting.start(book.path)
    assert (started.book, started.offer) == (None, made)
    assert not book.path.exists()


def test_where_no_book_ever_was_a_start_makes_one(tmp_path: Path) -> None:
    started = starting.start(tmp_path / "new" / "Contacts.keepwarm")
    assert started.book is not None
    started.book.close()


def test_a_foreign_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    letter, database = tmp_path / "letter.txt", tmp_path / "other.sqlite"
    letter.write_text("Dear Ada,\n" * 100)
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    for path in (letter, database):
        before = path.read_bytes()
        with pytest.raises(KeepwarmError) as refused:
            starting.start(path)
        assert refused.value.code is ErrorCode.NOT_A_BOOK
        assert path.read_bytes() == before


def test_checking_at_start_changes_not_a_byte(book: Book) -> None:
    book.close()
    before = book.path.read_bytes()
    checking.at_start(book.path)
    assert book.path.read_bytes() == before
