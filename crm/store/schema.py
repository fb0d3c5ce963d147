"""A book's file before it is opened: whose it is, which version, and how a new one is made."""

import contextlib
import itertools
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from crm.errors import ErrorCode, KeepwarmError
from crm.files import copy_synced, is_held, neighbour, private_folder, sync_folder, unwritable
from crm.store import search
from crm.store.base import Table
from crm.store.connections import BUSY_SECONDS, making_engine
from crm.store.tables import SCHEMA_VERSION

APPLICATION_ID = 0x4B57_524D  # "KWRM", at byte 68 of the file
MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says it is, read from its first 100 bytes and, if a -wal waits beside it, from there."""

    is_sqlite: bool
    is_book: bool
    version: int
    size: int


def header(path: Path) -> Header:
    """Return the header of the file at `path`. Raises `KeepwarmError` when it can't be read."""
    if is_held(path):
        version, application = _inside(path) or (0, 0)
        return Header(True, application == APPLICATION_ID, version, path.stat().st_size)
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
    whole = len(head) == 100 and head.startswith(MAGIC)
    if not whole:
        return Header(is_sqlite=False, is_book=False, version=0, size=size)
    said = int.from_bytes(head[60:64], "big"), int.from_bytes(head[68:72], "big")
    version, application = (_inside(path) if _has_wal(path) else None) or said
    return Header(is_sqlite=True, is_book=application == APPLICATION_ID, version=version, size=size)


def require_known(path: Path) -> Header:
    """Return the header, having refused files that aren't books or that a newer Keepwarm made; the file is untouched."""
    found = header(path)
    if found.size == 0:
        return found
    if not found.is_book:
        raise KeepwarmError(ErrorCode.NOT_A_BOOK, path=str(path))
    if found.version > SCHEMA_VERSION:
        raise KeepwarmError(
            ErrorCode.BOOK_TOO_NEW, path=str(path), version=found.version, known=SCHEMA_VERSION
        )
    return found


def create_book(path: Path) -> None:
    """Make a new book at `path`, whole from its first moment: it is built beside it and renamed.

    A book that is there keeps its place (another program was faster); an empty file is replaced.
    """
    _put(path, _build)


def put_copy(source: Path, path: Path) -> None:
    """Let a copy of a closed new book stand at `path`. Raises as a save does; `create_book` says who keeps the place."""
    _put(path, lambda part: copy_synced(source, part))


def create_tables(engine: Engine) -> None:
    """Make a new book's tables, in one transaction."""
    with engine.begin() as connection:
        Table.metadata.create_all(connection, checkfirst=False)
        search.create(connection)
        connection.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
            " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"  # as Alembic makes it
        )
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (revision(SCHEMA_VERSION),))
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def revision(version: int) -> str:
    """Return the name of the migration that leads to `version`."""
    return f"{version:04d}"


def companions(path: Path) -> tuple[Path, ...]:
    """Return the -wal and -shm that lie beside a book; they belong to it and to no other file of its name."""
    beside = (path.with_name(path.name + ending) for ending in ("-wal", "-shm"))
    return tuple(file for file in beside if file.exists())


def move_companions(path: Path, folder: Path) -> None:
    """Move a book's -wal and -shm to `folder`, made if needed; left there, they would be played into another file."""
    for file in companions(path):
        private_folder(folder)
        file.replace(folder / file.name)


def lonely_folder(path: Path) -> Path:
    """Return a folder that isn't there yet, for a -wal whose book is gone."""
    numbers = itertools.count(1)
    return next(f for n in numbers if not (f := path.with_name(f"{path.stem} leftovers {n}")).exists())


def _put(path: Path, fill: Callable[[Path], None]) -> None:
    path = path.resolve()
    private_folder(path.parent)
    try:
        move_companions(path, lonely_folder(path))
        with neighbour(path) as part:
            fill(part)
            _publish(part, path)
            sync_folder(path.parent)
    except OSError as error:
        raise unwritable(path, error) from error


def _build(part: Path) -> None:
    engine = making_engine(part)
    try:
        create_tables(engine)
        with contextlib.closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        engine.dispose()


def _publish(part: Path, path: Path) -> None:
    try:
        os.link(part, path)
    except FileExistsError:
        if path.stat().st_size == 0:
            part.replace(path)
    except OSError:  # a file system without hard links
        if not path.exists():
            part.replace(path)


def _has_wal(path: Path) -> bool:
    """Say whether commits wait beside the file: a program that was killed leaves its last ones there."""
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def _inside(path: Path) -> tuple[int, int] | None:
    """Return (version, application id) as SQLite reads them, a -wal included; None when it can't."""
    try:
        uri = path.resolve().as_uri() + "?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            return int(version), int(connection.execute("PRAGMA application_id").fetchone()[0])
    except sqlite3.Error:
        return None
