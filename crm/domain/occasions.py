"""Days with names: "end of January", "first Monday of next month", "15th of May", "Q1", "after Easter"."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from crm.domain.daywords import DayWords
from crm.domain.periods import Period, nearest, one_of, read_periods


def read_occasion(text: str, words: DayWords, today: date, sign: int) -> date | None:
    """Return the day a named occasion means, the nearest on the side of `sign`: 1 ahead, -1 behind."""
    found = (reader(text, words, today, sign) for reader in _READERS)
    return next((day for day in found if day is not None), None)


def _part(text: str, words: DayWords, today: date, sign: int) -> date | None:
    """Read "end of January", "mid March", "early next week"."""
    match = re.fullmatch(r"(\w+)[ -](?:of )?(.+)", text)
    if match is None or match[1] not in words.parts:
        return None
    share = words.parts[match[1]]
    return nearest((one.part(share) for one in read_periods(match[2], words, today)), today, sign)


def _placed(text: str, words: DayWords, today: date, sign: int) -> date | None:
    """Read "first Monday of next month", "last day of March", "15th of May"."""
    match = re.fullmatch(rf"(?:(\d{{1,2}}){words.ordinal}|([a-z]+))(?: ([a-z]+))?{words.of}(.+)", text)
    if match is None:
        return None
    place = int(match[1]) if match[1] else words.numbers.get(match[2])
    weekday = one_of(match[3] or "", words.weekdays)
    if not place or (weekday is None and match[3] not in (None, words.day)):
        return None
    days = [_place(period, place, weekday) for period in read_periods(match[4], words, today)]
    return nearest(filter(None, days), today, sign)


def _place(period: Period, place: int, weekday: int | None) -> date | None:
    """Return the so-manieth day or weekday of a period, -1 being its last; None beyond its end."""
    if place < 0:
        back = 0 if weekday is None else (period.last.weekday() - weekday) % 7
        return period.last - timedelta(days=back)
    if weekday is None:
        found = period.first + timedelta(days=place - 1)
    else:
        ahead = (weekday - period.first.weekday()) % 7
        found = period.first + timedelta(days=ahead + 7 * (place - 1))
    return found if found <= period.last else None


def _in_week(text: str, words: DayWords, today: date, _sign: int) -> date | None:
    """Read "Monday next week", "Friday of this week", "next week Monday", "next weekend"."""
    said = text.replace(words.weekend, f"{words.week} {words.weekdays[5]}").split()
    weekdays = [found for word in said if (found := one_of(word, words.weekdays)) is not None]
    rest = " ".join(
        word for word in said if one_of(word, words.weekdays) is None and word not in words.joints
    )
    weeks = read_periods(rest, words, today) if len(weekdays) == 1 else ()
    return weeks[0].first + timedelta(days=weekdays[0]) if weeks and weeks[0].kind == "week" else None


def _within(text: str, words: DayWords, today: date, sign: int) -> date | None:
    """Read "in March", "Q1", "after January", "before Q3": a period's first day, or the day beside it."""
    match = re.fullmatch(rf"({words.ahead})?({words.after})?({words.before})?(.+)", text)
    if match is None or not (any(match.groups()[:3]) or re.match(words.quarter, match[4])):
        return None
    periods = read_periods(match[4], words, today)
    if match[2]:
        return nearest((one.last + timedelta(days=1) for one in periods), today, sign)
    back = timedelta(days=1 if match[3] else 0)
    return nearest((one.first - back for one in periods), today, sign)


def _feast(text: str, words: DayWords, today: date, sign: int) -> date | None:
    """Read "Easter", "after Easter", "before next Christmas"."""
    names = "|".join(re.escape(name) for name in sorted(words.feasts, key=len, reverse=True))
    turns = "|".join(words.turns)
    which = rf"(?:({words.after})|({words.before})|{words.around})?(?:the )?(?:({turns}) )?({names})"
    match = re.fullmatch(which + words.holidays, text)
    if match is None:
        return None
    feast, early, late = words.feasts[match[4]]
    shift = timedelta(days=late if match[1] else -early if match[2] else 0)
    side = words.turns.get(match[3] or "", 0) or sign
    return nearest((feast(today.year + turn) + shift for turn in (-1, 0, 1)), today, side)


def _day_of_month(text: str, words: DayWords, today: date, sign: int) -> date | None:
    """Read "15th": the nearest on one side."""
    match = re.fullmatch(rf"(\d{{1,2}}){words.ordinal}", text)
    if match is None:
        return None
    days: list[date] = []
    for turn in (-2, -1, 0, 1, 2):  # of three months in a row one has 31 days
        whole = today.year * 12 + today.month - 1 + turn
        try:
            days.append(date(whole // 12, whole % 12 + 1, int(match[1])))
        except ValueError:
            continue
    return nearest(days, today, sign)


_READERS: tuple[Callable[[str, DayWords, date, int], date | None], ...] = (
    _placed, _part, _in_week, _within, _feast, _day_of_month,
)  # fmt: skip
