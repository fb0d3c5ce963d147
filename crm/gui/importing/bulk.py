"""What can be chosen for several possible duplicates at once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from crm import wording
from crm.domain.importplan import Choice
from crm.gui.widgets.buttons import Button, Size
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, row


class ChoiceBar(QFrame):
    """Shown while two or more possible duplicates are selected. `chosen(object)` tells the `Choice`, None to undo it."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Selected possible duplicates"))
        self._count = PlainLabel("", "smallStrong", tabular=True)
        self._buttons: dict[Choice | None, Button] = {
            choice: self._button(wording.choice(choice), choice) for choice in Choice
        }
        self._buttons[None] = self._button(self.tr("Undo the choices"), None)
        add(row(self, gap=10), (Flow(self._count, *self._buttons.values(), gap=6), 1))
        self.hide()

    def show_number(self, number: int) -> None:
        """Say how many of those selected are possible duplicates."""
        self._count.setText(wording.count(number, "{n} possible duplicate", "{n} possible duplicates"))
        self.setVisible(number > 1)

    def button(self, choice: Choice | None) -> Button:
        """Return the button of a choice."""
        return self._buttons[choice]

    def _button(self, words: str, choice: Choice | None) -> Button:
        made = Button(words, size=Size.SMALL)
        made.clicked.connect(lambda: self.chosen.emit(choice))
        return made
