"""The journal: triggers note how each changed row stood before; playing them back is undo, redo and history.

The triggers are TEMP ones of the writing connection, generated from the table metadata, so they see every change:
the ORM's, bulk statements, cascades. A journal row keeps one image, how the row stood on the *other* side of its
entry. Undo swaps image and row; redo is the same swap again. An inserted row needs no image at all until it is undone.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection, text

from crm.domain.changes import Changes, Op
from crm.store.base import Table
from crm.store.tables import journaled

KEEP_ENTRIES = 200
KEEP_DAYS = 90
LISTED_ROWS = 20_000
SLICE = 500  # rows of a statement: SQLite keeps the pages it touches in memory until it ends


class Mode(IntEnum):
    """What the triggers do: note every change, all but inserts (their range is noted), nothing."""

    NOTE = 0
    BULK = 1
    REPLAY = 2


@dataclass(frozen=True, slots=True)
class Step:
    """A line of history: one user action."""

    id: int
    op: Op
    params: dict[str, Any]
    at: datetime
    undone: bool


def prepare(connection: sqlite3.Connection) -> None:
    """Set up the triggers on a new writing connection; a write outside an entry then raises.

    Outside any transaction, or a rollback would take the triggers with it. Without `recursive_triggers` a row that
    REPLACE puts out of the way would go unnoted.
    """
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("CREATE TEMP TABLE journal_now (entry INTEGER, mode INTEGER)")
    connection.execute(
        "CREATE TEMP TABLE journal_swap (tbl TEXT, row_id INTEGER, image TEXT, PRIMARY KEY (tbl, row_id)) WITHOUT ROWID"
    )
    for table in journaled():
        for statement in triggers(table):
            connection.execute(statement)


def begin(connection: Connection, entry: int, mode: Mode = Mode.NOTE) -> None:
    """Let changes be noted under `entry`."""
    connection.execute(text("DELETE FROM journal_now"))
    connection.execute(
        text("INSERT INTO journal_now VALUES (:entry, :mode)"), {"entry": entry, "mode": int(mode)}
    )


def end(connection: Connection) -> None:
    """Refuse changes again."""
    connection.execute(text("DELETE FROM journal_now"))


def unnoted(connection: Connection) -> contextlib.AbstractContextManager[None]:
    """Let changes go unnoted: only of rows that this entry added in bulk, for which their range stands."""
    return in_mode(connection, Mode.REPLAY)


@contextlib.contextmanager
def in_mode(connection: Connection, mode: Mode) -> Iterator[None]:
    """Let the triggers note less for a while."""
    statement = "UPDATE temp.journal_now SET mode = ?"
    connection.exec_driver_sql(statement, (int(mode),))
    yield
    connection.exec_driver_sql(statement, (int(Mode.NOTE),))


def changes_of(connection: Connection, entry: int, op: Op | None) -> Changes:
    """Return what `entry` changed; beyond 20,000 rows, or after a bulk insert, just that everything may have."""
    if connection.execute(
        text("SELECT 1 FROM journal_range WHERE entry_id = :e LIMIT 1"), {"e": entry}
    ).first():
        return Changes(op, everything=True)
    found = connection.execute(
        text("SELECT tbl, row_id FROM journal_row WHERE entry_id = :e LIMIT :most"),
        {"e": entry, "most": LISTED_ROWS + 1},
    ).all()
    if len(found) > LISTED_ROWS:
        return Changes(op, everything=True)
    rows: dict[str, set[int]] = {}
    for table, row_id in found:
        rows.setdefault(table, set()).add(row_id)
    return Changes(op, {table: frozenset(ids) for table, ids in rows.items()})


def is_empty(connection: Connection, entry: int) -> bool:
    """Say whether nothing was noted under `entry`."""
    query = text(
        "SELECT EXISTS (SELECT 1 FROM journal_row WHERE entry_id = :e)"
        " OR EXISTS (SELECT 1 FROM journal_range WHERE entry_id = :e)"
    )
    return not connection.execute(query, {"e": entry}).scalar_one()


def touched(connection: Connection, entry: int) -> frozenset[str]:
    """Return the tables of which anything was noted under `entry`."""
    query = "SELECT tbl FROM journal_row WHERE entry_id = ? UNION SELECT tbl FROM journal_range WHERE entry_id = ?"
    return frozenset(connection.exec_driver_sql(query, (entry, entry)).scalars())


def forget_undone(connection: Connection) -> None:
    """Drop what could be redone: a new action took its place."""
    connection.exec_driver_sql("DELETE FROM journal_entry WHERE undone")


def thin(connection: Connection, now: datetime) -> None:
    """Keep the last 200 entries of the last 90 days."""
    oldest = now - timedelta(days=KEEP_DAYS)
    connection.execute(
        text(
            "DELETE FROM journal_entry WHERE done_at < :oldest OR id <="
            " (SELECT id FROM journal_entry ORDER BY id DESC LIMIT 1 OFFSET :keep)"
        ),
        {"oldest": oldest.isoformat(sep=" "), "keep": KEEP_ENTRIES},
    )


def noted_number(connection: Connection, entry: int, table: str) -> int:
    """Return how many rows of `table` `entry` noted one by one; after a replay that is all of them."""
    query = text("SELECT count(*) FROM journal_row WHERE entry_id = :e AND tbl = :t")
    return int(connection.execute(query, {"e": entry, "t": table}).scalar_one())


def noted_ids(connection: Connection, entry: int, table: str) -> Iterator[Sequence[int]]:
    """Yield the ids of these rows in their order, some at a time."""
    query = text(
        "SELECT row_id FROM journal_row WHERE entry_id = :e AND tbl = :t AND row_id > :after"
        " ORDER BY row_id LIMIT :most"
    )
    ids: Sequence[int] = (0,)
    while ids:
        found = {"e": entry, "t": table, "after": ids[-1], "most": SLICE}
        ids = connection.execute(query, found).scalars().all()
        if ids:
            yield ids


def noted_ranges(connection: Connection, entry: int, table: str) -> Sequence[range]:
    """Return the ids of the rows of `table` that `entry` inserted in bulk."""
    query = text("SELECT first, last FROM journal_range WHERE entry_id = :e AND tbl = :t ORDER BY first")
    return [range(first, last + 1) for first, last in connection.execute(query, {"e": entry, "t": table})]


def slices(ranges: Iterable[range]) -> Iterator[range]:
    """Yield ranges in pieces of what one statement may touch."""
    return (ids[start : start + SLICE] for ids in ranges for start in range(0, len(ids), SLICE))


def columns(table: str) -> list[str]:
    """Return the names of a table's columns, in the order in which an image holds them."""
    return [column.name for column in Table.metadata.tables[table].columns]


def image(table: str, row: str) -> str:
    """Return the expression for how a row stands: its columns in order, as JSON."""
    return "json_array(" + ", ".join(f'{row}."{name}"' for name in columns(table)) + ")"


def triggers(table: str) -> Iterable[str]:
    """Yield the three triggers of a table.

    "WHERE NOT EXISTS" rather than INSERT OR IGNORE: inside a trigger the conflict clause of the outer statement wins.
    """
    guard = "SELECT RAISE(ABORT, 'write outside book.write') WHERE NOT EXISTS (SELECT 1 FROM journal_now);"

    def note(row: str, image: str, below: Mode) -> str:
        return (
            "INSERT INTO journal_row (entry_id, tbl, row_id, image)"
            f" SELECT entry, '{table}', {row}.id, {image} FROM journal_now WHERE mode < {int(below)} AND NOT EXISTS"
            f" (SELECT 1 FROM journal_row j WHERE j.entry_id = entry AND j.tbl = '{table}' AND j.row_id = {row}.id);"
        )

    def noting(below: Mode) -> str:
        """Ask first, once a row, so that a bulk insert or a replay pays for no more; no entry at all is asked too."""
        return f"coalesce((SELECT mode FROM journal_now), {int(Mode.NOTE)}) < {int(below)}"

    old, new = image(table, "OLD"), image(table, "NEW")
    head = "CREATE TEMP TRIGGER"
    yield (
        f"{head} journal_{table}_i AFTER INSERT ON {table} WHEN {noting(Mode.BULK)}"
        f" BEGIN {guard} {note('NEW', 'NULL', Mode.BULK)} END"
    )
    yield (
        f"{head} journal_{table}_u AFTER UPDATE ON {table} WHEN {noting(Mode.REPLAY)} AND {old} IS NOT {new}"
        f" BEGIN {guard} {note('OLD', old, Mode.REPLAY)} END"
    )
    yield (
        f"{head} journal_{table}_d AFTER DELETE ON {table} WHEN {noting(Mode.REPLAY)}"
        f" BEGIN {guard} {note('OLD', old, Mode.REPLAY)} END"
    )
