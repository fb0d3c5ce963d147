"""Undoing an import long after: its rows go and former values come back, but for what the user changed since.

A row that the import added goes, unless it was changed since or something that stays refers to it or is its owner's:
a person stays whole or goes whole. A value that the import gave goes back to the former one while it still stands.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from crm.domain.batch import KeptBecause
from crm.domain.person import PersonName, name_key, sort_key
from crm.store import batches, derived
from crm.store.base import Table
from crm.store.tables import ImportBatch, Person, journaled

# References that keep nobody: a computed column, and what an import noticed about somebody.
_IDLE = frozenset({("person", "company_id"), ("person_news", "person_id")})
_NAMES = frozenset({"display_name", "family", "given", "additional", "prefix", "suffix"})


@dataclass(frozen=True, slots=True)
class Restored:
    """A row with the values it gets back, and the columns in which it says something else since, which stay."""

    table: str
    row_id: int
    values: Mapping[str, Any]
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unimport:
    """What undoing an import comes to: rows that go and rows that stay, by table, and why those that stay do."""

    batch_id: int
    gone: Mapping[str, frozenset[int]]
    kept: Mapping[str, frozenset[int]]
    why: Mapping[tuple[str, int], KeptBecause]
    restored: tuple[Restored, ...]

    def owners(self, session: Session, table: str, *, gone: bool) -> dict[int, set[tuple[str, int]]]:
        """Return the owners that were there before, of this kind, with their rows that go, or that stay."""
        found: dict[int, set[tuple[str, int]]] = {}
        added = self.gone.get(table, frozenset()) | self.kept.get(table, frozenset())
        for child, ids in (self.gone if gone else self.kept).items():
            for column, owner in batches.owners(child):
                if owner == table:
                    for id_, owner_id in _referring(session, child, column, sorted(ids)):
                        if owner_id not in added:
                            found.setdefault(owner_id, set()).add((child, id_))
        return found


def plan(session: Session, batch_id: int) -> Unimport:
    """Find out what undoing an import comes to; nothing is written."""
    rows = _Rows(session, batch_id)
    rows.settle()
    restored = tuple(_restored(session, batch_id, rows.gone))
    kept = {table: rows.added[table] - rows.gone[table] for table in rows.added}
    return Unimport(
        batch_id,
        {table: frozenset(ids) for table, ids in rows.gone.items()},
        {table: frozenset(ids) for table, ids in kept.items()},
        rows.why,
        restored,
    )


def carry_out(session: Session, planned: Unimport, now: datetime) -> None:
    """Undo the import, within the caller's `write`; the import stays on the list, as undone."""
    connection = session.connection()
    people = set(planned.owners(session, "person", gone=True))
    companies = set(planned.owners(session, "company", gone=True))
    companies |= derived.companies_of(session, people | planned.gone.get("person", frozenset()))
    _put_back(session, planned.restored)
    people |= restored_owners(session, planned, "person")
    companies |= restored_owners(session, planned, "company")
    for table in reversed(journaled()):
        if ids := planned.gone.get(table):
            query = f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
            connection.exec_driver_sql(query, (json.dumps(sorted(ids)),))
    batches.forget(session, planned.batch_id)
    session.get_one(ImportBatch, planned.batch_id).undone_at = now
    session.flush()
    session.expire_all()
    derived.settle(session, people, companies - planned.gone.get("company", frozenset()))


def restored_owners(session: Session, planned: Unimport, table: str) -> set[int]:
    """Return the people, or companies, who get a value back, themselves or in a row of theirs."""
    found: set[int] = set()
    for row in planned.restored:
        if row.values and row.table == table:
            found.add(row.row_id)
        for column, owner in batches.owners(row.table):
            if row.values and owner == table:
                found.update(owner_id for _, owner_id in _referring(session, row.table, column, [row.row_id]))
    return found


def kept_columns(session: Session, planned: Unimport, table: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the people, or companies, with the columns of theirs in which the user's word stays."""
    for row in planned.restored:
        if row.kept and row.table == table:
            yield row.row_id, row.kept
        for column, owner in batches.owners(row.table):
            if row.kept and owner == table:
                for _, owner_id in _referring(session, row.table, column, [row.row_id]):
                    yield owner_id, row.kept


class _Rows:
    """The rows of an import, and which of them go."""

    def __init__(self, session: Session, batch_id: int) -> None:
        self._session = session
        self._ranges = batches.ranges_of(session, batch_id)
        self._later = batches.later_ranges(session, batch_id)
        self.added: dict[str, set[int]] = {}
        self.gone: dict[str, set[int]] = {}
        self.why: dict[tuple[str, int], KeptBecause] = {}
        for table, ranges in self._ranges.items():
            self.added[table] = {id_ for ids in ranges for id_ in self._present(table, ids)}
            edited, changed = batches.edited(session, table), self._changed_later(table, batch_id)
            self.gone[table] = self.added[table] - edited - changed
            self.why.update({(table, id_): KeptBecause.IMPORTED_AGAIN for id_ in self.added[table] & changed})
            self.why.update({(table, id_): KeptBecause.EDITED for id_ in self.added[table] & edited})
        touches = self.added.get("touch", _NONE) - self.gone.get("touch", _NONE)
        for id_, _ in _referring(session, "touch_person", "touch_id", sorted(touches), by_target=True):
            self.gone.get("touch_person", set()).discard(id_)  # a touch that was edited stays with its people

    def settle(self) -> None:
        """Let stay whatever something that stays needs, until nothing more does."""
        links = list(self._links())
        rows_that_go = -1
        while rows_that_go != (now := sum(map(len, self.gone.values()))):
            rows_that_go = now
            for link in links:
                self._follow(link)

    def _present(self, table: str, ids: range) -> Sequence[int]:
        query = f"SELECT id FROM {table} WHERE id BETWEEN ? AND ?"
        return self._session.connection().exec_driver_sql(query, (ids[0], ids[-1])).scalars().all()

    def _changed_later(self, table: str, batch_id: int) -> set[int]:
        """Return rows that another import changed."""
        query = "SELECT row_id FROM import_changed WHERE tbl = ? AND batch_id > ?"
        return set(self._session.connection().exec_driver_sql(query, (table, batch_id)).scalars())

    def _links(self) -> "Iterator[_Link]":
        """Yield every reference to a table that the import added to, with the rows that refer to its rows."""
        for name in journaled():
            owning = dict(batches.owners(name))
            for key in Table.metadata.tables[name].foreign_keys:
                column, target = key.parent.name, key.column.table.name
                if target in self._ranges and (name, column) not in _IDLE:
                    pairs = [pair for ids in self._ranges[target] for pair in self._pairs(name, column, ids)]
                    yield _Link(name, target, column in owning, pairs)

    def _pairs(self, table: str, column: str, ids: range) -> list[tuple[int, int]]:
        query = f"SELECT id, {column} FROM {table} WHERE {column} BETWEEN ? AND ?"
        found = self._session.connection().exec_driver_sql(query, (ids[0], ids[-1]))
        return [(id_, target) for id_, target in found]

    def _follow(self, link: "_Link") -> None:
        """Let stay what one kind of reference asks for."""
        rows, targets = self.gone.get(link.table, _NONE), self.gone[link.target]
        for id_, target in link.pairs:
            if target in targets and id_ not in rows:
                targets.discard(target)
                self.why[link.target, target] = self._reason(link, id_)
            if link.owns and target not in targets:
                rows.discard(id_)

    def _reason(self, link: "_Link", id_: int) -> KeptBecause:
        if batches.within(self._later.get(link.table, ()), id_):
            return KeptBecause.IMPORTED_AGAIN
        if link.table == "touch_person":
            return KeptBecause.TOUCHED
        return KeptBecause.EDITED if link.owns else KeptBecause.NEEDED


@dataclass(frozen=True, slots=True)
class _Link:
    """Rows of `table` that refer to rows of `target`, as pairs; `owns`: they are theirs, and go or stay with them."""

    table: str
    target: str
    owns: bool
    pairs: list[tuple[int, int]] = field(default_factory=list)


_NONE: set[int] = set()


def _restored(session: Session, batch_id: int, gone: Mapping[str, set[int]]) -> Iterator[Restored]:
    for change in batches.changes_of(session, batch_id):
        if change.row_id in gone.get(change.tbl, _NONE):
            continue
        columns = ", ".join(f'"{name}"' for name in change.became)
        query = f"SELECT {columns} FROM {change.tbl} WHERE id = ?"
        row = session.connection().exec_driver_sql(query, (change.row_id,)).first()
        if row is None:
            continue
        now = dict(zip(change.became, row, strict=True))
        values = {name: was for name, was in change.was.items() if now[name] == change.became[name]}
        kept = [name for name, was in change.was.items() if name not in values and now[name] != was]
        if values or kept:
            yield Restored(change.tbl, change.row_id, values, tuple(kept))


def _put_back(session: Session, restored: Sequence[Restored]) -> None:
    for row in restored:
        if row.values:
            columns = ", ".join(f'"{name}" = ?' for name in row.values)
            session.connection().exec_driver_sql(
                f"UPDATE {row.table} SET {columns} WHERE id = ?", (*row.values.values(), row.row_id)
            )
        if row.table == "person" and _NAMES & row.values.keys():
            _name_anew(session, row.row_id)
    session.expire_all()


def _name_anew(session: Session, person_id: int) -> None:
    """Make what lists and searches know a person by follow the name."""
    person = session.get_one(Person, person_id, populate_existing=True)
    name = PersonName(person.family, person.given, person.additional, person.prefix, person.suffix)
    person.name_key = name_key(person.display_name, name)
    person.sort_key = sort_key(person.display_name)
    session.flush()


def _referring(
    session: Session, table: str, column: str, ids: Sequence[int], *, by_target: bool = False
) -> list[tuple[int, int]]:
    """Return rows of `table` with what `column` refers to: the rows `ids`, or those that refer to `ids`."""
    if not ids:
        return []
    chosen = column if by_target else "id"
    query = text(
        f"SELECT x.id, x.{column} FROM json_each(:ids) k CROSS JOIN {table} x ON x.{chosen} = k.value"
        f" WHERE x.{column} IS NOT NULL"
    )
    return [(id_, target) for id_, target in session.execute(query, {"ids": json.dumps(list(ids))})]
