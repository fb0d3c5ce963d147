"""Days, as people say them: "Today", "Tomorrow", a weekday within the week, then "23 Oct", the year only if it differs."""

from datetime import date

from crm.domain.cadence import DAYS_PER_MONTH, DueState
from crm.wording.speech import count, say

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FULL_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December")  # fmt: skip
_WEEK = 7


def short_day(on: date, today: date) -> str:
    """Return "23 Oct", with the year when it isn't this year's."""
    words = say("{day} {month}", day=on.day, month=say(_MONTHS[on.month - 1]))
    return words if on.year == today.year else say("{day} {year}", day=words, year=on.year)


def full_day(on: date) -> str:
    """Return "Thursday 23 October"."""
    return say(
        "{weekday} {day} {month}",
        weekday=say(_WEEKDAYS[on.weekday()]),
        day=on.day,
        month=say(_FULL_MONTHS[on.month - 1]),
    )


def weekday(on: date) -> str:
    """Return "Mon"."""
    return say(_WEEKDAYS[on.weekday()][:3])


def month_day(month: int, day: int, year: int | None = None) -> str:
    """Return "4 March", with the year when it is known."""
    words = say("{day} {month}", day=day, month=say(_FULL_MONTHS[month - 1]))
    return words if year is None else say("{day} {year}", day=words, year=year)


def day(on: date, today: date) -> str:
    """Return "Today", "Tomorrow", "Yesterday", a weekday within a week, else the short day."""
    away = (on - today).days
    near = {0: "Today", 1: "Tomorrow", -1: "Yesterday"}
    if away in near:
        return say(near[away])
    return say(_WEEKDAYS[on.weekday()]) if 1 < away < _WEEK else short_day(on, today)


def ago(on: date, today: date) -> str:
    """Return "today", "yesterday", "48 days ago", "7 months ago", "2 years ago"."""
    days = (today - on).days
    if days <= 0:
        return say("today") if days == 0 else short_day(on, today)
    if days == 1:
        return say("yesterday")
    months = round(days / DAYS_PER_MONTH)
    if months < 4:
        return count(days, "{n} day ago", "{n} days ago")
    if months < 24:
        return count(months, "{n} month ago", "{n} months ago")
    return count(round(days / 365.25), "{n} year ago", "{n} years ago")


def short_ago(on: date, today: date) -> str:
    """Return "48 d", "7 mo", "2 y", for the end of a row."""
    days = max((today - on).days, 0)
    months = round(days / DAYS_PER_MONTH)
    if months < 4:
        return say("{n} d", n=days)
    return say("{n} mo", n=months) if months < 24 else say("{n} y", n=round(days / 365.25))


def due_pill(state: DueState, due_on: date | None, today: date) -> tuple[str, str]:
    """Return the words and the tone of the pill that says when a check-in is due.

    `due_on` is the due date; for SNOOZED the day it comes back.
    """
    if state is DueState.NONE or due_on is None:
        return (say("Resting"), "neutral") if state is DueState.RESTING else (say("No plan"), "warn")
    if state is DueState.SNOOZED:
        return say("Snoozed to {day}", day=short_day(due_on, today)), "neutral"
    if state is DueState.IN_TOUCH:
        return say("In touch"), "ok"
    late = (today - due_on).days
    if late > 0:
        return count(late, "{n} day overdue", "{n} days overdue"), "bad"
    if late == 0:
        return say("Today"), "info"
    return day(due_on, today), "warn" if state is DueState.SOON and late >= -1 else "neutral"


def short_due(state: DueState, due_on: date | None, today: date) -> tuple[str, str]:
    """Return the pill for a narrow row: "6 d late" instead of "6 days overdue"."""
    words, tone = due_pill(state, due_on, today)
    if tone == "bad" and due_on is not None:
        return say("{n} d late", n=(today - due_on).days), tone
    return words, tone
