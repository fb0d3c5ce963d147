"""Writing companies: rows from a draft, merging, removing."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm.domain.company import CompanyDraft, company_key
from crm.domain.folding import fold
from crm.store import derived, intervals
from crm.store.childrows import assign, sync
from crm.store.opportunity_tables import Opportunity
from crm.store.people import chunks, contact_rows
from crm.store.tables import Company, ContactPoint, Position, SourceCard

# What a merge fills when the company that stays doesn't say.
_FILLED = ("site", "industry", "size", "place", "uid", "batch_id")
_UNSYNCED = {"synchronize_session": False}


def insert(session: Session, draft: CompanyDraft) -> int:
    """Add the company a tidied draft describes; return the id."""
    company = Company(**_columns(draft))
    session.add(company)
    session.flush()
    sync(session, ContactPoint.company_id, company.id, contact_rows(draft.contacts), "kind")
    derived.settle(session, companies=[company.id])
    return company.id


def update_from(session: Session, company_id: int, draft: CompanyDraft, today: date) -> bool:
    """Make a company say what a tidied draft says; return False when there is no such company."""
    company = session.get(Company, company_id)
    if company is None:
        return False
    before = (company.name, intervals.every_of(company))
    changed = assign(company, _columns(draft))
    changed |= sync(session, ContactPoint.company_id, company_id, contact_rows(draft.contacts), "kind")
    if changed:
        concerned = people_of(session, [company_id]) if before != (draft.name, draft.every) else ()
        derived.settle(session, concerned, [company_id], today=today)
    return True


def delete_companies(session: Session, ids: Sequence[int], today: date) -> None:
    """Remove companies and the positions there; the people stay."""
    people = people_of(session, ids)
    for chunk in chunks(ids):
        session.execute(delete(Company).where(Company.id.in_(chunk)), execution_options=_UNSYNCED)
    derived.settle(session, people, today=today)


def set_target(session: Session, ids: Sequence[int], *, on: bool) -> None:
    """Mark companies as targets, or no longer."""
    for chunk in chunks(ids):
        other = Company.id.in_(chunk) & (Company.target != on)
        values = {"target": on, "revision": Company.revision + 1}
        session.execute(update(Company).where(other).values(values), execution_options=_UNSYNCED)
    session.expire_all()


def merge(session: Session, keep: int, others: Sequence[int], today: date) -> None:
    """Make several companies one: `keep` holds the union of what they say, know and know of people."""
    people = people_of(session, [keep, *others])
    company = session.get_one(Company, keep)
    merged = [found for other in others if (found := session.get(Company, other)) is not None]
    _fill(company, merged)
    _join_contacts(session, keep, others)
    _join_positions(session, keep, others)
    _move(session, SourceCard.company_id, keep, others)
    _move(session, Opportunity.company_id, keep, others)
    session.flush()
    session.execute(delete(Company).where(Company.id.in_(others)), execution_options=_UNSYNCED)
    derived.settle(session, people, [keep], today=today)


def people_of(session: Session, companies: Sequence[int]) -> set[int]:
    """Return everyone who holds or held a position at these companies."""
    found: set[int] = set()
    for chunk in chunks(companies):
        found.update(session.scalars(select(Position.person_id).where(Position.company_id.in_(chunk))))
    return found


def known_as(session: Session, name: str, *, besides: int = 0) -> bool:
    """Say whether a company other than `besides` has that name."""
    same = (Company.name_key == company_key(name)) & (Company.id != besides)
    return session.scalar(select(Company.id).where(same).limit(1)) is not None


def name_of(session: Session, company_id: int) -> str:
    """Return a company's name, '' when it is gone."""
    return names_of(session, [company_id]).get(company_id, "")


def names_of(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Return the names of those of these companies that exist."""
    found: dict[int, str] = {}
    for chunk in chunks(list(ids)):
        rows = session.execute(select(Company.id, Company.name).where(Company.id.in_(chunk)))
        found.update({row.id: row.name for row in rows})
    return found


def _columns(draft: CompanyDraft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "name_key": company_key(draft.name),
        "sort_key": fold(draft.name),
        "site": draft.site,
        "industry": draft.industry,
        "size": draft.size,
        "place": draft.place,
        "notes": draft.notes,
        "target": draft.target,
        **intervals.columns(draft.every),
    }


def _fill(company: Company, others: Sequence[Company]) -> None:
    """Fill what `company` doesn't say from the others, in order; notes are joined, a target stays one."""
    for field in _FILLED:
        said = (getattr(other, field) for other in others)
        setattr(company, field, getattr(company, field) or next((value for value in said if value), ""))
    company.batch_id = company.batch_id or None
    notes = dict.fromkeys(note.strip() for note in (company.notes, *(other.notes for other in others)))
    company.notes = "\n\n".join(note for note in notes if note)
    company.target = company.target or any(other.target for other in others)
    rule = next((one for one in (company, *others) if one.every_count is not None), company)
    company.every_count, company.every_unit = rule.every_count, rule.every_unit


def _join_contacts(session: Session, keep: int, others: Sequence[int]) -> None:
    rows = _rows_of(session, ContactPoint.company_id, keep, others)
    known: set[tuple[str, str]] = set()
    for place, row in enumerate(rows):
        if (row.kind, row.key) in known and row.company_id != keep:
            session.delete(row)
            continue
        known.add((row.kind, row.key))
        assign(row, {"company_id": keep, "ord": place})


def _join_positions(session: Session, keep: int, others: Sequence[int]) -> None:
    """Move positions; one that says the same as another of that person is the same."""
    known: set[tuple[Any, ...]] = set()
    for row in _rows_of(session, Position.company_id, keep, others):
        says = (row.person_id, row.title, row.department, row.from_on, row.until_on, row.current)
        if says in known and row.company_id != keep:
            session.delete(row)
        else:
            known.add(says)
            row.company_id = keep


def _rows_of(
    session: Session, owner: InstrumentedAttribute[Any], keep: int, others: Sequence[int]
) -> list[Any]:
    """Return the rows of all these companies, those of `keep` first."""
    table = owner.class_
    rows = session.scalars(select(table).where(owner.in_([keep, *others])).order_by(table.ord, table.id))
    places = {company: place for place, company in enumerate((keep, *others))}
    return sorted(rows, key=lambda row: places[getattr(row, owner.key)])


def _move(session: Session, owner: InstrumentedAttribute[Any], keep: int, others: Sequence[int]) -> None:
    statement = update(owner.class_).where(owner.in_(others)).values({owner.key: keep})
    session.execute(statement, execution_options=_UNSYNCED)
