"""The settings that belong to the book: one row a setting, a JSON value each."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.store.tables import Preference


def load(session: Session) -> dict[str, Any]:
    """Return every setting that was ever saved, by name."""
    rows = session.execute(select(Preference.name, Preference.value))
    return {row.name: row.value for row in rows}


def save(session: Session, values: Mapping[str, Any]) -> frozenset[str]:
    """Write settings; return the names of those that changed. A setting of a newer version stays as it is."""
    rows = {row.name: row for row in session.scalars(select(Preference))}
    changed = frozenset(
        name for name, value in values.items() if name not in rows or rows[name].value != value
    )
    for name in sorted(changed):
        if name in rows:
            rows[name].value = values[name]
        else:
            session.add(Preference(name=name, value=values[name]))
    session.flush()
    return changed
