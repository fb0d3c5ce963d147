"""How often: intervals, which rule wins, when the next check-in is due, and the state of that today."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from crm.domain.values import quick_dataclass

DAYS_PER_MONTH = 30.436875
MAX_SNOOZE_DAYS = 90
MOST_UNITS = 9999
LOSING_TOUCH_MONTHS = 6
SNOOZES_TO_ASK_AFTER = 3
_LONGER = 1.3


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


@quick_dataclass(frozen=True, slots=True)
class CadenceRules:
    """Every rule that could apply to one person; `never` is the person's own "no check-ins"."""

    own: Interval | None = None
    never: bool = False
    tags: tuple[NamedInterval, ...] = ()
    company: NamedInterval | None = None
    book: Interval | None = None


def ranked(rules: CadenceRules) -> tuple[Cadence, ...]:
    """Return every rule that says something, the one that wins first.

    The order is person > shortest among the tags > company > book default.
    """
    found = []
    if rules.never or rules.own is not None:
        found.append(Cadence(None if rules.never else rules.own, CadenceSource.PERSON))
    tags = sorted(rules.tags, key=lambda tag: (tag.every.days(), tag.name))
    found += [Cadence(tag.every, CadenceSource.TAG, tag.name) for tag in tags]
    if rules.company is not None:
        found.append(Cadence(rules.company.every, CadenceSource.COMPANY, rules.company.name))
    if rules.book is not None:
        found.append(Cadence(rules.book, CadenceSource.BOOK))
    return tuple(found)


def resolve(rules: CadenceRules) -> Cadence:
    """Return the rule that wins, one that says nothing where there is none."""
    return next(iter(ranked(rules)), Cadence())


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
    due_on: date | None = None  # where levelling or the user put it; None: on its ideal day
    suggested: bool = True  # False: archived, deceased, left


def base(facts: CheckInFacts) -> date:
    """Return the day the interval counts from: the last touch or a later skip; never touched: met, else added."""
    start = facts.last_touch_on or facts.met_on or facts.added_on
    return max(start, facts.skipped_on) if facts.skipped_on else start


def ideal_due(facts: CheckInFacts) -> date | None:
    """Return base + how often, or None without a rule, while resting, or out of suggestions."""
    if facts.every is None or facts.resting or not facts.suggested:
        return None
    return facts.every.after(base(facts))


def due(facts: CheckInFacts) -> date | None:
    """Return the day the check-in stands on: where it was put, else its ideal day. A snooze doesn't change it."""
    if facts.resting or not facts.suggested:
        return None
    return facts.due_on or ideal_due(facts)


def state(facts: CheckInFacts, today: date) -> DueState:  # noqa: PLR0911 - one return per state reads best
    """Return the state on `today`; it depends on the day and is never stored."""
    if facts.resting and facts.suggested:
        return DueState.RESTING
    due_on = due(facts)
    if due_on is None:
        return DueState.NONE
    if facts.meeting_on is not None and facts.meeting_on >= today:
        return DueState.IN_TOUCH
    if facts.snoozed_until is not None and facts.snoozed_until > today:
        return DueState.SNOOZED
    if today > due_on:
        return DueState.LOSING_TOUCH if is_losing_touch(facts, today) else DueState.OVERDUE
    if today == due_on:
        return DueState.DUE
    start = base(facts)
    passed = (today - start).days
    return DueState.SOON if passed >= 0.8 * (due_on - start).days else DueState.FINE


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
    due_on = due(facts) or facts.every.after(base(facts))
    twice = Interval(2 * facts.every.count, facts.every.unit).after(base(facts))
    first = twice if half_year is None else min(twice, half_year)
    return max(first, due_on + timedelta(days=1)) if due_on < date.max else None


_UNITS = {"d": (1, Unit.DAY), "w": (1, Unit.WEEK), "f": (2, Unit.WEEK), "m": (1, Unit.MONTH), "q": (3, Unit.MONTH),
          "y": (1, Unit.YEAR)}  # fmt: skip
_SINGLE = {"daily": (1, Unit.DAY), "weekly": (1, Unit.WEEK), "monthly": (1, Unit.MONTH), "quarterly": (3, Unit.MONTH),
           "yearly": (1, Unit.YEAR), "annually": (1, Unit.YEAR), "fortnightly": (2, Unit.WEEK),
           "biweekly": (2, Unit.WEEK), "bimonthly": (2, Unit.MONTH), "twice a month": (2, Unit.WEEK),
           "half yearly": (6, Unit.MONTH), "semi annually": (6, Unit.MONTH), "half a year": (6, Unit.MONTH),
           "every half year": (6, Unit.MONTH), "twice a year": (6, Unit.MONTH)}  # fmt: skip
"""What people mean by them here: "biweekly" is every two weeks, as "bimonthly" is every two months."""
_NUMBERS = {"a": 1, "an": 1, "one": 1, "a couple of": 2, "couple of": 2, "other": 2, "second": 2, "two": 2, "three": 3,
            "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
            "twelve": 12}  # fmt: skip
_PATTERN = re.compile(
    rf"(?:once )?(?:(?:every|each) )?(?:(?P<digits>[0-9]{{1,4}})[ -]?|(?P<word>{'|'.join(_NUMBERS)}) )?"
    r"(?P<unit>d|days?|w|wks?|weeks?|fortnights?|m|mos?|months?|q|quarters?|y|yrs?|years?)"
)


def parse_interval(text: str) -> Interval | None:
    """Read "6w", "6 weeks", "every 2 months", "quarterly"; None when it isn't an interval of 1 to 9999 units."""
    words = " ".join(text.lower().split())
    single = words.replace("bi-", "bi").replace("-", " ")
    if single in _SINGLE:
        return Interval(*_SINGLE[single])
    match = _PATTERN.fullmatch(words)
    if match is None:
        return None
    count = int(match["digits"]) if match["digits"] else _NUMBERS[match["word"] or "one"]
    per_unit, unit = _UNITS[match["unit"][0]]
    return Interval(count * per_unit, unit) if 1 <= count * per_unit <= MOST_UNITS else None


def shortest(intervals: Iterable[Interval]) -> Interval | None:
    """Return the shortest interval, None of none."""
    return min(intervals, key=Interval.days, default=None)


USUAL = (
    Interval(2, Unit.WEEK),
    Interval(4, Unit.WEEK),
    Interval(6, Unit.WEEK),
    Interval(2, Unit.MONTH),
    Interval(3, Unit.MONTH),
    Interval(6, Unit.MONTH),
    Interval(1, Unit.YEAR),
)
"""The intervals that are offered."""


def less_often(every: Interval | None) -> Interval | None:
    """Return the next longer usual interval to offer after snoozes in a row, None where there is none."""
    return next((one for one in USUAL if every and one.days() > _LONGER * every.days()), None)
