"""Histories that a better interval is learnt from, and what is usual among those touched last."""

import json
from collections.abc import Collection
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from crm.domain.cadence import Interval
from crm.domain.learning import LOOKED_BACK, Contact, Group, group_of, replies
from crm.domain.person import PersonId
from crm.domain.touch import COUNTING_KINDS, Direction
from crm.store.intervals import interval

MOST_SEEN = 500  # people of the group: those touched last
_COUNTING = ", ".join(f"'{kind.value}'" for kind in sorted(COUNTING_KINDS))
_HISTORIES = text(
    "SELECT w.person_id, w.touched_on, t.direction FROM json_each(:people) k"
    " CROSS JOIN touch_person w ON w.person_id = k.value JOIN touch t ON t.id = w.touch_id"
    f" WHERE w.touched_on >= :since AND w.kind IN ({_COUNTING})"
)
_LATELY = text(
    "SELECT id, rhythm_days, cadence_count, cadence_unit FROM person"
    " WHERE standing = 'active' AND last_touch_on <= :today ORDER BY last_touch_on DESC LIMIT :most"
)
_PLANNED = text(
    "SELECT p.id, p.cadence_count, p.cadence_unit FROM json_each(:people) k CROSS JOIN person p ON p.id = k.value"
    " WHERE p.standing = 'active' AND NOT p.resting AND p.cadence_count IS NOT NULL"
)

_WITH_A_RULE = text(
    "SELECT id FROM person WHERE standing = 'active' AND last_touch_on IS NOT NULL AND cadence_count IS NOT NULL"
    " ORDER BY last_touch_on DESC LIMIT :most"
)


def histories(session: Session, people: Collection[int], today: date) -> dict[int, list[Contact]]:
    """Return the counting touches of these people in the years looked back on."""
    values = {"people": json.dumps(sorted(people)), "since": (today - LOOKED_BACK).isoformat()}
    found: dict[int, list[Contact]] = {}
    for person, on, direction in session.execute(_HISTORIES, values):
        found.setdefault(person, []).append(Contact(date.fromisoformat(on), Direction(direction)))
    return found


def planned(session: Session, people: Collection[int]) -> dict[int, Interval]:
    """Return the interval in force of those of these people who have one and aren't resting."""
    rows = session.execute(_PLANNED, {"people": json.dumps(sorted(people))})
    found = {row.id: interval(row.cadence_count, row.cadence_unit) for row in rows}
    return {person: every for person, every in found.items() if every is not None}


def with_a_rule(session: Session, most: int) -> tuple[PersonId, ...]:
    """Return those with a rule for how often, the last touched first."""
    return tuple(session.scalars(_WITH_A_RULE, {"most": most}))


def group(session: Session, today: date) -> Group:
    """Return what is usual among the 500 people touched last."""
    rows = session.execute(_LATELY, {"today": today.isoformat(), "most": MOST_SEEN}).all()
    paces = []
    for row in rows:
        every = interval(row.cadence_count, row.cadence_unit)
        if every is not None and row.rhythm_days is not None:
            paces.append(row.rhythm_days / every.days())
    known = histories(session, [row.id for row in rows], today)
    return group_of((replies(history, today) for history in known.values()), paces)
