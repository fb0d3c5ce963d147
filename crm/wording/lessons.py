"""Words for lessons, feedback and the brief before an interview."""

from datetime import date

from crm.domain.lesson import BriefPerson, FeedbackRow, LessonKind, LessonRow, Theme
from crm.wording.days import short_day
from crm.wording.speech import count, say

_KINDS = {LessonKind.REPEAT: "Repeat", LessonKind.CHANGE: "Change"}


def lesson_kind(kind: LessonKind) -> str:
    """Return "Repeat" or "Change"."""
    return say(_KINDS[kind])


def lesson(row: LessonRow, today: date) -> str:
    """Return "Numbers first (Orbital, Ada Lovelace, 3 Mar; helped twice)"."""
    return f"{row.draft.text} ({lesson_source(row, today)})"


def lesson_source(row: LessonRow, today: date) -> str:
    """Return where a lesson comes from, how often it helped, and whether it rests."""
    source = ", ".join(part for part in (row.company, row.given_by, short_day(row.learned_on, today)) if part)
    helped = count(row.helped, "helped once", "helped {n} times") if row.helped else ""
    return "; ".join(part for part in (source, helped, say("rests") if row.rests else "") if part)


def theme_seen(theme: Theme) -> str:
    """Return "Seen 3 times: numbers"; without a tag "Other lessons"."""
    if not theme.tag:
        return say("Other lessons")
    return count(len(theme.lessons), "Seen once: {tag}", "Seen {n} times: {tag}", tag=theme.tag)


def feedback_line(row: FeedbackRow, today: date) -> str:
    """Return what was said, by whom, about what, when."""
    return say("“{text}” ({about})", text=row.draft.text, about=feedback_source(row, today))


def feedback_source(row: FeedbackRow, today: date) -> str:
    """Return who said it, about which role, when."""
    return ", ".join(part for part in (row.name, row.role, short_day(row.draft.on, today)) if part)


def brief_history(one: BriefPerson, today: date) -> str:
    """Return "3 touches, the last on 12 Feb"."""
    if one.last_touch_on is None:
        return say("You haven’t talked yet")
    last = short_day(one.last_touch_on, today)
    return count(one.touches, "{n} touch, on {day}", "{n} touches, the last on {day}", day=last)
