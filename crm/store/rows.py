"""Lines of lists, selected column by column: people and companies by id."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, func, select
from sqlalchemy.orm import Session

from crm.domain.cadence import Cadence, CadenceSource, CheckInFacts, state
from crm.domain.company import CompanyId, CompanyRow
from crm.domain.person import PersonRow, Standing
from crm.store import intervals
from crm.store.tables import Company, Person, Position

FACES = 3
_BETWEEN = "\x1f"  # no name holds it (`folding.clean`)
_CHUNK = 500

PERSON_COLUMNS = (
    Person.id, Person.display_name, Person.title, Company.name.label("company"), Person.company_id, Person.email,
    Person.starred, Person.last_touch_on, Person.next_due_on, Person.snoozed_until, Person.standing, Person.photo_sha,
    Person.cadence_count, Person.cadence_unit, Person.cadence_source, Person.cadence_name, Person.added_on,
    Person.met_on, Person.skipped_on, Person.resting, Person.meeting_on,
)  # fmt: skip
_COMPANY_COLUMNS = (
    Company.id, Company.name, Company.people, Company.past_people, Company.last_touch_on, Company.target,
    Company.industry, Company.place,
)  # fmt: skip


def people(session: Session, ids: Sequence[int], today: date) -> tuple[PersonRow, ...]:
    """Return the lines of these people in the order of `ids`; those that are gone are left out."""
    found: dict[int, PersonRow] = {}
    for start in range(0, len(ids), _CHUNK):
        chosen = select_people().where(Person.id.in_(list(ids[start : start + _CHUNK])))
        found.update((row.id, person_row(row, today)) for row in session.execute(chosen))
    return tuple(found[person] for person in ids if person in found)


def select_people() -> Select[*tuple[Any, ...]]:
    """Return the query of everything `person_row` needs, to be narrowed and ordered."""
    return select(*PERSON_COLUMNS).outerjoin(Company, Company.id == Person.company_id)


def facts(row: Row[*tuple[Any, ...]]) -> CheckInFacts:
    """Return what the check-in rules look at, with the rule that won as `every`."""
    return CheckInFacts(
        added_on=row.added_on,
        every=intervals.interval(row.cadence_count, row.cadence_unit),
        last_touch_on=row.last_touch_on,
        met_on=row.met_on,
        skipped_on=row.skipped_on,
        snoozed_until=row.snoozed_until,
        resting=row.resting,
        meeting_on=row.meeting_on,
        suggested=row.standing == Standing.ACTIVE,
        due_on=row.next_due_on,
    )


def person_row(row: Row[*tuple[Any, ...]], today: date) -> PersonRow:
    """Return a line from the columns of `select_people`, which may be followed by others."""
    (
        person, name, title, company, company_id, email, starred, last_touch_on, next_due_on, snoozed_until, standing,
        photo, count, unit, source, rule, added_on, met_on, skipped_on, resting, meeting_on,
    ) = row[: len(PERSON_COLUMNS)]  # fmt: skip
    every = intervals.interval(count, unit)
    active = standing == Standing.ACTIVE
    looked_at = CheckInFacts(
        added_on,
        every,
        last_touch_on,
        met_on,
        skipped_on,
        snoozed_until,
        resting,
        meeting_on,
        suggested=active,
        due_on=next_due_on,
    )
    return PersonRow(
        person, name, title, company or "", company_id, email, starred, last_touch_on, next_due_on,
        state(looked_at, today), Cadence(every, CadenceSource(source), rule), snoozed_until, Standing(standing), photo,
    )  # fmt: skip


def companies(session: Session, ids: Sequence[int]) -> tuple[CompanyRow, ...]:
    """Return the lines of these companies in the order of `ids`; those that are gone are left out."""
    found: dict[int, CompanyRow] = {}
    for start in range(0, len(ids), _CHUNK):
        chosen = select(*_COMPANY_COLUMNS, _faces()).where(Company.id.in_(list(ids[start : start + _CHUNK])))
        for row in session.execute(chosen):
            faces: str = row[-1] or ""
            found[row.id] = CompanyRow(
                CompanyId(row.id), row.name, row.people, row.past_people, row.last_touch_on, row.target, row.industry, row.place,
                tuple(faces.split(_BETWEEN)) if faces else (),
            )  # fmt: skip
    return tuple(found[company] for company in ids if company in found)


def _faces() -> ScalarSelect[str]:
    """Return the column of the names of up to three people now at a company, the last touched first."""
    there = select(Position.person_id).where(Position.company_id == Company.id, Position.current)
    recent = (
        select(Person.display_name)
        .where(Person.id.in_(there.correlate(Company)))
        .order_by(Person.last_touch_on.desc(), Person.sort_key, Person.id)
        .limit(FACES)
        .correlate(Company)
        .subquery()
    )
    return select(func.group_concat(recent.c.display_name, _BETWEEN)).scalar_subquery()
