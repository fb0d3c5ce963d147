"""Files kept with opportunities: writing and reading the rows that name them; the contents are `store.blobs`'s."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crm.domain.attachment import AttachmentId, AttachmentKind, AttachmentRow
from crm.domain.interview import InterviewId
from crm.domain.opportunity import OpportunityId
from crm.store.attachment_tables import Attachment
from crm.store.opportunity_tables import Opportunity
from crm.store.tables import Company


@dataclass(frozen=True, slots=True)
class NewAttachment:
    """What a row is made of."""

    opportunity: int
    interview: int | None
    name: str
    kind: AttachmentKind
    sha: str
    size: int


def insert(session: Session, new: NewAttachment, on: date) -> int:
    """Add a file; return the id."""
    row = Attachment(
        opportunity_id=new.opportunity,
        interview_id=new.interview,
        name=new.name,
        kind=new.kind.value,
        sha=new.sha,
        size=new.size,
        added_on=on,
    )
    session.add(row)
    session.flush()
    return row.id


def is_known(session: Session, new: NewAttachment) -> bool:
    """Say whether the same content is at the same place already."""
    query = select(Attachment.id).where(
        Attachment.opportunity_id == new.opportunity,
        Attachment.interview_id.is_not_distinct_from(new.interview),
        Attachment.sha == new.sha,
    )
    return session.scalar(query.limit(1)) is not None


def update_from(
    session: Session, attachment: int, name: str, kind: AttachmentKind, interview: int | None
) -> None:
    """Say what a file is called, what it is, and which round it is about."""
    row = session.get_one(Attachment, attachment)
    row.name, row.kind, row.interview_id = name, kind.value, interview


def delete_attachments(session: Session, ids: Sequence[int]) -> None:
    """Remove files; their contents stay for as long as undo could bring them back."""
    session.execute(delete(Attachment).where(Attachment.id.in_(ids)))


def row(session: Session, attachment: int) -> AttachmentRow | None:
    """Return one file, None when it is gone."""
    owner = session.scalar(select(Attachment.opportunity_id).where(Attachment.id == attachment))
    found = () if owner is None else of_opportunity(session, owner)
    return next((one for one in found if one.id == attachment), None)


def of_opportunity(session: Session, opportunity: int) -> tuple[AttachmentRow, ...]:
    """Return the files of an opportunity, in the order they came."""
    query = select(Attachment).where(Attachment.opportunity_id == opportunity).order_by(Attachment.id)
    rows = session.scalars(query).all()
    elsewhere = _elsewhere(session, opportunity, [one.sha for one in rows])
    return tuple(
        AttachmentRow(
            id=AttachmentId(one.id),
            opportunity=OpportunityId(opportunity),
            name=one.name,
            kind=AttachmentKind(one.kind),
            sha=one.sha,
            size=one.size,
            added_on=one.added_on,
            interview=InterviewId(one.interview_id) if one.interview_id is not None else None,
            elsewhere=elsewhere.get(one.sha, ()),
        )
        for one in rows
    )


def names(session: Session) -> dict[str, str]:
    """Return what each content is called that is a file: its first name."""
    query = select(Attachment.sha, Attachment.name).order_by(Attachment.id.desc())
    return {one.sha: one.name for one in session.execute(query)}


def _elsewhere(session: Session, opportunity: int, shas: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return which other opportunities the same contents went to, by company."""
    query = (
        select(Attachment.sha, Opportunity.title, Company.name)
        .join(Opportunity, Opportunity.id == Attachment.opportunity_id)
        .outerjoin(Company, Company.id == Opportunity.company_id)
        .where(Attachment.sha.in_(shas), Attachment.opportunity_id != opportunity)
        .order_by(Attachment.id)
    )
    found: dict[str, dict[str, None]] = {}
    for sha, title, company in session.execute(query):
        found.setdefault(sha, {})[company or title] = None
    return {sha: tuple(said) for sha, said in found.items()}
