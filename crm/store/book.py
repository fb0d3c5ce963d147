"""A book: one SQLite file, every change inside `write`, every question inside `read`."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, insert, select, update
from sqlalchemy.orm import Session

from crm.domain.changes import EVERYTHING, Changes, Op
from crm.errors import ErrorCode, KeepwarmError
from crm.files import held
from crm.store import batches, journal, replaying, search
from crm.store.base import now
from crm.store.connections import reading_engine, writing_engine
from crm.store.failures import worded
from crm.store.tables import JournalEntry

Listener = Callable[[Changes], None]


class Book:
    """An open book. One writing connection, in whichever thread holds `write`; any thread may `read`."""

    def __init__(self, path: Path, *, read_only: bool = False, immutable: bool = False) -> None:
        """Open an existing, current book; `store.opening.open_book` is the way to get there."""
        self.path = path
        self.read_only = read_only or immutable
        self._held = contextlib.ExitStack()
        self._held.enter_context(held(path))
        self._writer: Engine | None = None if self.read_only else writing_engine(path)
        self._reader = reading_engine(path, immutable=immutable)
        self._lock = threading.RLock()
        self._moving: Any = None  # the connection that moves the -wal into the main file
        self._moving_lock = threading.Lock()
        self._session: Session | None = None
        self._owner: int | None = None
        self._reading = threading.local()
        self._params: dict[str, Any] = {}
        self._listeners: list[Listener] = []
        self._closed = False
        if self._writer is not None:
            event.listen(self._writer, "connect", lambda raw, _record: journal.prepare(raw))
        self._version = self._data_version()

    @contextlib.contextmanager
    def write(self, op: Op, **params: Any) -> Iterator[Session]:
        """Run a verb's changes in one transaction and one journal entry; all is kept, or nothing.

        A nested write joins the outer one: kept with it, and taken back alone if it fails and the outer one goes on.
        Raises `KeepwarmError` when the book is read-only, busy or out of space.
        """
        with self._at_work():
            if self._session is not None:
                with self._session.begin_nested():
                    yield self._session
                return
            changes: Changes | None = None
            with self._transaction() as session:
                self._params = params
                connection = session.connection()
                entry = self._new_entry(connection, op)
                journal.begin(connection, entry)
                yield session
                session.flush()
                changes = self._finish(session, entry, op)
        if changes is not None:
            self._notify(changes)

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """Ask a question over one snapshot; questions within share it. Inside this thread's own write, its view."""
        if self._session is not None and self._owner == threading.get_ident():
            yield self._session
            return
        outer: Session | None = getattr(self._reading, "session", None)
        if outer is not None:
            yield outer
            return
        with worded(self.path), Session(self._reader, autoflush=False) as session:
            self._reading.session = session
            try:
                yield session
            finally:
                self._reading.session = None

    def note(self, **params: Any) -> None:
        """Add parameters to the current write's line of history."""
        self._params.update(params)

    def undo(self) -> journal.Step:
        """Take the last action back. Raises `KeepwarmError` when there is none."""
        return self._replay(undone=False)

    def redo(self) -> journal.Step:
        """Do again what was taken back last. Raises `KeepwarmError` when there is none."""
        return self._replay(undone=True)

    def next_step(self, *, undone: bool) -> journal.Step | None:
        """Return what `undo` (undone False) or `redo` (True) would act on."""
        with self.read() as session:
            return _next_step(session.connection(), undone=undone)

    def history(self, limit: int) -> tuple[journal.Step, ...]:
        """Return the latest actions, newest first."""
        query = select(JournalEntry).order_by(JournalEntry.id.desc()).limit(limit)
        with self.read() as session:
            return tuple(_step(entry) for entry in session.scalars(query))

    def on_changes(self, listener: Listener) -> None:
        """Call `listener` after each commit, in the thread that wrote."""
        self._listeners.append(listener)

    def poll(self) -> bool:
        """Say whether another program wrote since the last look, and tell the listeners so. Never waits for a write."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            version = self._version if self._session is not None else self._data_version()
            changed, self._version = version != self._version, version
        finally:
            self._lock.release()
        if changed:
            self._notify(EVERYTHING)
        return changed

    def checkpoint(self) -> None:
        """Move everything into the main file and empty the -wal; when idle, before copying, on close.

        Whoever wants to write doesn't wait for it: what is left is moved the next time.
        """
        with self._lock:
            if self._writer is not None and self._session is None and not self._closed:
                with contextlib.suppress(KeepwarmError), worded(self.path), self._raw() as connection:
                    self._set_moving(connection)
                    try:
                        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                    finally:
                        self._set_moving(None)

    def close(self) -> None:
        """Close the files; what was committed is in the main file. Closing again does nothing."""
        if self._closed:
            return
        self.checkpoint()
        self._closed = True
        self._reader.dispose()
        if self._writer is not None:
            self._writer.dispose()
        self._held.close()

    @contextlib.contextmanager
    def _at_work(self) -> Iterator[None]:
        """Hold the lock in which the book is written to; a checkpoint under way makes room."""
        with self._moving_lock:
            if self._moving is not None:
                self._moving.interrupt()
        with self._lock:
            yield

    def _set_moving(self, connection: Any) -> None:
        with self._moving_lock:
            self._moving = connection

    def _data_version(self) -> int | None:
        """Return a number that another program's commits change, outside any transaction: a look takes no lock."""
        if self._writer is None:
            return None
        with worded(self.path), self._raw() as connection:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])

    @contextlib.contextmanager
    def _raw(self) -> Iterator[Any]:
        if self._writer is None:
            raise KeepwarmError(ErrorCode.BOOK_READ_ONLY, path=str(self.path))
        pooled = self._writer.raw_connection()
        try:
            yield pooled.driver_connection
        finally:
            pooled.close()

    @contextlib.contextmanager
    def _free_of_keys(self) -> Iterator[None]:
        """Let rows go and come back without asking two dozen tables after each who refers to it, for a replay.

        What keys did to other rows was noted like all else, so it is in the images. SQLite hears of it only between
        transactions.
        """
        with self._raw() as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
        try:
            yield
        finally:
            with self._raw() as connection:
                connection.execute("PRAGMA foreign_keys = ON")

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Session]:
        if self._writer is None:
            raise KeepwarmError(ErrorCode.BOOK_READ_ONLY, path=str(self.path))
        with worded(self.path), Session(self._writer, expire_on_commit=False) as session, session.begin():
            session.connection()  # BEGIN IMMEDIATE: whoever must wait does so here
            self._session, self._owner = session, threading.get_ident()
            try:
                yield session
            finally:
                self._session, self._owner = None, None

    def _new_entry(self, connection: Connection, op: Op) -> int:
        row: dict[str, Any] = {"op": op.value, "params": {}, "done_at": now(), "undone": False}
        return int(
            connection.execute(insert(JournalEntry).values(row).returning(JournalEntry.id)).scalar_one()
        )

    def _finish(self, session: Session, entry: int, op: Op) -> Changes | None:
        """Close the entry: an empty one is dropped, another is kept with its parameters and indexed."""
        connection = session.connection()
        if journal.is_empty(connection, entry):
            connection.exec_driver_sql("DELETE FROM journal_entry WHERE id = ?", (entry,))
            journal.end(connection)
            return None
        journal.forget_undone(connection)
        changes = journal.changes_of(connection, entry, op)
        batches.note_edits(connection, entry, op)
        self._index(session, entry)
        connection.execute(update(JournalEntry).where(JournalEntry.id == entry).values(params=self._params))
        journal.thin(connection, now())
        journal.end(connection)
        return changes

    def _index(self, session: Session, entry: int) -> None:
        """Bring the search up to date with what `entry` changed."""
        connection, indexed = session.connection(), session.info.get(search.INDEXED, {})
        for table in ("person", "company"):
            noted = journal.noted_ids(connection, entry, table)
            search.refresh(connection, table, journal.noted_number(connection, entry, table), noted)
            for ids in journal.noted_ranges(connection, entry, table):
                if ids[0] not in indexed.get(table, ()):
                    search.add_range(connection, table, ids)

    def _replay(self, *, undone: bool) -> journal.Step:
        with self._at_work(), self._free_of_keys(), self._transaction() as session:
            connection = session.connection()
            step = _next_step(connection, undone=undone)
            if step is None:
                raise KeepwarmError(ErrorCode.NOTHING_TO_REDO if undone else ErrorCode.NOTHING_TO_UNDO)
            changes = journal.changes_of(connection, step.id, step.op)
            replaying.replay(connection, step.id)
            self._index(session, step.id)
        self._notify(changes)
        return step

    def _notify(self, changes: Changes) -> None:
        for listener in tuple(self._listeners):
            listener(changes)


def _next_step(connection: Connection, *, undone: bool) -> journal.Step | None:
    order = JournalEntry.id.asc() if undone else JournalEntry.id.desc()
    query = select(JournalEntry).where(JournalEntry.undone.is_(undone)).order_by(order).limit(1)
    with Session(connection) as session:
        found = session.scalars(query).first()
        return None if found is None else _step(found)


def _step(entry: JournalEntry) -> journal.Step:
    return journal.Step(
        entry.id, Op(entry.op), dict(entry.params), entry.done_at.replace(tzinfo=UTC), entry.undone
    )
