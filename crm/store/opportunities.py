"""Opportunities: writing them and their history, and reading them as cards of the board."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, func, or_, select
from sqlalchemy.orm import Session

from crm.domain.folding import fold
from crm.domain.opportunity import (
    Ending,
    Move,
    OpportunityCard,
    OpportunityDraft,
    OpportunityId,
    OpportunityRow,
    Perspective,
    Role,
    RolePerson,
    Stage,
)
from crm.domain.person import PersonId
from crm.domain.plan import AFTER_NO, StepState
from crm.store.childrows import assign
from crm.store.opportunity_tables import (
    Interview,
    InterviewPerson,
    Opportunity,
    OpportunityMove,
    OpportunityPerson,
    Step,
)
from crm.store.people import chunks, company_ids
from crm.store.steps import next_steps
from crm.store.tables import Company, Person

FACES = 4
_COLUMNS = (
    Opportunity.id, Opportunity.title, Opportunity.stage, Opportunity.ending, Opportunity.since_on,
    Opportunity.company_id, Opportunity.applied_on, Opportunity.deadline_on, Opportunity.source, Opportunity.salary,
    Opportunity.place, Opportunity.reapply_on,
    Company.name.label("company"),
)  # fmt: skip


def insert(session: Session, draft: OpportunityDraft, stage: Stage, on: date) -> int:
    """Add an opportunity in a stage; return the id."""
    row = Opportunity(stage=stage.value, since_on=on, added_on=on, **_values(session, draft))
    session.add(row)
    session.flush()
    _sync_people(session, row.id, draft.people)
    move(session, row.id, Move(stage, on))
    return row.id


def update_from(session: Session, opportunity: int, draft: OpportunityDraft) -> bool:
    """Make an opportunity say what a draft says; return False when there is no such one."""
    row = session.get(Opportunity, opportunity)
    if row is None:
        return False
    changed = assign(row, _values(session, draft))
    if _sync_people(session, opportunity, draft.people) or changed:
        row.revision += 1
    return True


def move(session: Session, opportunity: int, to: Move) -> None:
    """Write one line of history; the newest one is where the opportunity stands."""
    ending = to.ending.value if to.ending else ""
    session.add(
        OpportunityMove(opportunity_id=opportunity, stage=to.stage.value, ending=ending, moved_on=to.on)
    )
    row = session.get_one(Opportunity, opportunity)
    row.stage, row.ending, row.since_on = to.stage.value, ending, to.on
    row.place = row.reapply_on = None  # they belonged to where it stood
    row.revision += 1
    if to.stage is Stage.APPLIED:
        row.applied_on = to.on


def put_reapply_on(session: Session, opportunity: int, on: date | None) -> None:
    """Say from when one may apply again; None: as usual."""
    row = session.get_one(Opportunity, opportunity)
    row.reapply_on = on
    row.revision += 1


def put_places(session: Session, ids: Sequence[int]) -> None:
    """Let the opportunities of a column stand in this order; rows that stand so already aren't written."""
    for chunk in chunks(ids):
        places = {one: place for place, one in enumerate(ids)}
        for row in session.scalars(select(Opportunity).where(Opportunity.id.in_(chunk))):
            row.place = places[row.id]


def delete_opportunities(session: Session, ids: Sequence[int]) -> None:
    """Remove opportunities with their history, rounds and steps; people and touches stay."""
    for chunk in chunks(ids):
        session.execute(delete(Opportunity).where(Opportunity.id.in_(chunk)))


def titles_of(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Return "Title, Company" of those that exist."""
    found: dict[int, str] = {}
    for chunk in chunks(list(ids)):
        query = (
            select(Opportunity.id, Opportunity.title, Company.name)
            .outerjoin(Company, Company.id == Opportunity.company_id)
            .where(Opportunity.id.in_(chunk))
        )
        for row in session.execute(query):
            found[row.id] = f"{row.title}, {row.name}" if row.name else row.title
    return found


def find(session: Session, words: str) -> list[tuple[int, str]]:
    """Return those whose title or company begins a word with each of `words`."""
    wanted = fold(words).split()
    found = titles_of(session, session.scalars(select(Opportunity.id)).all())
    return [
        (one, title)
        for one, title in found.items()
        if wanted and all(any(part.startswith(word) for part in fold(title).split()) for word in wanted)
    ]


def rows(session: Session, today: date, ids: Sequence[int] | None = None) -> tuple[OpportunityRow, ...]:
    """Return the board's cards, the longest in its stage first; only those of `ids` if given."""
    query = (
        select(*_COLUMNS)
        .outerjoin(Company, Company.id == Opportunity.company_id)
        .order_by(Opportunity.since_on, Opportunity.id)
    )
    if ids is not None:
        query = query.where(Opportunity.id.in_(ids))
    found = session.execute(query).all()
    around = _Around(session, today)
    return tuple(around.row(one) for one in found)


def of_company(session: Session, company: int, today: date) -> tuple[OpportunityRow, ...]:
    """Return the opportunities at a company."""
    ids = ids_at(session, company)
    return rows(session, today, ids) if ids else ()


def ids_at(session: Session, company: int) -> Sequence[int]:
    """Return which opportunities are at a company."""
    return session.scalars(select(Opportunity.id).where(Opportunity.company_id == company)).all()


def of_person(session: Session, person: int, today: date) -> tuple[OpportunityRow, ...]:
    """Return the opportunities somebody has a role in, or held a round of."""
    roles = select(OpportunityPerson.opportunity_id).where(OpportunityPerson.person_id == person)
    held = (
        select(Interview.opportunity_id)
        .join(InterviewPerson, InterviewPerson.interview_id == Interview.id)
        .where(InterviewPerson.person_id == person)
    )
    ids = session.scalars(roles.union(held)).all()
    return rows(session, today, ids) if ids else ()


def card(session: Session, opportunity: int, today: date) -> OpportunityCard | None:
    """Return everything of one opportunity, None when it is gone."""
    found = rows(session, today, [opportunity])
    said = draft(session, opportunity)
    if not found or said is None:
        return None
    query = (
        select(OpportunityMove.stage, OpportunityMove.ending, OpportunityMove.moved_on)
        .where(OpportunityMove.opportunity_id == opportunity)
        .order_by(OpportunityMove.id)
    )
    moves = tuple(
        Move(Stage(one.stage), one.moved_on, Ending(one.ending) if one.ending else None)
        for one in session.execute(query)
    )
    return OpportunityCard(found[0], said, moves)


def draft(session: Session, opportunity: int) -> OpportunityDraft | None:
    """Return what the editor starts from, None when there is no such opportunity."""
    row = session.get(Opportunity, opportunity)
    if row is None:
        return None
    company = session.scalar(select(Company.name).where(Company.id == row.company_id)) or ""
    return OpportunityDraft(
        title=row.title,
        company=company,
        link=row.link,
        source=row.source,
        salary=row.salary,
        deadline_on=row.deadline_on,
        description=row.description,
        notes=row.notes,
        people=_people(session, opportunity),
    )


def counts(session: Session) -> dict[Stage, int]:
    """Return how many stand in each stage."""
    query = select(Opportunity.stage, func.count()).group_by(Opportunity.stage)
    found = {Stage(stage): number for stage, number in session.execute(query)}
    return {stage: found.get(stage, 0) for stage in Stage}


def perspective(session: Session) -> Perspective:
    """Return how many were applied for, how many of them led to a round, how many to an offer."""
    held = Opportunity.id.in_(select(Interview.opportunity_id))
    offers = select(OpportunityMove.opportunity_id).where(OpportunityMove.stage == Stage.OFFER.value)
    offered = Opportunity.id.in_(offers)
    applied = or_(Opportunity.applied_on.is_not(None), held, offered)  # some say so only by what came of it
    query = select(func.count().filter(applied), func.count().filter(held), func.count().filter(offered))
    return Perspective(*session.execute(query.select_from(Opportunity)).one())


class _Around:
    """What stands around many opportunities at once: next steps, rounds, plans, people."""

    def __init__(self, session: Session, today: date) -> None:
        self._next = next_steps(session, today)
        self._rounds: dict[int, int] = {
            one.opportunity_id: one.rounds
            for one in session.execute(
                select(Interview.opportunity_id, func.count().label("rounds")).group_by(
                    Interview.opportunity_id
                )
            )
        }
        self._plans: dict[int, tuple[int, int]] = {}
        states = (
            select(Step.opportunity_id, Step.state, func.count().label("steps"))
            .where(Step.plan == AFTER_NO, Step.opportunity_id.is_not(None))
            .group_by(Step.opportunity_id, Step.state)
        )
        for one in session.execute(states):
            done, steps = self._plans.get(one.opportunity_id, (0, 0))
            counted = one.steps if one.state != StepState.SKIPPED.value else 0
            is_done = one.state == StepState.DONE.value
            self._plans[one.opportunity_id] = (done + (counted if is_done else 0), steps + counted)
        self._faces, self._referrers = _faces(session)

    def row(self, one: Row[*tuple[Any, ...]]) -> OpportunityRow:
        """Return one card."""
        plan_done, plan_steps = self._plans.get(one.id, (0, 0))
        return OpportunityRow(
            id=OpportunityId(one.id),
            title=one.title,
            stage=Stage(one.stage),
            since_on=one.since_on,
            company=one.company or "",
            company_id=one.company_id,
            ending=Ending(one.ending) if one.ending else None,
            applied_on=one.applied_on,
            deadline_on=one.deadline_on,
            source=one.source,
            salary=one.salary,
            next=self._next.get(one.id),
            rounds=self._rounds.get(one.id, 0),
            plan_done=plan_done,
            plan_steps=plan_steps,
            faces=tuple(self._faces.get(one.id, ())),
            referrer=self._referrers.get(one.id, ""),
            place=one.place,
            reapply_on=one.reapply_on,
        )


def _faces(session: Session) -> tuple[dict[int, list[str]], dict[int, str]]:
    """Return the names of everyone around each opportunity, and of who referred the user there."""
    roles = select(OpportunityPerson.opportunity_id, Person.display_name, OpportunityPerson.role).join(
        Person, Person.id == OpportunityPerson.person_id
    )
    held = (
        select(Interview.opportunity_id, Person.display_name)
        .join(InterviewPerson, InterviewPerson.interview_id == Interview.id)
        .join(Person, Person.id == InterviewPerson.person_id)
    )
    faces: dict[int, dict[str, None]] = {}
    referrers: dict[int, str] = {}
    for one in session.execute(roles.order_by(OpportunityPerson.id)):
        faces.setdefault(one.opportunity_id, {})[one.display_name] = None
        if one.role == Role.REFERRER.value:
            referrers.setdefault(one.opportunity_id, one.display_name)
    for opportunity, name in session.execute(held.order_by(Interview.id, InterviewPerson.id)):
        faces.setdefault(opportunity, {})[name] = None
    return {opportunity: list(names) for opportunity, names in faces.items()}, referrers


def _people(session: Session, opportunity: int) -> tuple[RolePerson, ...]:
    query = (
        select(OpportunityPerson.person_id, OpportunityPerson.role, Person.display_name)
        .join(Person, Person.id == OpportunityPerson.person_id)
        .where(OpportunityPerson.opportunity_id == opportunity)
        .order_by(OpportunityPerson.id)
    )
    return tuple(
        RolePerson(PersonId(one.person_id), Role(one.role), one.display_name)
        for one in session.execute(query)
    )


def _sync_people(session: Session, opportunity: int, people: Iterable[RolePerson]) -> bool:
    query = select(OpportunityPerson).where(OpportunityPerson.opportunity_id == opportunity)
    stored = {(row.person_id, row.role): row for row in session.scalars(query)}
    wanted = dict.fromkeys((int(one.person), one.role.value) for one in people)
    for person, role in wanted:
        if (person, role) not in stored:
            session.add(OpportunityPerson(opportunity_id=opportunity, person_id=person, role=role))
    for pair, row in stored.items():
        if pair not in wanted:
            session.delete(row)
    return set(wanted) != set(stored)


def _values(session: Session, draft: OpportunityDraft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "company_id": company_ids(session, [draft.company])[draft.company] if draft.company else None,
        "link": draft.link,
        "source": draft.source,
        "salary": draft.salary,
        "deadline_on": draft.deadline_on,
        "description": draft.description,
        "notes": draft.notes,
    }
