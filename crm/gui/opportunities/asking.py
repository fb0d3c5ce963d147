"""What this room asks the book. Each function runs in the read lane and returns values."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from crm.domain.attachment import AttachmentRow
from crm.domain.interview import InterviewRow
from crm.domain.lesson import FeedbackRow, LessonRow
from crm.domain.opportunity import OpportunityCard, OpportunityDraft, OpportunityId, OpportunityRow
from crm.domain.plan import StepId, StepRow
from crm.errors import NotFound

if TYPE_CHECKING:
    from crm.app.books import Book
    from crm.app.plans import Plan


@dataclass(frozen=True, slots=True)
class Sight:
    """All that the panel of one opportunity shows."""

    card: OpportunityCard
    rounds: tuple[InterviewRow, ...] = ()
    steps: tuple[StepRow, ...] = ()
    feedback: tuple[FeedbackRow, ...] = ()
    lessons: tuple[LessonRow, ...] = ()
    files: tuple[AttachmentRow, ...] = ()
    messages: frozenset[str] = frozenset()  # the purposes that can be written


def board(book: "Book", today: date) -> tuple[OpportunityRow, ...]:
    """Return every opportunity as a card."""
    from crm.app import opportunities as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    return app.board(book, today=today)


def sight(book: "Book", opportunity: OpportunityId, today: date) -> Sight | None:
    """Return what the panel shows; None when the opportunity is gone."""
    from crm.app import attachments, interviews, lessons, messages, opportunities, plans  # noqa: PLC0415 - as above

    try:
        card = opportunities.card(book, opportunity, today=today)
    except NotFound:
        return None
    rounds = interviews.of_opportunity(book, opportunity)
    steps = plans.of_opportunity(book, opportunity)
    said = lessons.feedback(book, opportunity)
    learned = lessons.of_opportunity(book, opportunity)
    files = attachments.of_opportunity(book, opportunity)
    return Sight(card, rounds, steps, said, learned, files, frozenset(messages.names()))


def draft(book: "Book", opportunity: OpportunityId) -> OpportunityDraft:
    """Return what the editor starts from. Raises `NotFound`."""
    from crm.app import opportunities as app  # noqa: PLC0415 - as above

    return app.draft(book, opportunity)


def plan(book: "Book", name: str, subject: int, today: date) -> "Plan":
    """Return the steps a plan would add. Raises as `app.plans.preview` does."""
    from crm.app import plans as app  # noqa: PLC0415 - as above

    return app.preview(book, name, subject, today=today)


def untouched(book: "Book", opportunity: OpportunityId) -> tuple[StepRow, ...]:
    """Return the steps that taking the no back would withdraw."""
    from crm.app import plans as app  # noqa: PLC0415 - as above

    return app.untouched(book, opportunity)


def lingering(book: "Book", opportunity: OpportunityId, today: date) -> tuple[StepId, ...]:
    """Return the steps of earlier plans that may be needless now."""
    from crm.app import plans as app  # noqa: PLC0415 - as above

    return app.lingering(book, opportunity, today=today)
