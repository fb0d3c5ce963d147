"""The verbs of lessons, each run in the writing lane and told in a toast with Undo.

What a dialog asks for closes that dialog once it is stored.
"""

from collections.abc import Sequence

from crm import wording
from crm.domain.lesson import (
    FeedbackDraft,
    FeedbackRow,
    LessonDraft,
    LessonId,
    LessonRow,
    PracticeDraft,
    PracticeRow,
)
from crm.domain.opportunity import SecondChance
from crm.domain.person import PersonId
from crm.gui.session import Session
from crm.gui.widgets.dialogs import Dialog


def save_lesson(session: Session, dialog: Dialog, draft: LessonDraft, lesson: LessonId | None) -> None:
    """Keep a lesson, or make one say something else."""

    def run() -> None:
        from crm.app import lessons as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        if lesson is None:
            app.add(session.book, draft, today=session.today())
        else:
            app.edit(session.book, lesson, draft)

    session.store(dialog, run)


def answer(session: Session, lesson: LessonRow, *, helped: bool) -> None:
    """Say whether a lesson was of use."""

    def run() -> None:
        from crm.app import lessons as app  # noqa: PLC0415 - as above

        app.answer(session.book, lesson.id, helped=helped, today=session.today())

    session.do(run, session.bus)


def record_feedback(
    session: Session, dialog: Dialog, said: FeedbackDraft, learned: Sequence[LessonDraft]
) -> None:
    """Keep what somebody said, with the lessons it taught."""

    def run() -> object:
        from crm.app import lessons as app  # noqa: PLC0415 - as above

        return app.record_feedback(session.book, said, learned, today=session.today())

    session.store(dialog, run)


def practise(session: Session, dialog: Dialog, draft: PracticeDraft) -> None:
    """Note that something was practised."""

    def run() -> object:
        from crm.app import lessons as app  # noqa: PLC0415 - as above

        return app.practise(session.book, draft, today=session.today())

    session.store(dialog, run)


def plan_practice(session: Session, dialog: Dialog, topic: str, person: PersonId | None) -> None:
    """Make a step to practise something within the week, perhaps with somebody."""

    def run() -> object:
        from crm.app import lessons as app  # noqa: PLC0415 - as above

        return app.plan_practice(session.book, topic, person, today=session.today())

    session.store(dialog, run)


def check_in_first(session: Session, chance: SecondChance) -> None:
    """Make a step to talk to whoever comes first where one may apply again."""

    def run() -> object:
        from crm.app import plans as app  # noqa: PLC0415 - as above

        return app.check_in_first(session.book, chance, wording.first_check_in(chance), today=session.today())

    session.do(run, session.bus)


def delete(session: Session, row: LessonRow | FeedbackRow | PracticeRow) -> None:
    """Remove a lesson, feedback, or a line of the practice log."""

    def run() -> None:
        from crm.app import lessons as app  # noqa: PLC0415 - as above

        if isinstance(row, LessonRow):
            app.delete(session.book, row.id)
        elif isinstance(row, FeedbackRow):
            app.delete_feedback(session.book, row)
        else:
            app.delete_practice(session.book, row)

    session.do(run, session.bus)
