"""One window per book. The command line takes no such lock: it may write beside an open window."""

import contextlib
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from crm.errors import ErrorCode, KeepwarmError
from crm.files import PRIVATE_FILE, private_folder, unwritable

_LOCKED_BYTE = (
    1024  # Windows locks bytes, and locked ones can't be read: far behind the number of the process
)


class WindowLock:
    """Held from `acquire` to `release`; the system lets go of it when the process ends, however it ends."""

    def __init__(self, book: Path) -> None:
        self.book = book
        self.path = book.with_name(book.name + ".lock")
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        """Say whether this object holds the lock."""
        return self._handle is not None

    def acquire(self) -> Self:
        """Take the lock. Raises `KeepwarmError` BOOK_OPEN_ELSEWHERE when another window has it.

        The file stays when the lock goes: removing it would let two windows lock two files of one name. In a folder
        that can't be written the book is read-only, and any number of windows may look at it.
        """
        private_folder(self.path.parent)
        if self._handle is not None or not os.access(self.path.parent, os.W_OK):
            return self
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        except OSError as error:
            raise unwritable(self.path, error) from error
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            raise KeepwarmError(
                ErrorCode.BOOK_OPEN_ELSEWHERE, path=str(self.book), process=holder(self.path)
            ) from error
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        self._handle = handle
        return self

    def release(self) -> None:
        """Let go of the lock."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        return self.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def holder(lock_file: Path) -> int | None:
    """Return the number of the process that last took the lock."""
    with contextlib.suppress(OSError, ValueError):
        return int(lock_file.read_bytes())
    return None


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
