"""Undoing an import long after: its rows go and former values come back, but for what the user changed since.

A row that the import added goes, unless it was changed since or something that stays refers to it or is its owner's:
a person stays whole or goes whole. A value that the import gave goes back to the former one while it still stands.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from crm.domain.batch import KeptBecause
from crm.domain.person import PersonName, name_key, sort_key
from crm.store import batches, derived, journal
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
    """What undoing an import comes to: rows that were added and those of them that stay, by table, and why they do.

    What was added is told in ranges: it may be millions. All else of it goes, as far as it is still there.
    """

    batch_id: int
    added: Mapping[str, tuple[range, ...]]
    kept: Mapping[str, frozenset[int]]
    why: Mapping[tuple[str, int], KeptBecause]
    restored: tuple[Restored, ...]

    def number_gone(self, session: Session, table: str) -> int:
        """Return how many rows of a table go."""
        query = f"SELECT count(*) FROM {table} WHERE id BETWEEN ? AND ?"
        there = 0
        for ids in self.added.get(table, ()):
            there += int(session.connection().exec_driver_sql(query, (ids[0], ids[-1])).scalar_one())
        return there - len(self.kept.get(table, _NONE))

    def owners(self, session: Session, table: str, *, gone: bool) -> dict[int, set[tuple[str, int]]]:
        """Return the owners that were there before, of this kind, with their rows that go, or that stay."""
        found: dict[int, set[tuple[str, int]]] = {}
        for child in self.added:
            for column, owner in batches.owners(child):
                if owner == table:
                    for id_, owner_id in _of_those_before(session, self.batch_id, child, column, owner):
                        if (id_ in self.kept[child]) is not gone:
                            found.setdefault(owner_id, set()).add((child, id_))
        return found


def plan(session: Session, batch_id: int) -> Unimport:
    """Find out what undoing an import comes to; nothing is written."""
    rows = _Rows(session, batch_id)
    rows.settle()
    restored = tuple(_restored(session, batch_id, rows))
    kept = {table: frozenset(ids) for table, ids in rows.kept.items()}
    return Unimport(batch_id, rows.ranges, kept, rows.why, restored)


def carry_out(session: Session, planned: Unimport, now: datetime) -> None:
    """Undo the import, within the caller's `write`; the import stays on the list, as undone."""
    connection = session.connection()
    people = set(planned.owners(session, "person", gone=True))
    companies = set(planned.owners(session, "company", gone=True))
    companies |= derived.companies_of(session, people) | _left_companies(session, planned)
    _put_back(session, planned.restored)
    people |= restored_owners(session, planned, "person")
    companies |= restored_owners(session, planned, "company")
    for table in reversed(journaled()):
        kept = sorted(planned.kept.get(table, ()))
        for ids in journal.slices(planned.added.get(table, ())):
            staying = json.dumps(kept[bisect_left(kept, ids.start) : bisect_left(kept, ids.stop)])
            query = (
                f"DELETE FROM {table} WHERE id BETWEEN ? AND ? AND id NOT IN (SELECT value FROM json_each(?))"
            )
            connection.exec_driver_sql(query, (ids[0], ids[-1], staying))
    batches.forget(session, planned.batch_id)
    session.get_one(ImportBatch, planned.batch_id).undone_at = now
    session.flush()
    session.expire_all()
    gone = _Ranges(planned.added.get("company", ()))
    staying_companies = planned.kept.get("company", _NONE)
    derived.settle(session, people, {one for one in companies if one not in gone or one in staying_companies})


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
    """The rows of an import in ranges, and which of them stay: few of a million, as a rule."""

    def __init__(self, session: Session, batch_id: int) -> None:
        self._session = session
        self.ranges = batches.ranges_of(session, batch_id)
        self._added = {table: _Ranges(ranges) for table, ranges in self.ranges.items()}
        self._later = batches.later_ranges(session, batch_id)
        self.kept: dict[str, set[int]] = {}
        self.why: dict[tuple[str, int], KeptBecause] = {}
        for table in self.ranges:
            edited = self._present(table, batches.edited(session, table))
            changed = self._present(table, self._changed_later(table, batch_id))
            self.kept[table] = edited | changed
            self.why.update({(table, id_): KeptBecause.IMPORTED_AGAIN for id_ in changed})
            self.why.update({(table, id_): KeptBecause.EDITED for id_ in edited})
        touches = sorted(self.kept.get("touch", _NONE))
        for id_, _ in _referring(session, "touch_person", "touch_id", touches, by_target=True):
            self._keep("touch_person", id_)  # a touch that was edited stays with its people

    def goes(self, table: str, id_: int) -> bool:
        """Say whether a row that is there goes."""
        return table in self._added and id_ in self._added[table] and id_ not in self.kept[table]

    def settle(self) -> None:
        """Let stay whatever something that stays needs, until nothing more does."""
        links = list(self._links())
        rows_that_stay = -1
        while rows_that_stay != (now := sum(map(len, self.kept.values()))):
            rows_that_stay = now
            for link in links:
                self._follow(link)

    def _keep(self, table: str, id_: int) -> None:
        if table in self._added and id_ in self._added[table]:
            self.kept[table].add(id_)

    def _present(self, table: str, ids: set[int]) -> set[int]:
        """Return those of these that the import added and that are there."""
        query = f"SELECT x.id FROM json_each(?) k CROSS JOIN {table} x ON x.id = k.value"
        added = json.dumps([id_ for id_ in ids if id_ in self._added[table]])
        return set(self._session.connection().exec_driver_sql(query, (added,)).scalars())

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
                if target in self.ranges and (name, column) not in _IDLE:
                    yield _Link(name, column, target, column in owning)

    def _pairs(self, link: "_Link") -> Iterator[tuple[int, int]]:
        """Yield the rows that refer to rows that the import added, and to which."""
        query = f"SELECT id, {link.column} FROM {link.table} WHERE {link.column} BETWEEN ? AND ?"
        for ids in journal.slices(self.ranges[link.target]):
            yield from self._session.connection().exec_driver_sql(query, (ids[0], ids[-1]))

    def _follow(self, link: "_Link") -> None:
        """Let stay what one kind of reference asks for."""
        targets = self.kept[link.target]
        for id_, target in self._pairs(link):
            if target not in targets and not self.goes(link.table, id_):
                targets.add(target)
                self.why[link.target, target] = self._reason(link, id_)
            if link.owns and target in targets:
                self._keep(link.table, id_)

    def _reason(self, link: "_Link", id_: int) -> KeptBecause:
        if batches.within(self._later.get(link.table, ()), id_):
            return KeptBecause.IMPORTED_AGAIN
        if link.table == "touch_person":
            return KeptBecause.TOUCHED
        return KeptBecause.EDITED if link.owns else KeptBecause.NEEDED


@dataclass(frozen=True, slots=True)
class _Link:
    """Rows of `table` refer to rows of `target` by `column`; `owns`: they are theirs, and go or stay with them."""

    table: str
    column: str
    target: str
    owns: bool


class _Ranges:
    """Ids in ranges, in their order."""

    def __init__(self, ranges: Sequence[range]) -> None:
        self._ranges = ranges
        self._starts = [ids.start for ids in ranges]

    def __contains__(self, id_: int) -> bool:
        place = bisect_right(self._starts, id_) - 1
        return place >= 0 and id_ in self._ranges[place]


_NONE: frozenset[int] = frozenset()


def _of_those_before(
    session: Session, batch_id: int, table: str, column: str, owner: str
) -> Iterator[tuple[int, int]]:
    """Yield the rows that an import added to those it didn't add, and to whom."""
    query = (
        f"SELECT x.id, x.{column} FROM import_added a CROSS JOIN {table} x ON x.id BETWEEN a.first AND a.last"
        f" WHERE a.batch_id = ? AND a.tbl = ? AND x.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM import_added o"
        f" WHERE o.batch_id = a.batch_id AND o.tbl = ? AND x.{column} BETWEEN o.first AND o.last)"
    )
    yield from session.connection().exec_driver_sql(query, (batch_id, table, owner))


def _left_companies(session: Session, planned: Unimport) -> set[int]:
    """Return the companies at which those who go have a position."""
    query = (
        "SELECT DISTINCT p.company_id FROM import_added a CROSS JOIN position p"
        " ON p.person_id BETWEEN a.first AND a.last WHERE a.batch_id = ? AND a.tbl = 'person'"
        " AND p.person_id NOT IN (SELECT value FROM json_each(?))"
    )
    staying = json.dumps(sorted(planned.kept.get("person", ())))
    found = session.connection().exec_driver_sql(query, (planned.batch_id, staying))
    return set(found.scalars())


def _restored(session: Session, batch_id: int, rows: _Rows) -> Iterator[Restored]:
    for change in batches.changes_of(session, batch_id):
        if rows.goes(change.tbl, change.row_id):
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
