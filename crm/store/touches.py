"""Touches and who took part in them: writing, timelines, and what a new touch does to a snooze."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, delete, select, tuple_, update
from sqlalchemy.orm import Session

from crm.domain.person import PersonId
from crm.domain.touch import (
    UNCOUNTED_KINDS,
    Direction,
    TouchDraft,
    TouchId,
    TouchKind,
    TouchRow,
    usual_direction,
)
from crm.store import derived
from crm.store.checkins import RENEWED
from crm.store.people import chunks
from crm.store.tables import Person, Position, Touch, TouchPerson

_COLUMNS = (Touch.id, Touch.kind, Touch.direction, Touch.touched_on, Touch.note)
_UNSYNCED = {"synchronize_session": False}


def insert(session: Session, touch: TouchDraft) -> int:
    """Add a touch; whoever calls settles its people."""
    row = Touch(**_values(touch))
    session.add(row)
    session.flush()
    _add_people(session, row.id, touch, touch.people)
    return row.id


def update_from(session: Session, touch_id: int, touch: TouchDraft) -> None:
    """Make a touch say what `touch` says; whoever calls settles its people, those before and those after."""
    session.execute(update(Touch).where(Touch.id == touch_id).values(_values(touch)))
    took_part = set(_people_of(session, [touch_id]).get(touch_id, ()))
    gone = took_part - set(touch.people)
    of_touch = TouchPerson.touch_id == touch_id
    session.execute(delete(TouchPerson).where(of_touch, TouchPerson.person_id.in_(gone)))
    session.execute(update(TouchPerson).where(of_touch).values(kind=touch.kind.value, touched_on=touch.on))
    _add_people(session, touch_id, touch, [person for person in touch.people if person not in took_part])


def delete_touch(session: Session, touch_id: int) -> None:
    """Remove a touch; whoever calls settles its people."""
    session.execute(delete(Touch).where(Touch.id == touch_id))


def draft(session: Session, touch_id: int) -> TouchDraft | None:
    """Return what the editor starts from, None when there is no such touch."""
    row = session.execute(select(*_COLUMNS).where(Touch.id == touch_id)).first()
    if row is None:
        return None
    people = _people_of(session, [touch_id]).get(touch_id, {})
    return TouchDraft(tuple(people), TouchKind(row.kind), row.touched_on, row.note, Direction(row.direction))


def timeline(
    session: Session, person_id: int, limit: int, before: tuple[date, int] | None
) -> tuple[TouchRow, ...]:
    """Return a person's touches, newest first, from after the place `before`: one walk over the timeline's index."""
    query = (
        select(*_COLUMNS)
        .join(TouchPerson, TouchPerson.touch_id == Touch.id)
        .where(TouchPerson.person_id == person_id)
        .order_by(TouchPerson.touched_on.desc(), TouchPerson.touch_id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(tuple_(TouchPerson.touched_on, TouchPerson.touch_id) < tuple_(*before))
    return _rows(session, query)


def of_company(session: Session, company_id: int, limit: int) -> tuple[TouchRow, ...]:
    """Return the touches with people who are or were at a company, newest first."""
    there = select(Position.person_id).where(Position.company_id == company_id)
    touched = select(TouchPerson.touch_id).where(TouchPerson.person_id.in_(there))
    query = (
        select(*_COLUMNS)
        .where(Touch.id.in_(touched))
        .order_by(Touch.touched_on.desc(), Touch.id.desc())
        .limit(limit)
    )
    return _rows(session, query)


def of_day(session: Session, on: date, limit: int) -> tuple[TouchRow, ...]:
    """Return the touches of one day, the last logged first; notes are none."""
    notes = tuple(kind.value for kind in UNCOUNTED_KINDS)
    happened = (Touch.touched_on == on) & Touch.kind.not_in(notes)
    query = select(*_COLUMNS).where(happened).order_by(Touch.id.desc()).limit(limit)
    return _rows(session, query)


def last_touches(session: Session, people: Sequence[int]) -> dict[int, date | None]:
    """Return when each of these people was last touched, as far as it counts."""
    found: dict[int, date | None] = {}
    for chunk in chunks(people):
        rows = session.execute(select(Person.id, Person.last_touch_on).where(Person.id.in_(chunk)))
        found.update({row.id: row.last_touch_on for row in rows})
    return found


def end_snoozes(session: Session, people: Iterable[int]) -> None:
    """Let nobody of `people` be snoozed or planned, their snoozes counted from none; whoever calls settles them."""
    for chunk in chunks(list(people)):
        statement = update(Person).where(Person.id.in_(chunk)).values(RENEWED)
        session.execute(statement, execution_options=_UNSYNCED)


def next_due(session: Session, person_id: int) -> date | None:
    """Return when a person's next check-in is due."""
    return session.scalar(select(Person.next_due_on).where(Person.id == person_id))


def settle(session: Session, people: Iterable[int], today: date) -> None:
    """Bring the derived dates of these people up to date."""
    derived.settle(session, people, today=today)


def _values(touch: TouchDraft) -> dict[str, Any]:
    direction = touch.direction or usual_direction(touch.kind)
    return {
        "kind": touch.kind.value,
        "direction": direction.value,
        "touched_on": touch.on,
        "note": touch.note,
    }


def _add_people(session: Session, touch_id: int, touch: TouchDraft, people: Iterable[int]) -> None:
    session.add_all(
        TouchPerson(touch_id=touch_id, person_id=person, kind=touch.kind.value, touched_on=touch.on)
        for person in people
    )
    session.flush()


def _rows(session: Session, query: Select[*tuple[Any, ...]]) -> tuple[TouchRow, ...]:
    found = session.execute(query).all()
    people = _people_of(session, [row.id for row in found])
    return tuple(_row(row, people.get(row.id, {})) for row in found)


def _row(row: Row[*tuple[Any, ...]], people: dict[PersonId, str]) -> TouchRow:
    return TouchRow(
        TouchId(row.id),
        TouchKind(row.kind),
        Direction(row.direction),
        row.touched_on,
        row.note,
        tuple(people.items()),
    )


def _people_of(session: Session, touches: Sequence[int]) -> dict[int, dict[PersonId, str]]:
    """Return who took part in each of these touches, in the order they were named."""
    found: dict[int, dict[PersonId, str]] = {}
    for chunk in chunks(touches):
        query = (
            select(TouchPerson.id, TouchPerson.touch_id, TouchPerson.person_id, Person.display_name)
            .join(Person, Person.id == TouchPerson.person_id)
            .where(TouchPerson.touch_id.in_(chunk))
        )
        for row in sorted(session.execute(query), key=lambda row: row.id):
            found.setdefault(row.touch_id, {})[PersonId(row.person_id)] = row.display_name
    return found
