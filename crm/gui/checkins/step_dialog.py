"""The dialog that asks for a next step: what, and on which day."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from crm.domain.dates import Toward
from crm.gui.checkins.days import day_field
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, TextField


class StepDialog(Dialog):
    """A step's words and day, `on` to begin with; `chosen(title, day)` hears both."""

    def __init__(self, on: date, today: date, chosen: Callable[[str, date], None], parent: QWidget) -> None:
        super().__init__(self.tr("Add a next step"), parent)
        self._chosen = chosen
        self.title = TextField("", self.tr("Send the portfolio"), limit=200)
        self.day = day_field(on, today=today, toward=Toward.FUTURE, parent=self)
        self._title_field = Field(self.tr("What"), self.title)
        self._day_field = Field(self.tr("When"), self.day)
        self.body.addWidget(self._title_field)
        self.body.addWidget(self._day_field)
        self.add_cancel()
        self.save = self.add_button(self.tr("Save step"), Variant.PRIMARY)
        self.save.clicked.connect(self._on_save_clicked)
        self.title.setFocus()

    def _on_save_clicked(self) -> None:
        on, words = self.day.value, self.title.text().strip()
        self._day_field.show_problem("" if on else self.tr("That isn’t a day. Write “Friday” or “12 Nov”."))
        self._title_field.show_problem("" if words else self.tr("Say what is to be done."))
        if on is not None and words:
            self.accept()
            self._chosen(words, on)
