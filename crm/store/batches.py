"""The record each import keeps of what it did, and which of its rows the user changed since (`store.unimporting`)."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, delete, func, select, union
from sqlalchemy.orm import Session

from crm.domain.batch import BatchFate, BatchRow
from crm.domain.changes import Op
from crm.domain.importplan import ImportCounts
from crm.store import adding, journal
from crm.store.base import Table
from crm.store.tables import ImportAdded, ImportBatch, ImportChanged, journaled

# What an import or its undoing changes is on record; a repair computes what was computed before.
_UNEDITING = frozenset({Op.IMPORT, Op.UNDO_IMPORT, Op.REPAIR})
RECORDED = tuple(name for name in journaled() if not name.startswith("import_") and name != "preference")
# Columns that say nothing of what the user or a file said: what is computed, and where merged companies' rows went.
_COMPUTED = {
    "person": ("batch_id", "name_key", "sort_key"),
    "company": ("batch_id", "name_key", "sort_key"),
    "position": ("company_id",),
}
_COMPUTED_FROM = "revision"  # in people and companies all columns from here on are


def record(session: Session, batch_id: int) -> None:
    """Keep what the current write, an import, added and changed; call it when all else is written.

    The journal knows it, but only for the last 200 actions.
    """
    session.flush()
    connection = session.connection()
    entry = int(connection.exec_driver_sql("SELECT entry FROM temp.journal_now").scalar_one())
    touched = journal.touched(connection, entry)
    tables = [table for table in RECORDED if table in touched]
    added = {table: _added(connection, entry, table) for table in tables}
    rows = [(batch_id, table, ids.start, ids.stop - 1) for table, ranges in added.items() for ids in ranges]
    adding.insert_many(connection, "import_added", ("batch_id", "tbl", "first", "last"), rows)
    changed = [
        (batch_id, table, row_id, json.dumps(was, ensure_ascii=False), json.dumps(became, ensure_ascii=False))
        for table in tables
        for row_id, was, became in _changed(connection, entry, table, added[table])
    ]
    adding.insert_many(connection, "import_changed", ("batch_id", "tbl", "row_id", "was", "became"), changed)


def note_edits(connection: Connection, entry: int, op: Op) -> None:
    """Note which rows that an import added `entry` changed; whoever lost a row of theirs counts as changed too.

    Values that an import changed in rows that are gone now are forgotten: who is deleted leaves nothing behind.
    """
    if op in _UNEDITING:
        return
    query = (
        "SELECT DISTINCT tbl FROM (SELECT tbl FROM import_added UNION SELECT tbl FROM import_changed) a"
        " WHERE EXISTS (SELECT 1 FROM journal_row j WHERE j.entry_id = ? AND j.tbl = a.tbl)"
    )
    for table in connection.exec_driver_sql(query, (entry,)).scalars().all():
        _note_changed(connection, entry, table)
        for column, owner in owners(table):
            _note_robbed(connection, entry, table, column, owner)
        connection.exec_driver_sql(
            "DELETE FROM import_changed WHERE tbl = ? AND row_id IN (SELECT j.row_id FROM journal_row j"
            f" WHERE j.entry_id = ? AND j.tbl = ?) AND row_id NOT IN (SELECT id FROM {table})",
            (table, entry, table),
        )


def rows(session: Session) -> tuple[BatchRow, ...]:
    """Return the imports, newest first."""
    recorded = (select(ImportAdded.batch_id), select(ImportChanged.batch_id))
    undoable = set(session.scalars(union(*recorded)))
    counted = (
        select(ImportAdded.batch_id, func.sum(ImportAdded.last - ImportAdded.first + 1))
        .where(ImportAdded.tbl == "touch")
        .group_by(ImportAdded.batch_id)
    )
    touches = {row[0]: int(row[1]) for row in session.execute(counted)}
    return tuple(
        BatchRow(
            row.id,
            tuple(row.files),
            row.imported_at.replace(tzinfo=UTC),
            ImportCounts(
                row.read, row.new, row.updated, row.same, row.failed, row.left_out, row.possible or 0
            ),
            row.source or "",
            _fate(row, undoable),
            row.undone_at.replace(tzinfo=UTC) if row.undone_at else None,
            touches.get(row.id, 0),
        )
        for row in session.scalars(select(ImportBatch).order_by(ImportBatch.id.desc()))
    )


def names_of(session: Session, table: str, ids: Iterable[int]) -> dict[int, str]:
    """Return the names of those of these people, companies or tags that exist."""
    name = "display_name" if table == "person" else "name"
    query = f"SELECT x.id, x.{name} FROM json_each(?) k CROSS JOIN {table} x ON x.id = k.value"
    found = session.connection().exec_driver_sql(query, (json.dumps(list(ids)),))
    return {id_: str(said) for id_, said in found}


def kind_of(session: Session, table: str, row_id: int) -> str:
    """Return what a contact point or a date is."""
    query = f"SELECT kind FROM {table} WHERE id = ?"
    return str(session.connection().exec_driver_sql(query, (row_id,)).scalar_one())


def updated_owners(session: Session, batch_id: int) -> dict[str, set[int]]:
    """Return those who were there before and to whom an import added something, by table."""
    added = ranges_of(session, batch_id)
    found: dict[str, set[int]] = {table: set() for table in ("person", "company", "tag")}
    for change in changes_of(session, batch_id):
        if change.tbl in found:
            found[change.tbl].add(change.row_id)
        for column, owner in owners(change.tbl):
            found[owner].update(_owners(session, change.tbl, column, range(change.row_id, change.row_id + 1)))
    for table, ranges in added.items():
        for column, owner in owners(table):
            for ids in ranges:
                found[owner].update(_owners(session, table, column, ids))
    return {
        table: {id_ for id_ in ids if not within(added.get(table, ()), id_)} for table, ids in found.items()
    }


def ranges_of(session: Session, batch_id: int) -> dict[str, tuple[range, ...]]:
    """Return the ids of the rows an import added, by table."""
    return _ranges(session, batch_id, batch_id)


def later_ranges(session: Session, batch_id: int) -> dict[str, tuple[range, ...]]:
    """Return the ids of the rows that later imports added, by table."""
    return _ranges(session, batch_id + 1, 1 << 62)


def changes_of(session: Session, batch_id: int) -> Sequence[ImportChanged]:
    """Return the rows an import changed."""
    query = select(ImportChanged).where(ImportChanged.batch_id == batch_id).order_by(ImportChanged.id)
    return session.scalars(query).all()


def forget(session: Session, batch_id: int) -> None:
    """Forget an import's record, once it was undone."""
    connection = session.connection()
    connection.exec_driver_sql(
        "DELETE FROM import_edited WHERE EXISTS (SELECT 1 FROM import_added a WHERE a.batch_id = ?"
        " AND a.tbl = import_edited.tbl AND import_edited.row_id BETWEEN a.first AND a.last)",
        (batch_id,),
    )
    connection.exec_driver_sql("DELETE FROM import_added WHERE batch_id = ?", (batch_id,))
    session.execute(delete(ImportChanged).where(ImportChanged.batch_id == batch_id))


def edited(session: Session, table: str) -> set[int]:
    """Return the rows of a table that the user changed since an import added them."""
    query = "SELECT row_id FROM import_edited WHERE tbl = ?"
    return set(session.connection().exec_driver_sql(query, (table,)).scalars())


def own_columns(table: str) -> tuple[str, ...]:
    """Return the columns in which a row says what the user or a file said."""
    names = [column.name for column in Table.metadata.tables[table].columns]
    end = names.index(_COMPUTED_FROM) if _COMPUTED_FROM in names else len(names)
    return tuple(name for name in names[:end] if name != "id" and name not in _COMPUTED.get(table, ()))


def owners(table: str) -> Iterator[tuple[str, str]]:
    """Yield the columns that say whose a row is, and the owner's table: with its owner it goes. A position and a tag are their person's."""
    keys = [key for key in Table.metadata.tables[table].foreign_keys if key.ondelete == "CASCADE"]
    found = {key.parent.name: key.column.table.name for key in keys}
    found = {column: owner for column, owner in found.items() if owner in {"person", "company", "tag"}}
    if "person_id" in found and not Table.metadata.tables[table].columns["person_id"].nullable:
        found = {"person_id": "person"}
    if table not in {"person", "company"}:
        yield from found.items()


def within(ranges: Iterable[range], id_: int) -> bool:
    """Say whether an id is in one of the ranges."""
    return any(id_ in ids for ids in ranges)


def _ranges(session: Session, first_batch: int, last_batch: int) -> dict[str, tuple[range, ...]]:
    query = "SELECT tbl, first, last FROM import_added WHERE batch_id BETWEEN ? AND ? ORDER BY tbl, first"
    found: dict[str, list[range]] = {}
    for table, first, last in session.connection().exec_driver_sql(query, (first_batch, last_batch)):
        found.setdefault(table, []).append(range(first, last + 1))
    return {table: tuple(ranges) for table, ranges in found.items()}


def _fate(row: ImportBatch, undoable: set[int]) -> BatchFate:
    if row.undone_at is not None:
        return BatchFate.UNDONE
    return BatchFate.UNDOABLE if row.id in undoable else BatchFate.UNRECORDED


def _owners(session: Session, table: str, column: str, ids: range) -> Sequence[int]:
    query = f"SELECT DISTINCT {column} FROM {table} WHERE id BETWEEN ? AND ? AND {column} IS NOT NULL"
    return session.connection().exec_driver_sql(query, (ids[0], ids[-1])).scalars().all()


def _added(connection: Connection, entry: int, table: str) -> list[range]:
    """Return the rows an entry added, those that came one by one too, as few ranges."""
    noted = [(ids[0], ids[-1]) for ids in journal.noted_ranges(connection, entry, table)]
    query = (
        f"SELECT j.row_id FROM journal_row j JOIN {table} x ON x.id = j.row_id"
        " WHERE j.entry_id = ? AND j.tbl = ? AND j.image IS NULL"
    )
    noted += [(row_id, row_id) for row_id in connection.exec_driver_sql(query, (entry, table)).scalars()]
    found: list[range] = []
    for first, last in sorted(noted):
        if found and found[-1].stop == first:
            found[-1] = range(found[-1].start, last + 1)
        else:
            found.append(range(first, last + 1))
    return found


def _changed(
    connection: Connection, entry: int, table: str, added: Sequence[range]
) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
    """Yield the rows that were there and say something else now, with the columns that do, before and now."""
    names = [column.name for column in Table.metadata.tables[table].columns]
    own = set(own_columns(table))
    query = (
        f"SELECT j.row_id, j.image, {journal.image(table, 'x')} FROM journal_row j JOIN {table} x ON x.id = j.row_id"
        f" WHERE j.entry_id = ? AND j.tbl = ? AND j.image IS NOT NULL AND {_differs(table)}"
    )
    for row_id, before, now in connection.exec_driver_sql(query, (entry, table)):
        if within(added, row_id):
            continue
        pairs = zip(names, json.loads(before), json.loads(now), strict=True)
        differing = [(name, was, became) for name, was, became in pairs if name in own and was != became]
        yield row_id, {name: was for name, was, _ in differing}, {name: new for name, _, new in differing}


def _differs(table: str) -> str:
    """Return the condition that row `x` says something else than the image of `j`."""
    names = [column.name for column in Table.metadata.tables[table].columns]
    own = set(own_columns(table))
    computed = [f", '$[{place}]'" for place in reversed(range(len(names))) if names[place] not in own]
    said = "".join(computed)
    return f"json_remove(j.image{said}) IS NOT json_remove({journal.image(table, 'x')}{said})"


def _note_changed(connection: Connection, entry: int, table: str) -> None:
    connection.exec_driver_sql(
        "INSERT INTO import_edited (tbl, row_id) SELECT j.tbl, j.row_id"
        f" FROM journal_row j JOIN {table} x ON x.id = j.row_id"
        f" WHERE j.entry_id = ? AND j.tbl = ? AND j.image IS NOT NULL AND {_is_added('j.tbl', 'j.row_id')}"
        f" AND {_differs(table)}",
        (entry, table),
    )


def _note_robbed(connection: Connection, entry: int, table: str, column: str, owner: str) -> None:
    """Note owners that an import added and that lost a row."""
    place = [one.name for one in Table.metadata.tables[table].columns].index(column)
    connection.exec_driver_sql(
        f"INSERT INTO import_edited (tbl, row_id) SELECT DISTINCT '{owner}', o.id"
        f" FROM journal_row j JOIN {owner} o ON o.id = json_extract(j.image, '$[{place}]')"
        f" LEFT JOIN {table} x ON x.id = j.row_id"
        f" WHERE j.entry_id = ? AND j.tbl = ? AND j.image IS NOT NULL AND x.id IS NULL"
        f" AND {_is_added(repr(owner), 'o.id')}",
        (entry, table),
    )


def _is_added(table: str, row_id: str) -> str:
    """Return the condition that an import added a row, and that it isn't noted as changed."""
    return (
        f"EXISTS (SELECT 1 FROM import_added a WHERE a.tbl = {table} AND {row_id} BETWEEN a.first AND a.last)"
        f" AND NOT EXISTS (SELECT 1 FROM import_edited e WHERE e.tbl = {table} AND e.row_id = {row_id})"
    )
