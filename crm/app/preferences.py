"""The book's settings: reading them, and saving what changed."""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, time
from typing import Any

from crm.app.books import Book
from crm.app.drafts import check_every, line
from crm.domain.cadence import Interval, Unit
from crm.domain.calendar import Detail
from crm.domain.changes import Op
from crm.domain.preferences import BookPreferences
from crm.errors import Invalid
from crm.store import checkins
from crm.store import preferences as rows

MOST_PER_DAY = 100
MOST_PER_WEEK = 700
MOST_ALARM_MINUTES = 7 * 24 * 60


def get(book: Book) -> BookPreferences:
    """Return the settings; what was never saved, or can't be understood, is the default."""
    with book.read() as session:
        return _read(rows.load(session))


def save(book: Book, preferences: BookPreferences, *, today: date) -> None:  # noqa: ARG001 - as every verb that moves dates
    """Save the settings; a changed default for how often moves whoever follows it. Raises `Invalid`."""
    tidied = _tidied(preferences)
    with book.write(Op.SETTINGS) as session:
        changed = rows.save(session, _plain(tidied))
        book.note(fields=sorted(changed))
        if "every" in changed:
            checkins.settle_followers(session)


def _tidied(preferences: BookPreferences) -> BookPreferences:
    check_every(preferences.every)
    if not 1 <= preferences.per_day <= MOST_PER_DAY:
        raise Invalid("per_day", preferences.per_day, "range")
    if not 1 <= preferences.per_week <= MOST_PER_WEEK:
        raise Invalid("per_week", preferences.per_week, "range")
    for minutes in preferences.alarms:
        if not 0 <= minutes <= MOST_ALARM_MINUTES:
            raise Invalid("alarms", minutes, "range")
    at = preferences.check_in_at.replace(second=0, microsecond=0, tzinfo=None)
    alarms = tuple(sorted(set(preferences.alarms)))
    return replace(preferences, check_in_at=at, alarms=alarms, name=line(preferences.name))


def _plain(preferences: BookPreferences) -> dict[str, Any]:
    every = preferences.every
    return {
        "every": [every.count, every.unit.value] if every else None,
        "per_day": preferences.per_day,
        "per_week": preferences.per_week,
        "check_in_at": preferences.check_in_at.isoformat("minutes"),
        "alarms": list(preferences.alarms),
        "detail": preferences.detail.value,
        "name": preferences.name,
    }


def _read(values: Mapping[str, Any]) -> BookPreferences:
    found = BookPreferences()
    for field in fields(BookPreferences):
        if field.name in values:
            with contextlib.suppress(TypeError, ValueError, Invalid):
                value: dict[str, Any] = {field.name: _READERS[field.name](values[field.name])}
                found = _tidied(replace(found, **value))
    return found


def _interval(value: Any) -> Interval | None:
    return None if value is None else Interval(int(value[0]), Unit(value[1]))


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "every": _interval,
    "per_day": int,
    "per_week": int,
    "check_in_at": time.fromisoformat,
    "alarms": lambda value: tuple(int(minutes) for minutes in value),
    "detail": Detail,
    "name": str,
}
