"""Check-ins on days that somebody or a plan said: who is overdue, who could be planned, what a week needs."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, exists, func, or_, select
from sqlalchemy.orm import Session

from crm.domain.cadence import Interval
from crm.domain.levelling import Why, Wish
from crm.domain.person import PersonId, Standing
from crm.domain.plan import StepState
from crm.domain.planning import Candidate
from crm.store import derived, levelling
from crm.store.intervals import interval
from crm.store.opportunity_tables import Step
from crm.store.people import chunks
from crm.store.tables import Company, Person, PersonTag, Tag

MOST_CANDIDATES = 20_000
_DEFAULT_DAYS = 30
_ACTIVE = Person.standing == Standing.ACTIVE.value
_PROMISED = (
    exists()
    .where(
        Step.person_id == Person.id,
        Step.state == StepState.OPEN.value,
        Step.plan == "",
        Step.opportunity_id.is_(None),
    )
    .label("promised")
)
_COLUMNS = (
    Person.id, Person.check_in_on, Person.next_due_on, Person.company_id, Person.cadence_count, Person.cadence_unit,
)  # fmt: skip


def spread(session: Session, *, first: date, before: date, today: date, why: Why) -> dict[int, date]:
    """Give everyone whose check-in stands before a day a new one from `first` on, the most overdue first.

    Under the caps, before one more interval is over. For `AWAY`, days the user set stay. Return the new days.
    """
    query = select(*_COLUMNS).where(_ACTIVE, Person.check_in_on < before)
    if why is Why.AWAY:
        query = query.where(or_(Person.planned_why.is_(None), Person.planned_why != Why.USER.value))
    waiting = session.execute(query).all()
    wishes = [_wish(row, first, today) for row in waiting]
    leaving = [levelling.Standing(row.check_in_on, row.company_id) for row in waiting]
    days = {person: placed.on for person, placed in levelling.place(session, wishes, leaving).items()}
    plan(session, days, why, today)
    return days


def plan(session: Session, days: Mapping[int, date], why: Why, today: date) -> None:
    """Put the check-ins of these people on these days, until a touch or a skip; a snooze of theirs ends."""
    session.flush()
    for chunk in chunks(list(days)):
        values = json.dumps([[person, days[person].isoformat()] for person in chunk])
        session.connection().exec_driver_sql(
            "UPDATE person SET planned_on = json_extract(j.value, '$[1]'), planned_why = ?, snoozed_until = NULL"
            " FROM json_each(?) j WHERE person.id = json_extract(j.value, '$[0]')",
            (why.value, values),
        )
    session.expire_all()
    derived.settle(session, list(days), today=today)


def unplan(session: Session, people: Sequence[int], today: date) -> None:
    """Let levelling place these people's check-ins again."""
    session.flush()
    for chunk in chunks(people):
        session.connection().exec_driver_sql(
            "UPDATE person SET planned_on = NULL, planned_why = NULL WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(chunk),),
        )
    session.expire_all()
    derived.settle(session, people, today=today)


def overdue(session: Session, today: date) -> int:
    """Return how many check-ins stand on a day that is over."""
    return session.scalar(select(func.count()).where(_ACTIVE, Person.check_in_on < today)) or 0


def intervals(session: Session) -> dict[Interval, int]:
    """Return how many people are planned at each interval."""
    query = (
        select(Person.cadence_count, Person.cadence_unit, func.count())
        .where(_ACTIVE, Person.check_in_on >= date.min)
        .group_by(Person.cadence_count, Person.cadence_unit)
    )
    found = {interval(count, unit): people for count, unit, people in session.execute(query)}
    return {every: people for every, people in found.items() if every is not None}


def days_ahead(session: Session, today: date, weeks: int) -> list[date]:
    """Return the days of the check-ins of the next weeks, one for each; the overdue count on today."""
    query = select(Person.check_in_on).where(_ACTIVE, Person.check_in_on < today + timedelta(weeks=weeks))
    return [max(on, today) for on in session.scalars(query) if on is not None]


def candidates(session: Session) -> tuple[tuple[Candidate, ...], int]:
    """Return those who have no plan and could have one, the last touched first, and how many they are."""
    free = (_ACTIVE, Person.next_due_on.is_(None), Person.never.is_(False), Person.resting.is_(False))
    total = session.scalar(select(func.count()).select_from(Person).where(*free)) or 0
    query = (
        select(
            Person.id, Person.title, Person.company_id, Person.starred, Person.last_touch_on, Person.met_on,
            Person.how_met, Person.email, Person.phone, Company.target, Company.people, _PROMISED,
        )
        .outerjoin(Company, Company.id == Person.company_id)
        .where(*free)
        .order_by(Person.last_touch_on.desc(), Person.id)
        .limit(MOST_CANDIDATES)
    )  # fmt: skip
    rows = session.execute(query).all()
    tags = _tags(session) if rows else {}
    return tuple(_candidate(row, tags) for row in rows), total


def _wish(row: Row[*tuple[Any, ...]], first: date, today: date) -> Wish:
    every = interval(row.cadence_count, row.cadence_unit)
    last = every.after(first) if every is not None else first + timedelta(days=_DEFAULT_DAYS)
    late = (today - row.next_due_on).days
    ratio = late / max(every.days(), 1.0) if every is not None else late / _DEFAULT_DAYS
    return Wish(row.id, first, first, last, row.company_id, max(ratio, 0.0))


def _candidate(row: Row[*tuple[Any, ...]], tags: Mapping[int, tuple[str, ...]]) -> Candidate:
    return Candidate(
        PersonId(row.id),
        row.title,
        row.company_id,
        at_target=bool(row.target),
        colleagues=max((row.people or 0) - 1, 0),
        promised=row.promised,
        starred=row.starred,
        last_touch_on=row.last_touch_on,
        met_on=row.met_on,
        tags=tags.get(row.id, ()),
        how_met=row.how_met,
        reachable=bool(row.email or row.phone),
    )


def _tags(session: Session) -> dict[int, tuple[str, ...]]:
    unplanned = exists().where(Person.id == PersonTag.person_id, Person.next_due_on.is_(None))
    query = select(PersonTag.person_id, Tag.name).join(Tag, Tag.id == PersonTag.tag_id).where(unplanned)
    found: dict[int, tuple[str, ...]] = {}
    for person, name in session.execute(query):
        found[person] = (*found.get(person, ()), name)
    return found
