"""Every row of a book out, and back into an empty one: the same ids, so that nothing has to be linked anew."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Integer
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from crm.domain.cadence import Unit
from crm.domain.folding import clean
from crm.domain.person import ContactKind, DateKind
from crm.domain.touch import TouchKind
from crm.store import derived
from crm.store.base import Table
from crm.store.tables import SCHEMA_VERSION, journaled

__all__ = [
    "SCHEMA_VERSION", "WrongRow", "about", "bring_back", "count", "is_empty", "is_known", "journaled", "rows", "settle",
]  # fmt: skip

_BATCH = 1000
_MARK = "\x02"
_REPLACED = frozenset({"preference"})  # what an empty book may hold already

# Words that pages and derived columns take for one of few; any other would break them once it is in the book.
_CODES: dict[tuple[str, str], type[StrEnum]] = {
    ("contact_point", "kind"): ContactKind,
    ("important_date", "kind"): DateKind,
    ("touch", "kind"): TouchKind,
}


class WrongRow(Exception):
    """A row that no book of ours holds."""


def about() -> dict[str, str]:
    """Return what each table is, in a sentence."""
    said = {one.class_.__tablename__: one.class_.__doc__ or "" for one in Table.registry.mappers}
    return {name: said[name].partition("\n")[0] for name in journaled()}


def rows(session: Session, table: str) -> Iterator[dict[str, Any]]:
    """Yield a table's rows; columns that hold their default are left out."""
    columns = list(Table.metadata.tables[table].columns)
    names = ", ".join(f'"{column.name}"' for column in columns)
    unsaid = [_unsaid(column) for column in columns]
    read = [_readers(column)[0] for column in columns]
    found = session.connection().exec_driver_sql(f'SELECT {names} FROM "{table}" ORDER BY id')
    while chunk := found.fetchmany(_BATCH):
        for row in chunk:
            values = (
                make(value) if value is not None else None for make, value in zip(read, row, strict=True)
            )
            yield {
                column.name: value
                for column, value, nothing in zip(columns, values, unsaid, strict=True)
                if value != nothing or type(value) is not type(nothing)
            }


def count(session: Session) -> int:
    """Return how many rows there are."""
    return sum(
        int(session.connection().exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar() or 0)
        for name in journaled()
    )


def is_empty(session: Session) -> bool:
    """Say whether nobody and nothing is in the book yet; its settings don't count."""
    return not any(
        session.connection().exec_driver_sql(f'SELECT 1 FROM "{name}" LIMIT 1').first()
        for name in journaled()
        if name not in _REPLACED
    )


def is_known(schema: int) -> bool:
    """Say whether this version knows the tables of a book."""
    return schema <= SCHEMA_VERSION


def bring_back(session: Session, table: str, found: Iterable[Mapping[str, Any]]) -> int:
    """Insert rows as they were; return how many. Raises `WrongRow`. Columns that an older book hadn't hold their default."""
    columns = list(Table.metadata.tables[table].columns)
    unsaid = [_unsaid(column) for column in columns]
    check = [_readers(column)[1] for column in columns]
    if table in _REPLACED:
        session.connection().exec_driver_sql(f'DELETE FROM "{table}"')
    made: list[tuple[Any, ...]] = []
    for row in found:
        said = [row.get(column.name, nothing) for column, nothing in zip(columns, unsaid, strict=True)]
        try:
            made.append(
                tuple(
                    None if value is None and column.nullable else take(value)
                    for column, take, value in zip(columns, check, said, strict=True)
                )
            )
        except (TypeError, ValueError, OverflowError) as error:
            raise WrongRow(table) from error
    names = ", ".join(f'"{column.name}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    if made:
        try:
            session.connection().exec_driver_sql(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', made)
        except (IntegrityError, OverflowError) as error:
            raise WrongRow(table) from error
        if session.connection().exec_driver_sql(f'PRAGMA foreign_key_check("{table}")').first():
            raise WrongRow(table)
    return len(made)


def settle(session: Session) -> None:
    """Compute anew what doesn't follow from the rest, as when somebody edited the document."""
    derived.settle(session, derived.wrong_people(session), derived.wrong_companies(session))


def _unsaid(column: Column[Any]) -> Any:
    """Return what a column holds that isn't said: its default, else nothing."""
    if isinstance(column.default, ScalarElementColumnDefault):
        return column.default.arg
    if column.nullable:
        return None
    if isinstance(column.type, JSON):
        return []
    return 0 if isinstance(column.type, Integer) else ""


def _readers(column: Column[Any]) -> tuple[Any, Any]:
    """Return what makes the document's value of the driver's, and the driver's of the document's."""
    if isinstance(column.type, JSON):
        return _json, lambda value: json.dumps(value, ensure_ascii=False)
    if isinstance(column.type, Boolean):
        return bool, lambda value: int(_of(bool, value))
    if isinstance(column.type, Integer):
        return int, _whole
    if isinstance(column.type, Date):
        return str, lambda value: date.fromisoformat(_of(str, value)).isoformat()
    if isinstance(column.type, DateTime):
        return str, _instant
    codes = Unit if column.name.endswith("_unit") else _CODES.get((column.table.name, column.name))
    return str, _text if codes is None else lambda value: codes(value).value


def _json(value: Any) -> Any:
    """Return what the text says. SQLite keeps a number in a column declared JSON as a number."""
    return json.loads(value) if isinstance(value, str) else value


def _text(value: Any) -> str:
    """Return a text that any database takes; the mark of binary content, in a card as it was kept, stays."""
    return _MARK.join(map(clean, str(_of(str, value)).split(_MARK)))


def _instant(value: Any) -> str:
    return (
        datetime.fromisoformat(_of(str, value))
        .replace(tzinfo=None)
        .isoformat(sep=" ", timespec="microseconds")
    )


def _whole(value: Any) -> int:
    if isinstance(value, bool):
        raise TypeError(value)
    return int(_of(int, value))


def _of(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(value)
    return value
