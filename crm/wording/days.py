"""Days, as people say them: "Today", "Tomorrow", a weekday within the week, then "23 Oct", the year only if it differs."""

from datetime import date

from crm.domain.cadence import DAYS_PER_MONTH, DueState
from crm.domain.person import PartialDate, PersonRow
from crm.wording.speech import count, say

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FULL_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December")  # fmt: skip
_WEEK = 7
_MONTHS_FROM = 4  # days are told until then
_YEARS_FROM = 24


def short_day(on: date, today: date) -> str:
    """Return "23 Oct", with the year when it isn't this year's."""
    if on.year != today.year:
        return dated(on)
    return say("{day} {month}", day=on.day, month=say(_MONTHS[on.month - 1]))


def dated(on: date) -> str:
    """Return "23 Oct 2026", which means the same whenever it is read."""
    return say("{day} {month} {year}", day=on.day, month=say(_MONTHS[on.month - 1]), year=on.year)


def weekday_day(on: date, today: date) -> str:
    """Return "Mon 27 Oct", with the year when it isn't this year's."""
    return say("{weekday} {day}", weekday=weekday(on), day=short_day(on, today))


def full_day(on: date) -> str:
    """Return "Thursday 23 October"."""
    return say(
        "{weekday} {day} {month}",
        weekday=say(_WEEKDAYS[on.weekday()]),
        day=on.day,
        month=say(_FULL_MONTHS[on.month - 1]),
    )


def full_weekday(on: date) -> str:
    """Return "Monday"."""
    return say(_WEEKDAYS[on.weekday()])


def weekday(on: date) -> str:
    """Return "Mon"."""
    return say(_WEEKDAYS[on.weekday()][:3])


def month_day(month: int, day: int, year: int | None = None) -> str:
    """Return "4 March", with the year when it is known."""
    name = say(_FULL_MONTHS[month - 1])
    if year is None:
        return say("{day} {month}", day=day, month=name)
    return say("{day} {month} {year}", day=day, month=name, year=year)


def partial_date(on: PartialDate) -> str:
    """Return "4 March", "4 March 1985", or what is known of the date."""
    if on.month and on.day:
        return month_day(on.month, on.day, on.year)
    return on.text or "-".join(str(part) for part in (on.year, on.month) if part)


def day(on: date, today: date) -> str:
    """Return "Today", "Tomorrow", "Yesterday", a weekday within a week, else the short day."""
    away = (on - today).days
    near = {0: "Today", 1: "Tomorrow", -1: "Yesterday"}
    if away in near:
        return say(near[away])
    return say(_WEEKDAYS[on.weekday()]) if 1 < away < _WEEK else short_day(on, today)


def in_sentence(on: date, today: date) -> str:
    """Return the day as it reads in the middle of a sentence: "today", "Thursday", "12 Nov"."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    away = (on - today).days
    return say(near[away]) if away in near else day(on, today)


def ago(on: date, today: date) -> str:
    """Return "today", "yesterday", "48 days ago", "7 months ago", "2 years ago"."""
    days = (today - on).days
    if days <= 0:
        return say("today") if days == 0 else short_day(on, today)
    if days == 1:
        return say("yesterday")
    months = round(days / DAYS_PER_MONTH)
    if months < _MONTHS_FROM:
        return count(days, "{n} day ago", "{n} days ago")
    if months < _YEARS_FROM:
        return count(months, "{n} month ago", "{n} months ago")
    return count(round(days / 365.25), "{n} year ago", "{n} years ago")


def short_ago(on: date, today: date) -> str:
    """Return "48 d", "7 mo", "2 y", for the end of a row."""
    return _length(max((today - on).days, 0), "{n} d", "{n} mo", "{n} y")


def due_pill(state: DueState, due_on: date | None, today: date) -> tuple[str, str]:
    """Return the words and the tone of the pill that says when a check-in is due.

    `due_on` is the due date; for SNOOZED the day it comes back.
    """
    if state is DueState.RESTING:
        return say("Resting"), "neutral"
    if state is DueState.NONE or due_on is None:
        return say("No plan"), "neutral"
    if state is DueState.SNOOZED:
        back = say("Snoozed to {day}", day=short_day(due_on, today)) if due_on > today else say("Snoozed")
        return back, "neutral"
    return (say("In touch"), "ok") if state is DueState.IN_TOUCH else _due(state, due_on, today)


def short_due(state: DueState, due_on: date | None, today: date) -> tuple[str, str]:
    """Return the pill for a narrow row: "6 d late" instead of "6 days overdue"."""
    words, tone = due_pill(state, due_on, today)
    if tone == "bad" and due_on is not None:
        return _length((today - due_on).days, "{n} d late", "{n} mo late", "{n} y late"), tone
    return words, tone


def person_pill(row: PersonRow, today: date) -> tuple[str, str]:
    """Return the pill of a person's line; a snooze names the day it ends."""
    snoozed = row.state is DueState.SNOOZED
    return due_pill(row.state, row.snoozed_until if snoozed else row.next_due_on, today)


def _due(state: DueState, due_on: date, today: date) -> tuple[str, str]:
    late = (today - due_on).days
    months = round(late / DAYS_PER_MONTH)
    if months >= _MONTHS_FROM:
        return count(months, "{n} month overdue", "{n} months overdue"), "bad"
    if late > 0:
        return count(late, "{n} day overdue", "{n} days overdue"), "bad"
    if late == 0:
        return say("Today"), "info"
    return day(due_on, today), "warn" if state is DueState.SOON and late >= -1 else "neutral"


def _length(days: int, in_days: str, in_months: str, in_years: str) -> str:
    months = round(days / DAYS_PER_MONTH)
    if months < _MONTHS_FROM:
        return say(in_days, n=days)
    if months < _YEARS_FROM:
        return say(in_months, n=months)
    return say(in_years, n=round(days / 365.25))
