"""What Today shows, each part one walk over an index that ends after a page, however large the book is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, text
from sqlalchemy.orm import Session

from crm.domain.agenda import CheckInRow, DayLoad, WeekTouches, urgency
from crm.domain.cadence import CadenceSource
from crm.domain.levelling import Why
from crm.domain.person import PersonRow, Standing
from crm.domain.reasons import CheckInReason
from crm.domain.touch import UNCOUNTED_KINDS, TouchKind
from crm.store import rows
from crm.store.intervals import interval
from crm.store.tables import Person, Touch

CANDIDATES = 200
WEEKS = 6
# Counts stop here: a number on a page needn't be exact beyond what anybody would act on.
MOST_PEOPLE = 10_000
MOST_TOUCHES = 1_000

_ACTIVE = Person.standing == Standing.ACTIVE.value
_BY_DAY = (Person.check_in_on, Person.sort_key, Person.id)
_CANDIDATE = (
    Person.id, Person.next_due_on, Person.cadence_count, Person.cadence_unit, Person.soon_on, Person.snoozed_until,
    Person.check_in_on, Person.sort_key,
)  # fmt: skip
_OCCURRENCE = (Person.check_in_uid, Person.check_in_sequence, Person.check_in_changed_at)
_ROW = (
    Person.phone, Person.batch_id, Person.check_in_on, Touch.kind, Touch.note, Person.ideal_on, Person.placed_why,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of Today. Those of people stop at 10,000, those of a week's touches at 1,000."""

    due: int
    due_today: int
    losing: int
    people: int
    planned: int
    week: tuple[DayLoad, ...]
    rhythm: tuple[WeekTouches, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A check-in as the calendar sees it; `uid` stays while it moves, `sequence` grows each time it does."""

    check_in: CheckInRow
    on: date
    uid: str
    sequence: int
    changed_at: datetime


def counts(session: Session, today: date) -> Counts:
    """Return every number of Today, counted in one statement. What is overdue counts on today."""
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=number) for number in range(7)]
    weeks = [monday - timedelta(weeks=WEEKS - 1 - number) for number in range(WEEKS + 1)]
    values = {f"d{number}": day.isoformat() for number, day in enumerate(days)}
    values |= {f"w{number}": day.isoformat() for number, day in enumerate(weeks)}
    found = session.execute(_COUNTS, {"today": today.isoformat(), **values}).one()
    due, due_today, losing, people, planned, *rest = found
    loads = [
        due if day == today else load if day > today else 0 for day, load in zip(days, rest, strict=False)
    ]
    week = tuple(DayLoad(day, load) for day, load in zip(days, loads, strict=True))
    rhythm = tuple(WeekTouches(day, touches) for day, touches in zip(weeks, rest[7:], strict=False))
    return Counts(due, due_today, losing, people, planned, week, rhythm)


def due(session: Session, today: date, limit: int) -> list[int]:
    """Return who is overdue or due, the most urgent first; of more than 200 only those waiting longest are looked at."""
    found = session.execute(_candidates(Person.check_in_on <= today))
    return [row.id for row in sorted(found, key=lambda row: _urgency(row, today))[:limit]]


def soon(session: Session, today: date, until: date) -> list[int]:
    """Return whose interval is nearly over and ends by a day, the nearest first, among the next 200 check-ins."""
    ahead = _candidates((Person.check_in_on > today) & (Person.check_in_on <= until)).subquery()
    awake = or_(ahead.c.snoozed_until.is_(None), ahead.c.snoozed_until <= today)
    query = select(ahead.c.id).where(ahead.c.soon_on <= today, awake)
    return list(session.scalars(query))


def next_up(session: Session, today: date) -> list[int]:
    """Return whose check-in is the next after today, if there is one."""
    query = select(Person.id).where(_ACTIVE, Person.check_in_on > today).order_by(*_BY_DAY).limit(1)
    return list(session.scalars(query))


def losing(session: Session, today: date, but: Sequence[int], limit: int) -> tuple[PersonRow, ...]:
    """Return those who just began to slip away, the latest first, without `but`, those snoozed and those with a never."""
    query = (
        select(Person.id, Person.snoozed_until, Person.never)
        .where(_ACTIVE, Person.losing_on <= today)
        .order_by(Person.losing_on.desc(), Person.id.desc())
        .limit(limit + len(but) + CANDIDATES // 2)
    )
    shown = set(but)
    found = [
        row.id
        for row in session.execute(query)
        if row.id not in shown and not row.never and (row.snoozed_until is None or row.snoozed_until <= today)
    ]
    return rows.people(session, found[:limit], today)


def check_ins(session: Session, ids: Sequence[int], today: date) -> tuple[CheckInRow, ...]:
    """Return the check-ins of these people in the order of `ids`."""
    query = with_reasons().where(Person.id.in_(ids))
    found = {row.id: row for row in session.execute(query)}
    return tuple(_check_in(found[person], today) for person in ids if person in found)


def planned(session: Session, until: date) -> tuple[Planned, ...]:
    """Return every check-in that is planned up to a day, the first ones first; the overdue are among them."""
    query = with_reasons().add_columns(*_OCCURRENCE).where(_ACTIVE, Person.check_in_on <= until)
    found = session.execute(query.order_by(*_BY_DAY))
    return tuple(
        Planned(
            _check_in(row, row.check_in_on),
            row.check_in_on,
            row.check_in_uid,
            row.check_in_sequence,
            row.check_in_changed_at.replace(tzinfo=UTC),
        )
        for row in found
    )


def with_reasons() -> Select[*tuple[Any, ...]]:
    """Return the query of everything that `person_row` and `reason` need, to be narrowed and ordered."""
    return rows.select_people().add_columns(*_ROW).outerjoin(Touch, Touch.id == Person.last_touch_id)


def reason(row: Row[*tuple[Any, ...]]) -> CheckInReason:
    """Return why a person is suggested, from the columns of `with_reasons`."""
    return CheckInReason(
        every=interval(row.cadence_count, row.cadence_unit),
        source=CadenceSource(row.cadence_source),
        source_name=row.cadence_name,
        last_touch_on=row.last_touch_on,
        last_kind=TouchKind(row.kind) if row.kind else None,
        last_note=row.note or "",
        snoozed_from=row.next_due_on if row.check_in_on != row.next_due_on else None,
        added_on=row.added_on,
        imported=row.batch_id is not None,
        placed=Why(row.placed_why) if row.placed_why else None,
        placed_on=row.next_due_on,
        ideal_on=row.ideal_on,
    )


def _check_in(row: Row[*tuple[Any, ...]], today: date) -> CheckInRow:
    person = rows.person_row(row, today)
    due_on = row.check_in_on if row.check_in_on > today else row.next_due_on
    return CheckInRow(person, due_on, person.state, reason(row), row.email, row.phone)


def _candidates(when: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return select(*_CANDIDATE).where(and_(_ACTIVE, when)).order_by(*_BY_DAY).limit(CANDIDATES)


def _urgency(row: Row[*tuple[Any, ...]], today: date) -> tuple[int, float, date, int]:
    every = interval(row.cadence_count, row.cadence_unit)
    return urgency(row.next_due_on, every, row.id, today)


def _people(when: str) -> str:
    return f"(SELECT count(*) FROM (SELECT 1 FROM person WHERE standing = 'active' AND {when} LIMIT {MOST_PEOPLE}))"


def _touches(when: str) -> str:
    notes = ", ".join(f"'{kind.value}'" for kind in UNCOUNTED_KINDS)
    return f"(SELECT count(*) FROM (SELECT 1 FROM touch WHERE {when} AND kind NOT IN ({notes}) LIMIT {MOST_TOUCHES}))"


_COUNTS = text(
    "SELECT "
    + ", ".join(
        [
            _people("check_in_on <= :today"),
            _people("check_in_on = :today AND next_due_on = :today"),
            _people("losing_on <= :today"),
            _people("true"),
            _people("check_in_on >= ''"),  # unlike IS NOT NULL, a range of the index
            *(_people(f"check_in_on = :d{number}") for number in range(7)),
            *(_touches(f"touched_on >= :w{n} AND touched_on < :w{n + 1}") for n in range(WEEKS)),
        ]
    )
)
