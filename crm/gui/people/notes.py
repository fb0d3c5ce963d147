"""A person's notes: read as Markdown, edited in place, saved on leaving them or with Ctrl+Enter."""

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from crm.domain.person import PersonCard
from crm.gui.people import asking
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.fields import TextArea
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, column
from crm.gui.widgets.markdown import MarkdownView


class NotesTab(QWidget):
    """The notes of the person it was given; the field shows while they are written."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._card: PersonCard | None = None
        self._build_ui()
        self._edit.clicked.connect(self._on_edit_clicked)
        self._text.left.connect(self._on_text_left)
        self._text.submitted.connect(self._on_text_submitted)

    def show_card(self, card: PersonCard) -> None:
        """Show a person's notes; what is being typed stays."""
        other = self._card is None or self._card.row.id != card.row.id
        if other:
            self._save()
        unchanged = self._card is None or self._text.toPlainText() == self._card.draft.notes
        self._card = card
        if other or unchanged:
            self._text.setPlainText(card.draft.notes)
        if other or not self._text.hasFocus():
            self._show_written()

    def _build_ui(self) -> None:
        self._view = MarkdownView(self.tr("Notes"))
        self._none = PlainLabel(self.tr("No notes yet."), "body", "text2")
        self._edit = Button("", icon="pencil")
        self._text = TextArea("", self.tr("What you want to remember"), lines=12)
        self._text.setAccessibleName(self.tr("Notes"))
        self._text.setMinimumHeight(px(220))
        words = self.tr("Saved when you leave the field. Markdown works: **bold**, lists, links.")
        self._hint = PlainLabel(words, "caption", "text3", wrap=True)
        layout = column(self, (0, 0, 0, 0), 10)
        add(
            layout,
            self._none,
            self._view,
            (self._edit, Qt.AlignmentFlag.AlignLeft),
            self._text,
            self._hint,
            None,
        )

    def _show_written(self) -> None:
        notes = self._card.draft.notes if self._card else ""
        self._view.show_markdown(notes)
        self._edit.set_label(self.tr("Edit notes") if notes else self.tr("Write notes"))
        self._show(writing=False)

    def _show(self, *, writing: bool) -> None:
        written = bool(self._card and self._card.draft.notes)
        self._view.setVisible(written and not writing)
        self._none.setVisible(not written and not writing)
        self._edit.setVisible(not writing)
        self._text.setVisible(writing)
        self._hint.setVisible(writing)

    def _save(self) -> None:
        session, card = self._session, self._card
        notes = self._text.toPlainText().strip()
        if card is None or notes == card.draft.notes.strip():
            return
        draft, person = replace(card.draft, notes=notes), int(card.row.id)
        self._card = replace(card, draft=draft)
        session.do(lambda: asking.save(session.book, person, draft, session.today()), session.bus)

    @Slot()
    def _on_edit_clicked(self) -> None:
        self._show(writing=True)
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_text_left(self) -> None:
        self._save()
        self._show_written()

    @Slot()
    def _on_text_submitted(self) -> None:
        self._show(writing=False)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)  # the field is left by it, and so saved
