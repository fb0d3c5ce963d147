"""What the proof of search is read from: applications, rounds, steps done, practice. Notes stay where they are."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.domain.plan import StepState
from crm.domain.report import Effort, ReportLine
from crm.store.lesson_tables import Practice
from crm.store.opportunity_tables import Interview, Opportunity, Step
from crm.store.tables import Company


def lines(session: Session, first: date, last: date) -> tuple[ReportLine, ...]:
    """Return what was done on these days, in their order."""
    found: list[ReportLine] = []
    at = (Company, Company.id == Opportunity.company_id)
    applied = select(Opportunity.applied_on, Opportunity.title, Company.name, Opportunity.source).outerjoin(
        *at
    )
    for on, title, company, source in session.execute(
        applied.where(Opportunity.applied_on.between(first, last))
    ):
        if on is not None:
            found.append(ReportLine(on, Effort.APPLICATION, title, company or "", source))
    held = select(Interview.held_on, Opportunity.title, Company.name).join(
        Opportunity, Opportunity.id == Interview.opportunity_id
    )
    for on, title, company in session.execute(
        held.outerjoin(*at).where(Interview.held_on.between(first, last))
    ):
        found.append(ReportLine(on, Effort.INTERVIEW, title, company or ""))
    steps = select(Step.done_on, Step.title, Company.name).outerjoin(
        Opportunity, Opportunity.id == Step.opportunity_id
    )
    done = (Step.state == StepState.DONE.value) & Step.done_on.between(first, last)
    for on, title, company in session.execute(steps.outerjoin(*at).where(done)):
        if on is not None:
            found.append(ReportLine(on, Effort.STEP, title, company or ""))
    practised = select(Practice.practised_on, Practice.topic)
    for on, topic in session.execute(practised.where(Practice.practised_on.between(first, last))):
        found.append(ReportLine(on, Effort.PRACTICE, topic))
    return tuple(sorted(found, key=lambda line: (line.on, line.effort, line.what)))
