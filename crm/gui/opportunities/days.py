"""Asking from when one may apply again."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.dates import Toward
from crm.gui.checkins.days import day_field
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field


class AgainDialog(Dialog):
    """From when one may apply again. `chosen(day)` hears it, None for the usual time."""

    def __init__(self, on: date, today: date, parent: QWidget | None = None) -> None:
        super().__init__(wording.say("Apply again"), parent)
        self.chosen: Callable[[date | None], None] | None = None
        self.day = day_field(on, today=today, toward=Toward.FUTURE, parent=self)
        hint = self.tr("Left empty: six months after it closed.")
        self._field = Field(self.tr("From"), self.day, hint)
        self.body.addWidget(self._field)
        self.add_cancel()
        self.add_button(self.tr("Save day"), Variant.PRIMARY).clicked.connect(self._on_save_clicked)
        self.day.setFocus()

    def _on_save_clicked(self) -> None:
        wrong = self.day.problem
        self._field.show_problem(self.tr("That isn’t a day. Write “Friday” or “12 Nov”.") if wrong else "")
        if not wrong:
            self.accept()
            if self.chosen is not None:
                self.chosen(self.day.value)
