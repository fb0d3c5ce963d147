"""What plans look at: who is around an opportunity or a round, who was thanked, who is connected."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.domain.interview import InterviewId, InterviewRow
from crm.domain.opportunity import OpportunityRow, Role
from crm.domain.person import PersonId
from crm.domain.plan import Counterpart, Facts, StepState
from crm.domain.touch import Direction, TouchKind
from crm.store import interviews
from crm.store.opportunity_tables import OpportunityPerson, Step
from crm.store.tables import Company, Person, Touch, TouchPerson

# Whom to turn to: who decides, who knows you from a round, who arranged it, who sent you there.
_CONTACT_ORDER = (Role.HIRING_MANAGER, Role.INTERVIEWER, Role.RECRUITER, Role.REFERRER)
_NOTES = (TouchKind.EMAIL.value, TouchKind.MESSAGE.value, TouchKind.LETTER.value)


def of_opportunity(session: Session, row: OpportunityRow, on: date, today: date) -> Facts:
    """Return what plans about an opportunity look at."""
    held = [one for one in interviews.of_opportunity(session, row.id) if one.draft.on <= on]
    roles = _roles(session, row.id)
    rounds = {person: one for one in held for person, _ in one.people}
    known = [person for person, role in roles if role is Role.INTERVIEWER]
    interviewers = _counterparts(session, dict.fromkeys((*rounds, *known)), rounds)
    ahead = interviews.between(session, today, date.max)
    return Facts(
        subject=row.id,
        on=on,
        opportunity=row.id,
        company=row.company,
        role=row.title,
        round=held[-1].draft.name if held else "",
        contact=_contact(session, roles, interviewers),
        interviewers=interviewers,
        next_interview_on=next((one.draft.on for one in ahead if one.draft.on > today), None),
    )


def of_interview(session: Session, held: InterviewRow, on: date, today: date) -> Facts:
    """Return what plans about a round look at."""
    rounds = {person: held for person, _ in held.people}
    interviewers = _counterparts(session, rounds, rounds)
    ahead = interviews.between(session, today, date.max)
    return Facts(
        subject=held.id,
        on=on,
        opportunity=held.opportunity,
        interview=held.id,
        company=held.company,
        role=held.title,
        round=held.draft.name,
        contact=_contact(session, _roles(session, held.opportunity), interviewers),
        interviewers=interviewers,
        next_interview_on=next((one.draft.on for one in ahead if one.draft.on > today), None),
    )


def of_person(session: Session, person: int, on: date) -> Facts | None:
    """Return what plans about a person look at, None when there is no such person."""
    found = _counterparts(session, [PersonId(person)], {})
    if not found:
        return None
    company = session.scalar(
        select(Company.name).join(Person, Person.company_id == Company.id).where(Person.id == person)
    )
    return Facts(person, on, company=company or "", contact=found[0])


def _roles(session: Session, opportunity: int) -> list[tuple[PersonId, Role]]:
    query = (
        select(OpportunityPerson.person_id, OpportunityPerson.role)
        .where(OpportunityPerson.opportunity_id == opportunity)
        .order_by(OpportunityPerson.id)
    )
    return [(PersonId(person), Role(role)) for person, role in session.execute(query)]


def _contact(
    session: Session, roles: Sequence[tuple[PersonId, Role]], interviewers: Sequence[Counterpart]
) -> Counterpart | None:
    """Return the one to turn to; of several interviewers, whoever held the latest round."""
    for wanted in _CONTACT_ORDER:
        if wanted is Role.INTERVIEWER and interviewers:
            return max(interviewers, key=lambda one: one.interview or 0)
        found = [person for person, role in roles if role is wanted]
        if found:
            return _counterparts(session, found[:1], {})[0]
    return None


def _counterparts(
    session: Session, people: Iterable[PersonId], rounds: dict[PersonId, InterviewRow]
) -> tuple[Counterpart, ...]:
    wanted = list(people)
    query = select(Person.id, Person.display_name, Person.linkedin).where(Person.id.in_(wanted))
    known = {row.id: row for row in session.execute(query)}
    found = []
    for person in wanted:
        if person in known:
            held = rounds.get(person)
            found.append(
                Counterpart(
                    person,
                    known[person].display_name,
                    InterviewId(held.id) if held else None,
                    thanked=held is not None and _thanked(session, person, held),
                    connected=bool(known[person].linkedin),
                )
            )
    return tuple(found)


def _thanked(session: Session, person: PersonId, held: InterviewRow) -> bool:
    """Say whether a note went to somebody since their round, or a step to send one stands or was let go."""
    sent = (
        select(TouchPerson.id)
        .join(Touch, Touch.id == TouchPerson.touch_id)
        .where(
            TouchPerson.person_id == person,
            TouchPerson.touched_on >= held.draft.on,
            TouchPerson.kind.in_(_NOTES),
            Touch.direction == Direction.SENT.value,
        )
    )
    planned = select(Step.id).where(
        Step.person_id == person,
        Step.interview_id == held.id,
        Step.purpose == "thank_you",
        Step.state != StepState.SKIPPED.value,
    )
    return any(session.scalar(query.limit(1)) is not None for query in (sent, planned))
