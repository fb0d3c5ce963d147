"""What this room asks the book. Each function runs in the read lane and returns values."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from crm.domain.interview import InterviewId, InterviewRow
from crm.domain.lesson import Brief, FeedbackRow, LessonRow, PracticeRow
from crm.domain.opportunity import Perspective, SecondChance

if TYPE_CHECKING:
    from crm.app.books import Book


@dataclass(frozen=True, slots=True)
class Learned:
    """All that the page shows."""

    ahead: tuple[InterviewRow, ...] = ()
    past: tuple[InterviewRow, ...] = ()
    lessons: tuple[LessonRow, ...] = ()
    feedback: tuple[FeedbackRow, ...] = ()
    practice: tuple[PracticeRow, ...] = ()
    chances: tuple[SecondChance, ...] = ()
    perspective: Perspective = field(default_factory=Perspective)


def learned(book: "Book", today: date) -> Learned:
    """Return what the page shows."""
    from crm.app import interviews, lessons, opportunities  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    return Learned(
        interviews.upcoming(book, today=today, days=365),
        interviews.past(book, today=today),
        lessons.every(book),
        lessons.feedback(book),
        lessons.practice_log(book),
        opportunities.second_chances(book, today=today),
        opportunities.perspective(book),
    )


def brief(book: "Book", interview: InterviewId, today: date) -> Brief:
    """Return what to look at before a round. Raises `NotFound`."""
    from crm.app import lessons  # noqa: PLC0415 - as above

    return lessons.brief(book, interview, today=today)
