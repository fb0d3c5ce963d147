"""Lines of lists, selected column by column: people and companies by id."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from crm.domain.cadence import CheckInFacts, state
from crm.domain.company import CompanyId, CompanyRow
from crm.domain.person import PersonId, PersonRow, Standing
from crm.store import intervals
from crm.store.tables import Company, Person, Position

FACES = 3
_CHUNK = 500

PERSON_COLUMNS = (
    Person.id, Person.display_name, Person.title, Company.name.label("company"), Person.company_id, Person.email,
    Person.starred, Person.last_touch_on, Person.next_due_on, Person.snoozed_until, Person.standing, Person.photo_sha,
    Person.cadence_count, Person.cadence_unit, Person.cadence_source, Person.cadence_name, Person.added_on,
    Person.met_on, Person.skipped_on, Person.resting,
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
        suggested=row.standing == Standing.ACTIVE,
    )


def person_row(row: Row[*tuple[Any, ...]], today: date) -> PersonRow:
    """Return a line from the columns of `select_people`."""
    return PersonRow(
        id=PersonId(row.id),
        name=row.display_name,
        title=row.title,
        company=row.company or "",
        company_id=row.company_id,
        email=row.email,
        starred=row.starred,
        last_touch_on=row.last_touch_on,
        next_due_on=row.next_due_on,
        state=state(facts(row), today),
        cadence=intervals.cadence(row.cadence_count, row.cadence_unit, row.cadence_source, row.cadence_name),
        snoozed_until=row.snoozed_until,
        standing=Standing(row.standing),
        photo=row.photo_sha,
    )


def companies(session: Session, ids: Sequence[int]) -> tuple[CompanyRow, ...]:
    """Return the lines of these companies in the order of `ids`; those that are gone are left out."""
    found: dict[int, CompanyRow] = {}
    for start in range(0, len(ids), _CHUNK):
        chunk = list(ids[start : start + _CHUNK])
        faces = _faces(session, chunk)
        for row in session.execute(select(*_COMPANY_COLUMNS).where(Company.id.in_(chunk))):
            found[row.id] = CompanyRow(
                id=CompanyId(row.id),
                name=row.name,
                people=row.people,
                past_people=row.past_people,
                last_touch_on=row.last_touch_on,
                target=row.target,
                industry=row.industry,
                place=row.place,
                faces=tuple(faces.get(row.id, ())),
            )
    return tuple(found[company] for company in ids if company in found)


def _faces(session: Session, ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the names of up to three people now at each company, the last touched first."""
    recent = (Person.last_touch_on.desc(), Person.sort_key, Person.id)
    ranked = (
        select(
            Position.company_id,
            Person.display_name,
            func.row_number().over(partition_by=Position.company_id, order_by=recent).label("place"),
        )
        .join(Person, Person.id == Position.person_id)
        .where(Position.company_id.in_(list(ids)), Position.current)
        .group_by(Position.company_id, Person.id)
        .subquery()
    )
    best = select(ranked).where(ranked.c.place <= FACES).order_by(ranked.c.company_id, ranked.c.place)
    found: dict[int, list[str]] = {}
    for row in session.execute(best):
        found.setdefault(row.company_id, []).append(row.display_name)
    return found
