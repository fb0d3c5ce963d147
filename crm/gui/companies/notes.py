"""The notes on a company: read, and edited in place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from crm.gui.widgets.buttons import IconButton
from crm.gui.widgets.cards import Card
from crm.gui.widgets.fields import TextArea
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, column, row


class NotesCard(Card):
    """`saved(int, str)` tells company and text when the edited notes are left or Ctrl+Enter is pressed.

    What is being written is never replaced, and never lost: also Esc keeps it. Undo takes it back.
    """

    saved = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._company, self._notes = 0, ""
        self._editing: int | None = None
        self.pencil = IconButton("pencil", self.tr("Edit notes"), size=28, icon_size=16)
        self.words = PlainLabel("", "body", "text2", wrap=True, selectable=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.area = _Area(lines=6)
        self.area.setAccessibleName(self.tr("Notes"))
        self.area.hide()
        head = add(row(gap=8), PlainLabel(self.tr("Notes"), "heading"), None, self.pencil)
        add(column(self, (16, 12, 12, 16), gap=6), head, self.words, self.area)
        self.pencil.clicked.connect(self.edit)
        for signal in (self.area.submitted, self.area.left, self.area.escaped):
            signal.connect(self.keep)

    def show_notes(self, company: int, notes: str) -> None:
        """Show a company's notes; those being written for another are kept first."""
        if self._editing not in (None, company):
            self.keep()
        self._company, self._notes = company, notes
        if self._editing is None:
            self._show()

    def edit(self) -> None:
        """Begin to edit."""
        self._editing = self._company
        self.area.setPlainText(self._notes)
        self.words.hide()
        self.pencil.setEnabled(False)
        self.area.show()
        self.area.moveCursor(QTextCursor.MoveOperation.End)
        self.area.setFocus()

    def keep(self) -> None:
        """End editing; tell when something was changed."""
        company, self._editing = self._editing, None
        if company is None:
            return
        written = self.area.toPlainText()
        had_focus = self.area.hasFocus()
        changed = written.strip() != self._notes.strip()
        self._notes = written
        self._show()
        if had_focus:
            self.pencil.setFocus()
        if changed:
            self.saved.emit(company, written)

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep()
        super().hideEvent(event)

    def _show(self) -> None:
        self.area.hide()
        self.words.show()
        self.pencil.setEnabled(True)
        self.words.set_tone("text2" if self._notes else "text3")
        self.words.setText(
            self._notes or self.tr("What you know about them: news, who decides, how they hire.")
        )


class _Area(TextArea):
    """Esc leaves it, too."""

    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
