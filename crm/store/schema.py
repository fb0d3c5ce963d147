"""A book's file before it is opened: whose it is, which version, and how a new one is made."""

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from crm.errors import ErrorCode, KeepwarmError
from crm.files import PRIVATE_FILE, private_folder
from crm.store import search
from crm.store.tables import SCHEMA_VERSION, Table

APPLICATION_ID = 0x4B57_524D  # "KWRM", at byte 68 of the file
_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Header:
    """What the first 100 bytes say, read without opening the database (which would create a -wal)."""

    is_sqlite: bool
    is_book: bool
    version: int
    size: int


def header(path: Path) -> Header:
    """Return the header of the file at `path`. Raises `KeepwarmError` when it can't be read."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError as error:
        raise KeepwarmError(ErrorCode.BOOK_MISSING, path=str(path)) from error
    except OSError as error:
        raise KeepwarmError(
            ErrorCode.FILE_UNREADABLE, path=str(path), why=error.strerror or str(error)
        ) from error
    whole = len(head) == 100 and head.startswith(_MAGIC)
    version = int.from_bytes(head[60:64], "big") if whole else 0
    return Header(whole, whole and int.from_bytes(head[68:72], "big") == APPLICATION_ID, version, size)


def require_known(path: Path) -> Header:
    """Return the header, having refused files that aren't books or that a newer Keepwarm made; the file is untouched."""
    found = header(path)
    if found.size == 0:
        return found
    if not found.is_sqlite:
        raise KeepwarmError(ErrorCode.NOT_A_BOOK, path=str(path))
    if not found.is_book:
        raise KeepwarmError(ErrorCode.NOT_A_BOOK, path=str(path))
    if found.version > SCHEMA_VERSION:
        raise KeepwarmError(
            ErrorCode.BOOK_TOO_NEW, path=str(path), version=found.version, known=SCHEMA_VERSION
        )
    return found


def create_file(path: Path) -> None:
    """Create an empty file only its owner can read, so that SQLite's companions get the same mode."""
    private_folder(path.parent)
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))
    except OSError as error:
        raise KeepwarmError(
            ErrorCode.FILE_UNWRITABLE, path=str(path), why=error.strerror or str(error)
        ) from error


def create_tables(engine: Engine) -> None:
    """Make a new book's tables, in one transaction."""
    with engine.begin() as connection:
        if connection.exec_driver_sql("PRAGMA user_version").scalar() == SCHEMA_VERSION:
            return  # another program made it between our look and our lock
        Table.metadata.create_all(connection, checkfirst=False)
        search.create(connection)
        connection.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
        )
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (f"{SCHEMA_VERSION:04d}",))
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
