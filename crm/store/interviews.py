"""Rounds of opportunities: writing and reading them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from crm.domain.interview import Format, InterviewDraft, InterviewId, InterviewRow
from crm.domain.opportunity import OpportunityId
from crm.domain.person import PersonId
from crm.store.childrows import assign
from crm.store.opportunity_tables import Interview, InterviewPerson, Opportunity
from crm.store.tables import Company, Person


def insert(session: Session, opportunity: int, draft: InterviewDraft) -> int:
    """Add a round; return the id."""
    row = Interview(opportunity_id=opportunity, **_values(draft))
    session.add(row)
    session.flush()
    _sync_people(session, row.id, draft.people)
    _touched(session, opportunity)
    return row.id


def update_from(session: Session, interview: int, draft: InterviewDraft) -> bool:
    """Make a round say what a draft says; return False when there is no such one."""
    row = session.get(Interview, interview)
    if row is None:
        return False
    changed = assign(row, _values(draft))
    if _sync_people(session, interview, draft.people) or changed:
        _touched(session, row.opportunity_id)
    return True


def delete_interview(session: Session, interview: int) -> None:
    """Remove a round; its opportunity and people stay."""
    owner = session.scalar(select(Interview.opportunity_id).where(Interview.id == interview))
    session.execute(delete(Interview).where(Interview.id == interview))
    if owner is not None:
        _touched(session, owner)


def row(session: Session, interview: int) -> InterviewRow | None:
    """Return one round with its number, None when it is gone."""
    owner = session.scalar(select(Interview.opportunity_id).where(Interview.id == interview))
    found = () if owner is None else of_opportunity(session, owner)
    return next((one for one in found if one.id == interview), None)


def of_opportunity(session: Session, opportunity: int) -> tuple[InterviewRow, ...]:
    """Return the rounds of an opportunity, in order."""
    return _rows(session, _query().where(Interview.opportunity_id == opportunity))


def between(session: Session, first: date, last: date) -> tuple[InterviewRow, ...]:
    """Return the rounds on these days; they are numbered within their opportunity."""
    owners = select(Interview.opportunity_id).where(Interview.held_on.between(first, last))
    found = _rows(session, _query().where(Interview.opportunity_id.in_(owners)))
    return tuple(one for one in found if first <= one.draft.on <= last)


def with_person(session: Session, person: int, until: date) -> tuple[InterviewRow, ...]:
    """Return the rounds somebody held up to a day, in order; they are numbered within their opportunity."""
    theirs = select(InterviewPerson.interview_id).where(InterviewPerson.person_id == person)
    owners = select(Interview.opportunity_id).where(Interview.id.in_(theirs))
    found = _rows(session, _query().where(Interview.opportunity_id.in_(owners)))
    return tuple(one for one in found if person in one.draft.people and one.draft.on <= until)


def _query() -> Select[*tuple[Any, ...]]:
    return (
        select(Interview, Opportunity.title, Company.name)
        .join(Opportunity, Opportunity.id == Interview.opportunity_id)
        .outerjoin(Company, Company.id == Opportunity.company_id)
        .order_by(Interview.held_on, Interview.starts_at, Interview.id)
    )


def _rows(session: Session, query: Select[*tuple[Any, ...]]) -> tuple[InterviewRow, ...]:
    found = session.execute(query).all()
    people = _people_of(session, [one.Interview.id for one in found])
    numbers: dict[int, int] = {}
    made = []
    for one in found:
        stored: Interview = one.Interview
        numbers[stored.opportunity_id] = numbers.get(stored.opportunity_id, 0) + 1
        names = people.get(stored.id, ())
        made.append(
            InterviewRow(
                InterviewId(stored.id),
                OpportunityId(stored.opportunity_id),
                numbers[stored.opportunity_id],
                _draft(stored, tuple(person for person, _ in names)),
                tuple(names),
                one.title,
                one.name or "",
            )
        )
    return tuple(made)


def _draft(stored: Interview, people: tuple[PersonId, ...]) -> InterviewDraft:
    return InterviewDraft(
        on=stored.held_on,
        starts_at=_aware(stored),
        minutes=stored.minutes,
        format=Format(stored.format),
        name=stored.name,
        people=people,
        preparation=stored.preparation,
        questions=stored.questions,
        went=stored.went,
        enjoyed=stored.enjoyed,
        repeat=stored.repeat,
        change=stored.change,
    )


def _aware(stored: Interview) -> datetime | None:
    """Return the instant in the zone it was planned in; in UTC where that zone isn't known here."""
    if stored.starts_at is None:
        return None
    instant = stored.starts_at.replace(tzinfo=UTC)
    try:
        return instant.astimezone(ZoneInfo(stored.zone)) if stored.zone else instant
    except (ZoneInfoNotFoundError, ValueError):
        return instant


def _values(draft: InterviewDraft) -> dict[str, Any]:
    starts = draft.starts_at
    zone = starts.tzinfo.key if starts is not None and isinstance(starts.tzinfo, ZoneInfo) else ""
    return {
        "held_on": draft.on,
        "starts_at": None if starts is None else starts.astimezone(UTC).replace(tzinfo=None),
        "zone": zone,
        "minutes": draft.minutes,
        "format": draft.format.value,
        "name": draft.name,
        "preparation": draft.preparation,
        "questions": draft.questions,
        "went": draft.went,
        "enjoyed": draft.enjoyed,
        "repeat": draft.repeat,
        "change": draft.change,
    }


def _people_of(session: Session, interviews: Sequence[int]) -> dict[int, list[tuple[PersonId, str]]]:
    query = (
        select(InterviewPerson.interview_id, Person.id, Person.display_name)
        .join(Person, Person.id == InterviewPerson.person_id)
        .where(InterviewPerson.interview_id.in_(interviews))
        .order_by(InterviewPerson.id)
    )
    found: dict[int, list[tuple[PersonId, str]]] = {}
    for one in session.execute(query):
        found.setdefault(one.interview_id, []).append((PersonId(one.id), one.display_name))
    return found


def _sync_people(session: Session, interview: int, people: Iterable[int]) -> bool:
    query = select(InterviewPerson).where(InterviewPerson.interview_id == interview)
    stored = {one.person_id: one for one in session.scalars(query)}
    wanted = dict.fromkeys(people)
    for person in wanted:
        if person not in stored:
            session.add(InterviewPerson(interview_id=interview, person_id=person))
    for person, one in stored.items():
        if person not in wanted:
            session.delete(one)
    return set(wanted) != set(stored)


def _touched(session: Session, opportunity: int) -> None:
    """Count the opportunity's revision up, so that whoever shows it asks anew."""
    session.get_one(Opportunity, opportunity).revision += 1
