"""Warmth and whose turn it is: computed from the touches alone, each with what it is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from crm.domain.cadence import LOSING_TOUCH_MONTHS, Interval, Unit
from crm.domain.rhythm import quiet_on, rhythm
from crm.domain.touch import COUNTING_KINDS, LIGHT_KINDS, UNCOUNTED_KINDS, Direction, TouchKind

YEAR_DAYS = 365
LATELY_DAYS = 60
MANY = 6
FEW = 3
_COOL_AFTER = Interval(LOSING_TOUCH_MONTHS, Unit.MONTH)


class Level(StrEnum):
    """How warm a relationship is, the coldest first."""

    NEW = "new"
    COOLING = "cooling"
    WARM = "warm"
    CLOSE = "close"


class WarmthWhy(StrEnum):
    """Which rule decided the level."""

    FEW = "few"  # too few touches ever to say
    SILENT = "silent"  # none for six months
    QUIETER = "quieter"  # quieter than their own rhythm, and no touch lately
    OFTEN = "often"  # many, lately, and both ways
    STEADY = "steady"  # neither silent nor that often


class Turn(StrEnum):
    """Who is to reach out next."""

    YOURS = "yours"
    THEIRS = "theirs"
    NOBODYS = "nobodys"


@dataclass(frozen=True, slots=True)
class PastTouch:
    """What the rules look at of a touch."""

    on: date
    kind: TouchKind
    direction: Direction


@dataclass(frozen=True, slots=True)
class Warmth:
    """A level, the rule that decided it and what it looked at. The counts are of the last 365 days.

    `touches` are of all kinds but notes, `comments` those among them that are light; `answered` are those in which
    the other side took part.
    """

    level: Level = Level.NEW
    why: WarmthWhy = WarmthWhy.FEW
    ever: int = 0
    touches: int = 0
    comments: int = 0
    answered: int = 0
    last_on: date | None = None
    usual_days: int | None = None  # between two touches; None without a rhythm of their own


@dataclass(frozen=True, slots=True)
class Clocks:
    """When the user last reached out, was last reached, was last together with someone; from them, whose turn it is."""

    sent_on: date | None = None
    heard_on: date | None = None
    together_on: date | None = None
    turn: Turn = Turn.NOBODYS


def warmth(touches: Iterable[PastTouch], today: date) -> Warmth:
    """Return how warm it is on `today`. Comments weigh half; notes and days to come don't count."""
    seen = [one for one in touches if one.kind not in UNCOUNTED_KINDS and one.on <= today]
    recent = [one for one in seen if one.on > today - timedelta(days=YEAR_DAYS)]
    usual = rhythm([one.on for one in seen if one.kind in COUNTING_KINDS])
    found = Warmth(
        ever=len(seen),
        touches=len(recent),
        comments=sum(one.kind in LIGHT_KINDS for one in recent),
        answered=sum(one.direction is not Direction.SENT for one in recent),
        last_on=max((one.on for one in seen), default=None),
        usual_days=usual.days if usual else None,
    )
    quiet_from = quiet_on(found.last_on, usual) if found.last_on and usual else None
    level, why = _level(found, quiet_from, today)
    return replace(found, level=level, why=why)


def clocks(touches: Sequence[PastTouch], today: date) -> Clocks:
    """Return the three clocks of `touches`, given oldest first; only what counts for the cadence moves them."""
    counted = [one for one in touches if one.kind in COUNTING_KINDS and one.on <= today]
    last = {one.direction: one.on for one in counted}
    turns = {Direction.SENT: Turn.THEIRS, Direction.HEARD: Turn.YOURS, Direction.TOGETHER: Turn.NOBODYS}
    turn = turns[counted[-1].direction] if counted else Turn.NOBODYS
    return Clocks(last.get(Direction.SENT), last.get(Direction.HEARD), last.get(Direction.TOGETHER), turn)


def _level(found: Warmth, quiet_from: date | None, today: date) -> tuple[Level, WarmthWhy]:
    last = found.last_on
    if last is None:
        return Level.NEW, WarmthWhy.FEW
    if today >= _COOL_AFTER.after(last):
        return Level.COOLING, WarmthWhy.SILENT
    if found.ever < FEW:
        return Level.NEW, WarmthWhy.FEW
    lately = (today - last).days <= LATELY_DAYS
    if not lately and quiet_from is not None and today >= quiet_from:
        return Level.COOLING, WarmthWhy.QUIETER
    if lately and found.answered and found.touches - found.comments / 2 >= MANY:
        return Level.CLOSE, WarmthWhy.OFTEN
    return Level.WARM, WarmthWhy.STEADY
