"""Opening: settings of a connection, a book's birth, several programs at once, folders that can't be written."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest

from crm.domain.changes import Op
from crm.errors import ErrorCode, KeepwarmError
from crm.store import schema
from crm.store.connections import WAL_BYTES, reading_engine, writing_engine
from crm.store.opening import open_book
from crm.store.tables import Person

ROOT = Path(__file__).parents[2]
NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Contacts.keepwarm"


def run(script: str, *arguments: object, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before, sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    )


def test_the_writer_syncs_every_commit_and_trusts_nothing_in_the_file(path: Path) -> None:
    open_book(path).close()
    engine = writing_engine(path)
    wanted = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1,
        "journal_size_limit": WAL_BYTES,
    }  # fmt: skip
    with engine.connect() as connection:
        assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted
        assert connection.connection.dbapi_connection.in_transaction  # IMMEDIATE, before any statement
    engine.dispose()


def test_a_failing_transaction_takes_its_tables_back_too(path: Path) -> None:
    """RELIABILITY B4: with the driver's own transactions, statements that define tables would stay."""
    open_book(path).close()
    engine = writing_engine(path)
    with pytest.raises(ZeroDivisionError), engine.begin() as connection:
        raise_after_a_table(connection)
    with engine.connect() as connection:
        assert (
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'half'").scalar() == 0
        )
    engine.dispose()


def raise_after_a_table(connection: object) -> None:
    connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")  # type: ignore[attr-defined]
    raise ZeroDivisionError


def test_the_reader_refuses_to_write(path: Path) -> None:
    open_book(path).close()
    engine = reading_engine(path)
    with engine.connect() as connection, pytest.raises(Exception, match="readonly"):
        connection.exec_driver_sql("CREATE TABLE t (x)")
    engine.dispose()


def test_a_missing_book_is_made_only_when_asked_to(path: Path) -> None:
    with pytest.raises(KeepwarmError) as refused:
        open_book(path, create=False)
    assert refused.value.code is ErrorCode.BOOK_MISSING
    assert not path.exists()


def test_a_book_killed_right_after_its_first_start_is_still_a_book(path: Path, tmp_path: Path) -> None:
    """Its tables must not wait in a -wal that the first 100 bytes know nothing of."""
    book = open_book(path)
    shutil.copytree(tmp_path, tmp_path / "killed", ignore=shutil.ignore_patterns("killed"))
    book.close()
    left = tmp_path / "killed" / path.name
    assert schema.header(left).is_book
    open_book(left, create=False).close()
    left.with_name(left.name + "-wal").unlink(missing_ok=True)
    left.with_name(left.name + "-shm").unlink(missing_ok=True)
    open_book(left, create=False).close()


def test_an_empty_file_becomes_a_book(path: Path) -> None:
    path.touch()
    open_book(path).close()
    assert schema.header(path).is_book
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_link_to_a_book_stays_a_link(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.keepwarm"
    link.symlink_to(path)
    open_book(link).close()
    assert link.is_symlink()
    assert schema.header(path).is_book


def test_a_folder_that_cannot_be_made_is_an_expected_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KeepwarmError) as refused:
        open_book(tmp_path / "file" / "Contacts.keepwarm")
    assert refused.value.code in {ErrorCode.FILE_UNWRITABLE, ErrorCode.FILE_UNREADABLE}


def test_programs_that_start_at_the_same_moment_share_one_new_book(path: Path) -> None:
    script = """
        import pathlib, sys
        from crm.domain.changes import Op
        from crm.store.opening import open_book
        from crm.store.tables import Preference
        sys.stdin.readline()
        book = open_book(pathlib.Path(sys.argv[1]))
        with book.write(Op.SETTINGS) as session:
            session.add(Preference(name=sys.argv[2], value=1))
        book.close()
    """
    children = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(script), str(path), str(number)],
            stdin=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for number in range(4)
    ]
    for child in children:
        assert child.stdin is not None
        child.stdin.write(b"\n")
        child.stdin.close()
    assert [child.wait() for child in children] == [0, 0, 0, 0]
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM preference").fetchone() == (4,)
    connection.close()


READ = """
    import pathlib, sys
    from crm.domain.changes import Op
    from crm.errors import KeepwarmError
    from crm.store.opening import open_book
    from sqlalchemy import text
    book = open_book(pathlib.Path(sys.argv[1]))
    with book.read() as session:
        print(book.read_only, session.scalar(text("SELECT count(*) FROM person")))
    try:
        with book.write(Op.SETTINGS):
            pass
    except KeepwarmError as error:
        print(error.code)
    book.poll()
    book.close()
"""


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or (os.geteuid() == 0 and shutil.which("setpriv") is None),
    reason="nobody here whom a folder could refuse",
)
@pytest.mark.parametrize("killed", [False, True], ids=["closed", "with a -wal"])
def test_a_book_in_a_folder_that_cannot_be_written_is_read(tmp_path: Path, killed: bool) -> None:
    folder = tmp_path / "stick"
    path = folder / "Contacts.keepwarm"
    book = open_book(path)
    with book.write(Op.ADD_PERSON) as session:
        session.add(Person(display_name="Ada", name_key="ada", sort_key="ada", added_on=date(2026, 3, 1)))
    if killed:
        shutil.copytree(folder, tmp_path / "copy")
    book.close()
    folder = tmp_path / "copy" if killed else folder
    files = list(folder.iterdir())
    for file in files:
        file.chmod(0o444)
    folder.chmod(0o555)
    before = ()
    if os.geteuid() == 0:
        for parent in (folder, *folder.parents[:-1]):
            parent.chmod(parent.stat().st_mode | 0o055)
        before = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    try:
        said = run(READ, folder / path.name, before=before)
    finally:
        folder.chmod(0o755)
    if "Permission denied" in said.stderr or "No module named" in said.stderr:
        pytest.skip("nobody may not even run Python here")
    assert said.stdout == "True 1\nbook_read_only\n", said.stderr
    assert set(folder.iterdir()) == set(files)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the child is a fork of the test")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_killed_while_it_is_being_born_a_book_is_whole_or_not_there(tmp_path: Path) -> None:
    from sqlalchemy import Engine, event  # noqa: PLC0415 - only what the child counts with

    for step in range(0, 60, 7):
        path = tmp_path / str(step) / "Contacts.keepwarm"
        child = os.fork()
        if child == 0:
            left = iter(range(step))

            def count(*_: object, left: object = left) -> None:
                if next(left, None) is None:  # type: ignore[call-overload]
                    os.kill(os.getpid(), signal.SIGKILL)

            event.listen(Engine, "before_cursor_execute", count)
            try:
                open_book(path)
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        assert not path.exists() or schema.header(path).is_book
        open_book(path).close()
