"""The journal: triggers note how each changed row stood before; playing them back is undo, redo and history.

The triggers are TEMP ones of the writing connection, generated from the table metadata, so they see every change:
the ORM's, bulk statements, cascades. A journal row keeps one image, how the row stood on the *other* side of its
entry. Undo swaps image and row; redo is the same swap again. An inserted row needs no image at all until it is undone.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, UniqueConstraint, text

from crm.domain.changes import Changes, Op
from crm.store.base import Table
from crm.store.tables import journaled

KEEP_ENTRIES = 200
KEEP_DAYS = 90
LISTED_ROWS = 20_000
WITHOUT_TRIGGER = 200
_ROWS_AT_ONCE = 25  # to begin and end a statement costs as much as a short row
_SLICE = 500  # rows of a replay's statement: SQLite keeps the pages it touches in memory until it ends


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


@dataclass(frozen=True, slots=True)
class Adding:
    """Rows on their way into tables that nothing else adds to meanwhile; `next_ids` are those the next of them get."""

    connection: Connection
    next_ids: dict[str, int]

    def ids(self, table: str, number: int) -> range:
        """Return the ids that the next rows of a table get."""
        first = self.next_ids[table]
        return range(first, first + number)

    def insert(
        self,
        table: str,
        columns: Mapping[str, Sequence[Any]],
        always: Mapping[str, Any] = MappingProxyType({}),
    ) -> range:
        """Insert rows, told as what each column says in all of them; return their ids, which are consecutive.

        `always` is what all of them say in other columns. Noted as one range (PERFORMANCE.md: an import needs no
        images). Values are the driver's: ISO dates, JSON texts.
        """
        number = len(next(iter(columns.values())))
        if not number:
            return range(0)
        ids = self.ids(table, number)
        self.next_ids[table] = ids.stop
        differing = {column: values for column, values in columns.items() if not _are_alike(values)}
        said = differing or dict([next(iter(columns.items()))])  # a row has a value of its own
        alike = {column: values[0] for column, values in columns.items() if column not in said}
        same = {column: value for column, value in {**always, **alike}.items() if value is not None}
        _insert(self.connection, table, said, same)
        self.connection.exec_driver_sql(
            "INSERT INTO journal_range VALUES ((SELECT entry FROM temp.journal_now), ?, ?, ?)",
            (table, ids[0], ids[-1]),
        )
        return ids


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
        for statement in _triggers(table):
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


def insert_many(
    connection: Connection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    always: Mapping[str, Any] = MappingProxyType({}),
) -> range:
    """Insert `rows` (in the order of `columns`, no id) in one go, as `Adding.insert` does; return their ids."""
    if not rows:
        return range(0)
    by_name = dict(zip(columns, zip(*rows, strict=True), strict=True))
    if len(rows) >= WITHOUT_TRIGGER:
        with in_bulk(connection, (table,)) as adding:
            return adding.insert(table, by_name, always)
    with _mode(connection, Mode.BULK):
        return Adding(connection, {table: next_id(connection, table)}).insert(table, by_name, always)


@contextlib.contextmanager
def in_bulk(connection: Connection, tables: Sequence[str]) -> Iterator[Adding]:
    """Let rows be added to `tables` without their triggers: to ask one costs half of an insert.

    Meanwhile only what is returned, which notes them itself, may add any. Taking triggers away is part of the transaction:
    a rollback brings them back.
    """
    query = "SELECT name FROM sqlite_temp_master WHERE name = 'journal_' || ? || '_i'"
    noting = [table for table in tables if connection.exec_driver_sql(query, (table,)).first()]
    for table in noting:
        connection.exec_driver_sql(f"DROP TRIGGER temp.journal_{table}_i")
    yield Adding(connection, {table: next_id(connection, table) for table in tables})
    for table in noting:
        connection.exec_driver_sql(next(iter(_triggers(table))))


def unnoted(connection: Connection) -> contextlib.AbstractContextManager[None]:
    """Let changes go unnoted: only of rows that this entry added in bulk, for which their range stands."""
    return _mode(connection, Mode.REPLAY)


@contextlib.contextmanager
def _mode(connection: Connection, mode: Mode) -> Iterator[None]:
    """Let the triggers note less for a while."""
    statement = "UPDATE temp.journal_now SET mode = ?"
    connection.exec_driver_sql(statement, (int(mode),))
    yield
    connection.exec_driver_sql(statement, (int(Mode.NOTE),))


def _are_alike(values: Sequence[Any]) -> bool:
    """Say whether all are the same: then they are said once for all rows of a statement."""
    return values[0] == values[-1] and values.count(values[0]) == len(values)


def _insert(
    connection: Connection, table: str, columns: Mapping[str, Sequence[Any]], always: Mapping[str, Any]
) -> None:
    """Insert rows, many in a statement: the values of each stand behind those of the one before."""
    width, number = len(columns), len(next(iter(columns.values())))
    flat: list[Any] = [None] * (width * number)
    for place, values in enumerate(columns.values()):
        flat[place::width] = values
    whole = number - number % _ROWS_AT_ONCE
    for rows, begin, end in ((_ROWS_AT_ONCE, 0, whole), (1, whole, number)):
        size = rows * width
        same = tuple(always.values())
        if said := [(*same, *flat[at : at + size]) for at in range(begin * width, end * width, size)]:
            connection.exec_driver_sql(_insertion(table, tuple(always), tuple(columns), rows), said)


@lru_cache(maxsize=128)
def _insertion(table: str, always: tuple[str, ...], columns: tuple[str, ...], rows: int) -> str:
    """Return the statement that inserts so many rows; `always` are the columns that say the same in all of them.

    One that fails is taken back with all of the write: with OR FAIL the statement needn't be able to do it alone.
    """
    same = [f"?{place + 1}" for place in range(len(always))]
    values = ", ".join(same + ["?"] * len(columns))
    return f"INSERT OR FAIL INTO {table} ({', '.join(always + columns)}) VALUES " + ", ".join(
        [f"({values})"] * rows
    )


def next_id(connection: Connection, table: str) -> int:
    """Return the id the next row of `table` gets; ids are never used twice."""
    last = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).scalar()
    return int(last or 0) + 1


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


def replay(connection: Connection, entry: int) -> None:
    """Swap every row of `entry` with its image: undo when it is done, redo when it is undone.

    In a transaction without foreign keys: whoever refers to whom is right again only once all rows are swapped.
    """
    begin(connection, entry, Mode.REPLAY)
    connection.exec_driver_sql("DELETE FROM journal_swap")
    ranges = {table: noted_ranges(connection, entry, table) for table in journaled()}
    tables = [table for table in journaled() if ranges[table] or _has_rows(connection, entry, table)]
    for table in tables:
        _forget_within(connection, entry, table, ranges[table])
        _take_images(connection, entry, table)
        _keep_inserted(connection, entry, table, ranges[table])
    for table in reversed(tables):
        _remove_absent(connection, entry, table, ranges[table])
    for table in tables:
        _park_unique(connection, entry, table)
        _put_present(connection, entry, table)
        _note_put(connection, entry, table)
    connection.exec_driver_sql(
        "UPDATE journal_row SET image = s.image FROM journal_swap s"
        " WHERE journal_row.entry_id = ? AND journal_row.tbl = s.tbl AND journal_row.row_id = s.row_id",
        (entry,),
    )
    connection.exec_driver_sql("DELETE FROM journal_swap")
    connection.exec_driver_sql("UPDATE journal_entry SET undone = NOT undone WHERE id = ?", (entry,))
    end(connection)


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
        found = {"e": entry, "t": table, "after": ids[-1], "most": _SLICE}
        ids = connection.execute(query, found).scalars().all()
        if ids:
            yield ids


def noted_ranges(connection: Connection, entry: int, table: str) -> Sequence[range]:
    """Return the ids of the rows of `table` that `entry` inserted in bulk."""
    query = text("SELECT first, last FROM journal_range WHERE entry_id = :e AND tbl = :t ORDER BY first")
    return [range(first, last + 1) for first, last in connection.execute(query, {"e": entry, "t": table})]


def _columns(table: str) -> list[str]:
    return [column.name for column in Table.metadata.tables[table].columns]


def image(table: str, row: str) -> str:
    """Return the expression for how a row stands: its columns in order, as JSON."""
    return "json_array(" + ", ".join(f'{row}."{name}"' for name in _columns(table)) + ")"


def _triggers(table: str) -> Iterable[str]:
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


def _has_rows(connection: Connection, entry: int, table: str) -> bool:
    query = text("SELECT 1 FROM journal_row WHERE entry_id = :e AND tbl = :t LIMIT 1")
    return connection.execute(query, {"e": entry, "t": table}).first() is not None


def _forget_within(connection: Connection, entry: int, table: str, ranges: Iterable[range]) -> None:
    """Forget what was noted of the ranges' rows since: they weren't there before.

    A row that the same entry added in bulk and removed again was there on neither side: nothing is to be put back.
    """
    for ids in ranges:
        connection.exec_driver_sql(
            "DELETE FROM journal_row WHERE entry_id = ? AND tbl = ? AND row_id BETWEEN ? AND ?",
            (entry, table, ids[0], ids[-1]),
        )


def _take_images(connection: Connection, entry: int, table: str) -> None:
    """Take how the noted rows stand that are there now: a million that are to be put back need no memory."""
    connection.exec_driver_sql(
        f"INSERT INTO journal_swap SELECT j.tbl, j.row_id, {image(table, 'x')}"
        f" FROM journal_row j CROSS JOIN {table} x ON x.id = j.row_id WHERE j.entry_id = ? AND j.tbl = ?",
        (entry, table),
    )


def _keep_inserted(connection: Connection, entry: int, table: str, ranges: Iterable[range]) -> None:
    """Keep the rows of bulk inserts, which are to go, where they can be put back from."""
    for ids in slices(ranges):
        connection.exec_driver_sql(
            f"INSERT INTO journal_row SELECT ?, ?, x.id, {image(table, 'x')} FROM {table} x WHERE x.id BETWEEN ? AND ?",
            (entry, table, ids[0], ids[-1]),
        )


def _remove_absent(connection: Connection, entry: int, table: str, ranges: Iterable[range]) -> None:
    for ids in _noted(connection, entry, table):
        connection.exec_driver_sql(
            f"DELETE FROM {table} WHERE id IN (SELECT row_id FROM journal_row"
            " WHERE entry_id = ? AND tbl = ? AND image IS NULL AND row_id BETWEEN ? AND ?)",
            (entry, table, ids[0], ids[-1]),
        )
    for ids in slices(ranges):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", (ids[0], ids[-1]))


def _noted(connection: Connection, entry: int, table: str) -> Iterator[range]:
    """Yield what reaches from the first to the last of as many noted rows as one statement may touch, and on."""
    query = (
        "SELECT min(row_id), max(row_id) FROM (SELECT row_id FROM journal_row"
        " WHERE entry_id = ? AND tbl = ? AND row_id > ? ORDER BY row_id LIMIT ?)"
    )
    last = 0
    while True:
        first, last = connection.exec_driver_sql(query, (entry, table, last, _SLICE)).one()
        if first is None:
            return
        yield range(first, last + 1)


def slices(ranges: Iterable[range]) -> Iterator[range]:
    """Yield ranges in pieces of what one statement may touch."""
    return (ids[start : start + _SLICE] for ids in ranges for start in range(0, len(ids), _SLICE))


def _park_unique(connection: Connection, entry: int, table: str) -> None:
    """Set unique values aside before images are put, so that rows may swap them (two tags their names)."""
    for constraint in Table.metadata.tables[table].constraints:
        if isinstance(constraint, UniqueConstraint):
            connection.exec_driver_sql(
                f'UPDATE {table} SET "{list(constraint.columns)[-1].name}" = char(0) || id WHERE id IN'
                f" (SELECT j.row_id {_TO_PUT})",
                (entry, table),
            )


def _put_present(connection: Connection, entry: int, table: str) -> None:
    names = _columns(table)
    quoted = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(f"json_extract(j.image, '$[{place}]')" for place in range(len(names)))
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != "id")
    for ids in _noted(connection, entry, table):
        connection.exec_driver_sql(
            f"INSERT INTO {table} ({quoted}) SELECT {values} {_TO_PUT} AND j.row_id BETWEEN ? AND ?"
            f" ON CONFLICT (id) DO UPDATE SET {updates}",
            (entry, table, ids[0], ids[-1]),
        )


def _note_put(connection: Connection, entry: int, table: str) -> None:
    """Note what was put: rows that weren't there and now are have no image, and many are one range again.

    So the bulk insert noted them that first made them. Only if no id is missing: one in between may be a row of
    someone else's.
    """
    count, first, last = connection.exec_driver_sql(
        f"SELECT count(*), min(j.row_id), max(j.row_id) {_ADDED}", (entry, table)
    ).one()
    is_one = count >= WITHOUT_TRIGGER and count == last - first + 1
    for ids in slices([range(first, last + 1)]) if is_one else ():
        connection.exec_driver_sql(
            "DELETE FROM journal_row WHERE entry_id = ? AND tbl = ? AND row_id BETWEEN ? AND ?",
            (entry, table, ids[0], ids[-1]),
        )
    for ids in _noted(connection, entry, table) if count and not is_one else ():
        connection.exec_driver_sql(
            "UPDATE journal_row SET image = NULL WHERE entry_id = ? AND tbl = ?"
            f" AND row_id IN (SELECT j.row_id {_ADDED} AND j.row_id BETWEEN ? AND ?)",
            (entry, table, entry, table, ids[0], ids[-1]),
        )
    connection.exec_driver_sql("DELETE FROM journal_range WHERE entry_id = ? AND tbl = ?", (entry, table))
    if is_one:
        connection.exec_driver_sql(
            "INSERT INTO journal_range VALUES (?, ?, ?, ?)", (entry, table, first, last)
        )


# Noted rows that were there on the other side; those of a bulk insert, kept a moment ago, aren't among them.
_TO_PUT = (
    "FROM journal_row j WHERE j.entry_id = ? AND j.tbl = ? AND j.image IS NOT NULL AND j.row_id > coalesce((SELECT k.last"
    " FROM journal_range k WHERE k.entry_id = j.entry_id AND k.tbl = j.tbl AND k.first <= j.row_id"
    " ORDER BY k.first DESC LIMIT 1), 0)"
)
# Those of them that aren't there on this side.
_ADDED = (
    _TO_PUT + " AND NOT EXISTS (SELECT 1 FROM journal_swap s WHERE s.tbl = j.tbl AND s.row_id = j.row_id)"
)
