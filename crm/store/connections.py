"""Engines for a book's file: the one that writes and the one that reads, with the settings RELIABILITY.md measured."""

import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

BUSY_SECONDS = 2.0
WAL_BYTES = 4 * 1024 * 1024  # what the -wal shrinks back to after a large import
CACHE_KIB = 64 * 1024  # taken only as needed: an import that spills its pages writes them twice
_DURABLE: tuple[str, ...] = ("synchronous=FULL", f"journal_size_limit={WAL_BYTES}")
if sys.platform == "darwin":
    _DURABLE += ("fullfsync=ON", "checkpoint_fullfsync=ON")
_SAFE = ("foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON", "temp_store=MEMORY")


def writing_engine(path: Path) -> Engine:
    """Return an engine with one connection that begins every transaction IMMEDIATE, DDL included.

    The sqlite3 module's own transactions don't cover DDL (RELIABILITY B4), hence `isolation_level = None`.
    """
    # What was written is moved into the main file once nobody is at work: after a huge import that takes a minute.
    kept = ("wal_autocheckpoint=0", f"cache_size=-{CACHE_KIB}")
    return _immediate(path, ("journal_mode=WAL", *kept, *_DURABLE, *_SAFE))


def making_engine(path: Path) -> Engine:
    """Return a writing engine for a file that nobody else knows yet: no -wal beside it, so it can be renamed."""
    return _immediate(path, ("journal_mode=DELETE", *_DURABLE, *_SAFE))


def migrating_engine(path: Path) -> Engine:
    """Return a writing engine that lets tables be made anew: with foreign keys on, dropping one empties its children."""
    return _immediate(path, ("journal_mode=WAL", *_DURABLE, *_SAFE, "foreign_keys=OFF"))


def reading_engine(path: Path, *, immutable: bool = False) -> Engine:
    """Return an engine whose connections can't write; `immutable` reads a book in a folder that can't be written."""
    where = path.resolve().as_uri() + "?mode=ro" + ("&immutable=1" if immutable else "")
    engine = _engine(where, ("query_only=ON", *_SAFE), size=3, uri=True)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN") and None)
    return engine


def _immediate(path: Path, pragmas: tuple[str, ...]) -> Engine:
    engine = _engine(str(path), pragmas, size=1)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE") and None)
    return engine


def _engine(where: str, pragmas: tuple[str, ...], *, size: int, uri: bool = False) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            where, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=uri
        )
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    options: dict[str, Any] = {"poolclass": QueuePool, "pool_size": size, "max_overflow": 0}
    return create_engine("sqlite://", creator=connect, json_serializer=json_text, **options)


def json_text(value: Any) -> str:
    """Return `value` as the JSON that columns hold: letters as they are, so that nicknames can be searched."""
    return json.dumps(value, ensure_ascii=False)
