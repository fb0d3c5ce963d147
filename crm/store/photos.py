"""Pictures by their content address; the table isn't journaled, since what is shown follows from what came."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm.store.tables import Blob, Person


def shown(session: Session, sha: str) -> bytes | None:
    """Return our own JPEG of a picture, None until there is one."""
    return session.scalar(select(Blob.shown).where(Blob.sha == sha))


def unrendered(session: Session, person_id: int) -> bytes | None:
    """Return a person's picture as it came, None when it was rendered or refused."""
    query = select(Blob.original).join(Person, Person.photo_sha == Blob.sha)
    waiting = Blob.shown.is_(None) & Blob.refused.is_(False)
    return session.scalar(query.where(Person.id == person_id, waiting))


def keep(session: Session, person_id: int, jpeg: bytes | None) -> None:
    """Keep the JPEG we made of a person's picture, or that it can't be shown."""
    sha = select(Person.photo_sha).where(Person.id == person_id).scalar_subquery()
    session.execute(
        update(Blob).where(Blob.sha == sha).values(shown=jpeg, refused=jpeg is None),
        execution_options={"synchronize_session": False},
    )
