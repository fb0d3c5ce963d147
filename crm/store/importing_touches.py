"""Touches that files bring: which are known already, and adding those that aren't."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from crm.domain.card import TouchCard
from crm.domain.touch import COUNTING_KINDS
from crm.store import adding, derived, touches

_TOUCH = ("kind", "direction", "touched_on", "note")
_PERSON = ("touch_id", "person_id", "kind", "touched_on")


def known(session: Session, keys: Sequence[str]) -> frozenset[str]:
    """Return those of these keys whose touch was added before, even if it was deleted since."""
    query = "SELECT s.key FROM json_each(?) k CROSS JOIN touch_source s ON s.key = k.value"
    rows = session.connection().exec_driver_sql(query, (json.dumps(keys),)) if keys else ()
    return frozenset(row[0] for row in rows)


def add(session: Session, added: Sequence[tuple[TouchCard, int]], today: date) -> None:
    """Add touches, each with one person; as when one is logged, a snooze ends when a touch is the newest."""
    if not added:
        return
    session.flush()
    connection = session.connection()
    people = sorted({person for _, person in added})
    ended = _renewed(added, touches.last_touches(session, people))
    days = [(card.kind.value, card.on.isoformat()) for card, _ in added]
    rows = [
        (kind, card.direction.value, on, card.note) for (card, _), (kind, on) in zip(added, days, strict=True)
    ]
    ids = adding.insert_many(connection, "touch", _TOUCH, rows)
    took_part = [(id_, person, *day) for id_, (_, person), day in zip(ids, added, days, strict=True)]
    adding.insert_many(connection, "touch_person", _PERSON, took_part)
    sources = [(card.key, id_) for id_, (card, _) in zip(ids, added, strict=True)]
    adding.insert_many(connection, "touch_source", ("key", "touch_id"), sources)
    touches.end_snoozes(session, ended)
    derived.settle(session, people, today=today)


def _renewed(added: Sequence[tuple[TouchCard, int]], last: Mapping[int, date | None]) -> set[int]:
    """Return those for whom one of the touches is the newest that counts."""
    return {
        person
        for card, person in added
        if card.kind in COUNTING_KINDS and card.on > (last.get(person) or date.min)
    }
