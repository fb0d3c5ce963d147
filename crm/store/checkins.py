"""How often and when not: the columns that rules, snoozes, skips and rests live in, for many people at once."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, or_, select, update
from sqlalchemy.orm import Session

from crm.domain.cadence import CadenceSource, Interval
from crm.domain.company import CompanyId
from crm.domain.folding import fold
from crm.domain.levelling import Why
from crm.store import derived, intervals
from crm.store.people import chunks
from crm.store.tables import Company, Person, PersonTag, Position, Tag

_UNSYNCED = {"synchronize_session": False}
RENEWED: Mapping[str, Any] = {
    "snoozed_until": None, "snooze_count": 0, "planned_on": None, "planned_why": None,
}  # fmt: skip
"""What is over once a check-in is done or let go."""
_PLANNED = Person.next_due_on.is_not(None)


def set_own(
    session: Session, people: Sequence[int], every: Interval | None, today: date, *, never: bool
) -> None:
    """Give people a rule of their own, none, or "no check-ins"; a day that the user didn't say is placed anew."""
    said = {**intervals.columns(every), "never": never}
    other = or_(*(getattr(Person, name).is_distinct_from(value) for name, value in said.items()))
    by_user = Person.planned_why == Why.USER.value
    kept = {
        "planned_on": case((by_user, Person.planned_on), else_=None),
        "planned_why": case((by_user, Person.planned_why), else_=None),
    }
    values = {**said, **kept}
    _change(session, people, other, values, today)


def set_tag(session: Session, name: str, every: Interval | None, today: date) -> str | None:
    """Give a tag a rule; return its name as it is spelled, None when there is no such tag."""
    tag = session.scalar(select(Tag).where(Tag.key == fold(name)))
    if tag is None:
        return None
    if intervals.every_of(tag) != every:
        session.execute(update(Tag).where(Tag.id == tag.id).values(intervals.columns(every)))
        tagged = select(PersonTag.person_id).where(PersonTag.tag_id == tag.id)
        derived.settle(session, session.scalars(tagged), today=today)
    return tag.name


def set_company(session: Session, company: CompanyId, every: Interval | None, today: date) -> str | None:
    """Give a company a rule; return its name, None when there is no such company."""
    found = session.get(Company, company)
    if found is None:
        return None
    if intervals.every_of(found) != every:
        session.execute(update(Company).where(Company.id == company).values(intervals.columns(every)))
        there = select(Position.person_id).where(Position.company_id == company, Position.current)
        derived.settle(session, session.scalars(there), [company], today=today)
    return found.name


def settle_followers(session: Session, today: date) -> None:
    """Bring up to date whoever follows the book's default, or has no rule that is stronger."""
    weak = (CadenceSource.BOOK.value, CadenceSource.NONE.value)
    followers = select(Person.id).where(Person.cadence_source.in_(weak))
    derived.settle(session, session.scalars(followers), today=today)


def snooze(session: Session, people: Sequence[int], until: date, today: date) -> int:
    """Hide the check-ins of those who have one until a day; return of how many."""
    values = {"snoozed_until": until, "snooze_count": Person.snooze_count + 1}
    return _change(session, people, _PLANNED, values, today)


def unsnooze(session: Session, people: Sequence[int], today: date) -> int:
    """Show check-ins again before their snooze ends; return of how many."""
    return _change(session, people, Person.snoozed_until.is_not(None), {"snoozed_until": None}, today)


def skip(session: Session, people: Sequence[int], on: date) -> int:
    """Let the check-ins of those who have one go on a day; return of how many."""
    return _change(session, people, _PLANNED, {"skipped_on": on, **RENEWED}, on)


def set_resting(session: Session, people: Sequence[int], today: date, *, resting: bool) -> int:
    """Stop suggesting people, or take it up again; return for how many that is new."""
    return _change(session, people, Person.resting != resting, {"resting": resting}, today)


def _change(
    session: Session, people: Sequence[int], whom: ColumnElement[bool], values: Mapping[str, Any], today: date
) -> int:
    """Set columns of those of `people` that `whom` holds for, settle them, and return how many they are."""
    changed: list[int] = []
    for chunk in chunks(people):
        changed += session.scalars(select(Person.id).where(Person.id.in_(chunk), whom))
    for chunk in chunks(changed):
        statement = update(Person).where(Person.id.in_(chunk)).values(values)
        session.execute(statement, execution_options=_UNSYNCED)
    derived.settle(session, changed, today=today)
    return len(changed)
