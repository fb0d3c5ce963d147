"""Events: rows, who is there, and what came of the people met."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, delete, func, select, update
from sqlalchemy.orm import Session

from crm.domain.event import (
    Attendance,
    EventDraft,
    EventId,
    EventRow,
    EventStatus,
    EventType,
    Outcome,
)
from crm.domain.introduction import IntroductionState
from crm.domain.person import PersonId
from crm.domain.touch import COUNTING_KINDS
from crm.store.event_tables import Event, EventPerson
from crm.store.introduction_tables import Introduction
from crm.store.opportunity_tables import Opportunity, OpportunityPerson
from crm.store.people import chunks
from crm.store.tables import Person, TouchPerson

_UNSYNCED = {"synchronize_session": False}


def insert(session: Session, draft: EventDraft) -> int:
    """Add an event; return the id."""
    row = Event(**_values(draft))
    session.add(row)
    session.flush()
    _set_people(session, row.id, draft.expected, Attendance.EXPECTED)
    return row.id


def update_from(session: Session, event: int, draft: EventDraft) -> None:
    """Make an event say what `draft` says; who was met stays."""
    session.execute(
        update(Event).where(Event.id == event).values(_values(draft)), execution_options=_UNSYNCED
    )
    _set_people(session, event, draft.expected, Attendance.EXPECTED)


def delete_event(session: Session, event: int) -> None:
    """Remove an event; its people and touches stay."""
    session.execute(delete(Event).where(Event.id == event), execution_options=_UNSYNCED)


def add_met(session: Session, event: int, people: Iterable[int]) -> None:
    """Say that these were met."""
    known = set(_people(session, [event], Attendance.MET).get(event, {}))
    new = [person for person in people if person not in known]
    session.add_all(
        EventPerson(event_id=event, person_id=person, attendance=Attendance.MET.value) for person in new
    )
    session.flush()


def rows(session: Session, only: int | None = None) -> tuple[EventRow, ...]:
    """Return events: those that go on, then by day, the latest first; or one."""
    query = select(Event.__table__).order_by(
        Event.held_on.is_not(None), Event.held_on.desc(), Event.id.desc()
    )
    if only is not None:
        query = query.where(Event.id == only)
    return tuple(
        replace(row, outcome=_outcome(session, row.draft.held_on, [person for person, _ in row.met]))
        for row in _rows(session, query)
    )


def between(session: Session, first: date, last: date) -> list[EventRow]:
    """Return the events on these days that the user doesn't miss, the first ones first; not what came of them."""
    query = select(Event.__table__).where(
        Event.held_on.between(first, last), Event.status != EventStatus.MISSED.value
    )
    return _rows(session, query.order_by(Event.held_on, Event.id))


def _rows(session: Session, query: Select[Any]) -> list[EventRow]:
    found = session.execute(query).all()
    ids = [row.id for row in found]
    expected, met = (_people(session, ids, one) for one in (Attendance.EXPECTED, Attendance.MET))
    return [
        EventRow(
            EventId(row.id),
            _draft(row, tuple(expected.get(row.id, {}))),
            tuple(expected.get(row.id, {}).items()),
            tuple(met.get(row.id, {}).items()),
        )
        for row in found
    ]


def _outcome(session: Session, held_on: date | None, met: Sequence[int]) -> Outcome:
    if not met or held_on is None:
        return Outcome(len(met))
    counting = [kind.value for kind in COUNTING_KINDS]
    touched = opportunities = introductions = 0
    for chunk in chunks(met):
        later = (TouchPerson.touched_on > held_on) & TouchPerson.kind.in_(counting)
        touched += _count(session, TouchPerson.person_id, later & TouchPerson.person_id.in_(chunk))
        since = OpportunityPerson.opportunity_id.in_(
            select(Opportunity.id).where(Opportunity.added_on >= held_on)
        )
        there = OpportunityPerson.person_id.in_(chunk)
        opportunities += _count(session, OpportunityPerson.opportunity_id, since & there)
        made = (Introduction.state == IntroductionState.MADE.value) & (Introduction.asked_on >= held_on)
        introductions += _count(session, Introduction.id, made & Introduction.connector_id.in_(chunk))
    return Outcome(len(met), touched, opportunities, introductions)


def _count(session: Session, what: Any, when: Any) -> int:
    return session.scalar(select(func.count(what.distinct())).where(when)) or 0


def _values(draft: EventDraft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "kind": draft.kind.value,
        "held_on": draft.held_on,
        "place": draft.place,
        "link": draft.link,
        "goal": draft.goal,
        "status": draft.status.value,
        "notes": draft.notes,
        "outcome": draft.outcome,
    }


def _draft(row: Row[*tuple[Any, ...]], expected: tuple[PersonId, ...]) -> EventDraft:
    return EventDraft(
        row.name, EventType(row.kind), row.held_on, row.place, row.link, row.goal, EventStatus(row.status),
        row.notes, row.outcome, expected,
    )  # fmt: skip


def _set_people(session: Session, event: int, people: Sequence[int], attendance: Attendance) -> None:
    known = set(_people(session, [event], attendance).get(event, {}))
    gone = (
        (EventPerson.event_id == event)
        & (EventPerson.attendance == attendance.value)
        & EventPerson.person_id.in_(known - set(people))
    )
    session.execute(delete(EventPerson).where(gone), execution_options=_UNSYNCED)
    session.add_all(
        EventPerson(event_id=event, person_id=person, attendance=attendance.value)
        for person in dict.fromkeys(people)
        if person not in known
    )
    session.flush()


def _people(
    session: Session, events: Sequence[int], attendance: Attendance
) -> dict[int, dict[PersonId, str]]:
    found: dict[int, dict[PersonId, str]] = {}
    for chunk in chunks(events):
        query = (
            select(EventPerson.event_id, Person.id, Person.display_name)
            .join(Person, Person.id == EventPerson.person_id)
            .where(EventPerson.event_id.in_(chunk), EventPerson.attendance == attendance.value)
            .order_by(EventPerson.id)
        )
        for event, person, name in session.execute(query):
            found.setdefault(event, {})[PersonId(person)] = name
    return found
