"""Where an export goes: never over a book, never over what the user didn't mean to replace."""

import errno
import os
from pathlib import Path

from crm.app.books import Book
from crm.errors import ErrorCode, Invalid, KeepwarmError
from crm.store import schema


def require_file(book: Book, path: Path) -> None:
    """Refuse a folder, a file in no folder, and the file of a book: nothing may take its place."""
    where = path.resolve()
    if path.is_dir() or not where.parent.is_dir():
        why = os.strerror(errno.EISDIR if path.is_dir() else errno.ENOENT)
        raise KeepwarmError(ErrorCode.FILE_UNWRITABLE, path=str(path), why=why)
    if is_book(book, path):
        raise Invalid("file", path, "book")


def is_book(book: Book, path: Path) -> bool:
    """Say whether a file is this book's or another's: it must neither be written nor opened by name."""
    where, home = path.resolve(), book.path.resolve()
    beside = {home.with_name(home.name + ending) for ending in ("", "-wal", "-shm", "-journal")}
    return where in beside or (where.is_file() and schema.header(where).is_sqlite)


def require_folder(path: Path) -> None:
    """Refuse a file where a folder is to stand."""
    if path.exists() and not path.is_dir():
        raise KeepwarmError(ErrorCode.FILE_UNWRITABLE, path=str(path), why=os.strerror(errno.ENOTDIR))


def require_free(path: Path) -> None:
    """Refuse what is there already, unless it is an empty folder. Raises `Invalid` (file, exists)."""
    if any(path.iterdir()) if path.is_dir() else path.exists():
        raise Invalid("file", path, "exists")
