"""Writing companies: rows from a draft, removing."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from crm.domain.company import CompanyDraft, company_key
from crm.domain.folding import fold
from crm.store import aliases, derived, intervals
from crm.store.childrows import assign, sync
from crm.store.people import chunks, contact_rows
from crm.store.tables import Company, ContactPoint, Position

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
    called = company.name_key
    changed = assign(company, _columns(draft))
    changed |= sync(session, ContactPoint.company_id, company_id, contact_rows(draft.contacts), "kind")
    if called != company.name_key:
        aliases.remember(session, company_id, [before[0]])
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
