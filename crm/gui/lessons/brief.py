"""The brief before an interview: who will be there, what was said here before, what you learned."""

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.lesson import Brief, LessonRow
from crm.gui.lessons import verbs
from crm.gui.session import Session
from crm.gui.widgets.buttons import Button, Size, Variant
from crm.gui.widgets.cards import Card, SectionHead
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row


class BriefDialog(Dialog):
    """A page to read. Each lesson can be called used or not relevant afterwards."""

    def __init__(self, session: Session, brief: Brief, parent: QWidget | None = None) -> None:
        held, today = brief.held, session.today()
        when = wording.interview_when(held.draft, today)
        about = (wording.round_title(held), held.company, when, wording.interview_format(held.draft.format))
        super().__init__(held.title, parent, lead=" · ".join(part for part in about if part), width=620)
        self._session = session
        self._section(self.tr("Prepare"), held.draft.preparation.splitlines())
        self._section(self.tr("Who you’ll meet"), [wording.brief_person(one, today) for one in brief.people])
        said = [wording.feedback_line(one, today) for one in brief.feedback]
        self._section(self.tr("What they said before"), said)
        noticed = [wording.noticed(one, today) for one in brief.noticed]
        self._section(self.tr("What you noticed there"), noticed)
        if brief.lessons:
            self.body.addWidget(SectionHead(self.tr("What you learned")))
            for lesson in brief.lessons:
                self.body.addWidget(self._lesson(lesson))
        elif not brief.people and not said and not noticed and not held.draft.preparation:
            words = self.tr("Nothing yet. Say in the round who will be there and what to prepare.")
            self.body.addWidget(PlainLabel(words, "body", "text2", wrap=True))
        self.body.addStretch(1)
        close = self.add_button(self.tr("Close"), Variant.PRIMARY)
        close.clicked.connect(self.accept)

    def _section(self, title: str, lines: list[str]) -> None:
        if not lines:
            return
        self.body.addWidget(SectionHead(title))
        card = Card()
        labels = [PlainLabel(line, "body", wrap=True) for line in lines if line.strip()]
        add(column(card, (16, 12, 16, 12), gap=8), *labels)
        self.body.addWidget(card)

    def _lesson(self, lesson: LessonRow) -> QWidget:
        card = Card()
        source = wording.lesson_source(lesson, self._session.today())
        words = add(
            column(gap=1),
            PlainLabel(lesson.draft.text, "bodyStrong", wrap=True),
            PlainLabel(source, "small", "text2", wrap=True),
        )
        line = add(row(card, (16, 8, 12, 8), gap=8), (boxed(words), 1))
        for label, helped in ((self.tr("Used"), True), (self.tr("Not relevant"), False)):
            button = Button(label, size=Size.SMALL)
            button.setAccessibleName(f"{label}: {lesson.draft.text}")
            button.clicked.connect(lambda _on=False, helped=helped: self._answer(card, lesson, helped=helped))
            line.addWidget(button)
        return card

    def _answer(self, card: QWidget, lesson: LessonRow, *, helped: bool) -> None:
        verbs.answer(self._session, lesson, helped=helped)
        card.setEnabled(False)
