"""What the sidebar and the Edit menu say about the book: how many there are of each, and what can be undone."""

from collections.abc import Mapping
from dataclasses import dataclass

from crm.domain.history import Step
from crm.domain.opportunity import Stage
from crm.gui.session import Session


@dataclass(frozen=True, slots=True)
class Standing:
    """How the book stands. `counts` are by the page whose item of the sidebar shows them."""

    counts: Mapping[str, int]
    empty: bool  # nobody in it, not even among the archived
    undo: Step | None
    redo: Step | None


def of(session: Session) -> Standing:
    """Ask the book how it stands; for the read lane."""
    from crm.app import browse, history, opportunities, today  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    people = browse.people_counts(session.book, today=session.today())
    counts = {
        "people": people.all,
        "today": today.asked(session.book, today=session.today()),
        "companies": browse.company_counts(session.book).all,
    }
    stages = opportunities.counts(session.book)
    counts["opportunities"] = sum(number for stage, number in stages.items() if stage is not Stage.CLOSED)
    empty = not people.all + people.archived
    return Standing(counts, empty, history.can_undo(session.book), history.can_redo(session.book))
