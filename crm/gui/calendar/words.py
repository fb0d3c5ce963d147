"""How the calendar says what stands on a day: on a chip, and as a sentence."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from crm import wording
from crm.domain.agenda import CheckInRow
from crm.domain.calendar import EventKind
from crm.domain.event import EventRow
from crm.domain.interview import InterviewRow
from crm.domain.meeting import MeetingLine
from crm.domain.schedule import DateRow, Scheduled
from crm.gui.export.choices import clock

TONES = {
    EventKind.CHECK_IN: "info",
    EventKind.STEP: "teal",
    EventKind.INTERVIEW: "violet",
    EventKind.EVENT: "lime",
    EventKind.MEETING: "orange",
    EventKind.DATE: "pink",
}
ICONS = {
    EventKind.CHECK_IN: "message-circle",
    EventKind.STEP: "flag",
    EventKind.INTERVIEW: "messages-square",
    EventKind.EVENT: "ticket",
    EventKind.MEETING: "users",
    EventKind.DATE: "cake",
}


def short(one: Scheduled) -> str:
    """Return what fits a chip: a name, a step, the hour and company of a round, the hour and title of a meeting."""
    source = one.source
    if isinstance(source, CheckInRow):
        return source.person.name
    if isinstance(source, InterviewRow):
        return " ".join(part for part in (hour(one), source.company or source.title) if part)
    if isinstance(source, DateRow):
        return source.name
    if isinstance(source, EventRow):
        return source.draft.name
    if isinstance(source, MeetingLine):
        return " ".join(part for part in (hour(one), source.meeting.title) if part)
    return source.title


def hour(one: Scheduled) -> str:
    """Return the hour a round or a meeting starts at, "" for what has none of its own."""
    return "" if one.starts_at is None else clock(one.starts_at.astimezone().time())


def sentence(one: Scheduled, today: date) -> str:
    """Return it as a screen reader says it: "Check in: Ada Lovelace, tomorrow"."""
    title, _ = wording.calendar_text(one.source)
    when = ", ".join(part for part in (wording.day(one.stands_on(today), today), hour(one)) if part)
    late = tr("overdue") if one.on < one.stands_on(today) else ""
    return ", ".join(part for part in (title, when, late) if part)


def day_sentence(on: date, items: int) -> str:
    """Return a day as a screen reader says it: "Thursday 23 October 2025, 2 events"."""
    day = wording.say("{day} {year}", day=wording.full_day(on), year=on.year)
    return f"{day}, {wording.count(items, '{n} event', '{n} events')}" if items else f"{day}, {tr('nothing')}"


def month(on: date) -> str:
    """Return "October 2025"."""
    return f"{QLocale().standaloneMonthName(on.month)} {on.year}"


def load(check_ins: int, per_week: int) -> str:
    """Return how full a week is: "5 of 5"."""
    return wording.say("{n} of {cap}", n=check_ins, cap=per_week)


def tr(words: str) -> str:
    """Return words of the calendar in the user's language."""
    return QCoreApplication.translate("Calendar", words)
