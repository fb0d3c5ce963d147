"""Backups: checked when made, known when damaged, thinned by their number, restored without losing what was there."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from crm.app import upkeep
from crm.app.upkeep import Reason
from crm.domain.changes import Op
from crm.errors import ErrorCode, KeepwarmError
from crm.paths import backups_dir
from crm.store import backups, schema
from crm.store.book import Book
from crm.store.locking import WindowLock
from crm.store.opening import open_book
from crm.store.tables import SCHEMA_VERSION, Person

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Contacts.keepwarm"


def add(book: Book, name: str) -> None:
    with book.write(Op.ADD_PERSON) as session:
        session.add(Person(display_name=name, name_key=name, sort_key=name, added_on=date(2026, 3, 1)))


def names(path: Path) -> list[str]:
    book = open_book(path, create=False)
    with book.read() as session:
        found = list(session.scalars(select(Person.display_name).order_by(Person.id)))
    book.close()
    return found


def a_book_of(path: Path, *people: str) -> Book:
    book = open_book(path)
    for name in people:
        add(book, name)
    return book


def test_a_backup_holds_what_was_committed_and_says_so(path: Path) -> None:
    book = a_book_of(path, "Ada", "Bob")
    made = upkeep.backup(book)
    book.close()
    assert (made.people, made.companies, made.verified, made.reason) == (2, 0, True, Reason.MANUAL)
    assert made.path.parent == backups_dir(path)
    assert upkeep.backups(path) == (made,)
    said = json.loads(backups.manifest_of(made.path).read_bytes())
    assert said["sha256"] == backups.digest(made.path)
    assert said["rows"]["person"] == 2
    assert names(made.path) == ["Ada", "Bob"]


def test_a_backup_may_be_made_amid_a_write_and_holds_none_of_it(path: Path) -> None:
    book = a_book_of(path, "Ada")
    with book.write(Op.ADD_PERSON) as session:
        session.add(Person(display_name="Bob", name_key="", sort_key="", added_on=date(2026, 3, 1)))
        session.flush()
        assert upkeep.backup(book).people == 1
    book.close()


def test_a_backup_can_be_saved_anywhere(path: Path, tmp_path: Path) -> None:
    book = a_book_of(path, "Ada")
    (tmp_path / "stick").mkdir()
    made = upkeep.backup(book, tmp_path / "stick" / "copy.keepwarm")
    book.close()
    assert names(tmp_path / "stick" / "copy.keepwarm") == ["Ada"]
    assert made.sequence == 0
    assert upkeep.backups(path) == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_backups_are_the_owners_alone(path: Path) -> None:
    book = a_book_of(path, "Ada")
    upkeep.backup(book)
    book.close()
    folder = backups_dir(path)
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_nothing_but_backups_and_manifests_stays_in_the_folder(path: Path) -> None:
    book = a_book_of(path, "Ada")
    stale = backups_dir(path) / ".keepwarm-000001-20260101-000000.keepwarm.x.part"
    stale.parent.mkdir()
    stale.write_bytes(b"a backup that was killed")
    os.utime(stale, (0, 0))
    made = upkeep.backup(book)
    book.close()
    assert set(backups_dir(path).iterdir()) == {made.path, backups.manifest_of(made.path)}


def test_an_automatic_backup_is_made_once_a_day_and_only_after_changes(path: Path) -> None:
    book = open_book(path)
    assert upkeep.auto_backup(book, now=NOW) is None
    add(book, "Ada")
    assert upkeep.auto_backup(book, now=NOW) is not None
    assert upkeep.auto_backup(book, now=NOW + timedelta(days=1)) is None
    add(book, "Bob")
    assert upkeep.auto_backup(book, now=NOW + timedelta(hours=1)) is None
    assert upkeep.auto_backup(book, now=NOW + timedelta(days=1)) is not None
    book.undo()
    assert upkeep.auto_backup(book, now=NOW + timedelta(days=2)) is not None
    book.close()


def test_before_an_import_a_backup_is_made_the_same_day_too_unless_nothing_changed(path: Path) -> None:
    book = a_book_of(path, "Ada")
    assert upkeep.auto_backup(book, now=NOW) is not None
    assert upkeep.auto_backup(book, reason=Reason.IMPORT, now=NOW) is None
    add(book, "Bob")
    assert upkeep.auto_backup(book, reason=Reason.IMPORT, now=NOW) is not None
    book.close()


def test_a_damaged_backup_doesnt_stand_in_for_a_new_one(path: Path) -> None:
    book = a_book_of(path, "Ada")
    made = upkeep.auto_backup(book, now=NOW)
    assert made is not None
    made.path.write_bytes(made.path.read_bytes()[:5000])
    assert upkeep.auto_backup(book, now=NOW) is not None
    book.close()


def test_a_clock_that_jumps_back_neither_misorders_nor_removes_backups(path: Path) -> None:
    book = open_book(path)
    clocks = [NOW, NOW + timedelta(days=4000), NOW - timedelta(days=4000)]
    for number, now in enumerate(clocks):
        add(book, f"Person {number}")
        upkeep.auto_backup(book, now=now)
    book.close()
    assert [(b.sequence, b.people) for b in upkeep.backups(path)] == [(3, 3), (2, 2), (1, 1)]


def test_old_automatic_backups_are_thinned_and_manual_ones_kept(path: Path) -> None:
    book = a_book_of(path, "Ada")
    asked_for = upkeep.backup(book)
    first = upkeep.auto_backup(book, now=NOW, reason=Reason.IMPORT)
    assert first is None
    template = asked_for.path
    for number in range(2, 122):
        made_at = NOW + timedelta(hours=12 * number)
        copy = template.with_name(f"keepwarm-{number:06d}-{made_at:%Y%m%d-%H%M%S}.keepwarm")
        shutil.copy(template, copy)
        said = json.loads(backups.manifest_of(template).read_bytes())
        said |= {"sequence": number, "made_at": made_at.isoformat(), "reason": "daily"}
        backups.manifest_of(copy).write_text(json.dumps(said))
    backups.thin(path)
    left = upkeep.backups(path, verify=False)
    book.close()
    automatic = [b.sequence for b in left if b.reason is Reason.DAILY]
    assert automatic[:10] == list(range(121, 111, -1))
    assert len({b.made_at.date() for b in left if b.reason is Reason.DAILY}) >= 14 + 4
    assert len(automatic) < 30
    assert asked_for in upkeep.backups(path)


@pytest.mark.parametrize("offset", [0, 30, 5000, -1])
def test_one_changed_byte_is_noticed_and_that_backup_refused(path: Path, offset: int) -> None:
    book = a_book_of(path, "Ada")
    good, bad = upkeep.backup(book), upkeep.backup(book)
    book.close()
    content = bytearray(bad.path.read_bytes())
    content[offset] ^= 1
    bad.path.write_bytes(content)
    assert [b.verified for b in upkeep.backups(path)] == [False, True]
    assert upkeep.newest_good(path) == good
    with pytest.raises(KeepwarmError) as refused:
        upkeep.restore(path, bad.path)
    assert refused.value.code is ErrorCode.BACKUP_DAMAGED
    assert names(path) == ["Ada"]


def test_a_backup_without_its_manifest_is_checked_as_a_book(path: Path) -> None:
    book = a_book_of(path, "Ada")
    made = upkeep.backup(book)
    book.close()
    backups.manifest_of(made.path).unlink()
    assert [b.verified for b in upkeep.backups(path)] == [False]
    assert upkeep.restore(path, made.path).backup.people == 1
    made.path.write_bytes(made.path.read_bytes()[:9000])
    with pytest.raises(KeepwarmError) as refused:
        upkeep.restore(path, made.path)
    assert refused.value.code is ErrorCode.BACKUP_DAMAGED


def test_a_restored_book_is_the_backup_and_the_old_one_is_kept(path: Path) -> None:
    book = a_book_of(path, "Ada")
    upkeep.backup(book)
    add(book, "Bob")
    book.close()
    done = upkeep.restore(path)
    assert names(path) == ["Ada"]
    assert done.before is not None
    assert names(done.before / path.name) == ["Ada", "Bob"]
    assert done.backup.people == 1


def test_a_stale_wal_doesnt_undo_a_restore(path: Path, tmp_path: Path) -> None:
    """RELIABILITY B7: a program was killed after it deleted everybody; its -wal still lies there."""
    book = a_book_of(path, "Ada", "Bob")
    upkeep.backup(book)
    book.checkpoint()
    with book.write(Op.DELETE_PEOPLE) as session:
        session.connection().exec_driver_sql("DELETE FROM person")
    killed = tmp_path / "killed"
    shutil.copytree(path.parent, killed, ignore=shutil.ignore_patterns("killed"))
    book.close()
    left = killed / path.name
    assert left.with_name(left.name + "-wal").stat().st_size > 0
    left.write_bytes(left.read_bytes()[: 6 * 4096])  # and the file is damaged, so nothing can be settled
    done = upkeep.restore(left)
    assert names(left) == ["Ada", "Bob"]
    assert done.before is not None
    assert {f.name for f in done.before.iterdir()} >= {left.name, left.name + "-wal"}


def test_a_book_that_is_gone_is_restored_too(path: Path) -> None:
    book = a_book_of(path, "Ada")
    upkeep.backup(book)
    book.close()
    path.unlink()
    assert upkeep.restore(path).before is None
    assert names(path) == ["Ada"]


def test_without_a_good_backup_there_is_nothing_to_restore(path: Path) -> None:
    a_book_of(path, "Ada").close()
    for asked in (None, path.parent / "nowhere.keepwarm"):
        with pytest.raises(KeepwarmError) as refused:
            upkeep.restore(path, asked)
        assert refused.value.code is ErrorCode.NO_BACKUP
    assert names(path) == ["Ada"]


def test_a_book_open_in_a_window_is_restored_by_that_window_only(path: Path) -> None:
    book = a_book_of(path, "Ada")
    upkeep.backup(book)
    book.close()
    with WindowLock(path) as lock:
        with pytest.raises(KeepwarmError) as refused:
            upkeep.restore(path)
        assert refused.value.code is ErrorCode.BOOK_OPEN_ELSEWHERE
        upkeep.restore(path, lock=lock)
        assert lock.held


def test_a_book_that_another_program_is_writing_is_not_restored(path: Path) -> None:
    book = a_book_of(path, "Ada")
    upkeep.backup(book)
    with book.write(Op.ADD_PERSON), pytest.raises(KeepwarmError) as refused:
        upkeep.restore(path)
    assert refused.value.code is ErrorCode.BOOK_BUSY
    book.close()
    assert names(path) == ["Ada"]


def test_a_backup_of_a_newer_keepwarm_is_refused(path: Path) -> None:
    book = a_book_of(path, "Ada")
    made = upkeep.backup(book)
    book.close()
    with sqlite3.connect(made.path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    backups.manifest_of(made.path).unlink()
    with pytest.raises(KeepwarmError) as refused:
        upkeep.restore(path, made.path)
    assert refused.value.code is ErrorCode.BOOK_TOO_NEW


def test_a_damaged_book_gives_no_backup(path: Path) -> None:
    book = a_book_of(path, *(f"Person {n}" for n in range(50)))
    book.close()
    content = bytearray(path.read_bytes())
    content[8192 : 8192 + 4096] = bytes(4096)
    path.write_bytes(content)
    with pytest.raises(KeepwarmError) as refused:
        backups.make(path, None, Reason.MANUAL, NOW)
    assert refused.value.code is ErrorCode.BOOK_DAMAGED
    assert list(backups_dir(path).iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="the size of files can't be limited")
def test_a_full_disk_leaves_no_half_backup(path: Path) -> None:
    a_book_of(path, "Ada").close()
    script = """
import pathlib, resource, signal, sys
from crm.app import upkeep
from crm.errors import KeepwarmError
from crm.store.opening import open_book
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
book = open_book(pathlib.Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    upkeep.backup(book)
except KeepwarmError as error:
    print(error.code)
"""
    said = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert said.stdout == "disk_full\n", said.stderr
    assert list(backups_dir(path).iterdir()) == []
    assert names(path) == ["Ada"]


def test_what_a_dead_books_wal_says_is_not_played_into_a_new_book(path: Path) -> None:
    book = a_book_of(path, "Ada")
    book.checkpoint()
    add(book, "Bob")
    wal = path.with_name(path.name + "-wal").read_bytes()
    book.close()
    path.unlink()
    path.with_name(path.name + "-wal").write_bytes(wal)
    assert names_of_new(path) == []
    assert not any(f.stat().st_size for f in schema.companions(path))


def names_of_new(path: Path) -> list[str]:
    open_book(path).close()
    return names(path)
