"""Placing check-ins among those that stand already: the load of the days around, asked in two statements."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from crm.domain import levelling
from crm.domain.levelling import Caps, Load, Placement, Wish
from crm.store import preferences

_BY_DAY = text(
    "SELECT check_in_on, count(*) FROM person"
    " WHERE standing = 'active' AND check_in_on BETWEEN :first AND :last GROUP BY check_in_on"
)
_BY_COMPANY = text(
    "SELECT p.company_id, p.check_in_on FROM json_each(:companies) c CROSS JOIN person p ON p.company_id = c.value"
    " WHERE p.check_in_on BETWEEN :first AND :last"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where someone's check-in stands now, which it is about to leave."""

    on: date
    company: int | None = None


def place(
    session: Session, wishes: Sequence[Wish], leaving: Collection[Standing] = (), caps: Caps | None = None
) -> dict[int, Placement]:
    """Place check-ins under the book's caps, or others; `leaving` are their present places, which count no more."""
    if not wishes:
        return {}
    first, last = levelling.reach(wishes)
    days = {"first": first.isoformat(), "last": last.isoformat()}
    by_day = {date.fromisoformat(on): count for on, count in session.execute(_BY_DAY, days)}
    wanted = json.dumps(sorted({wish.company for wish in wishes if wish.company is not None}))
    by_company: dict[int, list[date]] = {}
    for company, on in session.execute(_BY_COMPANY, {"companies": wanted, **days}):
        by_company.setdefault(company, []).append(date.fromisoformat(on))
    for place in leaving:
        if first <= place.on <= last:
            by_day[place.on] -= 1
            if place.company in by_company:
                by_company[place.company].remove(place.on)
    return levelling.level(wishes, caps or preferences.read(session).caps(), Load(by_day, by_company))
