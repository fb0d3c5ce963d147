"""Opening a book: making a new one, bringing an old one up to date, refusing what isn't ours."""

import os
from pathlib import Path

from sqlalchemy import text

from crm.errors import ErrorCode, KeepwarmError
from crm.store import schema
from crm.store.book import Book
from crm.store.tables import SCHEMA_VERSION


def open_book(path: Path, *, create: bool = True) -> Book:
    """Open the book at `path`, creating it if asked to and migrating an older one after a verified backup.

    Raises `KeepwarmError`: missing, not a book, made by a newer Keepwarm (the file is left untouched). A book in a
    folder that can't be written opens read-only.
    """
    if not path.exists() or path.stat().st_size == 0:
        if not create:
            raise KeepwarmError(ErrorCode.BOOK_MISSING, path=str(path))
        schema.create_book(path)
    found = schema.require_known(path)
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    if found.version < SCHEMA_VERSION:
        if not writable:
            raise KeepwarmError(ErrorCode.BOOK_READ_ONLY, path=str(path))
        from crm.store.migrating import migrate  # noqa: PLC0415 - Alembic is slow and seldom needed

        migrate(path)
    return Book(path) if writable else _open_read_only(path)


def _open_read_only(path: Path) -> Book:
    """Open the book as it is, its -wal included where SQLite can; `immutable` reads what nothing else can."""
    book = Book(path, read_only=True)
    try:
        with book.read() as session:
            session.execute(text("SELECT count(*) FROM sqlite_master"))
    except KeepwarmError:
        book.close()
        return Book(path, immutable=True)
    return book
