"""Full-text search over people and companies: filled from the tables after each write, never journaled."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection

from crm.domain.folding import clean, fold
from crm.store import search_texts

MOST_WORDS = 32
# Who has a word in which column is all that is asked, never at which place in it: that would take a third longer.
# Three letters and more are looked up among the words themselves: few begin alike.
_OPTIONS = "prefix='1 2', detail=column, columnsize=0, tokenize=\"unicode61 remove_diacritics 2\""
# Letters that FTS5, whose Unicode is older, takes for signs between words: New Tai Lue vowels and tones, Vedic signs.
_SIGNS = {*range(0x19B0, 0x19C1), 0x19C8, 0x19C9, 0x1CF2, 0x1CF3}
CHUNK = 500  # rows that leave an index in a statement
_AT_ONCE = 1_000  # rows whose texts are put together at once
_COLUMNS = {"person": "name, work, contact, tags, notes", "company": "name, facts"}
INDEXED = "indexed"  # in a session's info, by table: the ranges that a bulk insert indexed itself
INDEXES = tuple(f"{table}_search" for table in _COLUMNS)

_STRUCTURE = 10  # the row of an index's "data" that says which pages it has
_TEXTS = {"person": search_texts.people, "company": search_texts.companies}


def create(connection: Connection) -> None:
    """Make the two indexes."""
    for table in _COLUMNS:
        connection.exec_driver_sql(_create(table))


def refresh(connection: Connection, table: str, number: int, noted: Iterable[Sequence[int]]) -> None:
    """Index so many people or companies anew, some at a time; those that are gone leave the index."""
    index = f"{table}_search"
    if number > CHUNK and number > _count(connection, table):
        return _make_anew(connection, table)  # to index few is quicker than to take many out
    for ids in noted:
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            connection.exec_driver_sql(f"DELETE FROM {index} WHERE rowid IN ({marks})", tuple(chunk))
            add(connection, table, _TEXTS[table](connection, chunk))
    return None


def rebuild(connection: Connection) -> None:
    """Make both indexes anew from the rows, whatever state they are in."""
    for table in _TEXTS:
        _make_anew(connection, table)


def add(connection: Connection, table: str, texts: Iterable[search_texts.Text]) -> None:
    """Index people or companies that aren't indexed yet.

    A row a statement: before one that inserts several, FTS5 writes out all that it could have gathered further.
    """
    rows = list(texts)
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        statement = f"INSERT INTO {table}_search (rowid, {_COLUMNS[table]}) VALUES ({marks})"
        connection.exec_driver_sql(statement, rows)


def add_range(connection: Connection, table: str, ids: range) -> None:
    """Index those of the rows of a bulk insert that aren't indexed yet."""
    known = f"SELECT rowid FROM {table}_search WHERE rowid BETWEEN ? AND ?"
    query = f"SELECT id FROM {table} WHERE id BETWEEN ? AND ? AND id NOT IN ({known})"
    for start in range(0, len(ids), _AT_ONCE):
        chunk = ids[start : start + _AT_ONCE]
        missing = connection.exec_driver_sql(query, (chunk[0], chunk[-1], chunk[0], chunk[-1]))
        add(connection, table, _TEXTS[table](connection, missing.scalars().all()))


def stale(connection: Connection) -> int:
    """Return how many people and companies the indexes don't know as they are now."""
    found = 0
    for table, texts in _TEXTS.items():
        for first, last in _spans(
            connection, f"SELECT id FROM {table} UNION SELECT rowid FROM {table}_search"
        ):
            known = f"SELECT rowid, * FROM {table}_search WHERE rowid BETWEEN ? AND ?"
            indexed = {tuple(row) for row in connection.exec_driver_sql(known, (first, last))}
            wanted = set(texts(connection, range(first, last + 1)))
            found += len({id_ for id_, *_ in indexed ^ wanted})
    return found


def match(text: str) -> str:
    """Return the FTS5 query for what a user typed, '' when there is nothing to look for.

    Each word is quoted and matched as a prefix, so no input can be a syntax error (RELIABILITY 2.7); each is one word to
    FTS5 too, which knows no phrases.
    """
    folded = fold(clean(text))
    words = "".join(c if c.isalnum() and ord(c) not in _SIGNS else " " for c in folded).split()
    return " ".join(f'"{word}"*' for word in words[:MOST_WORDS])


def _create(table: str) -> str:
    return f"CREATE VIRTUAL TABLE {table}_search USING fts5({_COLUMNS[table]}, {_OPTIONS})"


def _make_anew(connection: Connection, table: str) -> None:
    index = f"{table}_search"
    _empty(connection, index)
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {index}")
    connection.exec_driver_sql(_create(table))
    for first, last in _spans(connection, f"SELECT id FROM {table}"):
        add(connection, table, _TEXTS[table](connection, range(first, last + 1)))


def _spans(connection: Connection, ids: str) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of some ids at a time, from the lowest to the highest."""
    first, last = connection.exec_driver_sql(f"SELECT min(id), max(id) FROM ({ids})").one()
    for start in range(first or 1, (last or 0) + 1, _AT_ONCE):
        yield start, min(start + _AT_ONCE - 1, last)


def _empty(connection: Connection, index: str) -> None:
    """Let go of what an index keeps, table by table: to drop it whole holds all of its pages in memory meanwhile.

    Only its structure record stays: without it a connection that hasn't used the index yet can't even drop it.
    """
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN (?, ?)"
    kept = tuple(f"{index}_{part}" for part in ("data", "content"))
    for name in connection.exec_driver_sql(query, kept).scalars().all():
        but = f" WHERE id <> {_STRUCTURE}" if name.endswith("_data") else ""
        connection.exec_driver_sql(f"DELETE FROM {name}{but}")


def _count(connection: Connection, table: str) -> int:
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
