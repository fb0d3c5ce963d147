"""What the proof of search is read from: applications, rounds, messages, events, practice, steps done."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from crm.domain.event import EventStatus
from crm.domain.opportunity import Ending, Stage
from crm.domain.plan import StepState
from crm.domain.report import Effort, ReportLine
from crm.domain.touch import WRITTEN_KINDS, Direction, TouchKind
from crm.store import interviews
from crm.store.event_tables import Event
from crm.store.lesson_tables import Practice
from crm.store.opportunity_tables import Opportunity, Step
from crm.store.tables import Company, Person, Touch, TouchPerson

_SENT = (Touch.direction == Direction.SENT.value) & Touch.kind.in_([kind.value for kind in WRITTEN_KINDS])


def lines(
    session: Session, first: date, last: date, efforts: Iterable[Effort] = tuple(Effort)
) -> tuple[ReportLine, ...]:
    """Return what was done on these days, in their order, with the notes there are."""
    found = [line for effort in efforts for line in _READERS[effort](session, first, last)]
    order = list(Effort)
    return tuple(sorted(found, key=lambda line: (line.on, order.index(line.effort), line.what)))


def _applications(session: Session, first: date, last: date) -> Iterator[ReportLine]:
    query = select(Opportunity, Company.name).outerjoin(Company, Company.id == Opportunity.company_id)
    for row, company in session.execute(query.where(Opportunity.applied_on.between(first, last))):
        if row.applied_on is not None:
            yield ReportLine(
                row.applied_on, Effort.APPLICATION, row.title, company or "", row.source,
                stage=Stage(row.stage), ending=_ending(row.ending), note=row.notes,
            )  # fmt: skip


def _interviews(session: Session, first: date, last: date) -> Iterator[ReportLine]:
    held = interviews.between(session, first, last)
    owners = {one.opportunity for one in held}
    stands = {
        row.id: (Stage(row.stage), _ending(row.ending))
        for row in session.execute(
            select(Opportunity.id, Opportunity.stage, Opportunity.ending).where(Opportunity.id.in_(owners))
        )
    }
    for one in held:
        stage, ending = stands[one.opportunity]
        note = _joined((one.draft.questions, one.draft.repeat, one.draft.change))
        who = ", ".join(name for _, name in one.people)
        yield ReportLine(
            one.draft.on, Effort.INTERVIEW, one.title, one.company, who=who, stage=stage, ending=ending,
            note=note,
        )  # fmt: skip


def _messages(session: Session, first: date, last: date) -> Iterator[ReportLine]:
    """Yield each message once, whoever it went to."""
    wanted = _SENT & Touch.touched_on.between(first, last)
    query = (
        select(Touch, Person.display_name, Company.name)
        .join(TouchPerson, TouchPerson.touch_id == Touch.id)
        .join(Person, Person.id == TouchPerson.person_id)
        .outerjoin(Company, Company.id == Person.company_id)
        .where(wanted)
        .order_by(Touch.touched_on, Touch.id, TouchPerson.id)
    )
    found: dict[int, tuple[Touch, list[str], list[str]]] = {}
    for touch, name, company in session.execute(query):
        _, names, companies = found.setdefault(touch.id, (touch, [], []))
        names.append(name)
        companies += [company] if company and company not in companies else []
    for touch, names, companies in found.values():
        yield ReportLine(
            touch.touched_on, Effort.MESSAGE, "", ", ".join(companies), who=", ".join(names),
            kind=TouchKind(touch.kind), note=touch.note,
        )  # fmt: skip


def _events(session: Session, first: date, last: date) -> Iterator[ReportLine]:
    went = (Event.status == EventStatus.WENT.value) & Event.held_on.between(first, last)
    for row in session.scalars(select(Event).where(went)):
        if row.held_on is not None:
            note = _joined((row.notes, row.outcome))
            yield ReportLine(row.held_on, Effort.EVENT, row.name, source=row.place, note=note)


def _practice(session: Session, first: date, last: date) -> Iterator[ReportLine]:
    query = select(Practice, Person.display_name).outerjoin(Person, Person.id == Practice.person_id)
    for row, name in session.execute(query.where(Practice.practised_on.between(first, last))):
        yield ReportLine(row.practised_on, Effort.PRACTICE, row.topic, who=name or "", note=row.note)


def _steps(session: Session, first: date, last: date) -> Iterator[ReportLine]:
    """Yield the steps done that aren't told by a message already."""
    query = (
        select(Step.done_on, Step.title, Company.name, Person.display_name)
        .outerjoin(Opportunity, Opportunity.id == Step.opportunity_id)
        .outerjoin(Company, Company.id == Opportunity.company_id)
        .outerjoin(Person, Person.id == Step.person_id)
        .outerjoin(Touch, Touch.id == Step.touch_id)
    )
    told: ColumnElement[bool] = Touch.id.is_not(None) & _SENT
    done = (Step.state == StepState.DONE.value) & Step.done_on.between(first, last) & ~told
    for on, title, company, name in session.execute(query.where(done)):
        if on is not None:
            yield ReportLine(on, Effort.STEP, title, company or "", who=name or "")


def _ending(code: str | None) -> Ending | None:
    return Ending(code) if code else None


def _joined(notes: Iterable[str]) -> str:
    return "\n".join(note for note in notes if note)


_READERS = {
    Effort.APPLICATION: _applications,
    Effort.INTERVIEW: _interviews,
    Effort.MESSAGE: _messages,
    Effort.EVENT: _events,
    Effort.PRACTICE: _practice,
    Effort.STEP: _steps,
}
