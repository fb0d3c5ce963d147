"""What Today shows, each part one walk over an index that ends after a page, however large the book is."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, text
from sqlalchemy.orm import Session

from crm.domain import whynow as rules
from crm.domain.agenda import CheckInRow, DayLoad, WeekTouches, standing, urgency
from crm.domain.cadence import CadenceSource
from crm.domain.calendar import EventKind
from crm.domain.levelling import Why
from crm.domain.person import PersonRow, Standing
from crm.domain.reasons import CheckInReason, Known, Reason
from crm.domain.schedule import Scheduled
from crm.domain.touch import UNCOUNTED_KINDS, TouchKind
from crm.store import rows, whynow
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
    Person.phone, Person.batch_id, Person.check_in_on, Person.soon_on, Touch.kind, Touch.note, Person.ideal_on,
    Person.placed_why, Person.never, Person.losing_on, Person.quiet_on, Person.rhythm_days, Person.rhythm_gaps,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of Today. Those of people stop at 10,000, those of a week's touches at 1,000.

    `checked_in` and `checked_in_week` are those with a rule for how often who were in touch today and this week.
    """

    due: int
    due_today: int
    losing: int
    people: int
    planned: int
    checked_in: int
    checked_in_week: int
    week: tuple[DayLoad, ...]
    rhythm: tuple[WeekTouches, ...]


def counts(session: Session, today: date) -> Counts:
    """Return every number of Today, counted in one statement. What is overdue counts on today."""
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=number) for number in range(7)]
    weeks = [monday - timedelta(weeks=WEEKS - 1 - number) for number in range(WEEKS + 1)]
    values = {f"d{number}": day.isoformat() for number, day in enumerate(days)}
    values |= {f"w{number}": day.isoformat() for number, day in enumerate(weeks)}
    found = session.execute(_COUNTS, {"today": today.isoformat(), **values}).one()
    due, due_today, losing, people, planned, checked_in, checked_in_week, *rest = found
    loads = [
        due if day == today else load if day > today else 0 for day, load in zip(days, rest, strict=False)
    ]
    week = tuple(DayLoad(day, load) for day, load in zip(days, loads, strict=True))
    rhythm = tuple(WeekTouches(day, touches) for day, touches in zip(weeks, rest[7:], strict=False))
    return Counts(due, due_today, losing, people, planned, checked_in, checked_in_week, week, rhythm)


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


def suggested(session: Session, ids: Collection[int], today: date) -> tuple[CheckInRow, ...]:
    """Return those of these people whom a rule suggests today, with every reason."""
    return _with_reasons(session, ids, today, lambda known: rules.why_now(known, today))


def coming(session: Session, ids: Collection[int], today: date, until: date) -> tuple[CheckInRow, ...]:
    """Return those of these people for whom something is dated after today and up to a day."""
    return _with_reasons(session, ids, today, lambda known: rules.coming(known, today, until))


def ahead(session: Session, today: date, until: date, limit: int) -> list[int]:
    """Return whose check-in is after today and up to a day, the nearest first."""
    between = (Person.check_in_on > today) & (Person.check_in_on <= until)
    return list(session.scalars(select(Person.id).where(_ACTIVE, between).order_by(*_BY_DAY).limit(limit)))


def scheduled(session: Session, since: date, until: date) -> tuple[Scheduled, ...]:
    """Return every check-in that is planned on these days, the first ones first."""
    query = with_reasons().add_columns(*_OCCURRENCE).where(_ACTIVE, Person.check_in_on.between(since, until))
    found = session.execute(query.order_by(*_BY_DAY))
    return tuple(
        Scheduled(
            EventKind.CHECK_IN,
            row.check_in_on,
            _line(row, why := reason(row, row.check_in_on), (why,), row.check_in_on),
            row.check_in_uid,
            row.check_in_changed_at.replace(tzinfo=UTC),
            row.check_in_sequence,
        )
        for row in found
    )


def with_reasons() -> Select[*tuple[Any, ...]]:
    """Return the query of everything that `person_row` and `reason` need, to be narrowed and ordered."""
    return rows.select_people().add_columns(*_ROW).outerjoin(Touch, Touch.id == Person.last_touch_id)


def reason(row: Row[*tuple[Any, ...]], today: date) -> CheckInReason:
    """Return what is known of a person's check-in, from the columns of `with_reasons`; a snooze that is over is past."""
    snoozed = row.check_in_on is not None and row.check_in_on > today
    return CheckInReason(
        every=interval(row.cadence_count, row.cadence_unit),
        source=CadenceSource(row.cadence_source),
        source_name=row.cadence_name,
        last_touch_on=row.last_touch_on,
        last_kind=TouchKind(row.kind) if row.kind else None,
        last_note=row.note or "",
        snoozed_from=row.next_due_on if row.next_due_on != row.check_in_on == row.snoozed_until else None,
        added_on=row.added_on,
        imported=row.batch_id is not None,
        placed=Why(row.placed_why) if row.placed_why else None,
        placed_on=row.next_due_on,
        ideal_on=row.ideal_on,
        on=row.check_in_on if snoozed else row.next_due_on,
        soon_on=row.soon_on,
    )


def _with_reasons(
    session: Session, ids: Collection[int], today: date, why: Callable[[Known], tuple[Reason, ...]]
) -> tuple[CheckInRow, ...]:
    found = session.execute(with_reasons().where(Person.id.in_(ids))).all()
    gathered = whynow.gather(session, ids, today)
    lines = []
    for row in found:
        check_in = reason(row, today)
        if reasons := why(gathered.known(row, check_in)):
            lines.append(_line(row, check_in, reasons, today))
    return tuple(lines)


def _line(
    row: Row[*tuple[Any, ...]], check_in: CheckInReason, reasons: tuple[Reason, ...], today: date
) -> CheckInRow:
    person = rows.person_row(row, today)
    due_on, state = standing(reasons[0], person.state, today)
    return CheckInRow(person, due_on, state, check_in, row.email, row.phone, reasons)


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
            _people("last_touch_on = :today AND cadence_count IS NOT NULL"),
            _people("last_touch_on >= :d0 AND cadence_count IS NOT NULL"),
            *(_people(f"check_in_on = :d{number}") for number in range(7)),
            *(_touches(f"touched_on >= :w{n} AND touched_on < :w{n + 1}") for n in range(WEEKS)),
        ]
    )
)
