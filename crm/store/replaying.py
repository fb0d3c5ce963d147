"""Playing an entry of the journal back: every row it changed and its image change places. That is undo, and redo."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, UniqueConstraint, text

from crm.store import adding, journal
from crm.store.base import Table
from crm.store.tables import journaled

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


def replay(connection: Connection, entry: int) -> None:
    """Swap every row of `entry` with its image: undo when it is done, redo when it is undone.

    In a transaction without foreign keys: whoever refers to whom is right again only once all rows are swapped.
    """
    journal.begin(connection, entry, journal.Mode.REPLAY)
    connection.exec_driver_sql("DELETE FROM journal_swap")
    ranges = {table: journal.noted_ranges(connection, entry, table) for table in journaled()}
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
    journal.end(connection)


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
        f"INSERT INTO journal_swap SELECT j.tbl, j.row_id, {journal.image(table, 'x')}"
        f" FROM journal_row j CROSS JOIN {table} x ON x.id = j.row_id WHERE j.entry_id = ? AND j.tbl = ?",
        (entry, table),
    )


def _keep_inserted(connection: Connection, entry: int, table: str, ranges: Iterable[range]) -> None:
    """Keep the rows of bulk inserts, which are to go, where they can be put back from."""
    for ids in journal.slices(ranges):
        connection.exec_driver_sql(
            f"INSERT INTO journal_row SELECT ?, ?, x.id, {journal.image(table, 'x')} FROM {table} x WHERE x.id BETWEEN ? AND ?",
            (entry, table, ids[0], ids[-1]),
        )


def _remove_absent(connection: Connection, entry: int, table: str, ranges: Iterable[range]) -> None:
    for ids in _noted(connection, entry, table):
        connection.exec_driver_sql(
            f"DELETE FROM {table} WHERE id IN (SELECT row_id FROM journal_row"
            " WHERE entry_id = ? AND tbl = ? AND image IS NULL AND row_id BETWEEN ? AND ?)",
            (entry, table, ids[0], ids[-1]),
        )
    for ids in journal.slices(ranges):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", (ids[0], ids[-1]))


def _noted(connection: Connection, entry: int, table: str) -> Iterator[range]:
    """Yield what reaches from the first to the last of as many noted rows as one statement may touch, and on."""
    query = (
        "SELECT min(row_id), max(row_id) FROM (SELECT row_id FROM journal_row"
        " WHERE entry_id = ? AND tbl = ? AND row_id > ? ORDER BY row_id LIMIT ?)"
    )
    last = 0
    while True:
        first, last = connection.exec_driver_sql(query, (entry, table, last, journal.SLICE)).one()
        if first is None:
            return
        yield range(first, last + 1)


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
    names = journal.columns(table)
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
    is_one = count >= adding.WITHOUT_TRIGGER and count == last - first + 1
    for ids in journal.slices([range(first, last + 1)]) if is_one else ():
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
