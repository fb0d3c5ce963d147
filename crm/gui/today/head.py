"""The head of the page: the greeting, the day in one line, and the two things one may always do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from crm.gui.actions import Act
from crm.gui.session import Session
from crm.gui.widgets.buttons import Button, IconButton, Variant
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, column, row


class Head(QWidget):
    """`log_asked()` asks for the dialog that logs a touch."""

    log_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._greeting = PlainLabel("", "display", wrap=True)
        self._summary = PlainLabel("", "body", "text2", wrap=True)
        log = self.tr("Log a touch")
        self._log = (Button(log, icon="pencil"), IconButton("pencil", log, outlined=True))
        self._add = Button(self.tr("Add"), Variant.PRIMARY, icon="plus")
        self._add.set_menu(session.actions.menu(self, Act.ADD_PERSON, Act.ADD_COMPANY))
        words = add(column(gap=2), self._greeting, self._summary)
        buttons = add(row(gap=8), *self._log, self._add)
        whole = add(row(self, gap=16), (words, 1), buttons)
        whole.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        for button in self._log:
            button.clicked.connect(self.log_asked)

    def show_words(self, greeting: str, summary: str) -> None:
        """Greet, and say what the day holds."""
        self._greeting.setText(greeting)
        self._summary.setText(summary)

    def set_compact(self, compact: bool) -> None:
        """Show the pencil alone where there is little room."""
        for button, shown in zip(self._log, (not compact, compact), strict=True):
            button.setVisible(shown)
