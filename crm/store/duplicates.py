"""What the columns of people and companies side by side are headed with."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.domain.duplicates import Member, Whose
from crm.store.tables import Company, Person, TouchPerson


def members(session: Session, whose: Whose, ids: Sequence[int]) -> tuple[Member, ...]:
    """Return those of these people, or companies, that exist."""
    return _people(session, ids) if whose is Whose.PEOPLE else _companies(session, ids)


def _people(session: Session, ids: Sequence[int]) -> tuple[Member, ...]:
    touches = (
        select(func.count())
        .select_from(TouchPerson)
        .where(TouchPerson.person_id == Person.id)
        .scalar_subquery()
    )
    query = (
        select(
            Person.id,
            Person.display_name,
            Person.title,
            Company.name,
            Person.photo_sha,
            touches,
            Person.email,
            Person.phone,
        )
        .outerjoin(Company, Company.id == Person.company_id)
        .where(Person.id.in_(ids))
    )
    return tuple(
        Member(id_, name, ", ".join(filter(None, (title, company))), photo, holds, email or phone)
        for id_, name, title, company, photo, holds, email, phone in session.execute(query)
    )


def _companies(session: Session, ids: Sequence[int]) -> tuple[Member, ...]:
    holds = Company.people + Company.past_people
    query = select(Company.id, Company.name, Company.industry, holds).where(Company.id.in_(ids))
    return tuple(
        Member(id_, name, industry, holds=held) for id_, name, industry, held in session.execute(query)
    )
