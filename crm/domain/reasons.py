"""Why now: the rules, and the facts behind each. The sentence and the order come from the same record."""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from crm.domain.cadence import CadenceSource, Interval
from crm.domain.levelling import Why
from crm.domain.news import News
from crm.domain.touch import TouchKind


class Rule(StrEnum):
    """The rules, the strongest first."""

    PROMISE = "promise"
    STEP = "step"
    BIRTHDAY = "birthday"
    WORK_ANNIVERSARY = "work_anniversary"
    DATE = "date"
    CHECK_IN = "check_in"
    CHOSEN = "chosen"
    NEVER = "never"
    APPLIED = "applied"
    MOVED = "moved"
    QUIET = "quiet"
    TARGET = "target"


class Offer(StrEnum):
    """What the app may offer and can be refused as reasons are: another interval, learnt from the history."""

    PACE = "pace"


# Those of a check-in end with "how often" and rest, not by muting.
CHECK_INS = frozenset({Rule.CHECK_IN, Rule.CHOSEN, Rule.NEVER})
MUTABLE = tuple(rule for rule in Rule if rule not in CHECK_INS)
OWN_WORD = frozenset({Rule.PROMISE, Rule.STEP})
OCCASIONS = frozenset({Rule.BIRTHDAY, Rule.WORK_ANNIVERSARY, Rule.DATE})


@dataclass(frozen=True, slots=True)
class CheckInReason:
    """A check-in falls due by how often. `snoozed_from` is the day it was first due, when a snooze has moved it.

    `on` is the day it stands on, None for somebody who has no check-in; `soon_on` the first day that counts as soon.
    """

    every: Interval | None
    source: CadenceSource = CadenceSource.NONE
    source_name: str = ""
    last_touch_on: date | None = None
    last_kind: TouchKind | None = None
    last_note: str = ""
    snoozed_from: date | None = None
    added_on: date | None = None
    imported: bool = False
    placed: Why | None = None
    placed_on: date | None = None
    ideal_on: date | None = None
    on: date | None = None
    soon_on: date | None = None

    @property
    def rule(self) -> Rule:
        """Which rule this is: the user chose the day, nobody was ever in touch, or how often."""
        if self.every is None:
            return Rule.CHOSEN
        return Rule.NEVER if self.last_touch_on is None else Rule.CHECK_IN


@dataclass(frozen=True, slots=True)
class StepReason:
    """A dated step with the person: a promise noted by hand, or a step of a plan or an opportunity."""

    on: date
    title: str
    promise: bool = True
    role: str = ""
    company: str = ""

    @property
    def rule(self) -> Rule:
        """Which rule this is."""
        return Rule.PROMISE if self.promise else Rule.STEP


@dataclass(frozen=True, slots=True)
class OccasionReason:
    """A day that returns each year. `years` 0: it isn't known since when; `label` is a date's own, or the company."""

    rule: Rule
    on: date
    label: str = ""
    years: int = 0


@dataclass(frozen=True, slots=True)
class AppliedReason:
    """The user applied at the company where the person is now."""

    on: date
    role: str
    company: str

    rule = Rule.APPLIED


@dataclass(frozen=True, slots=True)
class MovedReason:
    """A newer file says that somebody has a new job or title."""

    on: date
    news: News

    rule = Rule.MOVED


@dataclass(frozen=True, slots=True)
class QuietReason:
    """It has been quiet for longer than is usual between the two; `on` is the first day that says so."""

    on: date
    usual_days: int
    gaps: int
    last_touch_on: date
    losing_on: date | None = None

    rule = Rule.QUIET


@dataclass(frozen=True, slots=True)
class TargetReason:
    """Somebody worked at a company the user wants to work at and where nobody is known now. It is told once a month."""

    on: date
    company: str
    until_on: date | None = None

    rule = Rule.TARGET


Reason: TypeAlias = (
    CheckInReason | StepReason | OccasionReason | AppliedReason | MovedReason | QuietReason | TargetReason
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day of the year: 29 February is kept on the 28th where there is none."""

    rule: Rule
    month: int
    day: int
    year: int | None = None
    label: str = ""

    def near(self, today: date) -> date | None:
        """Return its day that is nearest to a day, of last year, this one or the next; None of no day of the calendar."""
        days = [self._in(year) for year in (today.year - 1, today.year, today.year + 1)]
        found = [on for on in days if on is not None]
        return min(found, key=lambda on: abs((on - today).days), default=None)

    def _in(self, year: int) -> date | None:
        day = 28 if (self.month, self.day) == (2, 29) and not calendar.isleap(year) else self.day
        try:
            return date(year, self.month, day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Mute:
    """A rule, or an offer, that is silent for a person: for what it says of days up to `until_on`, None: for ever."""

    rule: Rule | Offer
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person that could be a reason, gathered generously: the rules decide."""

    check_in: CheckInReason
    suggested: bool = True  # False: archived, resting
    snoozed_until: date | None = None
    meeting_on: date | None = None  # the next or last meeting that a calendar told of
    never: bool = False  # no check-ins wanted
    familiar: bool = True  # touched before, planned or starred: birthdays of strangers are no reason
    quiet: QuietReason | None = None
    steps: tuple[StepReason, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    applied: tuple[AppliedReason, ...] = ()
    moved: tuple[MovedReason, ...] = ()
    targets: tuple[TargetReason, ...] = ()
    muted: tuple[Mute, ...] = ()
