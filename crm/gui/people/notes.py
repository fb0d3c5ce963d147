"""A person's notes, edited in place: saved on leaving them or with Ctrl+Enter."""

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from crm.domain.person import PersonCard
from crm.gui.people import asking
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.fields import TextArea
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, column


class NotesTab(QWidget):
    """The notes of the person it was given."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._card: PersonCard | None = None
        self._text = TextArea("", self.tr("What you want to remember"), lines=12)
        self._text.setAccessibleName(self.tr("Notes"))
        self._text.setMinimumHeight(px(220))
        self._text.left.connect(self._on_text_left)
        self._text.submitted.connect(self._on_text_left)
        hint = PlainLabel(self.tr("Saved when you leave the field."), "caption", "text3")
        add(column(self, (0, 0, 0, 0), 6), self._text, hint, None)

    def show_card(self, card: PersonCard) -> None:
        """Show a person's notes; what is being typed stays."""
        other = self._card is None or self._card.row.id != card.row.id
        if other:
            self._save()
        unchanged = self._card is None or self._text.toPlainText() == self._card.draft.notes
        self._card = card
        if other or unchanged:
            self._text.setPlainText(card.draft.notes)

    def _save(self) -> None:
        session, card = self._session, self._card
        notes = self._text.toPlainText().strip()
        if card is None or notes == card.draft.notes.strip():
            return
        draft, person = replace(card.draft, notes=notes), int(card.row.id)
        self._card = replace(card, draft=draft)
        session.do(lambda: asking.save(session.book, person, draft, session.today()), session.bus)

    @Slot()
    def _on_text_left(self) -> None:
        self._save()
