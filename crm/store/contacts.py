"""Contact points of many people at once."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.domain.person import ContactKind
from crm.store.people import chunks
from crm.store.tables import ContactPoint

ContactValues = Mapping[int, Mapping[ContactKind, Sequence[str]]]


def values_of(session: Session, ids: Sequence[int], kinds: Sequence[ContactKind]) -> ContactValues:
    """Return the values of these kinds, the preferred one first."""
    found: dict[int, dict[ContactKind, list[str]]] = {}
    for chunk in chunks(ids):
        query = (
            select(ContactPoint.person_id, ContactPoint.kind, ContactPoint.value)
            .where(ContactPoint.person_id.in_(chunk), ContactPoint.kind.in_([kind.value for kind in kinds]))
            .order_by(ContactPoint.person_id, ContactPoint.preferred.desc(), ContactPoint.ord)
        )
        for person, kind, value in session.execute(query):
            if person is not None:
                found.setdefault(person, {}).setdefault(ContactKind(kind), []).append(value)
    return found
