"""What stands on a range of days: check-ins, open steps, rounds and meetings, with what calendars know them by."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.domain.calendar import EventKind
from crm.domain.schedule import Scheduled
from crm.store import agenda, interviews, meetings, steps
from crm.store.opportunity_tables import Interview, Step

_MOST = 100_000


def scheduled(
    session: Session, kinds: Collection[EventKind], first: date, last: date, today: date
) -> tuple[Scheduled, ...]:
    """Return what stands on these days, in order of kinds and days; what is overdue stands on today."""
    found: list[Scheduled] = []
    since = date.min if first <= today else first
    if last >= today:  # only rounds and meetings stand on days gone by
        if EventKind.CHECK_IN in kinds:
            found += agenda.scheduled(session, since, last)
        if EventKind.STEP in kinds:
            found += _steps(session, since, last)
    if EventKind.INTERVIEW in kinds:
        found += _rounds(session, first, last)
    if EventKind.MEETING in kinds:
        found += _meetings(session, first, last)
    return tuple(found)


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


def _meetings(session: Session, first: date, last: date) -> list[Scheduled]:
    return [
        Scheduled(
            EventKind.MEETING, line.meeting.on, line, line.meeting.uid, datetime.combine(line.meeting.on, time(), UTC),
            starts_at=line.meeting.starts_at, minutes=line.meeting.minutes,
        )
        for line in meetings.between(session, first, last)
    ]  # fmt: skip


def _known(session: Session, table: type[Step] | type[Interview]) -> dict[int, tuple[str, datetime]]:
    """Return what calendars know each row by, and when it last changed."""
    columns: Any = select(table.id, table.uid, table.changed_at)
    return {id_: (uid, at.replace(tzinfo=UTC)) for id_, uid, at in session.execute(columns)}
