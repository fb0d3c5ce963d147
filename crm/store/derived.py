"""The derived columns, and the only writer of them: what lists, Today and calendars need in SQL.

Every verb that changes a person, a position, a touch or a rule calls `settle` in the same transaction; it also counts
the person's and the company's revision up, so that `Changes` names everyone a change concerns.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select, text, update
from sqlalchemy.orm import Session

from crm.domain import cadence as rules
from crm.domain import levelling
from crm.domain.cadence import Cadence, CadenceRules, CheckInFacts, Interval, NamedInterval
from crm.domain.levelling import Placement, Why, Wish
from crm.domain.person import ContactKind, Standing
from crm.domain.rhythm import Rhythm, quiet_on, rhythm
from crm.domain.touch import COUNTING_KINDS
from crm.store import levelling as places
from crm.store.base import new_uid
from crm.store.intervals import every_of, interval
from crm.store.meeting_tables import Meeting, MeetingPerson
from crm.store.tables import Company, ContactPoint, Person, PersonTag, Position, Preference, Tag, TouchPerson

CHUNK = 500
# "Past" leaves out those who are there now, in another position; the plus has it ask by person, of whom there are few.
COMPANY_COLUMNS = {
    "people": "(SELECT count(DISTINCT person_id) FROM position WHERE company_id = company.id AND current)",
    "past_people": (
        "(SELECT count(DISTINCT p.person_id) FROM position p WHERE p.company_id = company.id AND NOT EXISTS"
        " (SELECT 1 FROM position n WHERE n.person_id = p.person_id AND +n.company_id = p.company_id AND n.current))"
    ),
    "last_touch_on": (
        "(SELECT max(x.last_touch_on) FROM position p JOIN person x ON x.id = p.person_id"
        " WHERE p.company_id = company.id AND p.current)"
    ),
}
_SETTLE_COMPANIES = text(
    "UPDATE company SET revision = revision + 1, "
    + ", ".join(f"{name} = {value}" for name, value in COMPANY_COLUMNS.items())
    + " WHERE id IN (SELECT value FROM json_each(:ids))"
)
EVERY_PREFERENCE = "every"


@dataclass(frozen=True, slots=True)
class Sources:
    """What one person's derived columns are made of."""

    facts: CheckInFacts
    cadence_rules: CadenceRules
    company_id: int | None = None
    title: str = ""
    email: str = ""
    phone: str = ""
    last_touch_id: int | None = None
    planned: Placement | None = None
    rhythm: Rhythm | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The check-in as it was last planned: kept while it moves, another once a touch or a skip renewed the base."""

    on: date | None = None
    base_on: date | None = None
    ideal_on: date | None = None
    placed: Placement | None = None
    company_id: int | None = None
    uid: str = ""
    sequence: int = 0
    changed_at: datetime | None = None


def settle(
    session: Session, people: Iterable[int] = (), companies: Iterable[int] = (), *, today: date | None = None
) -> None:
    """Recompute these people and companies, and the companies of these people.

    A check-in that is new or has another ideal day is levelled among those there are, which stay; without `today` it
    stands on its ideal day.
    """
    session.flush()
    person_ids = sorted(set(people))
    company_ids = set(companies)
    for start in range(0, len(person_ids), CHUNK):
        chunk = person_ids[start : start + CHUNK]
        company_ids |= companies_of(session, chunk)
    _settle_people(session, person_ids, today)
    settle_companies(session, company_ids)
    session.expire_all()


def place_again(session: Session, today: date, whom: Callable[[date], bool] = lambda _day: True) -> None:
    """Level check-ins ahead anew: those on the days `whom` holds for. What somebody planned stays.

    For changed caps all of them, for a changed calendar those on days that aren't worked any more.
    """
    ahead = (Person.standing == Standing.ACTIVE.value) & (Person.check_in_on > today)
    levelled = Person.placed_why.is_not(None) & Person.planned_on.is_(None) & (Person.next_due_on > today)
    found = session.execute(select(Person.id, Person.next_due_on).where(ahead, levelled))
    people = [row.id for row in found if whom(row.next_due_on)]
    for start in range(0, len(people), CHUNK):
        chosen = Person.id.in_(people[start : start + CHUNK])
        session.execute(
            update(Person).where(chosen).values(placed_why=None),
            execution_options={"synchronize_session": False},
        )
    settle(session, people, today=today)


def companies_of(session: Session, people: Iterable[int]) -> set[int]:
    """Return every company these people hold or held a position at; ask before removing positions."""
    ids = list(people)
    found: set[int] = set()
    for start in range(0, len(ids), CHUNK):
        held = Position.person_id.in_(ids[start : start + CHUNK])
        found.update(session.scalars(select(Position.company_id).where(held).distinct()))
    return found


def settle_companies(session: Session, companies: Iterable[int]) -> None:
    """Recompute the counts and the last touch of these companies."""
    ids = sorted(set(companies))
    for start in range(0, len(ids), CHUNK):
        # Many in a statement: to begin one for each company takes as long as its counts.
        session.execute(_SETTLE_COMPANIES, {"ids": json.dumps(ids[start : start + CHUNK])})


def wrong_people(session: Session) -> list[int]:
    """Return the people whose derived columns aren't what they compute to."""
    wrong: list[int] = []
    ids = everyone(session)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        gathered = _gather(session, chunk)
        for person in session.execute(select(Person.__table__).where(Person.id.in_(chunk))):
            computed = columns(gathered.of(person), _before(person), lambda: "", datetime.min)  # noqa: DTZ901
            if any(getattr(person, name) != value for name, value in computed.items()):
                wrong.append(person.id)
    return wrong


def wrong_companies(session: Session) -> list[int]:
    """Return the companies whose derived columns aren't what they compute to."""
    differs = " OR ".join(f"{name} IS NOT {value}" for name, value in COMPANY_COLUMNS.items())
    return list(session.scalars(text(f"SELECT id FROM company WHERE {differs}")))


def rules_of(session: Session, person_id: int) -> tuple[Cadence, ...]:
    """Return every rule for how often that could apply to a person, the one that wins first."""
    person = session.execute(select(*_PERSON_COLUMNS).where(Person.id == person_id)).one()
    return rules.ranked(_gather(session, [person_id]).of(person).cadence_rules)


def book_every(session: Session) -> Interval | None:
    """Return the book's default for how often."""
    value = session.scalar(select(Preference.value).where(Preference.name == EVERY_PREFERENCE))
    return interval(value[0], value[1]) if value else None


def columns(
    sources: Sources,
    before: Occurrence,
    new_uid: Callable[[], str],
    now: datetime,
    placed: Placement | None = None,
) -> dict[str, Any]:
    """Return the derived columns of one person. Pure but for `new_uid`, asked once for each new check-in.

    `placed` is where levelling put a check-in that `to_place` asked for.
    """
    won = rules.resolve(sources.cadence_rules)
    facts = replace(sources.facts, every=won.every)
    ideal = rules.ideal_due(facts)
    where = placed or _stands(sources, before, ideal)
    facts = replace(facts, due_on=where.on if where else None)
    due = rules.due(facts)
    base = rules.base(facts)
    shown = None if due is None else max(due, facts.snoozed_until or due, _after(facts.meeting_on, due))
    occurrence = _occurrence(before, shown, base, new_uid, now)
    return {
        "company_id": sources.company_id,
        "title": sources.title,
        "email": sources.email,
        "phone": sources.phone,
        "last_touch_on": facts.last_touch_on,
        "last_touch_id": sources.last_touch_id,
        "cadence_count": won.every.count if won.every else None,
        "cadence_unit": won.every.unit.value if won.every else None,
        "cadence_source": won.source.value,
        "cadence_name": won.name,
        "next_due_on": due,
        "soon_on": None if due is None else base + timedelta(days=math.ceil(0.8 * (due - base).days)),
        "losing_on": rules.losing_on(facts) if facts.suggested and not facts.resting else None,
        "check_in_on": occurrence.on,
        "check_in_base_on": occurrence.base_on,
        "check_in_uid": occurrence.uid,
        "check_in_sequence": occurrence.sequence,
        "check_in_changed_at": occurrence.changed_at,
        "ideal_on": ideal,
        "placed_why": where.why.value if where and due else None,
        "rhythm_days": sources.rhythm.days if sources.rhythm else None,
        "rhythm_gaps": sources.rhythm.gaps if sources.rhythm else None,
        "quiet_on": _quiet_on(sources),
        "meeting_on": facts.meeting_on,
    }


def _after(meeting_on: date | None, due: date) -> date:
    """Return the day after a booked meeting, until which nobody needs to check in; `due` without one."""
    return due if meeting_on is None else meeting_on + timedelta(days=1)


def to_place(person: int, sources: Sources, before: Occurrence, today: date) -> Wish | None:
    """Return what levelling is to place: a check-in ahead that nobody planned and that wasn't placed yet."""
    every = rules.resolve(sources.cadence_rules).every
    facts = replace(sources.facts, every=every)
    ideal = rules.ideal_due(facts)
    if every is None or ideal is None or sources.planned or _kept(sources, before, ideal):
        return None
    touched = facts.last_touch_on is not None or facts.skipped_on is not None
    days = levelling.window(rules.base(facts), every, touched=touched, today=today)
    return None if days is None else Wish(person, ideal, *days, company=sources.company_id)


def _quiet_on(sources: Sources) -> date | None:
    facts, usual = sources.facts, sources.rhythm
    if usual is None or facts.last_touch_on is None or facts.resting or not facts.suggested:
        return None
    return quiet_on(facts.last_touch_on, usual)


def _stands(sources: Sources, before: Occurrence, ideal: date | None) -> Placement | None:
    """Return where a check-in stands that isn't placed anew."""
    if sources.planned is not None or ideal is None:
        return sources.planned
    return _kept(sources, before, ideal) or Placement(ideal, Why.IDEAL)


def _kept(sources: Sources, before: Occurrence, ideal: date) -> Placement | None:
    """Return the place that levelling found before, while it is still for the same check-in."""
    base = rules.base(sources.facts)
    same = before.placed is not None and (before.base_on, before.ideal_on) == (base, ideal)
    if not same or before.placed is None or before.placed.why in levelling.PLANNED:
        return None
    if before.placed.why is Why.IDEAL and before.placed.on != ideal:
        return None
    return before.placed if before.placed.on > base else None


def _before(person: Row[*tuple[Any, ...]]) -> Occurrence:
    return Occurrence(
        person.check_in_on,
        person.check_in_base_on,
        person.ideal_on,
        _placement(person.next_due_on, person.placed_why),
        person.company_id,
        person.check_in_uid,
        person.check_in_sequence,
        person.check_in_changed_at,
    )


def _occurrence(
    before: Occurrence, on: date | None, base: date, new_uid: Callable[[], str], now: datetime
) -> Occurrence:
    if on is None:
        return replace(before, on=None) if before.on is None else replace(before, on=None, changed_at=now)
    if before.uid and before.base_on == base:
        if before.on == on:
            return before
        return replace(before, on=on, sequence=before.sequence + 1, changed_at=now)
    return Occurrence(on, base, uid=new_uid(), changed_at=now)


def _placement(on: date | None, why: str | None) -> Placement | None:
    return None if on is None or why is None else Placement(on, Why(why))


def _settle_people(session: Session, ids: Sequence[int], today: date | None) -> None:
    """Write everyone at once but those to be placed, who wait until all of them are known."""
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    waiting: list[tuple[Wish, Sources, Occurrence]] = []
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        gathered = _gather(session, chunk)
        rows = []
        for person in session.execute(select(*_PERSON_COLUMNS).where(Person.id.in_(chunk))):
            sources, before = gathered.of(person), _before(person)
            wish = to_place(person.id, sources, before, today) if today is not None else None
            if wish is None:
                rows.append((person.id, columns(sources, before, new_uid, now)))
            else:
                waiting.append((wish, sources, before))
        _write(session, rows)
    leaving = [places.Standing(before.on, before.company_id) for _, _, before in waiting if before.on]
    placed = places.place(session, [wish for wish, _, _ in waiting], leaving)
    for start in range(0, len(waiting), CHUNK):
        _write(
            session,
            [
                (wish.person, columns(sources, before, new_uid, now, placed[wish.person]))
                for wish, sources, before in waiting[start : start + CHUNK]
            ],
        )


def _write(session: Session, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Write the columns of these people in one statement.

    Inside a savepoint SQLite keeps a copy of every page that each single statement touches: 10,000 statements took
    seven seconds and most of a gigabyte, these twenty take a third of a second.
    """
    if not rows:
        return
    names = tuple(rows[0][1])
    values = [[person, *(_plain(found[name]) for name in names)] for person, found in rows]
    assigned = ", ".join(
        f"{name} = json_extract(j.value, '$[{place}]')" for place, name in enumerate(names, 1)
    )
    session.connection().exec_driver_sql(
        f"UPDATE person SET revision = revision + 1, {assigned} FROM json_each(?) j"
        " WHERE person.id = json_extract(j.value, '$[0]')",
        (json.dumps(values),),
    )


def _plain(value: Any) -> Any:
    """Return a value as SQLAlchemy stores it."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "microseconds")
    return value.isoformat() if isinstance(value, date) else value


_PERSON_COLUMNS = (
    Person.id, Person.added_on, Person.met_on, Person.skipped_on, Person.snoozed_until, Person.resting, Person.standing,
    Person.every_count, Person.every_unit, Person.never, Person.check_in_on, Person.check_in_base_on,
    Person.check_in_uid, Person.check_in_sequence, Person.check_in_changed_at, Person.company_id, Person.next_due_on,
    Person.planned_on, Person.planned_why, Person.ideal_on, Person.placed_why,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Gathered:
    """Everything the columns of some people depend on, gathered in one query a kind."""

    positions: Mapping[int, Row[*tuple[Any, ...]]]
    emails: Mapping[int, str]
    phones: Mapping[int, str]
    touches: Mapping[int, list[tuple[int, date]]]
    tags: Mapping[int, list[NamedInterval]]
    meetings: Mapping[int, date]
    book: Interval | None

    def of(self, person: Row[*tuple[Any, ...]]) -> Sources:
        """Return one person's sources."""
        position = self.positions.get(person.id)
        touches = self.touches.get(person.id, [])
        last_id, last_on = touches[-1] if touches else (None, None)
        company = None
        if position is not None and every_of(position) is not None:
            company = NamedInterval(position.name, every_of(position))  # type: ignore[arg-type]
        return Sources(
            CheckInFacts(
                added_on=person.added_on,
                last_touch_on=last_on,
                met_on=person.met_on,
                skipped_on=person.skipped_on,
                snoozed_until=person.snoozed_until,
                resting=person.resting,
                meeting_on=self.meetings.get(person.id),
                suggested=person.standing == Standing.ACTIVE,
            ),
            CadenceRules(
                every_of(person), person.never, tuple(self.tags.get(person.id, ())), company, self.book
            ),
            company_id=position.company_id if position else None,
            title=position.title if position else "",
            email=self.emails.get(person.id, ""),
            phone=self.phones.get(person.id, ""),
            last_touch_id=last_id,
            planned=_placement(person.planned_on, person.planned_why),
            rhythm=rhythm([on for _, on in touches]),
        )


def _gather(session: Session, ids: Sequence[int]) -> _Gathered:
    contacts = _first_contacts(session, ids)
    return _Gathered(
        _first_positions(session, ids),
        contacts[ContactKind.EMAIL],
        contacts[ContactKind.PHONE],
        _touches(session, ids),
        _tag_rules(session, ids),
        _meetings(session, ids),
        book_every(session),
    )


def _first_positions(session: Session, ids: Sequence[int]) -> dict[int, Row[*tuple[Any, ...]]]:
    """Return each person's first current position with its company's rule; past ones are no headline."""
    query = (
        select(
            Position.person_id, Position.company_id, Position.title,
            Company.name, Company.every_count, Company.every_unit,
        )
        .join(Company, Company.id == Position.company_id)
        .where(Position.person_id.in_(ids), Position.current)
        .order_by(Position.ord.desc(), Position.id.desc())
    )  # fmt: skip
    return {row.person_id: row for row in session.execute(query)}


def _first_contacts(session: Session, ids: Sequence[int]) -> dict[str, dict[int, str]]:
    """Return each person's first value of each kind.

    The kinds are told apart here: asked for one, SQLite walks all e-mails of the book by the index of keys.
    """
    query = (
        select(ContactPoint.kind, ContactPoint.person_id, ContactPoint.value)
        .where(ContactPoint.person_id.in_(ids))
        .order_by(ContactPoint.preferred, ContactPoint.ord.desc(), ContactPoint.id.desc())
    )
    found: dict[str, dict[int, str]] = {kind.value: {} for kind in ContactKind}
    for kind, person, value in session.execute(query):
        if person is not None:
            found[kind][person] = value
    return found


def _touches(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[int, date]]]:
    """Return each person's counting touches, the oldest first."""
    counting = [kind.value for kind in COUNTING_KINDS]
    query = (
        select(TouchPerson.person_id, TouchPerson.touch_id, TouchPerson.touched_on)
        .where(TouchPerson.person_id.in_(ids), TouchPerson.kind.in_(counting))
        .order_by(TouchPerson.touched_on, TouchPerson.touch_id)
    )
    found: dict[int, list[tuple[int, date]]] = {}
    for person, touch, on in session.execute(query):
        found.setdefault(person, []).append((touch, on))
    return found


def _tag_rules(session: Session, ids: Sequence[int]) -> dict[int, list[NamedInterval]]:
    query = (
        select(PersonTag.person_id, Tag.name, Tag.every_count, Tag.every_unit)
        .join(Tag, Tag.id == PersonTag.tag_id)
        .where(PersonTag.person_id.in_(ids), Tag.every_count.is_not(None))
        .order_by(Tag.key)
    )
    found: dict[int, list[NamedInterval]] = {}
    for row in session.execute(query):
        every = every_of(row)
        if every is not None:
            found.setdefault(row.person_id, []).append(NamedInterval(row.name, every))
    return found


def _meetings(session: Session, ids: Sequence[int]) -> dict[int, date]:
    """Return the last meeting of each person that is booked or waits for an answer."""
    query = (
        select(MeetingPerson.person_id, func.max(Meeting.held_on))
        .join(Meeting, Meeting.id == MeetingPerson.meeting_id)
        .where(MeetingPerson.person_id.in_(ids), ~Meeting.settled)
        .group_by(MeetingPerson.person_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def everyone(session: Session) -> list[int]:
    """Return the ids of all people, for rules that concern everybody."""
    return [row[0] for row in session.execute(text("SELECT id FROM person"))]
