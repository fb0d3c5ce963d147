"""Writing people: rows of a person from a draft, and changes to many people at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy import insert as insert_rows
from sqlalchemy.orm import Session

from crm.domain import person as names
from crm.domain.company import company_key
from crm.domain.contactkeys import contact_key, linkedin_stored
from crm.domain.folding import fold
from crm.domain.person import ContactPoint as Point
from crm.domain.person import PersonDraft, Standing, made_name
from crm.store import aliases, derived, intervals
from crm.store.base import new_uid
from crm.store.childrows import assign, sync
from crm.store.page_tables import CustomField, IntroducedBy
from crm.store.tables import (
    Company,
    ContactPoint,
    ImportantDate,
    Person,
    PersonTag,
    Position,
    Tag,
    Touch,
    TouchPerson,
)

CHUNK = 500


def insert(session: Session, draft: PersonDraft, added_on: date) -> int:
    """Add the person a tidied draft describes, settled; return the id."""
    person = Person(added_on=added_on, uid=new_uid(), **_columns(draft))
    session.add(person)
    session.flush()
    _sync_children(session, person.id, draft)
    derived.settle(session, [person.id], today=added_on)
    return person.id


def update_from(session: Session, person_id: int, draft: PersonDraft, today: date) -> bool:
    """Make a person say what a tidied draft says; return False when there is no such person."""
    person = session.get(Person, person_id)
    if person is None:
        return False
    left = derived.companies_of(session, [person_id])
    changed = assign(person, _columns(draft))
    changed |= _sync_children(session, person_id, draft)
    if changed:
        derived.settle(session, [person_id], left, today=today)
    return True


def delete_people(session: Session, ids: Sequence[int]) -> None:
    """Remove people, and the touches that nobody else took part in."""
    companies = derived.companies_of(session, ids)
    touches: set[int] = set()
    for chunk in chunks(ids):
        touches.update(session.scalars(select(TouchPerson.touch_id).where(TouchPerson.person_id.in_(chunk))))
    for chunk in chunks(ids):
        session.execute(delete(Person).where(Person.id.in_(chunk)))
    others: set[int] = set()
    for chunk in chunks(sorted(touches)):
        alone = ~exists().where(TouchPerson.touch_id == Touch.id)
        session.execute(delete(Touch).where(Touch.id.in_(chunk), alone), execution_options=_UNSYNCED)
        others.update(session.scalars(select(TouchPerson.person_id).where(TouchPerson.touch_id.in_(chunk))))
    derived.settle(session, others, companies)


def set_standing(session: Session, ids: Sequence[int], standing: Standing, today: date) -> None:
    """Archive people, or bring them back."""
    changed: list[int] = []
    for chunk in chunks(ids):
        other = select(Person.id).where(Person.id.in_(chunk), Person.standing != standing.value)
        changed += session.scalars(other)
    _update(session, changed, {"standing": standing.value})
    derived.settle(session, changed, today=today)


def set_starred(session: Session, ids: Sequence[int], *, on: bool) -> None:
    """Star people, or take their stars away."""
    for chunk in chunks(ids):
        changed = list(session.scalars(select(Person.id).where(Person.id.in_(chunk), Person.starred != on)))
        _update(session, changed, {"starred": on, "revision": Person.revision + 1})


def tag_people(session: Session, ids: Sequence[int], name: str, today: date) -> None:
    """Give people a tag, made if it is new."""
    tag_id = tag_ids(session, [name])[0]
    changed: list[int] = []
    for chunk in chunks(ids):
        has = exists().where(PersonTag.person_id == Person.id, PersonTag.tag_id == tag_id)
        changed += session.scalars(select(Person.id).where(Person.id.in_(chunk), ~has))
    if changed:
        rows = [{"person_id": person_id, "tag_id": tag_id} for person_id in changed]
        session.execute(insert_rows(PersonTag), rows)
    _follow_tag(session, changed, tag_id, today)


def untag_people(session: Session, ids: Sequence[int], name: str, today: date) -> None:
    """Take a tag from people; the tag stays."""
    tag_id = session.scalar(select(Tag.id).where(Tag.key == fold(name)))
    if tag_id is None:
        return
    changed: list[int] = []
    for chunk in chunks(ids):
        carried = (PersonTag.tag_id == tag_id) & PersonTag.person_id.in_(chunk)
        changed += session.scalars(select(PersonTag.person_id).where(carried))
        session.execute(delete(PersonTag).where(carried), execution_options=_UNSYNCED)
    _follow_tag(session, changed, tag_id, today)


def _follow_tag(session: Session, ids: Sequence[int], tag_id: int, today: date) -> None:
    """Bring those up to date who got or lost a tag; one without a rule changes none of their dates."""
    if session.get_one(Tag, tag_id).every_count is None:
        _update(session, ids, {"revision": Person.revision + 1})
    else:
        derived.settle(session, ids, today=today)


def tag_ids(session: Session, tags: Iterable[str]) -> list[int]:
    """Return the ids of these tags, making those that are new; the first spelling stays."""
    found: list[int] = []
    for name in tags:
        tag = session.scalar(select(Tag).where(Tag.key == fold(name)))
        if tag is None:
            tag = Tag(name=name, key=fold(name))
            session.add(tag)
            session.flush()
        found.append(tag.id)
    return found


def company_ids(session: Session, companies: Iterable[str]) -> dict[str, int]:
    """Return the id of each company by the name given, making those that are new."""
    keys = {name: company_key(name) for name in companies}
    known = aliases.companies_named(session, list(keys.values())) if keys else {}
    for name, key in keys.items():
        if key not in known:
            company = Company(name=name, name_key=key, sort_key=fold(name))
            session.add(company)
            session.flush()
            known[key] = company.id
    return {name: known[key] for name, key in keys.items()}


def contact_rows(contacts: Iterable[Point]) -> list[dict[str, Any]]:
    """Return the columns of contact points."""
    return [
        {
            "kind": point.kind.value,
            "value": point.value,
            "key": contact_key(point.kind, point.value),
            "label": point.label,
            "types": list(point.types),
            "preferred": point.preferred,
            "parts": list(point.parts),
        }
        for point in contacts
    ]


def names_of(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Return the names of those of these people that exist."""
    found: dict[int, str] = {}
    for chunk in chunks(list(ids)):
        rows = session.execute(select(Person.id, Person.display_name).where(Person.id.in_(chunk)))
        found.update({row.id: row.display_name for row in rows})
    return found


def chunks(ids: Sequence[int]) -> list[Sequence[int]]:
    """Return `ids` in pieces that fit one statement."""
    return [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]


_UNSYNCED = {"synchronize_session": False}


def _update(session: Session, ids: Sequence[int], values: Mapping[str, Any]) -> None:
    for chunk in chunks(ids):
        statement = update(Person).where(Person.id.in_(chunk)).values(values)
        session.execute(statement, execution_options=_UNSYNCED)
    session.expire_all()


def _columns(draft: PersonDraft) -> dict[str, Any]:
    shown = made_name(draft)
    return {
        "display_name": shown,
        "name_key": names.name_key(shown, draft.name),
        "sort_key": names.sort_key(shown),
        "family": draft.name.family,
        "given": draft.name.given,
        "additional": draft.name.additional,
        "prefix": draft.name.prefix,
        "suffix": draft.name.suffix,
        "nicknames": list(draft.nicknames),
        "notes": draft.notes,
        "how_met": draft.how_met,
        "met_on": draft.met_on,
        "starred": draft.starred,
        "linkedin": linkedin_stored(draft.linkedin),
        "never": draft.never,
        **intervals.columns(draft.every),
    }


def _sync_children(session: Session, person_id: int, draft: PersonDraft) -> bool:
    companies = company_ids(session, dict.fromkeys(position.company for position in draft.positions))
    positions = [
        {
            "company_id": companies[position.company],
            "title": position.title,
            "department": position.department,
            "from_on": position.from_on,
            "until_on": position.until_on,
            "current": position.current,
        }
        for position in draft.positions
    ]
    dates = [
        {
            "kind": date_.kind.value,
            "label": date_.label,
            "year": date_.on.year,
            "month": date_.on.month,
            "day": date_.on.day,
            "text": date_.on.text,
        }
        for date_ in draft.dates
    ]
    changed = sync(session, ContactPoint.person_id, person_id, contact_rows(draft.contacts), "kind")
    changed |= sync(session, Position.person_id, person_id, positions, "company_id")
    changed |= sync(session, ImportantDate.person_id, person_id, dates, "kind")
    fields = [{"name": kept.name, "value": kept.value} for kept in draft.fields]
    changed |= sync(session, CustomField.person_id, person_id, fields, "name")
    changed |= _sync_introduction(session, person_id, draft.introduced_by)
    return _sync_tags(session, person_id, draft.tags) or changed


def _sync_introduction(session: Session, person_id: int, by: int | None) -> bool:
    row = session.scalar(select(IntroducedBy).where(IntroducedBy.person_id == person_id))
    if (row.by_id if row else None) == by:
        return False
    if row is None:
        session.add(IntroducedBy(person_id=person_id, by_id=by))
    elif by is None:
        session.delete(row)
    else:
        row.by_id = by
    return True


def _sync_tags(session: Session, person_id: int, tags: Sequence[str]) -> bool:
    carried = {
        row.tag_id: row for row in session.scalars(select(PersonTag).where(PersonTag.person_id == person_id))
    }
    wanted = tag_ids(session, tags)
    for tag_id in wanted:
        if tag_id not in carried:
            session.add(PersonTag(person_id=person_id, tag_id=tag_id))
    for tag_id, row in carried.items():
        if tag_id not in wanted:
            session.delete(row)
    return set(wanted) != set(carried)
