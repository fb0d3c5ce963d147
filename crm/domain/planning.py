"""The suggested plan: who is worth keeping warm, for which reasons, how often, and how many a week that comes to."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from crm.domain.cadence import Interval, Unit
from crm.domain.levelling import Caps, Wish
from crm.domain.person import PersonId, PersonRow

PACES = (3, 5, 8, 12)
MOST_PICKS = 500
LATELY_DAYS = 365
_WEEK = 7
_LEAST = 0.2  # a week: one more person needs about as much


class PickReason(StrEnum):
    """Why somebody is worth keeping warm, the strongest first."""

    TARGET = "target"
    HIRING = "hiring"
    PROMISED = "promised"
    STARRED = "starred"
    WORKED = "worked"
    TOUCHED = "touched"
    MET = "met"
    COMPANY = "company"
    REACHABLE = "reachable"


EVERY: Mapping[PickReason, Interval] = {
    PickReason.TARGET: Interval(6, Unit.WEEK),
    PickReason.HIRING: Interval(6, Unit.WEEK),
    PickReason.PROMISED: Interval(2, Unit.MONTH),
    PickReason.STARRED: Interval(2, Unit.MONTH),
    PickReason.WORKED: Interval(3, Unit.MONTH),
    PickReason.TOUCHED: Interval(3, Unit.MONTH),
    PickReason.MET: Interval(2, Unit.MONTH),
    PickReason.COMPANY: Interval(4, Unit.MONTH),
    PickReason.REACHABLE: Interval(6, Unit.MONTH),
}
_HIRING = re.compile(
    r"\b(recruit\w*|talent|sourcer|hiring|head of|director|vp|vice president|chief|c[teoph]o|founder|co-founder|people ops"
    r"|human resources|hr|engineering manager|team lead)\b",
    re.IGNORECASE,
)
_WORKED = re.compile(
    r"\b(colleagues?|coworkers?|co-workers?|worked|work|team|alumni|alumn[ai])\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What picking looks at for one person without a plan."""

    person: PersonId
    title: str = ""
    company_id: int | None = None
    at_target: bool = False
    colleagues: int = 0  # others known at the same company
    promised: bool = False  # the user noted something to do for them
    starred: bool = False
    last_touch_on: date | None = None
    met_on: date | None = None
    tags: tuple[str, ...] = ()
    how_met: str = ""
    reachable: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody picked: the reasons, strongest first, how often, and the first day."""

    person: PersonId
    reasons: tuple[PickReason, ...]
    every: Interval
    on: date
    company_id: int | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """A choice as a line to look at."""

    row: PersonRow
    choice: Choice


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """How many check-ins a week holds: those that stand already, and those of the plan."""

    from_on: date
    standing: int
    added: int = 0


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """A plan to look at before it starts. `needed` a week is what it and everyone already planned come to."""

    picks: tuple[Pick, ...]
    per_week: int
    weeks: tuple[WeekLoad, ...]
    needed: float
    unplanned: int  # people without a plan, picked or not

    @property
    def full(self) -> bool:
        """Whether what is planned already takes up the week."""
        return self.unplanned > 0 and self.needed > self.per_week - _LEAST


def reasons(who: Candidate, today: date) -> tuple[PickReason, ...]:
    """Return why somebody is worth keeping warm, the strongest reason first; none is an answer too."""
    since = today - timedelta(days=LATELY_DAYS)
    holds = {
        PickReason.TARGET: who.at_target,
        PickReason.HIRING: bool(_HIRING.search(who.title)),
        PickReason.PROMISED: who.promised,
        PickReason.STARRED: who.starred,
        PickReason.WORKED: any(_WORKED.search(words) for words in (*who.tags, who.how_met)),
        PickReason.TOUCHED: who.last_touch_on is not None and who.last_touch_on >= since,
        PickReason.MET: who.met_on is not None and who.met_on >= since,
        PickReason.COMPANY: who.colleagues > 0 and who.reachable,
        PickReason.REACHABLE: who.reachable and bool(who.title),
    }
    return tuple(reason for reason in PickReason if holds[reason])


def pick(
    candidates: Iterable[Candidate], caps: Caps, *, today: date, planned: float = 0.0
) -> tuple[Choice, ...]:
    """Choose as many as the week has room for, the strongest reasons first. `planned` a week is taken already.

    A choice's day is today until it is placed: `wishes` asks levelling for it.
    """
    ranked = []
    for who in candidates:
        found = reasons(who, today)
        if found:
            last = (who.last_touch_on or date.min).toordinal()
            ranked.append((_rank(found), -last, int(who.person), found, who))
    ranked.sort(key=lambda one: one[:3])
    room = caps.per_week - planned
    chosen: list[Choice] = []
    for *_, found, who in ranked[:MOST_PICKS]:
        every = min((EVERY[reason] for reason in found), key=Interval.days)
        room -= _WEEK / every.days()
        if room < 0:
            break
        chosen.append(Choice(who.person, found, every, today, who.company_id))
    return tuple(chosen)


def wishes(choices: Iterable[Choice], today: date) -> list[Wish]:
    """Return when each may have the first check-in: from today on, before one interval is over."""
    return [
        Wish(
            int(choice.person), today, today, choice.every.after(today), choice.company_id, 1.0 / (1 + place)
        )
        for place, choice in enumerate(choices)
    ]


def weeks_of(days: Iterable[date], added: Iterable[date], today: date, count: int) -> tuple[WeekLoad, ...]:
    """Return the load of the next weeks, this one first."""
    monday = today - timedelta(days=today.weekday())
    standing, more = _by_week(days, monday), _by_week(added, monday)
    return tuple(
        WeekLoad(monday + timedelta(weeks=week), standing.get(week, 0), more.get(week, 0))
        for week in range(count)
    )


def with_added(weeks: Iterable[WeekLoad], added: Iterable[date]) -> tuple[WeekLoad, ...]:
    """Return the same weeks with other days added."""
    known = tuple(weeks)
    more = _by_week(added, known[0].from_on) if known else {}
    return tuple(replace(week, added=more.get(place, 0)) for place, week in enumerate(known))


def load_of(choices: Iterable[Choice]) -> float:
    """Return how many check-ins a week these come to."""
    return sum(_WEEK / choice.every.days() for choice in choices)


def needed_by(preview: PlanPreview, choices: Iterable[Choice]) -> float:
    """Return what a week needs with these choices in place of the plan's own."""
    return preview.needed - load_of(pick.choice for pick in preview.picks) + load_of(choices)


def _by_week(days: Iterable[date], monday: date) -> dict[int, int]:
    found: dict[int, int] = {}
    for day in days:
        week = (day - monday).days // _WEEK
        found[week] = found.get(week, 0) + 1
    return found


def _rank(found: tuple[PickReason, ...]) -> float:
    """Return how strong reasons are together: the strongest first, several before one."""
    order = list(PickReason)
    return order.index(found[0]) - 0.1 * len(found)
