"""What is known of people that could be a reason to get in touch, gathered for the rules, which decide.

Who could have a reason is found by walks over indexes that end after a page; everything else is asked for those alone.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from crm.domain import whynow
from crm.domain.introduction import ASKED_LATELY
from crm.domain.news import News, NewsKind
from crm.domain.person import DateKind, PositionDraft, Standing
from crm.domain.reasons import (
    AppliedReason,
    CheckInReason,
    Known,
    MovedReason,
    Mute,
    Occasion,
    QuietReason,
    Rule,
    StepReason,
    TargetReason,
)
from crm.store import mutes

MOST = 50  # of each kind
MOST_COLLEAGUES, WARMEST = (
    500,
    2,
)  # colleagues where the user applied, and former ones of targets: looked at, suggested
_Fact = TypeVar("_Fact")
_Dated = TypeVar("_Dated", AppliedReason, MovedReason)

_STEPS_DUE = text(
    "SELECT person_id FROM step WHERE state = 'open' AND due_on <= :until AND person_id IS NOT NULL"
    " ORDER BY due_on, id LIMIT :most"
)
_APPLIED_AT = text(
    "SELECT o.id, p.id AS person_id, p.last_touch_on FROM opportunity o CROSS JOIN person p ON p.company_id = o.company_id"
    " WHERE o.stage IN ('applied', 'interviewing') AND o.applied_on >= :since AND p.standing = 'active'"
    " AND (p.last_touch_on IS NULL OR p.last_touch_on < o.applied_on) LIMIT :most"
)
_MOVED = text(
    "SELECT n.person_id FROM person_news n JOIN person p ON p.id = n.person_id"
    " WHERE n.noticed_on >= :since AND n.kind IN ('moved', 'new_title')"
    " AND (p.last_touch_on IS NULL OR p.last_touch_on < n.noticed_on) ORDER BY n.noticed_on DESC, n.person_id DESC LIMIT :most"
)
_QUIET = text(
    "SELECT id FROM person WHERE standing = 'active' AND quiet_on <= :today AND quiet_on IS NOT NULL"
    " AND (losing_on IS NULL OR losing_on > :today) ORDER BY quiet_on DESC, id DESC LIMIT :most"
)
_FORMERLY = (
    " c.target = 1 AND c.people = 0 AND w.current = 0 AND p.standing = 'active'"
    " AND NOT EXISTS (SELECT 1 FROM introduction i WHERE i.connector_id = p.id AND i.asked_on > :asked)"
)
_TARGETS = text(
    "SELECT w.person_id, p.last_touch_on FROM company c CROSS JOIN position w ON w.company_id = c.id"
    f" JOIN person p ON p.id = w.person_id WHERE{_FORMERLY} LIMIT :most"
)
_BIRTHDAYS = text(
    "SELECT d.person_id FROM json_each(:days) j CROSS JOIN important_date d"
    " ON d.month = json_extract(j.value, '$[0]') AND d.day = json_extract(j.value, '$[1]')"
    " JOIN person p ON p.id = d.person_id WHERE p.standing = 'active'"
    " AND (p.last_touch_on IS NOT NULL OR p.next_due_on IS NOT NULL OR p.starred) LIMIT :most"
)
_WORK_DAYS = text(
    "SELECT w.person_id FROM json_each(:days) j CROSS JOIN position w"
    " ON substr(w.from_on, 6) = json_extract(j.value, '$[2]') AND w.current = 1"
    " JOIN person p ON p.id = w.person_id WHERE p.standing = 'active'"
    " AND (p.last_touch_on IS NOT NULL OR p.next_due_on IS NOT NULL OR p.starred) LIMIT :most"
)
_OF = "FROM json_each(:people) k CROSS JOIN"
_STEPS_OF = text(
    "SELECT s.person_id, s.due_on, s.title, s.plan, s.opportunity_id, o.title AS role, c.name AS company"
    f" {_OF} step s ON s.person_id = k.value LEFT JOIN opportunity o ON o.id = s.opportunity_id"
    " LEFT JOIN company c ON c.id = o.company_id WHERE s.state = 'open' AND s.due_on IS NOT NULL"
)
_DATES_OF = text(
    f"SELECT d.person_id, d.kind, d.label, d.year, d.month, d.day {_OF} important_date d ON d.person_id = k.value"
    " WHERE d.month IS NOT NULL AND d.day IS NOT NULL"
)
_JOBS_OF = text(
    f"SELECT w.person_id, w.from_on, c.name {_OF} position w ON w.person_id = k.value JOIN company c ON c.id = w.company_id"
    " WHERE w.current = 1 AND w.from_on IS NOT NULL"
)
_MOVED_OF = text(
    "SELECT n.person_id, n.kind, n.noticed_on, n.was_company, n.was_title, n.company, n.title"
    f" {_OF} person_news n ON n.person_id = k.value"
    " WHERE n.kind IN ('moved', 'new_title') AND n.noticed_on >= :moved"
)
_TARGETS_OF = text(
    f"SELECT w.person_id, c.name, w.until_on {_OF} position w ON w.person_id = k.value"
    f" JOIN person p ON p.id = w.person_id JOIN company c ON c.id = w.company_id WHERE{_FORMERLY}"
)
_APPLIED_OF = text(
    "SELECT p.id AS person_id, o.applied_on, o.title, c.name"
    f" {_OF} person p ON p.id = k.value JOIN opportunity o ON o.company_id = p.company_id"
    " JOIN company c ON c.id = o.company_id"
    " WHERE o.stage IN ('applied', 'interviewing') AND o.applied_on >= :applied"
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the tables beside `person` know of some people, by person."""

    steps: Mapping[int, tuple[StepReason, ...]]
    occasions: Mapping[int, tuple[Occasion, ...]]
    applied: Mapping[int, tuple[AppliedReason, ...]]
    moved: Mapping[int, tuple[MovedReason, ...]]
    targets: Mapping[int, tuple[TargetReason, ...]]
    muted: Mapping[int, tuple[Mute, ...]]

    def known(self, row: Row[*tuple[Any, ...]], check_in: CheckInReason) -> Known:
        """Return everything about one person, whose row has the columns of `agenda.with_reasons`."""
        person = row.id
        return Known(
            check_in,
            suggested=row.standing == Standing.ACTIVE.value and not row.resting,
            snoozed_until=row.snoozed_until,
            meeting_on=row.meeting_on,
            never=row.never,
            familiar=row.last_touch_on is not None or check_in.on is not None or row.starred,
            quiet=_quiet(row),
            steps=self.steps.get(person, ()),
            occasions=self.occasions.get(person, ()),
            applied=_latest(self.applied.get(person, ())),
            moved=_latest(self.moved.get(person, ())),
            targets=self.targets.get(person, ())[:1],
            muted=self.muted.get(person, ()),
        )


def candidates(session: Session, today: date, until: date) -> set[int]:
    """Return whoever may have another reason than a check-in between a day and a later one."""
    first, last = today - whynow.OCCASION_AFTER, max(until, today + whynow.OCCASION_AHEAD)
    days = json.dumps(list(_days_of_year(first, today, last)))
    asked: tuple[tuple[Any, dict[str, Any]], ...] = (
        (_STEPS_DUE, {"until": until.isoformat()}),
        (_BIRTHDAYS, {"days": days}),
        (_WORK_DAYS, {"days": days}),
        (_MOVED, {"since": (today - whynow.MOVED).isoformat()}),
        (_QUIET, {"today": today.isoformat()}),
    )
    found = {person for query, values in asked for person in session.scalars(query, {**values, "most": MOST})}
    return found | _warmest_there(session, today) | _formerly_at_targets(session, today)


def _warmest_there(session: Session, today: date) -> set[int]:
    """Return the two touched last of those at each company where the user applied: all of them would be too many."""
    values = {"since": (today - whynow.APPLIED).isoformat(), "most": MOST_COLLEAGUES}
    there: dict[int, list[tuple[str, int]]] = {}
    for row in session.execute(_APPLIED_AT, values):
        there.setdefault(row.id, []).append((row.last_touch_on or "", row.person_id))
    return {person for known in there.values() for _, person in sorted(known)[-WARMEST:]}


def _formerly_at_targets(session: Session, today: date) -> set[int]:
    """Return the two touched last of those who once worked at a target company where nobody is known now."""
    rows = session.execute(_TARGETS, {"asked": _asked(today), "most": MOST_COLLEAGUES})
    lately = {row.person_id: row.last_touch_on or "" for row in rows}
    return set(sorted(lately, key=lambda person: (lately[person], person))[-WARMEST:])


def gather(session: Session, people: Collection[int], today: date) -> Gathered:
    """Return what is known of these people beside their own columns."""
    values = {
        "people": json.dumps(sorted(people)),
        "moved": (today - whynow.MOVED).isoformat(),
        "applied": (today - whynow.APPLIED).isoformat(),
        "asked": _asked(today),
    }
    return Gathered(
        _by_person(_step(row) for row in session.execute(_STEPS_OF, values)),
        _by_person(
            chain(
                map(_date, session.execute(_DATES_OF, values)), map(_job, session.execute(_JOBS_OF, values))
            )
        ),
        _by_person(_applied(row) for row in session.execute(_APPLIED_OF, values)),
        _by_person(_moved(row) for row in session.execute(_MOVED_OF, values)),
        _by_person(_target(row, today) for row in session.execute(_TARGETS_OF, values)),
        mutes.of_people(session, people),
    )


def _by_person(found: Iterable[tuple[int, _Fact]]) -> dict[int, tuple[_Fact, ...]]:
    grouped: dict[int, list[_Fact]] = {}
    for person, fact in found:
        grouped.setdefault(person, []).append(fact)
    return {person: tuple(facts) for person, facts in grouped.items()}


def _latest(found: tuple[_Dated, ...]) -> tuple[_Dated, ...]:
    return tuple(sorted(found, key=lambda reason: reason.on))[-1:]


def _step(row: Row[*tuple[Any, ...]]) -> tuple[int, StepReason]:
    promise = not row.plan and row.opportunity_id is None
    on = date.fromisoformat(row.due_on)
    return row.person_id, StepReason(on, row.title, promise, row.role or "", row.company or "")


def _date(row: Row[*tuple[Any, ...]]) -> tuple[int, Occasion]:
    rule = Rule.BIRTHDAY if row.kind == DateKind.BIRTHDAY.value else Rule.DATE
    return row.person_id, Occasion(rule, row.month, row.day, row.year, row.label)


def _job(row: Row[*tuple[Any, ...]]) -> tuple[int, Occasion]:
    since = date.fromisoformat(row.from_on)
    return row.person_id, Occasion(Rule.WORK_ANNIVERSARY, since.month, since.day, since.year, row.name)


def _applied(row: Row[*tuple[Any, ...]]) -> tuple[int, AppliedReason]:
    return row.person_id, AppliedReason(date.fromisoformat(row.applied_on), row.title, row.name)


def _moved(row: Row[*tuple[Any, ...]]) -> tuple[int, MovedReason]:
    was, became = PositionDraft(row.was_company, row.was_title), PositionDraft(row.company, row.title)
    return row.person_id, MovedReason(
        date.fromisoformat(row.noticed_on), News(NewsKind(row.kind), was, became)
    )


def _target(row: Row[*tuple[Any, ...]], today: date) -> tuple[int, TargetReason]:
    until = date.fromisoformat(row.until_on) if row.until_on else None
    return row.person_id, TargetReason(today.replace(day=1), row.name, until)


def _asked(today: date) -> str:
    """Return the day after which who was asked for an introduction isn't asked again."""
    return (today - ASKED_LATELY).isoformat()


def _days_of_year(first: date, today: date, last: date) -> Iterator[tuple[int, int, str]]:
    """Yield month, day, and both as in an ISO date, from today on and then those before; what comes first is found first.

    With 28 February also the 29th, which most years lack.
    """
    for number in (*range((last - today).days + 1), *range((first - today).days, 0)):
        day = today + timedelta(days=number)
        yield day.month, day.day, day.isoformat()[5:]
        if (day.month, day.day) == (2, 28):
            yield 2, 29, "02-29"


def _quiet(row: Row[*tuple[Any, ...]]) -> QuietReason | None:
    if row.quiet_on is None or row.rhythm_days is None:
        return None
    return QuietReason(row.quiet_on, row.rhythm_days, row.rhythm_gaps, row.last_touch_on, row.losing_on)
