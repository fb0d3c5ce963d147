"""Full-text search over people and companies: filled from the tables after each write, never journaled."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from crm.domain.folding import clean, fold

MOST_WORDS = 32
# Who has a word in which column is all that is asked, never at which place in it: that would take a third longer.
_OPTIONS = "prefix='1 2 3', detail=column, columnsize=0, tokenize=\"unicode61 remove_diacritics 2\""
# Letters that FTS5, whose Unicode is older, takes for signs between words: New Tai Lue vowels and tones, Vedic signs.
_SIGNS = {*range(0x19B0, 0x19C1), 0x19C8, 0x19C9, 0x1CF2, 0x1CF3}
CHUNK = 500
AT_ONCE = 10_000  # rows a statement fills an index from: it holds in memory what it changes of it
_COLUMNS = {"person_search": "name, work, contact, tags, notes", "company_search": "name, facts"}
INDEXES = tuple(_COLUMNS)

_PEOPLE = """
INSERT INTO person_search (rowid, name, work, contact, tags, notes)
SELECT p.id,
       iif(p.name_key = lower(p.display_name), p.name_key, p.display_name || ' ' || p.name_key) || ' ' || p.nicknames,
       p.title || ' ' || coalesce((SELECT group_concat(c.name || ' ' || c.name_key || ' ' || o.title, ' ')
           FROM position o JOIN company c ON c.id = o.company_id WHERE o.person_id = p.id), ''),
       coalesce((SELECT group_concat(iif(instr(lower(k.value), k.key), k.value, k.value || ' ' || k.key), ' ') FROM contact_point k WHERE k.person_id = p.id), ''),
       coalesce((SELECT group_concat(t.name, ' ') FROM person_tag x JOIN tag t ON t.id = x.tag_id
           WHERE x.person_id = p.id), ''),
       p.notes || ' ' || p.how_met
FROM person p WHERE p.id """
_COMPANIES = """
INSERT INTO company_search (rowid, name, facts)
SELECT c.id, c.name || ' ' || c.name_key
       || coalesce((SELECT ' ' || group_concat(a.name, ' ') FROM company_alias a WHERE a.company_id = c.id), ''),
       c.industry || ' ' || c.place || ' ' || c.site || ' ' || c.notes
       || coalesce((SELECT ' ' || group_concat(w.text, ' ') FROM noticed w WHERE w.company_id = c.id), '')
FROM company c WHERE c.id """
_STRUCTURE = 10  # the row of an index's "data" that says which pages it has
_FILLED = {"person_search": _PEOPLE, "company_search": _COMPANIES}
_ALL = "IS NOT NULL"


def create(connection: Connection) -> None:
    """Make the two indexes."""
    for index in INDEXES:
        connection.exec_driver_sql(_create(index))


def refresh(connection: Connection, table: str, number: int, noted: Iterable[Sequence[int]]) -> None:
    """Index so many people or companies anew, some at a time; those that are gone leave the index."""
    index = f"{table}_search"
    if number > CHUNK and number > _count(connection, table):
        return _make_anew(connection, table)  # to index few is quicker than to take many out
    for ids in noted:
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            marks = "(" + ", ".join("?" * len(chunk)) + ")"
            connection.exec_driver_sql(f"DELETE FROM {index} WHERE rowid IN {marks}", tuple(chunk))
            connection.exec_driver_sql(f"{_FILLED[index]} IN {marks}", tuple(chunk))
    return None


def rebuild(connection: Connection) -> None:
    """Make both indexes anew from the rows, whatever state they are in."""
    for table in ("person", "company"):
        _make_anew(connection, table)


def add_ranges(connection: Connection, people: range, companies: range) -> None:
    """Index those of the rows of a bulk insert that aren't indexed yet."""
    for ids, index, key in ((people, "person_search", "p.id"), (companies, "company_search", "c.id")):
        for start in range(0, len(ids), AT_ONCE):
            chunk = ids[start : start + AT_ONCE]
            connection.exec_driver_sql(
                f"{_FILLED[index]} BETWEEN ? AND ?"
                f" AND {key} NOT IN (SELECT rowid FROM {index} WHERE rowid BETWEEN ? AND ?)",
                (chunk[0], chunk[-1], chunk[0], chunk[-1]),
            )


def stale(connection: Connection) -> int:
    """Return how many people and companies the indexes don't know as they are now."""
    found = 0
    for index, statement in _FILLED.items():
        wanted = statement[statement.index("SELECT") :] + _ALL
        known = f"SELECT rowid, * FROM {index}"
        for here, there in ((wanted, known), (known, wanted)):
            query = f"SELECT count(*) FROM (SELECT * FROM ({here}) EXCEPT SELECT * FROM ({there}))"
            found += int(connection.exec_driver_sql(query).scalar() or 0)
    return found


def match(text: str) -> str:
    """Return the FTS5 query for what a user typed, '' when there is nothing to look for.

    Each word is quoted and matched as a prefix, so no input can be a syntax error (RELIABILITY 2.7); each is one word to
    FTS5 too, which knows no phrases.
    """
    folded = fold(clean(text))
    words = "".join(c if c.isalnum() and ord(c) not in _SIGNS else " " for c in folded).split()
    return " ".join(f'"{word}"*' for word in words[:MOST_WORDS])


def _create(index: str) -> str:
    return f"CREATE VIRTUAL TABLE {index} USING fts5({_COLUMNS[index]}, {_OPTIONS})"


def _make_anew(connection: Connection, table: str) -> None:
    index = f"{table}_search"
    _empty(connection, index)
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {index}")
    connection.exec_driver_sql(_create(index))
    first, last = connection.exec_driver_sql(f"SELECT min(id), max(id) FROM {table}").one()
    for start in range(first or 1, (last or 0) + 1, AT_ONCE):
        connection.exec_driver_sql(f"{_FILLED[index]} BETWEEN ? AND ?", (start, start + AT_ONCE - 1))


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
