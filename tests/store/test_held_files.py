"""A book that is open stays safe while its own file is looked at: closing any handle of it would drop SQLite's locks."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm.app import importing, people
from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.backup import Reason
from crm.domain.person import PersonDraft
from crm.errors import ErrorCode, KeepwarmError
from crm.files import is_held
from crm.store import backups, schema
from tests.builders import TODAY, a_book, a_person

OTHER = """
import sys
from datetime import date
from pathlib import Path
from crm.app import people
from crm.app.books import open_book
from crm.domain.person import PersonDraft
book = open_book(Path(sys.argv[1]))
if len(sys.argv) > 2:
    people.add(book, PersonDraft(display_name=sys.argv[2]), today=date(2026, 3, 2))
with book.read() as session:
    from sqlalchemy import text
    print(*session.scalars(text("SELECT display_name FROM person ORDER BY id")), sep="|")
book.close()
"""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with contextlib.closing(a_book(tmp_path)) as opened:
        yield opened


def other_program(book: Book, *arguments: str) -> list[str]:
    command = [sys.executable, "-c", OTHER, str(book.path), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip().split("|")


def looked_at(book: Book) -> None:
    """Do all that asks what kind of file the open book is."""
    backups.make(book.path, None, Reason.MANUAL, datetime.now(UTC))
    assert schema.require_known(book.path).is_book
    with pytest.raises(KeepwarmError) as refused:
        importing.read_files([book.path], Progress())
    assert refused.value.code is ErrorCode.FILE_UNKNOWN


def test_two_programs_see_each_others_changes_after_the_file_was_looked_at(book: Book) -> None:
    a_person(book, "Ada")
    looked_at(book)
    assert other_program(book, "Grace") == ["Ada", "Grace"]
    people.add(book, PersonDraft(display_name="Alan"), today=TODAY)
    assert other_program(book) == ["Ada", "Grace", "Alan"]
    assert book.path.with_name(book.path.name + "-wal").exists()


def test_a_file_is_held_while_its_book_is_open_under_any_name(book: Book, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(book.path)
    assert is_held(link)
    book.close()
    assert not is_held(link)


def test_a_backup_never_takes_the_place_of_something_else(book: Book, tmp_path: Path) -> None:
    cards = tmp_path / "cards.vcf"
    cards.write_bytes(b"BEGIN:VCARD")
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.iterdir())
    for path in (cards, tmp_path / "folder", tmp_path / "nowhere" / "copy.keepwarm", book.path):
        with pytest.raises(KeepwarmError):
            backups.make(book.path, path, Reason.MANUAL, datetime.now(UTC))
    assert cards.read_bytes() == b"BEGIN:VCARD"
    assert sorted(tmp_path.iterdir()) == before
