"""Steps: what a plan put on a day, what became of it, and which steps a touch completes."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, or_, select, update
from sqlalchemy.orm import Session

from crm.domain.company import CompanyId
from crm.domain.interview import InterviewId
from crm.domain.opportunity import NextStep, OpportunityId
from crm.domain.person import PersonId
from crm.domain.plan import DayOff, PlannedStep, StepId, StepRow, StepState, matches, slide
from crm.domain.touch import TouchDraft, TouchKind
from crm.store.opportunity_tables import Interview, InterviewPerson, Opportunity, OpportunityPerson, Step
from crm.store.tables import Company, Person, Position
from crm.store.watch_tables import Noticed

_UNSYNCED = {"synchronize_session": False}
_AFTER_FEEDBACK = ("thank_feedback", "lesson")
_OPEN = Step.state == StepState.OPEN.value


def known_keys(session: Session, keys: Sequence[str]) -> set[str]:
    """Return those of `keys` whose step is there, whatever became of it."""
    found: set[str] = set()
    for chunk in (keys[start : start + 500] for start in range(0, len(keys), 500)):
        found.update(key for key in session.scalars(select(Step.key).where(Step.key.in_(chunk))) if key)
    return found


def insert_planned(
    session: Session, plan: str, opportunity: int | None, steps: Iterable[PlannedStep], from_on: date
) -> int:
    """Add the steps of a plan; return how many."""
    rows = [
        Step(
            opportunity_id=opportunity,
            interview_id=step.interview,
            person_id=step.person,
            plan=plan,
            key=step.key,
            ord=place,
            title=step.title,
            purpose=step.template.purpose,
            kinds=[kind.value for kind in step.template.kinds],
            from_on=from_on,
            due_on=step.on,
            waits_for=step.waits_for,
            wait_days=step.template.days[0] if step.waits_for else 0,
            sooner_after=step.sooner_after,
            edited=step.edited,
        )
        for place, step in enumerate(steps)
    ]
    if rows:
        session.add_all(rows)
        session.flush()
        _tell_owner(session, opportunity)
    return len(rows)


def insert(
    session: Session, opportunity: int | None, title: str, due_on: date, *, from_on: date, person: int | None
) -> int:
    """Add a step by hand; return the id."""
    made = Step(
        opportunity_id=opportunity, person_id=person, title=title, due_on=due_on, from_on=from_on, edited=True
    )
    session.add(made)
    session.flush()
    _tell_owner(session, opportunity)
    return made.id


def set_kinds(session: Session, step: int, kinds: Iterable[TouchKind], purpose: str = "") -> None:
    """Say which touches do a step, and which message fits it."""
    stored = session.get_one(Step, step)
    stored.kinds, stored.purpose = [kind.value for kind in kinds], purpose


def close(session: Session, step: int, state: StepState, on: date, off: DayOff) -> None:
    """Call a step done or skipped; those that waited for it get their day, and those it hastens come forward."""
    _close(session, step, state, on, None)
    _release(session, step, on, off)


def reopen(session: Session, step: int) -> None:
    """Make a step open again, and let those that waited for it wait."""
    stored = session.get_one(Step, step)
    stored.state, stored.done_on, stored.touch_id = StepState.OPEN.value, None, None
    if stored.key:
        waiting = (Step.waits_for == stored.key) & _OPEN & Step.edited.is_(False)
        session.execute(update(Step).where(waiting).values(due_on=None))
    _tell_owner(session, stored.opportunity_id)


def redate(session: Session, step: int, on: date) -> None:
    """Put a step on a day the user chose."""
    stored = session.get_one(Step, step)
    stored.due_on, stored.edited = on, True
    _tell_owner(session, stored.opportunity_id)


def delete_step(session: Session, step: int) -> None:
    """Remove a step."""
    owner = session.scalar(select(Step.opportunity_id).where(Step.id == step))
    session.execute(delete(Step).where(Step.id == step))
    _tell_owner(session, owner)


def untouched(session: Session, opportunity: int, plan: str) -> tuple[StepRow, ...]:
    """Return the steps of a plan that are open and as the plan made them, in its order."""
    return _rows(session, _query().where(_untouched(opportunity, plan)).order_by(Step.ord, Step.id))


def open_elsewhere(session: Session, opportunity: int, plan: str, *, same_company: bool) -> tuple[int, ...]:
    """Return the open steps of a plan for other opportunities: all, or those at the same company."""
    query = (
        select(Step.id)
        .join(Opportunity, Opportunity.id == Step.opportunity_id)
        .where(_OPEN, Step.plan == plan, Step.opportunity_id != opportunity)
        .order_by(Step.id)
    )
    if same_company:
        company = select(Opportunity.company_id).where(Opportunity.id == opportunity).scalar_subquery()
        query = query.where(Opportunity.company_id == company)
    return tuple(session.scalars(query))


def withdraw(session: Session, opportunity: int, plan: str) -> int:
    """Remove the steps of a plan that nobody touched; return how many went."""
    number = len(untouched(session, opportunity, plan))
    if number:
        session.execute(delete(Step).where(_untouched(opportunity, plan)), execution_options=_UNSYNCED)
        _tell_owner(session, opportunity)
    return number


def follow_touch(session: Session, touch_id: int, touch: TouchDraft, off: DayOff) -> tuple[int, ...]:
    """Complete the steps that a touch is: for each person the earliest, else the earliest with nobody in particular."""
    candidates = [step for step in _candidates(session, touch) if _is(step, touch)]
    done: list[int] = []
    for person in touch.people:
        own = next((step for step in candidates if step.person == person), None)
        if own is not None:
            done.append(own.id)
    if not done:
        done += [step.id for step in candidates if step.person is None][:1]
    for step_id in done:
        _close(session, step_id, StepState.DONE, touch.on, touch_id)
        _release(session, step_id, touch.on, off)
    return tuple(done)


def forget_touch(session: Session, touch_id: int) -> None:
    """Open the steps again that a touch completed: it is about to go, or to say something else."""
    for step_id in session.scalars(select(Step.id).where(Step.touch_id == touch_id)).all():
        reopen(session, step_id)


def feedback_came(session: Session, opportunity: int, on: date, off: DayOff) -> None:
    """Bring forward what waits for feedback: thanking for it, and writing down what was learned."""
    day = slide(on, off)
    waiting = (Step.opportunity_id == opportunity) & _OPEN & Step.purpose.in_(_AFTER_FEEDBACK)
    for step in session.scalars(select(Step).where(waiting, or_(Step.due_on.is_(None), Step.due_on > day))):
        step.due_on = day


def lesson_learned(session: Session, opportunity: int, on: date, off: DayOff) -> None:
    """Call the step to write down what was learned done."""
    wanted = (Step.opportunity_id == opportunity) & _OPEN & (Step.purpose == "lesson")
    for step in session.scalars(select(Step.id).where(wanted)).all():
        close(session, step, StepState.DONE, on, off)


def row(session: Session, step: int) -> StepRow | None:
    """Return one step, None when it is gone."""
    return next(iter(_rows(session, _query().where(Step.id == step))), None)


def of_opportunity(session: Session, opportunity: int) -> tuple[StepRow, ...]:
    """Return every step of an opportunity: by day, one that waits after what it waits for."""
    found = _rows(session, _query().where(Step.opportunity_id == opportunity).order_by(Step.ord, Step.id))
    days = {step.key: step.done_on or step.due_on or date.max for step in found if step.key}

    def place(step: StepRow) -> date:
        return step.done_on or step.due_on or days.get(step.waits_for, date.max)

    return tuple(sorted(found, key=place))


def due(session: Session, until: date, limit: int) -> tuple[StepRow, ...]:
    """Return the open steps up to a day, the longest due first."""
    query = _query().where(_OPEN, Step.due_on <= until).order_by(Step.due_on, Step.id).limit(limit)
    return _rows(session, query)


def promises(session: Session, people: Collection[int], opportunity: int) -> tuple[StepRow, ...]:
    """Return the open steps that the user set by hand with these people, or for this opportunity; the first due first."""
    ours = or_(Step.person_id.in_(people), Step.opportunity_id == opportunity)
    query = _query().where(_OPEN, Step.plan == "", Step.due_on.is_not(None), ours)
    return _rows(session, query.order_by(Step.due_on, Step.id))


def next_steps(session: Session, today: date) -> dict[int, NextStep]:
    """Return what comes next for each opportunity: its first open step or its next round, whichever is earlier."""
    found: dict[int, NextStep] = {}
    steps = (
        select(Step.opportunity_id, Step.id, Step.title, Step.due_on, Step.purpose)
        .where(_OPEN, Step.due_on.is_not(None), Step.opportunity_id.is_not(None))
        .order_by(Step.due_on, Step.ord, Step.id)
    )
    for owner, step, title, due_on, purpose in session.execute(steps):
        if owner is not None and due_on is not None:
            found.setdefault(owner, NextStep(title, due_on, step, purpose))
    numbers: dict[int, int] = {}
    rounds = select(Interview.opportunity_id, Interview.held_on, Interview.name).order_by(
        Interview.held_on, Interview.starts_at, Interview.id
    )
    for owner, held_on, name in session.execute(rounds):
        number = numbers[owner] = numbers.get(owner, 0) + 1
        known = found.get(owner)
        if held_on >= today and (known is None or (not known.round and held_on <= known.on)):
            found[owner] = NextStep(name, held_on, round=number)
    return found


def _untouched(opportunity: int, plan: str) -> ColumnElement[bool]:
    return (Step.opportunity_id == opportunity) & (Step.plan == plan) & _OPEN & Step.edited.is_(False)


def _close(session: Session, step: int, state: StepState, on: date, touch_id: int | None) -> None:
    stored = session.get_one(Step, step)
    stored.state, stored.done_on, stored.touch_id = state.value, on, touch_id
    _tell_owner(session, stored.opportunity_id)


def _release(session: Session, step: int, on: date, off: DayOff) -> None:
    key = session.get_one(Step, step).key
    if not key:
        return
    for waiting in session.scalars(select(Step).where(Step.waits_for == key, _OPEN, Step.due_on.is_(None))):
        waiting.due_on = slide(on + timedelta(days=waiting.wait_days), off)
    sooner = slide(on, off)
    for other in session.scalars(select(Step).where(Step.sooner_after == key, _OPEN, Step.due_on > sooner)):
        other.due_on = sooner
    session.flush()


def _is(step: StepRow, touch: TouchDraft) -> bool:
    return touch.direction is not None and matches(step, touch.kind, touch.direction, touch.on)


def _candidates(session: Session, touch: TouchDraft) -> tuple[StepRow, ...]:
    """Return open steps with these people, or with nobody in particular where they are or work, by day."""
    people: Collection[int] = touch.people
    theirs = select(OpportunityPerson.opportunity_id).where(OpportunityPerson.person_id.in_(people))
    held = (
        select(Interview.opportunity_id)
        .join(InterviewPerson, InterviewPerson.interview_id == Interview.id)
        .where(InterviewPerson.person_id.in_(people))
    )
    there = select(Position.company_id).where(Position.person_id.in_(people), Position.current)
    at_company = select(Opportunity.id).where(Opportunity.company_id.in_(there))
    around = or_(
        Step.opportunity_id.in_(theirs),
        Step.opportunity_id.in_(held),
        Step.opportunity_id.in_(at_company),
        Noticed.company_id.in_(there),
    )
    query = _query().where(
        _OPEN, Step.due_on.is_not(None), or_(Step.person_id.in_(people), Step.person_id.is_(None) & around)
    )
    return _rows(session, query.order_by(Step.due_on, Step.ord, Step.id))


def _query() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Step, Person.display_name, Person.email, Opportunity.title.label("role"), Company.name,
            Noticed.company_id.label("watched_id"),
        )
        .outerjoin(Person, Person.id == Step.person_id)
        .outerjoin(Opportunity, Opportunity.id == Step.opportunity_id)
        .outerjoin(Noticed, Noticed.step_id == Step.id)
        .outerjoin(Company, Company.id == func.coalesce(Opportunity.company_id, Noticed.company_id))
    )  # fmt: skip


def _rows(session: Session, query: Select[*tuple[Any, ...]]) -> tuple[StepRow, ...]:
    return tuple(_row(one) for one in session.execute(query))


def _row(one: Row[*tuple[Any, ...]]) -> StepRow:
    step: Step = one.Step
    return StepRow(
        id=StepId(step.id),
        title=step.title,
        state=StepState(step.state),
        due_on=step.due_on,
        key=step.key or "",
        plan=step.plan,
        purpose=step.purpose,
        kinds=tuple(TouchKind(kind) for kind in step.kinds),
        person=PersonId(step.person_id) if step.person_id is not None else None,
        name=one.display_name or "",
        email=one.email or "",
        opportunity=OpportunityId(step.opportunity_id) if step.opportunity_id is not None else None,
        role=one.role or "",
        company=one.name or "",
        watched=CompanyId(one.watched_id) if one.watched_id is not None else None,
        interview=InterviewId(step.interview_id) if step.interview_id is not None else None,
        from_on=step.from_on,
        waits_for=step.waits_for,
        done_on=step.done_on,
        edited=step.edited,
    )


def _tell_owner(session: Session, opportunity: int | None) -> None:
    """Count the opportunity's revision up, so that whoever shows it asks anew."""
    stored = session.get(Opportunity, opportunity) if opportunity is not None else None
    if stored is not None:
        stored.revision += 1
