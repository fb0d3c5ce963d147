"""What was noticed at companies: writing and reading it."""

from typing import Any

from sqlalchemy import Row, Select, delete, select, update
from sqlalchemy.orm import Session

from crm.domain.company import CompanyId
from crm.domain.opportunity import OpportunityId
from crm.domain.plan import StepId, StepState
from crm.domain.watch import Engagement, NoticedDraft, NoticedId, NoticedKind, NoticedRow
from crm.store.opportunity_tables import Step
from crm.store.tables import Company
from crm.store.watch_tables import Noticed

_UNSYNCED = {"synchronize_session": False}


def insert(session: Session, draft: NoticedDraft) -> int:
    """Add a note; return the id."""
    row = Noticed(**_values(draft))
    session.add(row)
    session.flush()
    _tell(session, draft.company)
    return row.id


def update_from(session: Session, noticed: int, draft: NoticedDraft) -> None:
    """Make a note say what `draft` says."""
    _set(session, noticed, **_values(draft))
    _tell(session, draft.company)


def lead_to(
    session: Session, noticed: NoticedRow, *, step: int | None = None, opportunity: int | None = None
) -> None:
    """Remember the step that a note led to, or the opportunity it became."""
    values = {"step_id": step, "opportunity_id": opportunity}
    _set(session, noticed.id, **{name: value for name, value in values.items() if value is not None})
    _tell(session, noticed.draft.company)


def delete_noticed(session: Session, noticed: NoticedRow) -> None:
    """Remove a note."""
    session.execute(delete(Noticed).where(Noticed.id == noticed.id), execution_options=_UNSYNCED)
    _tell(session, noticed.draft.company)


def row(session: Session, noticed: int) -> NoticedRow | None:
    """Return one note, None when it is gone."""
    found = session.execute(_query().where(Noticed.id == noticed)).first()
    return None if found is None else _row(found)


def rows(session: Session, company: int | None = None, limit: int | None = None) -> tuple[NoticedRow, ...]:
    """Return what was noticed, the latest first: everywhere, or at one company."""
    query = _query().order_by(Noticed.noticed_on.desc(), Noticed.id.desc()).limit(limit)
    if company is not None:
        query = query.where(Noticed.company_id == company)
    return tuple(_row(one) for one in session.execute(query))


def _query() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *Noticed.__table__.columns, Company.name.label("company"), Step.title.label("step_title"), Step.due_on,
            Step.state.label("step_state"),
        )
        .join(Company, Company.id == Noticed.company_id)
        .outerjoin(Step, Step.id == Noticed.step_id)
    )  # fmt: skip


def _row(row: Row[*tuple[Any, ...]]) -> NoticedRow:
    draft = NoticedDraft(CompanyId(row.company_id), row.text, row.noticed_on, NoticedKind(row.kind), row.link)
    engagement = None
    if row.step_id is not None:
        engagement = Engagement(StepId(row.step_id), row.step_title, row.due_on, StepState(row.step_state))
    opportunity = OpportunityId(row.opportunity_id) if row.opportunity_id is not None else None
    return NoticedRow(NoticedId(row.id), draft, row.company, engagement, opportunity)


def _values(draft: NoticedDraft) -> dict[str, Any]:
    return {
        "company_id": draft.company,
        "kind": draft.kind.value,
        "noticed_on": draft.on,
        "text": draft.text,
        "link": draft.link,
    }


def _set(session: Session, noticed: int, **values: Any) -> None:
    changed = update(Noticed).where(Noticed.id == noticed).values(values)
    session.execute(changed, execution_options=_UNSYNCED)


def _tell(session: Session, company: int) -> None:
    """Count the company's revision up, so that whoever shows or searches it looks anew."""
    later = update(Company).where(Company.id == company).values(revision=Company.revision + 1)
    session.execute(later, execution_options=_UNSYNCED)
    session.expire_all()
