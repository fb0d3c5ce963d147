"""Cadence that learns, as a proposal: what a history says of how often, with its counts. It changes nothing by itself.

A few touches prove little, so what one person did is shrunk towards what the group does: as if so many more had been seen.
"""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from crm.domain.cadence import Interval, Unit
from crm.domain.rhythm import Rhythm, rhythm
from crm.domain.touch import Direction

REFUSED = timedelta(days=90)
LOOKED_BACK = timedelta(days=2 * 366)
LADDER = (
    Interval(1, Unit.WEEK), Interval(2, Unit.WEEK), Interval(4, Unit.WEEK), Interval(6, Unit.WEEK), Interval(2, Unit.MONTH),
    Interval(3, Unit.MONTH), Interval(4, Unit.MONTH), Interval(6, Unit.MONTH), Interval(1, Unit.YEAR),
)  # fmt: skip
_ANSWER = timedelta(days=45)  # what comes later is no answer any more
_PENDING = timedelta(days=14)  # what was sent since may still be answered
_LEAST_SENT, _LEAST_GAPS = 4, 4
_RARELY = 0.25
_OFTENER, _RARER = 0.6, 1 / 0.6  # of the interval
_AS_IF_SENT, _AS_IF_GAPS, _AS_IF_GROUP = 2, 3, 20
_UNNOTED = 0.15  # where so few answers are known of anybody, they aren't noted down


class Basis(StrEnum):
    """What a proposal rests on: how rarely they answer, or how often the two are really in touch."""

    REPLIES = "replies"
    RHYTHM = "rhythm"


@dataclass(frozen=True, slots=True)
class Contact:
    """A touch as far as learning looks at it."""

    on: date
    direction: Direction


@dataclass(frozen=True, slots=True)
class Replies:
    """How often the user reached out, and how often that was answered."""

    sent: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """What is usual in the book: the share of answers, and the real gap as a share of the interval."""

    rate: float = 0.5
    pace: float = 1.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another interval, and the counts it rests on since a day."""

    basis: Basis
    now: Interval
    every: Interval
    since_on: date
    sent: int = 0
    answered: int = 0
    touches: int = 0
    usual_days: int = 0

    @property
    def longer(self) -> bool:
        """Whether it asks for fewer check-ins than now."""
        return self.every.days() > self.now.days()


def replies(history: Sequence[Contact], today: date) -> Replies:
    """Count what the user sent and what was answered within 45 days; what went out just now doesn't count yet."""
    ordered = sorted(history, key=lambda contact: contact.on)
    sent = answered = 0
    for place, contact in enumerate(ordered):
        if contact.direction is not Direction.SENT:
            continue
        following = ordered[place + 1] if place + 1 < len(ordered) else None
        was_answered = (
            following is not None
            and following.direction is not Direction.SENT
            and following.on - contact.on <= _ANSWER
        )
        if was_answered or today - contact.on > _PENDING:
            sent += 1
            answered += was_answered
    return Replies(sent, answered)


def group_of(found: Iterable[Replies], paces: Sequence[float]) -> Group:
    """Return what is usual, itself shrunk towards one answer in two and gaps as long as the interval."""
    many = tuple(found)
    sent, answered = sum(one.sent for one in many), sum(one.answered for one in many)
    usual = Group()
    rate = (answered + _AS_IF_GROUP * usual.rate) / (sent + _AS_IF_GROUP)
    pace = statistics.median(paces) if len(paces) >= _LEAST_GAPS else usual.pace
    return Group(rate, pace)


def propose(history: Sequence[Contact], every: Interval, group: Group, today: date) -> Proposal | None:
    """Return a longer or a shorter interval than `every` that the history speaks for, None when it doesn't."""
    recent = [contact for contact in history if today - LOOKED_BACK <= contact.on <= today]
    if not recent:
        return None
    since = min(contact.on for contact in recent)
    return _by_replies(recent, every, group, since, today) or _by_rhythm(recent, every, group, since)


def _by_replies(
    history: Sequence[Contact], every: Interval, group: Group, since: date, today: date
) -> Proposal | None:
    """Somebody who hardly ever answers is asked for less often."""
    found = replies(history, today)
    rate = (found.answered + _AS_IF_SENT * group.rate) / (found.sent + _AS_IF_SENT)
    if found.sent < _LEAST_SENT or rate >= _RARELY or group.rate < _UNNOTED:
        return None
    longer = next((one for one in LADDER if one.days() > every.days()), None)
    return Proposal(Basis.REPLIES, every, longer, since, found.sent, found.answered) if longer else None


def _by_rhythm(history: Sequence[Contact], every: Interval, group: Group, since: date) -> Proposal | None:
    """The interval follows how often two people are really in touch, once that is far from it."""
    own = rhythm([contact.on for contact in history])
    if own is None or own.gaps < _LEAST_GAPS:
        return None
    gap = _shrunk(own, every.days() * group.pace)
    if _OFTENER < gap / every.days() < _RARER:
        return None
    if gap < every.days() and not _both(history):
        return None
    nearest = min(LADDER, key=lambda one: max(one.days() / gap, gap / one.days()))
    towards = nearest.days() < every.days() if gap < every.days() else nearest.days() > every.days()
    if not towards:
        return None
    days = len({contact.on for contact in history})
    return Proposal(Basis.RHYTHM, every, nearest, since, touches=days, usual_days=own.days)


def _both(history: Sequence[Contact]) -> bool:
    """Say whether both take part: the user's own zeal alone is no reason for more of it."""
    return 2 * sum(contact.direction is not Direction.SENT for contact in history) >= len(history)


def _shrunk(own: Rhythm, usual: float) -> float:
    return max((own.gaps * own.days + _AS_IF_GAPS * usual) / (own.gaps + _AS_IF_GAPS), 1.0)
