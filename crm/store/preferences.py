"""The settings that belong to the book: one row a setting, a JSON value each."""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.domain.cadence import MOST_UNITS, Interval, Unit
from crm.domain.calendar import Detail, EventKind
from crm.domain.goal import Goal
from crm.domain.preferences import BookPreferences, out_of_range
from crm.domain.report import Effort
from crm.domain.workdays import Quiet
from crm.store.tables import Preference


def read(session: Session) -> BookPreferences:
    """Return the settings; what was never saved, or can't be understood, is the default."""
    rows = session.execute(select(Preference.name, Preference.value))
    values = {row.name: row.value for row in rows}
    found = BookPreferences()
    for field in fields(BookPreferences):
        if field.name in values:
            with contextlib.suppress(TypeError, ValueError, IndexError):
                value: dict[str, Any] = {field.name: _READERS[field.name](values[field.name])}
                changed = replace(found, **value)
                found = found if out_of_range(changed) else changed
    return found


def starting_with(session: Session, prefix: str) -> dict[str, Any]:
    """Return the settings whose name starts with `prefix`."""
    query = select(Preference.name, Preference.value).where(
        Preference.name.startswith(prefix, autoescape=True)
    )
    return {row.name: row.value for row in session.execute(query)}


def plain(preferences: BookPreferences) -> dict[str, Any]:
    """Return settings as JSON keeps them."""
    every = preferences.every
    return {
        "every": [every.count, every.unit.value] if every else None,
        "per_day": preferences.per_day,
        "per_week": preferences.per_week,
        "check_in_at": preferences.check_in_at.isoformat("minutes"),
        "alarms": list(preferences.alarms),
        "detail": preferences.detail.value,
        "kinds": [kind.value for kind in preferences.kinds],
        "name": preferences.name,
        "addresses": list(preferences.addresses),
        "weekdays": list(preferences.weekdays),
        "country": preferences.country,
        "quiet": [[quiet.from_on.isoformat(), quiet.until_on.isoformat()] for quiet in preferences.quiet],
        "goals": [[goal.effort.value, goal.per_week] for goal in preferences.goals],
        "week_starts": preferences.week_starts,
    }


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


def _interval(value: Any) -> Interval | None:
    if value is None:
        return None
    found = Interval(int(value[0]), Unit(value[1]))
    if not 1 <= found.count <= MOST_UNITS:
        raise ValueError(value)
    return found


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "every": _interval,
    "per_day": int,
    "per_week": int,
    "check_in_at": lambda value: time.fromisoformat(value).replace(second=0, microsecond=0, tzinfo=None),
    "alarms": lambda value: tuple(sorted({int(minutes) for minutes in value})),
    "detail": Detail,
    "kinds": lambda value: tuple(EventKind(kind) for kind in value),
    "name": lambda value: " ".join(str(value).split()),
    "addresses": lambda value: tuple(str(address) for address in value),
    "weekdays": lambda value: tuple(float(weight) for weight in value),
    "country": str,
    "quiet": lambda value: tuple(Quiet(*map(date.fromisoformat, ends)) for ends in value),
    "goals": lambda value: tuple(Goal(Effort(effort), int(per_week)) for effort, per_week in value),
    "week_starts": int,
}
