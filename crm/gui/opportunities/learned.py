"""Feedback and lessons of one opportunity, below its steps."""

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.lesson import LessonDraft
from crm.gui.lessons import FeedbackDialog, LessonDialog
from crm.gui.opportunities.asking import Sight
from crm.gui.session import Session
from crm.gui.widgets.buttons import LinkButton, Size
from crm.gui.widgets.cards import SectionHead
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, clear, column


class LearnedCard(QWidget):
    """What they said and what it taught, with a way to add either."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sight: Sight | None = None
        self.feedback = LinkButton(self.tr("Record feedback"), size=Size.SMALL)
        self.lesson = LinkButton(self.tr("Add lesson"), size=Size.SMALL)
        head = SectionHead(self.tr("Feedback and lessons"), "", self.feedback, self.lesson)
        self._lines = column(gap=8)
        add(column(self, gap=8), head, self._lines)
        self.feedback.clicked.connect(self._on_feedback_clicked)
        self.lesson.clicked.connect(self.add_lesson)

    def show_sight(self, sight: Sight) -> None:
        """Show what there is; without any, ask."""
        self._sight, today = sight, self._session.today()
        clear(self._lines)
        lines = [wording.feedback_line(one, today) for one in sight.feedback]
        lines += [wording.lesson(one, today) for one in sight.lessons]
        if not lines:
            words = self.tr("Nothing recorded yet. What would you do differently next time?")
            self._lines.addWidget(PlainLabel(words, "body", "text2", wrap=True))
        for line in lines:
            self._lines.addWidget(PlainLabel(line, "body", wrap=True, selectable=True))

    def add_lesson(self) -> None:
        """Ask for a lesson."""
        if self._sight is not None:
            draft = LessonDraft("", opportunity=self._sight.card.row.id)
            LessonDialog(self._session, draft, None, self.window()).open()

    def _on_feedback_clicked(self) -> None:
        if self._sight is None:
            return
        asked = next((step for step in self._sight.steps if step.purpose == "ask_feedback"), None)
        who = ((asked.person, asked.name),) if asked is not None and asked.person is not None else ()
        FeedbackDialog(self._session, self._sight.card.row.id, who, self.window()).open()
