"""Adding very many rows in one go, without the journal looking at each: their range is noted."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection

from crm.store import journal

WITHOUT_TRIGGER = 200
_ROWS_AT_ONCE = 25  # to begin and end a statement costs as much as a short row


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
    with journal.in_mode(connection, journal.Mode.BULK):
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
        connection.exec_driver_sql(next(iter(journal.triggers(table))))


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
