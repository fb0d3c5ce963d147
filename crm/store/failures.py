"""SQLite's ways of failing, turned into errors a user can act on."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session

from crm.errors import Cancelled, ErrorCode, KeepwarmError

_OFTEN = 1_000_000  # steps of SQLite's: some hundredths of a second
_SAID = (
    ("locked", ErrorCode.BOOK_BUSY),
    ("busy", ErrorCode.BOOK_BUSY),
    ("interrupted", ErrorCode.BOOK_BUSY),
    ("disk is full", ErrorCode.DISK_FULL),
    ("disk i/o error", ErrorCode.DISK_FULL),
    ("readonly", ErrorCode.BOOK_READ_ONLY),
    ("unable to open", ErrorCode.FILE_UNREADABLE),
    ("malformed", ErrorCode.BOOK_DAMAGED),
    ("not a database", ErrorCode.BOOK_DAMAGED),
)


@contextlib.contextmanager
def stopped(session: Session, when: Callable[[], bool]) -> Iterator[None]:
    """Let no statement go on once `when` holds: `Cancelled` is raised then, and the transaction is taken back."""
    raw: Any = session.connection().connection.driver_connection
    raw.set_progress_handler(when, _OFTEN)
    try:
        yield
    except (OperationalError, sqlite3.OperationalError) as error:
        if when():
            raise Cancelled from error
        raise
    finally:
        raw.set_progress_handler(None, 0)


@contextlib.contextmanager
def worded(path: Path) -> Iterator[None]:
    """Raise full, busy, read-only and damaged as `KeepwarmError` about `path`; anything else is a bug and passes."""
    try:
        yield
    except UnicodeDecodeError as error:  # sqlite3 couldn't decode its own message, which quotes damaged bytes
        raise KeepwarmError(ErrorCode.BOOK_DAMAGED, path=str(path), findings=(str(error),)) from error
    except (DatabaseError, sqlite3.DatabaseError) as error:
        said = str(error.orig if isinstance(error, DatabaseError) else error).lower()
        for words, code in _SAID:
            if words in said:
                raise KeepwarmError(code, path=str(path), why=said, findings=(said,)) from error
        raise
