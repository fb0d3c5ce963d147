"""Everything of one person or one company, read as drafts and cards."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm.domain.cadence import state
from crm.domain.company import CompanyCard, CompanyDraft, CompanyPerson
from crm.domain.contactkeys import linkedin_address
from crm.domain.levelling import Why
from crm.domain.person import (
    Colleague,
    ContactKind,
    ContactPoint,
    CustomField,
    DateKind,
    ImportantDate,
    PartialDate,
    PersonCard,
    PersonDraft,
    PersonId,
    PersonName,
    Position,
    PositionDraft,
)
from crm.domain.touch import UNCOUNTED_KINDS, Direction, TouchKind
from crm.domain.warmth import PastTouch, clocks, warmth
from crm.store import derived, intervals, rows, tables
from crm.store.page_tables import CustomField as CustomFieldRow
from crm.store.page_tables import IntroducedBy
from crm.store.tables import Company, ImportBatch, Person, PersonTag, Tag, Touch, TouchPerson

COLLEAGUES = 5
_TOUCHES = tuple(kind.value for kind in UNCOUNTED_KINDS)

_NAME_COLUMNS = (
    Person.display_name, Person.given, Person.family, Person.additional, Person.prefix, Person.suffix,
    Person.nicknames, Person.notes, Person.how_met, Person.met_on, Person.starred, Person.linkedin, Person.every_count,
    Person.every_unit, Person.never,
)  # fmt: skip
_CARD_COLUMNS = (
    Person.last_touch_id, Person.snooze_count, Person.photo_link, Person.ideal_on, Person.placed_why, Touch.kind,
    Touch.note, ImportBatch.files,
)  # fmt: skip
_COMPANY_COLUMNS = (
    Company.name, Company.site, Company.industry, Company.size, Company.place, Company.notes, Company.target,
    Company.every_count, Company.every_unit,
)  # fmt: skip


def person_draft(session: Session, person_id: int) -> PersonDraft | None:
    """Return what the editor starts from, None when there is no such person."""
    row = session.execute(select(*_NAME_COLUMNS).where(Person.id == person_id)).first()
    return None if row is None else _draft(session, person_id, row, _positions(session, person_id))


def person_card(session: Session, person_id: int, today: date) -> PersonCard | None:
    """Return everything the contact page shows of a person, None when there is no such person."""
    query = (
        select(*rows.PERSON_COLUMNS, *_NAME_COLUMNS[1:], *_CARD_COLUMNS)
        .outerjoin(Company, Company.id == Person.company_id)
        .outerjoin(Touch, Touch.id == Person.last_touch_id)
        .outerjoin(ImportBatch, ImportBatch.id == Person.batch_id)
        .where(Person.id == person_id)
    )
    row = session.execute(query).first()
    if row is None:
        return None
    positions = _positions(session, person_id)
    touches = _touches(session, person_id)
    colleagues, total = _colleagues(session, person_id, row.company_id)
    return PersonCard(
        row=rows.person_row(row, today),
        draft=_draft(session, person_id, row, positions),
        positions=positions,
        facts=rows.facts(row),
        warmth=warmth(touches, today),
        clocks=clocks(touches, today),
        rules=derived.rules_of(session, person_id),
        last_touch_kind=row.kind or "",
        last_touch_note=row.note or "",
        snooze_count=row.snooze_count,
        added_on=row.added_on,
        imported_from=", ".join(row.files or ()),
        colleagues=colleagues,
        colleagues_total=total,
        introduced_by=next(
            iter(_met_through(session, IntroducedBy.by_id, IntroducedBy.person_id, person_id)), None
        ),
        introduced=_met_through(session, IntroducedBy.person_id, IntroducedBy.by_id, person_id),
        photo_link=row.photo_link,
        ideal_on=row.ideal_on,
        placed=Why(row.placed_why) if row.placed_why else None,
    )


def company_draft(session: Session, company_id: int) -> CompanyDraft | None:
    """Return what the company's editor starts from, None when there is no such company."""
    row = session.execute(select(*_COMPANY_COLUMNS).where(Company.id == company_id)).first()
    if row is None:
        return None
    return CompanyDraft(
        name=row.name,
        site=row.site,
        industry=row.industry,
        size=row.size,
        place=row.place,
        notes=row.notes,
        target=row.target,
        contacts=_contacts(session, tables.ContactPoint.company_id, company_id),
        every=intervals.every_of(row),
    )


def company_card(session: Session, company_id: int, today: date) -> CompanyCard | None:
    """Return everything the company's page shows, None when there is no such company."""
    draft = company_draft(session, company_id)
    if draft is None:
        return None
    now, past = _company_people(session, company_id, today)
    touched = next((person for person in now if person.last_touch_on), None)
    return CompanyCard(
        row=rows.companies(session, [company_id])[0],
        draft=draft,
        now=now,
        past=past,
        touches=_company_touches(session, company_id),
        last_touched=touched.name if touched else "",
    )


def _draft(
    session: Session, person_id: int, row: Row[*tuple[Any, ...]], positions: Sequence[Position]
) -> PersonDraft:
    return PersonDraft(
        display_name=row.display_name,
        name=PersonName(row.family, row.given, row.additional, row.prefix, row.suffix),
        nicknames=tuple(row.nicknames),
        contacts=_contacts(session, tables.ContactPoint.person_id, person_id),
        positions=tuple(
            PositionDraft(p.company, p.title, p.department, p.from_on, p.until_on, p.current)
            for p in positions
        ),
        dates=_dates(session, person_id),
        tags=_tags(session, person_id),
        notes=row.notes,
        how_met=row.how_met,
        met_on=row.met_on,
        starred=row.starred,
        linkedin=linkedin_address(row.linkedin),
        every=intervals.every_of(row),
        never=row.never,
        introduced_by=_introduced_by(session, person_id),
        fields=_fields(session, person_id),
    )


def _positions(session: Session, person_id: int) -> tuple[Position, ...]:
    held = tables.Position
    query = (
        select(
            held.company_id,
            Company.name,
            held.title,
            held.department,
            held.from_on,
            held.until_on,
            held.current,
        )
        .join(Company, Company.id == held.company_id)
        .where(held.person_id == person_id)
        .order_by(held.ord, held.id)
    )
    return tuple(Position(*row) for row in session.execute(query))


def _contacts(
    session: Session, owner: InstrumentedAttribute[int | None], owner_id: int
) -> tuple[ContactPoint, ...]:
    point = tables.ContactPoint
    query = (
        select(point.kind, point.value, point.label, point.types, point.preferred, point.parts)
        .where(owner == owner_id)
        .order_by(point.ord, point.id)
    )
    return tuple(
        ContactPoint(
            ContactKind(row.kind), row.value, row.label, tuple(row.types), row.preferred, tuple(row.parts)
        )
        for row in session.execute(query)
    )


def _dates(session: Session, person_id: int) -> tuple[ImportantDate, ...]:
    kept = tables.ImportantDate
    query = (
        select(kept.kind, kept.year, kept.month, kept.day, kept.text, kept.label)
        .where(kept.person_id == person_id)
        .order_by(kept.ord, kept.id)
    )
    return tuple(
        ImportantDate(DateKind(row.kind), PartialDate(row.year, row.month, row.day, row.text), row.label)
        for row in session.execute(query)
    )


def _tags(session: Session, person_id: int) -> tuple[str, ...]:
    query = select(Tag.name).join(PersonTag, PersonTag.tag_id == Tag.id)
    return tuple(session.scalars(query.where(PersonTag.person_id == person_id).order_by(Tag.key)))


def _fields(session: Session, person_id: int) -> tuple[CustomField, ...]:
    kept = CustomFieldRow
    query = select(kept.name, kept.value).where(kept.person_id == person_id).order_by(kept.ord, kept.id)
    return tuple(CustomField(*row) for row in session.execute(query))


def _introduced_by(session: Session, person_id: int) -> PersonId | None:
    found = session.scalar(select(IntroducedBy.by_id).where(IntroducedBy.person_id == person_id))
    return None if found is None else PersonId(found)


def _met_through(
    session: Session, side: InstrumentedAttribute[int], other: InstrumentedAttribute[int], person_id: int
) -> tuple[Colleague, ...]:
    """Return whom introductions name on one side that name `person_id` on the other."""
    query = (
        select(Person.id, Person.display_name, Person.title)
        .join(IntroducedBy, side == Person.id)
        .where(other == person_id)
        .order_by(Person.sort_key, Person.id)
    )
    return tuple(Colleague(PersonId(row.id), row.display_name, row.title) for row in session.execute(query))


def _touches(session: Session, person_id: int) -> list[PastTouch]:
    """Return all touches of a person as warmth looks at them, the oldest first."""
    query = (
        select(TouchPerson.touched_on, TouchPerson.kind, Touch.direction)
        .join(Touch, Touch.id == TouchPerson.touch_id)
        .where(TouchPerson.person_id == person_id)
        .order_by(TouchPerson.touched_on, TouchPerson.touch_id)
    )
    return [PastTouch(on, TouchKind(kind), Direction(way)) for on, kind, way in session.execute(query)]


def _colleagues(
    session: Session, person_id: int, company_id: int | None
) -> tuple[tuple[Colleague, ...], int]:
    """Return a few others who are now at the same company, the last touched first, and how many there are."""
    if company_id is None:
        return (), 0
    there = tables.Position
    at_company = (there.company_id == company_id) & there.current & (there.person_id != person_id)
    total = session.scalar(select(func.count(there.person_id.distinct())).where(at_company)) or 0
    query = (
        select(Person.id, Person.display_name, func.min(there.title))
        .join(there, there.person_id == Person.id)
        .where(at_company)
        .group_by(Person.id)
        .order_by(Person.last_touch_on.desc(), Person.sort_key, Person.id)
        .limit(COLLEAGUES)
    )
    found = tuple(Colleague(PersonId(row[0]), row[1], row[2]) for row in session.execute(query))
    return found, total


def _company_people(
    session: Session, company_id: int, today: date
) -> tuple[tuple[CompanyPerson, ...], tuple[CompanyPerson, ...]]:
    """Return the people there now, the last touched first, and those who left, the latest first."""
    held = tables.Position
    query = (
        select(*rows.PERSON_COLUMNS, held.title.label("held"), held.department, held.current, held.until_on)
        .join(held, held.person_id == Person.id)
        .outerjoin(Company, Company.id == Person.company_id)
        .where(held.company_id == company_id)
        .order_by(
            held.current.desc(), Person.last_touch_on.desc(), held.until_on.desc(), Person.sort_key, held.ord
        )
    )
    found: dict[int, CompanyPerson] = {}
    for row in session.execute(query):
        if row.id not in found:
            found[row.id] = _company_person(row, today)
    now = tuple(person for person in found.values() if person.current)
    past = [person for person in found.values() if not person.current]
    past.sort(key=lambda person: person.until_on or date.min, reverse=True)
    return now, tuple(past)


def _company_person(row: Row[*tuple[Any, ...]], today: date) -> CompanyPerson:
    return CompanyPerson(
        id=row.id,
        name=row.display_name,
        title=row.held,
        department=row.department,
        current=row.current,
        until_on=row.until_on,
        last_touch_on=row.last_touch_on,
        next_due_on=row.next_due_on,
        state=state(rows.facts(row), today),
        photo=row.photo_sha,
    )


def _company_touches(session: Session, company_id: int) -> int:
    """Return how many touches there were with people who are there now or were once."""
    there = select(tables.Position.person_id).where(tables.Position.company_id == company_id)
    query = select(func.count(TouchPerson.touch_id.distinct())).where(
        TouchPerson.person_id.in_(there), TouchPerson.kind.not_in(_TOUCHES)
    )
    return session.scalar(query) or 0
