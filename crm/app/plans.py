"""Plans: what a template comes to, starting it, and what becomes of its steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from crm.app import interviews, opportunities, ownfiles
from crm.app.books import Book
from crm.app.drafts import line
from crm.app.preferences import days_off
from crm.domain.changes import Op
from crm.domain.interview import InterviewId
from crm.domain.opportunity import Ending, OpportunityId, SecondChance, Stage
from crm.domain.person import PersonId
from crm.domain.plan import (
    AFTER_NO,
    Facts,
    PlannedStep,
    Playbook,
    StepId,
    StepRow,
    StepState,
    Subject,
    planned,
    slide,
    working_day,
)
from crm.domain.touch import COUNTING_KINDS
from crm.errors import Invalid, NotFound
from crm.formats import playbooks
from crm.store import planfacts
from crm.store import steps as rows

SOON_DAYS = 7
_FOLDER = "plans"
_CHECK_IN = "check_in"  # the purpose of its message


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan to look over before it starts. `known` counts its steps that are there already."""

    playbook: Playbook
    facts: Facts
    steps: tuple[PlannedStep, ...]
    known: int = 0


def names() -> tuple[str, ...]:
    """Return the plans there are: those that came with the program and the user's own."""
    return ownfiles.names(_FOLDER)


def playbook(name: str) -> Playbook:
    """Return a plan's template, the user's own where there is one. Raises `NotFound`, `KeepwarmError` (PLAN_INVALID)."""
    text, file = ownfiles.text(_FOLDER, name, "plan")
    return playbooks.read(text, name, str(file))


def preview(book: Book, name: str, subject: int, *, today: date, on: date | None = None) -> Plan:
    """Return the steps a plan would add, none of which is in the book. Raises `NotFound`, `Invalid`.

    It counts from `on`; without it, from the day the subject says: when it closed, was applied for, was held.
    """
    template = playbook(name)
    facts = _facts(book, template, subject, on, today)
    found = planned(template, facts, today=today, off=days_off(book))
    with book.read() as session:
        known = rows.known_keys(session, [step.key for step in found])
    steps = tuple(step for step in found if step.key not in known)
    return Plan(template, facts, steps, len(known))


def start(book: Book, plan: Plan, steps: Iterable[PlannedStep], *, today: date) -> int:
    """Add the steps of a plan that the user left in; those that are there already stay. One undo step.

    Returns how many were added.
    """
    chosen = [step for step in steps if step.included]
    about = plan.facts.role or (plan.facts.contact.name if plan.facts.contact else "") or plan.playbook.title
    with book.write(Op.PLAN_STEPS, subject=about, plan=plan.playbook.title) as session:
        known = rows.known_keys(session, [step.key for step in chosen])
        new = [step for step in chosen if step.key not in known]
        here = {step.key for step in new} | known
        kept = [_freed(step, here, slide(today, days_off(book))) for step in new]
        from_on = min(plan.facts.on, today)
        number = rows.insert_planned(session, plan.playbook.id, plan.facts.opportunity, kept, from_on)
        book.note(count=number)
    return number


def add_step(
    book: Book,
    opportunity: OpportunityId | None,
    title: str,
    on: date,
    *,
    today: date,
    person: PersonId | None = None,
) -> StepId:
    """Add a next step by hand. Raises `Invalid` without a title."""
    words = line(title)
    if not words:
        raise Invalid("title", title, "empty")
    with book.write(Op.ADD_STEP, subject=words) as session:
        return StepId(rows.insert(session, opportunity, words, on, from_on=today, person=person))


def check_in_first(book: Book, chance: SecondChance, title: str, *, today: date) -> StepId:
    """Plan to talk to whoever comes first where one may apply again: on the next working day, done by any touch.

    Raises `Invalid` where nobody is known.
    """
    if chance.contact is None:
        raise Invalid("people", chance.row.company, "unknown")
    on = working_day(today, 1, days_off(book))
    with book.write(Op.ADD_STEP, subject=title) as session:
        step = add_step(book, chance.row.id, title, on, today=today, person=chance.contact[0])
        rows.set_kinds(session, step, sorted(COUNTING_KINDS), _CHECK_IN)
    return step


def done(book: Book, step: StepId, *, today: date) -> None:
    """Call a step done today. Raises `NotFound`, `Invalid` for one that is closed already."""
    _close(book, step, StepState.DONE, today)


def skip(book: Book, step: StepId, *, today: date) -> None:
    """Let a step go. Raises as `done` does."""
    _close(book, step, StepState.SKIPPED, today)


def lingering(book: Book, opportunity: OpportunityId, *, today: date) -> tuple[StepId, ...]:
    """Return the steps of earlier plans that may be needless now: the user is asked, nothing is closed unasked.

    An offer or a hire ends the search, so it is every open step after a no; a new application those at its company.
    """
    stands = opportunities.card(book, opportunity, today=today).row
    if stands.stage is Stage.OFFER or stands.ending is Ending.ACCEPTED:
        same_company = False
    elif stands.stage is Stage.APPLIED:
        same_company = True
    else:
        return ()
    with book.read() as session:
        found = rows.open_elsewhere(session, opportunity, AFTER_NO, same_company=same_company)
    return tuple(map(StepId, found))


def let_go(book: Book, steps: Iterable[StepId], *, today: date) -> None:
    """Let several steps go in one undo step; those closed already stay as they are."""
    wanted = [step for step in steps if row(book, step).state is StepState.OPEN]
    with book.write(Op.CLOSE_STEP, subject="", count=len(wanted), state=StepState.SKIPPED.value) as session:
        for step in wanted:
            rows.close(session, step, StepState.SKIPPED, today, days_off(book))


def reopen(book: Book, step: StepId) -> None:
    """Make a step open again. Raises `NotFound`, `Invalid` for one that is open."""
    stands = row(book, step)
    if stands.state is StepState.OPEN:
        raise Invalid("step", stands.title, "open")
    with book.write(Op.REOPEN_STEP, subject=stands.title) as session:
        rows.reopen(session, step)


def redate(book: Book, step: StepId, on: date) -> None:
    """Put an open step on another day; it is then the user's, and stays when its plan is withdrawn."""
    stands = row(book, step)
    if stands.state is not StepState.OPEN:
        raise Invalid("step", stands.title, "closed")
    with book.write(Op.MOVE_STEP, subject=stands.title, on_day=on.isoformat()) as session:
        rows.redate(session, step, on)


def delete(book: Book, step: StepId) -> None:
    """Remove a step. Raises `NotFound`."""
    stands = row(book, step)
    with book.write(Op.DELETE_STEP, subject=stands.title) as session:
        rows.delete_step(session, step)


def withdraw(book: Book, opportunity: OpportunityId, *, today: date, plan: str = AFTER_NO) -> int:
    """Remove the steps of a plan that nobody touched; return how many went."""
    title = opportunities.card(book, opportunity, today=today).row.title
    with book.write(Op.WITHDRAW_STEPS, subject=title) as session:
        number = rows.withdraw(session, opportunity, plan)
        book.note(count=number)
    return number


def untouched(book: Book, opportunity: OpportunityId, *, plan: str = AFTER_NO) -> tuple[StepRow, ...]:
    """Return the steps that `withdraw` would remove, as taking a no back does."""
    with book.read() as session:
        return rows.untouched(session, opportunity, plan)


def row(book: Book, step: StepId) -> StepRow:
    """Return one step. Raises `NotFound`."""
    with book.read() as session:
        found = rows.row(session, step)
    if found is None:
        raise NotFound("step", step)
    return found


def of_opportunity(book: Book, opportunity: OpportunityId) -> tuple[StepRow, ...]:
    """Return the steps of an opportunity, by day; one that waits comes after what it waits for."""
    with book.read() as session:
        return rows.of_opportunity(session, opportunity)


def due(book: Book, *, today: date, days: int = 0, limit: int = 50) -> tuple[StepRow, ...]:
    """Return the open steps up to today, or up to some days ahead; the longest due first."""
    with book.read() as session:
        return rows.due(session, today + timedelta(days=days), limit)


def _close(book: Book, step: StepId, state: StepState, today: date) -> None:
    stands = row(book, step)
    if stands.state is not StepState.OPEN:
        raise Invalid("step", stands.title, "closed")
    with book.write(Op.CLOSE_STEP, subject=stands.title, state=state.value) as session:
        rows.close(session, step, state, today, days_off(book))


def _freed(step: PlannedStep, here: set[str], first_on: date) -> PlannedStep:
    """Return the step; where what it waits for was left out, it begins at once."""
    if not step.waits_for or step.waits_for in here:
        return step
    return step.moved(first_on)


def _facts(book: Book, template: Playbook, subject: int, on: date | None, today: date) -> Facts:
    with book.read() as session:
        if template.subject is Subject.OPPORTUNITY:
            row = opportunities.card(book, OpportunityId(subject), today=today).row
            return planfacts.of_opportunity(session, row, on or row.since_on, today)
        if template.subject is Subject.INTERVIEW:
            held = interviews.row(book, InterviewId(subject))
            return planfacts.of_interview(session, held, on or held.draft.on, today)
        if template.subject is Subject.PERSON:
            found = planfacts.of_person(session, subject, on or today)
            if found is None:
                raise NotFound("person", subject)
            return found
    return Facts(0, on or today)
