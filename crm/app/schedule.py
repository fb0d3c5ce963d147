"""What stands on which day, and moving it: check-ins, next steps, rounds of interviews, events, meetings, important dates."""

from dataclasses import dataclass, replace
from datetime import date

from crm.app import events, interviews, planning, plans, preferences
from crm.app.books import Book
from crm.domain.calendar import EventKind
from crm.domain.event import EventRow
from crm.domain.interview import InterviewId
from crm.domain.meeting import MeetingLine
from crm.domain.person import PersonId
from crm.domain.plan import StepId
from crm.domain.schedule import DateRow, Scheduled
from crm.errors import Invalid
from crm.store import schedule


@dataclass(frozen=True, slots=True)
class Days:
    """What stands on a range of days, in their order, and how many check-ins a week the user wants at most."""

    items: tuple[Scheduled, ...]
    per_week: int


def on_days(book: Book, first: date, last: date, *, today: date) -> Days:
    """Return what stands from `first` to `last`; what is overdue stands on today."""
    with book.read() as session:
        found = schedule.scheduled(session, tuple(EventKind), first, last, today)
        ordered = sorted(found, key=lambda one: (one.stands_on(today), one.starts_at is None, _hour(one)))
        return Days(tuple(ordered), preferences.get(book).per_week)


def move(book: Book, one: Scheduled, on: date, *, today: date) -> None:
    """Put it on another day, a round at the same hour. Raises `Invalid` for a day gone by, a meeting or a birthday, `NotFound`."""
    if isinstance(one.source, MeetingLine):
        raise Invalid("meeting", one.source.meeting.title, "elsewhere")
    if isinstance(one.source, DateRow):
        raise Invalid("date", one.source.name, "fixed")
    if on < today:
        raise Invalid("planned_on", on, "range")
    if one.kind is EventKind.CHECK_IN:
        planning.plan_check_in(book, (PersonId(one.record),), on, today=today)
    elif one.kind is EventKind.STEP:
        plans.redate(book, StepId(one.record), on)
    elif isinstance(one.source, EventRow):
        moved = replace(events.row(book, one.source.id).draft, held_on=on)
        events.edit(book, one.source.id, moved, today=today)
    else:
        draft = interviews.row(book, InterviewId(one.record)).draft
        starts_at = None if draft.starts_at is None else draft.starts_at + (on - draft.on)
        interviews.edit(book, InterviewId(one.record), replace(draft, on=on, starts_at=starts_at))


def _hour(one: Scheduled) -> float:
    return 0.0 if one.starts_at is None else one.starts_at.timestamp()
