"""Rules and offers that are silent for a person."""

import json
from collections.abc import Collection
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from crm.domain.reasons import Mute, Offer, Rule

_KNOWN: dict[str, Rule | Offer] = {one.value: one for one in (*Rule, *Offer)}
_OF = text(
    "SELECT m.person_id, m.rule, m.until_on FROM json_each(:people) k"
    " CROSS JOIN muted_reason m ON m.person_id = k.value"
)
_SET = text(
    "INSERT INTO muted_reason (person_id, rule, until_on) SELECT value, :rule, :until FROM json_each(:people) WHERE true"
    " ON CONFLICT (person_id, rule) DO UPDATE SET until_on = excluded.until_on"
)
_END = text(
    "DELETE FROM muted_reason WHERE rule = :rule AND person_id IN (SELECT value FROM json_each(:people))"
)
_TELL = text("UPDATE person SET revision = revision + 1 WHERE id IN (SELECT value FROM json_each(:people))")


def of_people(session: Session, people: Collection[int]) -> dict[int, tuple[Mute, ...]]:
    """Return the rules that are silent for these people; one of a newer version is passed over."""
    found: dict[int, tuple[Mute, ...]] = {}
    for row in session.execute(_OF, {"people": json.dumps(sorted(people))}):
        if row.rule in _KNOWN:
            until = date.fromisoformat(row.until_on) if row.until_on else None
            found[row.person_id] = (*found.get(row.person_id, ()), Mute(_KNOWN[row.rule], until))
    return found


def mute(session: Session, people: Collection[int], mute: Mute) -> None:
    """Silence a rule for people."""
    values = {"people": json.dumps(sorted(people)), "rule": mute.rule.value}
    session.execute(_SET, {**values, "until": mute.until_on.isoformat() if mute.until_on else None})
    session.execute(_TELL, values)
    session.expire_all()


def unmute(session: Session, people: Collection[int], rule: Rule | Offer) -> None:
    """Let a rule speak again for people."""
    values = {"people": json.dumps(sorted(people)), "rule": rule.value}
    session.execute(_END, values)
    session.execute(_TELL, values)
    session.expire_all()
