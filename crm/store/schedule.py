"""What stands on a range of days: check-ins, open steps, rounds, events, meetings and important dates, with what calendars know them by."""

import calendar
import uuid
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from crm.domain.calendar import EventKind
from crm.domain.person import DateKind, PersonId, Standing
from crm.domain.plan import slide
from crm.domain.schedule import DateRow, Scheduled
from crm.store import agenda, events, interviews, meetings, preferences, steps
from crm.store.event_tables import Event
from crm.store.opportunity_tables import Interview, Step
from crm.store.tables import ImportantDate, Person

_MOST = 100_000
_YEAR = timedelta(days=365)
_DATES = uuid.UUID("6c1f0b0e-6f5a-4a63-9a35-8d1f6f0c2d57")


def scheduled(
    session: Session, kinds: Collection[EventKind], first: date, last: date, today: date
) -> tuple[Scheduled, ...]:
    """Return what stands on these days, in order of kinds and days; what is overdue stands on today.

    Today asks for no check-ins on a day off: overdue ones stand on the next day that is worked.
    """
    found: list[Scheduled] = []
    if last >= today:  # nothing that is to do stands on days gone by
        if EventKind.CHECK_IN in kinds:
            found += _check_ins(session, first, last, today)
        if EventKind.STEP in kinds:
            found += _steps(session, date.min if first <= today else first, last)
    if EventKind.INTERVIEW in kinds:
        found += _rounds(session, first, last)
    if EventKind.EVENT in kinds:
        found += _events(session, first, last)
    if EventKind.DATE in kinds:
        found += _dates(session, first, last)
    if EventKind.MEETING in kinds:
        found += _meetings(session, first, last)
    return tuple(found)


def _check_ins(session: Session, first: date, last: date, today: date) -> list[Scheduled]:
    days = preferences.read(session).caps().days
    opens_on = slide(today, lambda day: days.closed(day) is not None)
    late_on = opens_on if opens_on > today else None
    since = date.min if first <= opens_on else first
    found = (
        replace(one, late_on=late_on) if late_on and one.on <= today else one
        for one in agenda.scheduled(session, since, last)
    )
    return [one for one in found if first <= one.stands_on(today) <= last]


def _steps(session: Session, since: date, last: date) -> list[Scheduled]:
    rows = [row for row in steps.due(session, last, _MOST) if row.due_on is not None and row.due_on >= since]
    known = _known(session, Step)
    return [
        Scheduled(EventKind.STEP, row.due_on, row, *known[row.id]) for row in rows if row.due_on is not None
    ]


def _rounds(session: Session, first: date, last: date) -> list[Scheduled]:
    rows = interviews.between(session, first, last)
    known = _known(session, Interview) if rows else {}
    return [
        Scheduled(
            EventKind.INTERVIEW, row.draft.on, row, *known[row.id],
            starts_at=row.draft.starts_at, minutes=row.draft.minutes,
        )
        for row in rows
    ]  # fmt: skip


def _events(session: Session, first: date, last: date) -> list[Scheduled]:
    rows = events.between(session, first, last)
    known = _known(session, Event) if rows else {}
    return [
        Scheduled(EventKind.EVENT, row.draft.held_on, row, *known[row.id])
        for row in rows
        if row.draft.held_on is not None
    ]


def _dates(session: Session, first: date, last: date) -> list[Scheduled]:
    """Return the important dates of everybody who is suggested at all, as they come round within a year of `first`."""
    columns = (
        ImportantDate.id, ImportantDate.kind, ImportantDate.label, ImportantDate.year, ImportantDate.month,
        ImportantDate.day, Person.id.label("person"), Person.display_name, Person.added_on,
    )  # fmt: skip
    query = (
        select(*columns)
        .join(Person, Person.id == ImportantDate.person_id)
        .where(
            Person.standing == Standing.ACTIVE.value,
            ImportantDate.month.between(1, 12),
            ImportantDate.day.between(1, 31),
        )
        .order_by(ImportantDate.month, ImportantDate.day, ImportantDate.id)
    )
    if last - first > _YEAR:
        last = first + _YEAR
    return [
        _date(row, on)
        for row in session.execute(query)
        for year in range(first.year, last.year + 1)
        if first <= (on := _in_year(year, row.month, row.day)) <= last
        and (row.year is None or on.year >= row.year)
    ]


def _date(row: Row[*tuple[Any, ...]], on: date) -> Scheduled:
    """Return a date as it comes round. What it says is what calendars know it by: it never moves, it is another one then."""
    said = f"{row.display_name}|{row.added_on}|{row.kind}|{row.label}|{on}"
    source = DateRow(
        row.id, PersonId(row.person), row.display_name, DateKind(row.kind), row.label, on, row.year
    )
    added_at = datetime.combine(row.added_on, time(), UTC)
    return Scheduled(EventKind.DATE, on, source, str(uuid.uuid5(_DATES, said)), added_at)


def _in_year(year: int, month: int, day: int) -> date:
    """Return the day in a year; 29 February comes on the 28th where there is none."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _meetings(session: Session, first: date, last: date) -> list[Scheduled]:
    return [
        Scheduled(
            EventKind.MEETING, line.meeting.on, line, line.meeting.uid, datetime.combine(line.meeting.on, time(), UTC),
            starts_at=line.meeting.starts_at, minutes=line.meeting.minutes,
        )
        for line in meetings.between(session, first, last)
    ]  # fmt: skip


def _known(session: Session, table: type[Step | Interview | Event]) -> dict[int, tuple[str, datetime]]:
    """Return what calendars know each row by, and when it last changed."""
    columns: Any = select(table.id, table.uid, table.changed_at)
    return {id_: (uid, at.replace(tzinfo=UTC)) for id_, uid, at in session.execute(columns)}
