"""Ways into a company and introductions: who is, was, or knows somebody there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.orm import Session, aliased

from crm.domain.company import CompanyId
from crm.domain.companynames import like_names
from crm.domain.introduction import (
    Introduction,
    IntroductionDraft,
    IntroductionId,
    IntroductionState,
    Way,
    WayKind,
)
from crm.domain.person import PersonId, Standing
from crm.domain.touch import UNCOUNTED_KINDS, Direction, TouchKind
from crm.domain.warmth import PastTouch, warmth
from crm.store.introduction_tables import Introduction as Row_
from crm.store.likeness import COMPANY, not_same
from crm.store.page_tables import IntroducedBy
from crm.store.people import chunks
from crm.store.tables import Company, CompanyAlias, Person, Position, Touch, TouchPerson

_ACTIVE = Person.standing == Standing.ACTIVE.value


def like(session: Session, company: int) -> tuple[frozenset[int], dict[CompanyId, str]]:
    """Return which companies are this one by name, itself among them, and the names of those that perhaps are.

    Companies that the user says are two stay apart.
    """
    apart = {other for pair in not_same(session, COMPANY) if company in pair for other in pair}
    names = session.execute(
        select(Company.id, Company.name).union_all(select(CompanyAlias.company_id, CompanyAlias.name))
    ).all()
    own = [name for id_, name in names if id_ == company]
    sure, perhaps = like_names(own, ((id_, name) for id_, name in names if id_ not in apart))
    shown = {id_: name for id_, name in reversed(names) if id_ in perhaps}
    return sure | {company}, {CompanyId(id_): shown[id_] for id_ in sorted(shown)}


def ways(session: Session, company: int, there: Iterable[int], today: date) -> tuple[Way, ...]:
    """Return every way into a company, which has several rows where `there` says so; unordered.

    Somebody may lead there in several ways.
    """
    found = list(_who_were(session, company, there))
    here = {way.person: way.name for way in found if way.kind is WayKind.HERE}
    known = {way.person: way.name for way in found}
    found += _who_know(session, here, known)
    facts = _facts(session, {way.person for way in found}, today)
    return tuple(replace(way, **facts.get(way.person, {})) for way in found)


def insert(session: Session, draft: IntroductionDraft, on: date, step: int) -> int:
    """Note that somebody is to be asked; return the id."""
    made = Row_(
        company_id=draft.company, connector_id=draft.connector, to_person_id=draft.to, to_name=draft.to_name,
        note=draft.note, state=IntroductionState.ASKED.value, asked_on=on, since_on=on, step_id=step,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made.id


def move(session: Session, introduction: int, state: IntroductionState, on: date) -> None:
    """Say where an introduction stands."""
    values = {"state": state.value, "since_on": on}
    statement = update(Row_).where(Row_.id == introduction).values(values)
    session.execute(statement, execution_options={"synchronize_session": False})


def introduced(session: Session, person: int, by: int) -> None:
    """Say who introduced somebody, where nobody is said to have."""
    if session.scalar(select(IntroducedBy.id).where(IntroducedBy.person_id == person)) is None:
        session.add(IntroducedBy(person_id=person, by_id=by))
        session.flush()


def step_of(session: Session, introduction: int) -> int | None:
    """Return the step that asks for an introduction, None when it is gone."""
    return session.scalar(select(Row_.step_id).where(Row_.id == introduction))


def introductions(
    session: Session, *, company: int | None = None, only: int | None = None
) -> tuple[Introduction, ...]:
    """Return introductions, the latest first: all, those into a company, or one."""
    connector, to = aliased(Person), aliased(Person)
    query = (
        select(
            Row_.id, Row_.company_id, Row_.connector_id, Row_.to_person_id, Row_.to_name, Row_.note, Row_.state,
            Row_.asked_on, Row_.since_on, connector.display_name.label("connector"), Company.name.label("company"),
            func.coalesce(to.display_name, Row_.to_name).label("to"),
        )
        .join(connector, connector.id == Row_.connector_id)
        .join(Company, Company.id == Row_.company_id)
        .outerjoin(to, to.id == Row_.to_person_id)
        .order_by(Row_.since_on.desc(), Row_.id.desc())
    )  # fmt: skip
    if company is not None:
        query = query.where(Row_.company_id == company)
    if only is not None:
        query = query.where(Row_.id == only)
    return tuple(map(_introduction, session.execute(query)))


def _introduction(row: Row[*tuple[Any, ...]]) -> Introduction:
    to = PersonId(row.to_person_id) if row.to_person_id is not None else None
    draft = IntroductionDraft(
        CompanyId(row.company_id), PersonId(row.connector_id), to, row.to_name, row.note
    )
    return Introduction(
        IntroductionId(row.id), draft, row.connector, row.company, row.to, IntroductionState(row.state),
        row.asked_on, row.since_on,
    )  # fmt: skip


def _who_were(session: Session, company: int, there: Iterable[int]) -> Iterator[Way]:
    """Yield who is there, and who left, each once."""
    query = (
        select(
            Person.id, Person.display_name, Position.title, Position.current, Position.from_on, Position.until_on,
            Position.company_id, Company.name.label("company"),
        )
        .join(Position, Position.person_id == Person.id)
        .join(Company, Company.id == Position.company_id)
        .where(Position.company_id.in_(sorted(there)), _ACTIVE)
        .order_by(Position.current.desc(), Position.until_on.desc(), Position.id)
    )  # fmt: skip
    for row in session.execute(query):
        kind = WayKind.HERE if row.current else WayKind.LEFT
        at = row.company if row.company_id != company else ""
        yield Way(
            PersonId(row.id),
            row.display_name,
            kind,
            row.title,
            from_on=row.from_on,
            until_on=row.until_on,
            at=at,
        )


def _who_know(session: Session, here: Mapping[PersonId, str], known: Mapping[PersonId, str]) -> Iterator[Way]:
    """Yield who introduced somebody that is or was there, and who knows somebody that is there now."""
    pairs: dict[tuple[PersonId, WayKind], dict[PersonId, str]] = {}
    names: dict[PersonId, str] = {}

    def add(rows: Iterable[Any], kind: WayKind) -> None:
        for person, name, there in rows:
            if person not in known:
                names[PersonId(person)] = name
                through = pairs.setdefault((PersonId(person), kind), {})
                through[PersonId(there)] = known[PersonId(there)]

    for chunk in chunks(list(known)):
        by = select(Person.id, Person.display_name, IntroducedBy.person_id).join(
            IntroducedBy, IntroducedBy.by_id == Person.id
        )
        add(session.execute(by.where(IntroducedBy.person_id.in_(chunk), _ACTIVE)), WayKind.INTRODUCED)
    for chunk in chunks(list(here)):
        who = select(Person.id, Person.display_name, IntroducedBy.by_id).join(
            IntroducedBy, IntroducedBy.person_id == Person.id
        )
        add(session.execute(who.where(IntroducedBy.by_id.in_(chunk), _ACTIVE)), WayKind.KNOWS)
        add(_met_together(session, chunk), WayKind.KNOWS)
    for (person, kind), through in pairs.items():
        yield Way(person, names[person], kind, through=tuple(through.items()))


def _met_together(session: Session, people: Sequence[int]) -> Iterator[Any]:
    """Yield who took part in a touch with one of these people; a note that names both isn't one."""
    theirs, others = aliased(TouchPerson), aliased(TouchPerson)
    notes = [kind.value for kind in UNCOUNTED_KINDS]
    query = (
        select(Person.id, Person.display_name, theirs.person_id)
        .join(others, others.person_id == Person.id)
        .join(theirs, theirs.touch_id == others.touch_id)
        .where(
            theirs.person_id.in_(people),
            others.person_id != theirs.person_id,
            others.kind.not_in(notes),
            _ACTIVE,
        )
        .distinct()
    )
    yield from session.execute(query)


def _facts(session: Session, people: Iterable[int], today: date) -> dict[int, dict[str, Any]]:
    """Return what orders the ways: warmth, whether they answered, the last touch, when they were asked."""
    ids = sorted(people)
    touches: dict[int, list[PastTouch]] = {}
    about: dict[int, dict[str, Any]] = {}
    for chunk in chunks(ids):
        query = (
            select(TouchPerson.person_id, TouchPerson.touched_on, TouchPerson.kind, Touch.direction)
            .join(Touch, Touch.id == TouchPerson.touch_id)
            .where(TouchPerson.person_id.in_(chunk))
            .order_by(TouchPerson.touched_on, TouchPerson.touch_id)
        )
        for person, on, kind, way in session.execute(query):
            touches.setdefault(person, []).append(PastTouch(on, TouchKind(kind), Direction(way)))
        asked = (
            select(Row_.connector_id, func.max(Row_.asked_on))
            .where(Row_.connector_id.in_(chunk))
            .group_by(Row_.connector_id)
        )
        last = {row[0]: row[1] for row in session.execute(asked)}
        rows = session.execute(select(Person.id, Person.last_touch_on).where(Person.id.in_(chunk)))
        about.update(
            {row.id: {"last_touch_on": row.last_touch_on, "asked_on": last.get(row.id)} for row in rows}
        )
    for person, facts in about.items():
        found = warmth(touches.get(person, ()), today)
        answered = any(one.direction is not Direction.SENT for one in touches.get(person, ()))
        facts |= {"level": found.level, "answered": answered}
    return about
