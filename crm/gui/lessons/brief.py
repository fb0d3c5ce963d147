"""The brief before an interview: who will be there, what was said here before, what you learned."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.filenames import safe_name
from crm.domain.interview import InterviewId
from crm.domain.lesson import Brief, LessonRow
from crm.domain.sheet import Line, Section
from crm.gui import saving, sheets
from crm.gui.lessons import asking, verbs
from crm.gui.session import Session
from crm.gui.widgets.buttons import Button, Size, Variant
from crm.gui.widgets.cards import Card, SectionHead
from crm.gui.widgets.dialogs import Dialog, save_as
from crm.gui.widgets.fields import CheckBox
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row


def open_brief(session: Session, interview: InterviewId, window: QWidget) -> None:
    """Show what to look at before a round, over the window."""

    def show(found: Brief) -> None:
        BriefDialog(session, found, window).open()

    session.ask(
        (window, "brief"), partial(asking.brief, session.book, interview, session.today()), show, window
    )


class BriefDialog(Dialog):
    """A page to read, or to save and print. Each lesson can be called used or not relevant afterwards."""

    def __init__(self, session: Session, brief: Brief, parent: QWidget | None = None) -> None:
        held = brief.held
        title = wording.say("Interview with {company}", company=held.company or held.title)
        super().__init__(title, parent, lead=wording.brief_lead(brief), width=620)
        self._session, self._brief = session, brief
        sections = wording.brief_sections(brief, session.today(), notes=True)
        for section in sections:
            self._section(section)
        if brief.lessons:
            self.body.addWidget(SectionHead(self.tr("What you learned")))
            for lesson in brief.lessons:
                self.body.addWidget(self._lesson(lesson))
        elif not sections:
            self.body.addWidget(PlainLabel(wording.nothing_to_look_at(), "body", "text2", wrap=True))
        self.notes = CheckBox(self.tr("My notes about people go into the PDF too"))
        self.notes.setVisible(any(one.last_note for one in brief.people))
        self.body.addWidget(self.notes)
        self.body.addStretch(1)
        self.save = self.add_button(self.tr("Save as PDF…"))
        self.save.clicked.connect(self._on_save_clicked)
        close = self.add_button(self.tr("Close"), Variant.PRIMARY)
        close.clicked.connect(self.accept)

    def _section(self, section: Section) -> None:
        self.body.addWidget(SectionHead(section.title))
        card = Card()
        add(column(card, (16, 12, 16, 12), gap=8), *map(_line, section.lines))
        self.body.addWidget(card)

    def _lesson(self, lesson: LessonRow) -> QWidget:
        card = Card()
        words = _line(Line(lesson.draft.text, wording.lesson_source(lesson, self._session.today())))
        line = add(row(card, (16, 8, 12, 8), gap=8), (words, 1))
        for label, helped in ((self.tr("Used"), True), (self.tr("Not relevant"), False)):
            button = Button(label, size=Size.SMALL)
            button.setAccessibleName(f"{label}: {lesson.draft.text}")
            button.clicked.connect(lambda _on=False, helped=helped: self._answer(card, lesson, helped=helped))
            line.addWidget(button)
        return card

    def _answer(self, card: QWidget, lesson: LessonRow, *, helped: bool) -> None:
        verbs.answer(self._session, lesson, helped=helped)
        card.setEnabled(False)

    def _on_save_clicked(self) -> None:
        held = self._brief.held
        name = safe_name(f"{held.company or held.title} {held.draft.on.isoformat()}")
        save_as(self, self.tr("Save the brief"), name, ".pdf", self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the brief as one page."""
        sheet = wording.brief_sheet(self._brief, self._session.today(), notes=self.notes.isChecked())
        saving.save(self._session, self, path, partial(sheets.pdf, sheet))


def _line(line: Line) -> QWidget:
    words = column(gap=1)
    words.addWidget(PlainLabel(line.text, "body", wrap=True))
    if line.below:
        words.addWidget(PlainLabel(line.below, "small", "text2", wrap=True))
    return boxed(words)
