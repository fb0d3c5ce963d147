"""Meetings: whom a calendar means, what the book keeps of them, and the ones that wait for an answer."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date

from sqlalchemy import Row, Select, delete, select, text, update
from sqlalchemy.orm import Session

from crm.domain.contactkeys import contact_key
from crm.domain.meeting import Kept, Known, Meeting, MeetingId, MeetingLine
from crm.domain.person import ContactKind, PersonId
from crm.domain.touch import COUNTING_KINDS, TouchId
from crm.store import derived
from crm.store import meeting_tables as tables
from crm.store.people import chunks
from crm.store.tables import Person, TouchPerson

_COLUMNS = (
    tables.Meeting.id, tables.Meeting.uid, tables.Meeting.series, tables.Meeting.title, tables.Meeting.place,
    tables.Meeting.held_on, tables.Meeting.starts_at, tables.Meeting.minutes, tables.Meeting.settled,
)  # fmt: skip
_UNSYNCED = {"synchronize_session": False}


def known(session: Session, emails: Collection[str], names: Collection[str]) -> Known:
    """Return the people with these addresses and exactly these folded names; what several share names nobody."""
    keys = {contact_key(ContactKind.EMAIL, email): email for email in emails}
    by_email = _only_one(
        (keys[key], person, name)
        for key, person, name in session.execute(
            text(
                "SELECT c.key, p.id, p.display_name FROM json_each(:keys) k CROSS JOIN contact_point c"
                " ON c.kind = 'email' AND c.key = k.value JOIN person p ON p.id = c.person_id"
            ),
            {"keys": json.dumps(list(keys))},
        )
    )
    by_name = _only_one(
        session.execute(
            text(
                "SELECT k.value, p.id, p.display_name FROM json_each(:names) k CROSS JOIN person p"
                " ON p.sort_key = k.value WHERE k.value != ''"
            ),
            {"names": json.dumps(list(names))},
        )
    )
    return Known(by_email, by_name)


def kept(session: Session, uids: Sequence[str]) -> dict[str, Kept]:
    """Return what the book keeps of the meetings with these uids."""
    rows: list[Row[*tuple[object, ...]]] = []
    for start in range(0, len(uids), 500):
        chosen = tables.Meeting.uid.in_(uids[start : start + 500])
        rows += session.execute(select(*_COLUMNS).where(chosen)).all()
    people = _people_of(session, [row.id for row in rows])
    return {
        row.uid: Kept(MeetingId(row.id), _meeting(row), frozenset(people.get(row.id, {})), row.settled)
        for row in rows
    }


def logged(
    session: Session, people: Sequence[int], since: date, until: date
) -> dict[date, frozenset[PersonId]]:
    """Return who of these people has a counting touch on each day of a span."""
    counting = [kind.value for kind in COUNTING_KINDS]
    found: dict[date, set[PersonId]] = {}
    for chunk in chunks(people):
        query = select(TouchPerson.touched_on, TouchPerson.person_id).where(
            TouchPerson.person_id.in_(chunk),
            TouchPerson.kind.in_(counting),
            TouchPerson.touched_on.between(since, until),
        )
        for on, person in session.execute(query):
            found.setdefault(on, set()).add(PersonId(person))
    return {on: frozenset(who) for on, who in found.items()}


def keep(
    session: Session, meeting: Meeting, people: Iterable[int], *, id_: int | None, touch: TouchId | None
) -> None:
    """Keep a meeting with its people, as a new row or the one it was; with a touch it is settled."""
    values = {
        "uid": meeting.uid,
        "series": meeting.series,
        "title": meeting.title,
        "place": meeting.place,
        "held_on": meeting.on,
        "starts_at": meeting.starts_at.replace(tzinfo=None) if meeting.starts_at else None,
        "minutes": meeting.minutes,
        "settled": touch is not None,
        "touch_id": touch,
    }
    if id_ is None:
        row = tables.Meeting(**values)
        session.add(row)
        session.flush()
        id_ = row.id
    else:
        session.execute(
            update(tables.Meeting).where(tables.Meeting.id == id_).values(values), execution_options=_UNSYNCED
        )
    there = set(_people_of(session, [id_]).get(id_, {}))
    wanted = set(people)
    gone = tables.MeetingPerson.person_id.in_(there - wanted)
    session.execute(delete(tables.MeetingPerson).where(tables.MeetingPerson.meeting_id == id_, gone))
    session.add_all(
        tables.MeetingPerson(meeting_id=id_, person_id=person) for person in sorted(wanted - there)
    )
    session.flush()


def settle_one(session: Session, meeting: int, touch: TouchId | None) -> None:
    """Say that a meeting is answered: by a touch, or by letting it go."""
    values = {"settled": True, "touch_id": touch}
    session.execute(
        update(tables.Meeting).where(tables.Meeting.id == meeting).values(values), execution_options=_UNSYNCED
    )


def settle_series(session: Session, series: str, before: date) -> set[PersonId]:
    """Let the earlier times of a series go, for one of them stands for all; return whom they were with."""
    chosen = select(tables.Meeting.id).where(
        tables.Meeting.series == series, tables.Meeting.held_on < before, ~tables.Meeting.settled
    )
    ids = list(session.scalars(chosen)) if series else []
    for one in ids:
        settle_one(session, one, None)
    return {person for people in _people_of(session, ids).values() for person in people}


def remove(session: Session, meeting: int) -> set[PersonId]:
    """Forget a meeting that is cancelled; return whom it was with."""
    people = set(_people_of(session, [meeting]).get(meeting, {}))
    session.execute(delete(tables.Meeting).where(tables.Meeting.id == meeting))
    return people


def waiting(session: Session, today: date) -> tuple[MeetingLine, ...]:
    """Return the meetings that were and have no answer, the latest first."""
    return _lines(
        session,
        select(*_COLUMNS)
        .where(~tables.Meeting.settled, tables.Meeting.held_on <= today)
        .order_by(tables.Meeting.held_on.desc(), tables.Meeting.id.desc()),
    )


def ahead(session: Session, today: date) -> tuple[MeetingLine, ...]:
    """Return the meetings to come, the next first."""
    return _lines(
        session,
        select(*_COLUMNS)
        .where(~tables.Meeting.settled, tables.Meeting.held_on > today)
        .order_by(tables.Meeting.held_on, tables.Meeting.starts_at, tables.Meeting.id),
    )


def between(session: Session, first: date, last: date) -> tuple[MeetingLine, ...]:
    """Return the meetings on these days, answered or not."""
    return _lines(
        session,
        select(*_COLUMNS)
        .where(tables.Meeting.held_on.between(first, last))
        .order_by(tables.Meeting.held_on, tables.Meeting.starts_at, tables.Meeting.id),
    )


def lines(session: Session, ids: Sequence[int]) -> tuple[MeetingLine, ...]:
    """Return these meetings, those that are gone left out."""
    return _lines(
        session, select(*_COLUMNS).where(tables.Meeting.id.in_(ids)).order_by(tables.Meeting.held_on)
    )


def settle_people(session: Session, people: Iterable[int], today: date) -> None:
    """Bring the derived dates of these people up to date."""
    derived.settle(session, people, today=today)


def _lines(session: Session, query: Select[*tuple[object, ...]]) -> tuple[MeetingLine, ...]:
    rows = session.execute(query).all()
    people = _people_of(session, [row.id for row in rows])
    return tuple(
        MeetingLine(MeetingId(row.id), _meeting(row), tuple(people.get(row.id, {}).items())) for row in rows
    )


def _meeting(row: Row[*tuple[object, ...]]) -> Meeting:
    starts_at = row.starts_at.replace(tzinfo=UTC) if row.starts_at else None
    return Meeting(row.uid, row.title, row.held_on, starts_at, row.minutes, row.place, series=row.series)


def _people_of(session: Session, meetings: Sequence[int]) -> dict[int, dict[PersonId, str]]:
    found: dict[int, dict[PersonId, str]] = {}
    for chunk in chunks(meetings):
        query = (
            select(tables.MeetingPerson.meeting_id, Person.id, Person.display_name)
            .join(Person, Person.id == tables.MeetingPerson.person_id)
            .where(tables.MeetingPerson.meeting_id.in_(chunk))
            .order_by(tables.MeetingPerson.id)
        )
        for meeting, person, name in session.execute(query):
            found.setdefault(meeting, {})[PersonId(person)] = name
    return found


def _only_one(rows: Iterable[tuple[str, int, str]]) -> Mapping[str, tuple[PersonId, str]]:
    """Return who a key names, where it names one person only."""
    found: dict[str, dict[int, str]] = {}
    for key, person, name in rows:
        found.setdefault(key, {})[person] = name
    return {
        key: (PersonId(person), name)
        for key, people in found.items()
        if len(people) == 1
        for person, name in people.items()
    }
