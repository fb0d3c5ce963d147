"""How often: intervals, which rule wins, when the next check-in is due, and the state of that today."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAYS_PER_MONTH = 30.436875
MAX_SNOOZE_DAYS = 90
LOSING_TOUCH_MONTHS = 6


class Unit(StrEnum):
    """The units of an interval."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Interval:
    """1–n days, weeks, months or years. Days and weeks are exact, months and years clamped at the month's end."""

    count: int
    unit: Unit

    def after(self, day: date) -> date:
        """Return the day this interval after `day` (31 Jan + 1 month = 28 or 29 Feb); date.max beyond the calendar."""
        try:
            return self._after(day)
        except (OverflowError, ValueError):
            return date.max

    def days(self) -> float:
        """Return the length in days, a month being 30.44 days; to compare and to scale, never to place a date."""
        per_unit = {Unit.DAY: 1.0, Unit.WEEK: 7.0, Unit.MONTH: DAYS_PER_MONTH, Unit.YEAR: 12 * DAYS_PER_MONTH}
        return self.count * per_unit[self.unit]

    def _after(self, day: date) -> date:
        if self.unit is Unit.DAY:
            return day + timedelta(days=self.count)
        if self.unit is Unit.WEEK:
            return day + timedelta(weeks=self.count)
        months = self.count * (12 if self.unit is Unit.YEAR else 1)
        years, month0 = divmod(day.month - 1 + months, 12)
        year = day.year + years
        return date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))


class CadenceSource(StrEnum):
    """Whose rule for how often won."""

    PERSON = "person"
    TAG = "tag"
    COMPANY = "company"
    BOOK = "book"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often, and which rule said so; `name` is the tag's or the company's."""

    every: Interval | None = None
    source: CadenceSource = CadenceSource.NONE
    name: str = ""


@dataclass(frozen=True, slots=True)
class NamedInterval:
    """A tag's or company's rule."""

    name: str
    every: Interval


@dataclass(frozen=True, slots=True)
class CadenceRules:
    """Every rule that could apply to one person; `never` is the person's own "no check-ins"."""

    own: Interval | None = None
    never: bool = False
    tags: tuple[NamedInterval, ...] = ()
    company: NamedInterval | None = None
    book: Interval | None = None


def resolve(rules: CadenceRules) -> Cadence:
    """Return the rule that wins: person > shortest among the tags > company > book default > none."""
    if rules.never:
        return Cadence(None, CadenceSource.PERSON)
    if rules.own is not None:
        return Cadence(rules.own, CadenceSource.PERSON)
    if rules.tags:
        best = min(rules.tags, key=lambda tag: (tag.every.days(), tag.name))
        return Cadence(best.every, CadenceSource.TAG, best.name)
    if rules.company is not None:
        return Cadence(rules.company.every, CadenceSource.COMPANY, rules.company.name)
    if rules.book is not None:
        return Cadence(rules.book, CadenceSource.BOOK)
    return Cadence()


class DueState(StrEnum):
    """Where a person stands today. LOSING_TOUCH is overdue past the cadence twice, or no touch for 6 months."""

    NONE = "none"
    RESTING = "resting"
    SNOOZED = "snoozed"
    IN_TOUCH = "in_touch"
    FINE = "fine"
    SOON = "soon"
    DUE = "due"
    OVERDUE = "overdue"
    LOSING_TOUCH = "losing_touch"


@dataclass(frozen=True, slots=True)
class CheckInFacts:
    """What the check-in rules look at for one person."""

    added_on: date
    every: Interval | None = None
    last_touch_on: date | None = None
    met_on: date | None = None
    skipped_on: date | None = None
    snoozed_until: date | None = None
    resting: bool = False
    meeting_on: date | None = None
    suggested: bool = True  # False: archived, deceased, left


def base(facts: CheckInFacts) -> date:
    """Return the day the interval counts from: the last touch or a later skip; never touched: met, else added."""
    start = facts.last_touch_on or facts.met_on or facts.added_on
    return max(start, facts.skipped_on) if facts.skipped_on else start


def ideal_due(facts: CheckInFacts) -> date | None:
    """Return base + how often, or None without a rule, while resting, or out of suggestions.

    This is where levelling will move the day inside its window; a snooze doesn't change it.
    """
    if facts.every is None or facts.resting or not facts.suggested:
        return None
    return facts.every.after(base(facts))


def state(facts: CheckInFacts, today: date) -> DueState:  # noqa: PLR0911 - one return per state reads best
    """Return the state on `today`; it depends on the day and is never stored."""
    if facts.resting and facts.suggested:
        return DueState.RESTING
    due = ideal_due(facts)
    if due is None or facts.every is None:
        return DueState.NONE
    if facts.meeting_on is not None and facts.meeting_on >= today:
        return DueState.IN_TOUCH
    if facts.snoozed_until is not None and facts.snoozed_until > today:
        return DueState.SNOOZED
    if today > due:
        return DueState.LOSING_TOUCH if is_losing_touch(facts, today) else DueState.OVERDUE
    if today == due:
        return DueState.DUE
    start = base(facts)
    passed = (today - start).days
    return DueState.SOON if passed >= 0.8 * (due - start).days else DueState.FINE


def is_losing_touch(facts: CheckInFacts, today: date) -> bool:
    """Say whether there was no touch for 6 months, or the cadence passed twice since the base."""
    first = losing_on(facts)
    return first is not None and today >= first


def losing_on(facts: CheckInFacts) -> date | None:
    """Return the first day that counts as losing touch, None when no day does.

    Six months without a touch, or the cadence passed twice; whoever is inside their own, longer cadence is not lost.
    """
    last = facts.last_touch_on
    half_year = Interval(LOSING_TOUCH_MONTHS, Unit.MONTH).after(last) if last else None
    if facts.every is None:
        return half_year
    due = facts.every.after(base(facts))
    twice = facts.every.after(due)
    first = twice if half_year is None else min(twice, half_year)
    return max(first, due + timedelta(days=1)) if due < date.max else None


_WORDS = {"d": Unit.DAY, "w": Unit.WEEK, "m": Unit.MONTH, "y": Unit.YEAR, "q": Unit.MONTH}
_SINGLE = {"daily": (1, Unit.DAY), "weekly": (1, Unit.WEEK), "monthly": (1, Unit.MONTH), "quarterly": (3, Unit.MONTH),
           "yearly": (1, Unit.YEAR), "annually": (1, Unit.YEAR), "fortnightly": (2, Unit.WEEK)}  # fmt: skip
_PATTERN = re.compile(
    r"(?:every\s+)?(?P<count>\d{1,4}|a|an|one|two|three|four|six)?\s*"
    r"(?P<unit>d|days?|w|wks?|weeks?|m|mo|mos|months?|y|yrs?|years?|q|quarters?)"
)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}


def parse_interval(text: str) -> Interval | None:
    """Read "6w", "6 weeks", "every 2 months", "quarterly"; None when it isn't an interval of 1 to 9999 units."""
    words = " ".join(text.lower().split())
    if words in _SINGLE:
        count, unit = _SINGLE[words]
        return Interval(count, unit)
    match = _PATTERN.fullmatch(words)
    if match is None:
        return None
    said = match["count"] or "1"
    count = _NUMBERS[said] if said in _NUMBERS else int(said)
    letter = match["unit"][0]
    count *= 3 if letter == "q" else 1
    return Interval(count, _WORDS[letter]) if count >= 1 else None


def shortest(intervals: Iterable[Interval]) -> Interval | None:
    """Return the shortest interval, None of none."""
    return min(intervals, key=Interval.days, default=None)
