"""One window per book, whatever became of the last one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crm.errors import ErrorCode, KeepwarmError
from crm.store.locking import WindowLock, holder
from crm.store.opening import open_book

HOLD = """
import pathlib, sys
from crm.store.locking import WindowLock
WindowLock(pathlib.Path(sys.argv[1])).acquire()
print("held", flush=True)
sys.stdin.readline()
"""


def test_a_second_window_is_refused_and_told_who_has_the_book(tmp_path: Path) -> None:
    book = tmp_path / "Contacts.keepwarm"
    with WindowLock(book), pytest.raises(KeepwarmError) as refused:
        WindowLock(book).acquire()
    assert refused.value.code is ErrorCode.BOOK_OPEN_ELSEWHERE
    assert refused.value.params["process"] == os.getpid()


def test_the_lock_is_free_once_released_and_for_another_book(tmp_path: Path) -> None:
    first, other = tmp_path / "a.keepwarm", tmp_path / "b.keepwarm"
    with WindowLock(first), WindowLock(other):
        pass
    with WindowLock(first) as again:
        assert again.held
    assert not again.held


def test_a_window_that_was_killed_locks_nobody_out(tmp_path: Path) -> None:
    book = tmp_path / "Contacts.keepwarm"
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(book)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    with child:
        assert child.stdout is not None
        child.stdout.readline()
        with pytest.raises(KeepwarmError):
            WindowLock(book).acquire()
        assert holder(book.with_name("Contacts.keepwarm.lock")) == child.pid
        child.kill()
        child.wait()
    with WindowLock(book) as lock:
        assert lock.held


def test_the_command_line_may_open_a_book_that_a_window_has(tmp_path: Path) -> None:
    with WindowLock(tmp_path / "Contacts.keepwarm"):
        open_book(tmp_path / "Contacts.keepwarm").close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_the_lock_file_is_the_owners_alone(tmp_path: Path) -> None:
    with WindowLock(tmp_path / "Contacts.keepwarm") as lock:
        assert lock.path.stat().st_mode & 0o777 == 0o600
