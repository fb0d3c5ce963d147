"""What an event in the user's calendar says, and what to tell after an export."""

from crm.domain.agenda import CheckInRow
from crm.domain.calendar import EventKind
from crm.domain.event import EventRow
from crm.domain.feed import FeedState
from crm.domain.interview import InterviewRow
from crm.domain.ledger import Delta
from crm.domain.meeting import MeetingLine
from crm.domain.plan import StepRow
from crm.domain.schedule import DateRow, Source
from crm.wording.cadences import dated_reason
from crm.wording.errors import error_line
from crm.wording.events import event_type
from crm.wording.kinds import date_kind
from crm.wording.opportunities import interview_format
from crm.wording.speech import count, say

_KINDS = {
    EventKind.CHECK_IN: "Check-ins",
    EventKind.STEP: "Next steps",
    EventKind.INTERVIEW: "Interviews",
    EventKind.EVENT: "Events",
    EventKind.DATE: "Important dates",
    EventKind.MEETING: "Meetings",
}


def calendar_text(source: Source) -> tuple[str, str]:
    """Return the title and the description of an event; both stay the same until the data change."""
    if isinstance(source, CheckInRow):
        return _check_in(source)
    if isinstance(source, MeetingLine):
        names = ", ".join(name for _, name in source.people)
        return source.meeting.title, "\n".join(line for line in (names, source.meeting.place) if line)
    if isinstance(source, DateRow):
        years = source.on.year - source.year if source.year else 0
        title = say("{name}: {what}", name=source.name, what=date_kind(source.kind, source.label))
        return title, count(years, "{n} year", "{n} years") if years else ""
    if isinstance(source, EventRow):
        title, lines = _event(source)
    else:
        title, lines = _step(source) if isinstance(source, StepRow) else _round(source)
    return title, "\n".join(line for line in lines if line)


def event_kind(kind: EventKind) -> str:
    """Return "Check-ins", "Next steps", "Interviews"."""
    return say(_KINDS[kind])


def _check_in(row: CheckInRow) -> tuple[str, str]:
    work = ", ".join(part for part in (row.person.title, row.person.company) if part)
    lines = (work, dated_reason(row.reason), row.phone, row.email)
    return say("Check in: {name}", name=row.person.name), "\n".join(line for line in lines if line)


def _step(row: StepRow) -> tuple[str, tuple[str, ...]]:
    about = row.company or row.name
    title = (
        say("{step} ({about})", step=row.title, about=about)
        if about and about not in row.title
        else row.title
    )
    return title, (", ".join(part for part in (row.role, row.company) if part), row.name, row.email)


def _round(row: InterviewRow) -> tuple[str, tuple[str, ...]]:
    about = ", ".join(part for part in (row.title, row.company) if part)
    which = row.draft.name or say("Round {n}", n=row.number)
    people = ", ".join(name for _, name in row.people)
    lines = (f"{which} · {interview_format(row.draft.format)}", people, row.draft.preparation)
    return say("Interview: {about}", about=about), lines


def _event(row: EventRow) -> tuple[str, tuple[str, ...]]:
    draft, names = row.draft, ", ".join(name for _, name in row.people)
    expected = say("May be there: {names}", names=names) if names else ""
    return draft.name, (event_type(draft.kind), draft.place, draft.goal, expected, draft.link)


def changed_since(delta: Delta, *, everyone: bool = True) -> str:
    """Return "Since the last export: 3 new, 2 moved, 1 cancelled.", and of which kinds calendars keep what they hold.

    '' for a first one; each choice of people has a last export of its own.
    """
    if delta.since_at is None:
        return ""
    parts = (
        (delta.new, say("{n} new", n=delta.new)),
        (delta.moved, say("{n} moved", n=delta.moved)),
        (delta.gone, say("{n} cancelled", n=delta.gone)),
    )
    what = ", ".join(words for n, words in parts if n) or say("nothing changed")
    since = say("Since the last export: {what}.", what=what)
    if not everyone:
        since = say("Since the last export of these people: {what}.", what=what)
    kinds = ", ".join(map(event_kind, delta.kept))
    kept = say("Left out, and unchanged in calendars that hold them: {kinds}.", kinds=kinds)
    return f"{since} {kept}" if kinds else since


def exported(events: int, file: str, *, updated: bool = False) -> str:
    """Return "86 events saved to check-ins.ics.", or that the file which was there is updated."""
    if updated:
        return count(events, "{file} updated: {n} event.", "{file} updated: {n} events.", file=file)
    return count(events, "{n} event saved to {file}.", "{n} events saved to {file}.", file=file)


def feed_state(state: FeedState) -> str:
    """Return how a kept file stands: "12 events, up to date.", or why it can't be written."""
    if state.error is not None:
        return error_line(state.error)
    return count(state.events, "{n} event, up to date.", "{n} events, up to date.")
