"""Putting a backup in a book's place. What was there is moved aside, never deleted."""

import contextlib
import itertools
import os
import shutil
import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from crm.domain.backup import Backup, Restored
from crm.errors import ErrorCode, KeepwarmError
from crm.files import copy_synced, neighbour, private_folder, sync_folder, unwritable
from crm.store import backups, schema
from crm.store.connections import BUSY_SECONDS
from crm.store.locking import WindowLock
from crm.store.tables import SCHEMA_VERSION


def restore(book: Path, backup: Path, now: datetime, held: WindowLock | None = None) -> Restored:
    """Let a copy of `backup` take the place of `book`, of its -wal and of its -shm (RELIABILITY B7).

    Close the book first; `held` is the window's own lock. Raises `KeepwarmError`: backup damaged, missing or too new;
    book open in a window or being written.
    """
    book = book.resolve()
    if not backup.exists():
        raise KeepwarmError(ErrorCode.NO_BACKUP, path=str(backup))
    with contextlib.nullcontext() if held else WindowLock(book):
        private_folder(book.parent)
        try:
            with neighbour(book) as part:
                copy_synced(backup, part)
                known = verified(part, backup)
                _settle_old(book)
                before = _move_aside(book, now)
                part.replace(book)
                sync_folder(book.parent)
        except OSError as error:
            raise unwritable(book, error) from error
    return Restored(book, known, before)


def verified(copy: Path, backup: Path) -> Backup:
    """Return what `backup` is, once `copy` of it proved to be whole. Raises BACKUP_DAMAGED or BOOK_TOO_NEW."""
    known = backups.read(backup, verify=False)
    if backups.manifest_of(backup).exists():
        said = backups.manifest_digest(backup)
        if said is None or backups.digest(copy) != said:
            raise KeepwarmError(ErrorCode.BACKUP_DAMAGED, path=str(backup), why="checksum")
    found = schema.header(copy)
    if not found.is_book:
        raise KeepwarmError(ErrorCode.BACKUP_DAMAGED, path=str(backup), why="not_a_book")
    if found.version > SCHEMA_VERSION:
        raise KeepwarmError(
            ErrorCode.BOOK_TOO_NEW, path=str(backup), version=found.version, known=SCHEMA_VERSION
        )
    try:
        uri = copy.as_uri() + "?mode=ro&immutable=1"
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
            said_so = backups.problems(connection)
            counts = backups.counts(connection)
    except sqlite3.DatabaseError as error:
        raise KeepwarmError(ErrorCode.BACKUP_DAMAGED, path=str(backup), why=str(error)) from error
    if said_so:
        raise KeepwarmError(ErrorCode.BACKUP_DAMAGED, path=str(backup), why="; ".join(said_so))
    return replace(
        known,
        verified=True,
        schema=found.version,
        people=counts.people,
        companies=counts.companies,
        touches=counts.touches,
    )


def _settle_old(book: Path) -> None:
    """Let the old book take in its -wal, if it can still be opened. Raises BOOK_BUSY while another program writes."""
    if not book.exists():
        return
    try:
        with contextlib.closing(
            sqlite3.connect(book, timeout=BUSY_SECONDS, isolation_level=None)
        ) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise KeepwarmError(ErrorCode.BOOK_BUSY, path=str(book)) from error
    except sqlite3.DatabaseError:
        return  # damaged: it goes aside as it is


def _move_aside(book: Path, now: datetime) -> Path | None:
    """Keep the old files in a folder of their own. The book itself stays in place until its successor replaces it."""
    if not book.exists() and not schema.companions(book):
        return None
    folder = _new_folder(book, now)
    schema.move_companions(book, folder)
    if book.exists():
        private_folder(folder)
        try:
            os.link(book, folder / book.name)
        except OSError:  # a file system without hard links
            shutil.copy2(book, folder / book.name)
        sync_folder(folder)
    return folder


def _new_folder(book: Path, now: datetime) -> Path:
    name = f"{book.stem} before restore {now:%Y%m%d-%H%M%S}"
    endings = ("" if number == 1 else f" ({number})" for number in itertools.count(1))
    return next(f for ending in endings if not (f := book.with_name(name + ending)).exists())
