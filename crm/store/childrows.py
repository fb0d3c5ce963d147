"""Rows that belong to a person or company in an order of their own: an edit rewrites only those that changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

Child = Any  # a row of ContactPoint, ImportantDate or Position: an owner, `ord`, and what it says


def sync(
    session: Session,
    owner: InstrumentedAttribute[Any],
    owner_id: int,
    wanted: Sequence[Mapping[str, Any]],
    like: str,
) -> bool:
    """Make the owner's rows say `wanted`, in that order, and return whether anything changed.

    A row that says the same keeps its id; one that agrees in the column `like` is taken for the same one, edited.
    """
    table: Any = owner.class_
    stored = list(session.scalars(select(table).where(owner == owner_id).order_by(table.ord, table.id)).all())
    kept = _pair(stored, wanted, like)
    changed = False
    for place, values in enumerate(wanted):
        row = kept.get(place)
        if row is None:
            session.add(table(**{owner.key: owner_id, "ord": place, **values}))
            changed = True
        else:
            changed |= assign(row, {"ord": place, **values})
    keeping = {id(row) for row in kept.values()}
    for row in stored:
        if id(row) not in keeping:
            session.delete(row)
            changed = True
    return changed


def assign(row: object, values: Mapping[str, Any]) -> bool:
    """Set those columns of `row` that differ, and return whether any did."""
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def _pair(stored: Sequence[Child], wanted: Sequence[Mapping[str, Any]], like: str) -> dict[int, Child]:
    """Return which stored row becomes which place of `wanted`: equal ones first, then those alike, in order."""
    free = list(stored)
    found: dict[int, Child] = {}
    for columns in (None, (like,)):
        for place, values in enumerate(wanted):
            names = tuple(values) if columns is None else columns
            row = next((row for row in free if all(getattr(row, n) == values[n] for n in names)), None)
            if place not in found and row is not None:
                found[place] = row
                free.remove(row)
    return found
