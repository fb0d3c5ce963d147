"""Opening a book: making a new one, bringing an old one up to date, refusing what isn't ours."""

import os
from pathlib import Path

from crm.errors import ErrorCode, KeepwarmError
from crm.store import schema
from crm.store.book import Book
from crm.store.connections import writing_engine
from crm.store.tables import SCHEMA_VERSION


def open_book(path: Path, *, create: bool = True) -> Book:
    """Open the book at `path`, creating it if asked to and migrating an older one after a verified backup.

    Raises `KeepwarmError`: missing, not a book, made by a newer Keepwarm (the file is left untouched). A book in a
    folder that can't be written opens read-only.
    """
    if not path.exists():
        if not create:
            raise KeepwarmError(ErrorCode.BOOK_MISSING, path=str(path))
        schema.create_file(path)
    found = schema.require_known(path)
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return Book(path, immutable=True)
    if found.size == 0:
        engine = writing_engine(path)
        try:
            schema.create_tables(engine)
        finally:
            engine.dispose()
    elif found.version < SCHEMA_VERSION:
        from crm.store import migrating

        migrating.migrate(path)
    return Book(path)
