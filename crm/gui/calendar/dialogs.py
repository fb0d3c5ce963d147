"""The two things the calendar asks: which day to move something to, and what the new next step is."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from crm.domain.dates import Toward
from crm.gui.calendar import words
from crm.gui.checkins.days import day_field
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, TextField


class DayDialog(Dialog):
    """Asks for a day; `said(date)` hears it."""

    def __init__(
        self,
        title: str,
        on: date,
        today: date,
        said: Callable[[date], object],
        parent: QWidget,
        *,
        confirm: str,
    ) -> None:
        super().__init__(title, parent, width=420, icon="calendar-days")
        self.day = day_field(on, today=today, toward=Toward.FUTURE)
        self._field = Field(
            words.tr("Day"), self.day, words.tr("A date, or words such as “next tue” or “in 3 weeks”.")
        )
        self._said = said
        self.body.addWidget(self._field)
        self.add_cancel()
        self.confirm = self.add_button(confirm, Variant.PRIMARY)
        self.confirm.clicked.connect(self._on_confirm_clicked)

    def _on_confirm_clicked(self) -> None:
        if (on := self.day.value) is None:
            self._field.show_problem(words.tr("Write a day."))
            return
        self.accept()
        self._said(on)


class StepDialog(Dialog):
    """Asks for a next step and its day; `said(title, date)` hears them."""

    def __init__(self, on: date, today: date, said: Callable[[str, date], object], parent: QWidget) -> None:
        super().__init__(words.tr("New next step"), parent, width=460, icon="flag")
        self.words = TextField("", limit=200)
        self.day = day_field(on, today=today, toward=Toward.FUTURE)
        self._what, self._when = Field(words.tr("What"), self.words), Field(words.tr("Day"), self.day)
        self._said = said
        self.body.addWidget(self._what)
        self.body.addWidget(self._when)
        self.add_cancel()
        self.confirm = self.add_button(words.tr("Add next step"), Variant.PRIMARY)
        self.confirm.clicked.connect(self._on_confirm_clicked)
        self.words.setFocus()

    def _on_confirm_clicked(self) -> None:
        title, on = self.words.text().strip(), self.day.value
        self._what.show_problem("" if title else words.tr("Say what the step is."))
        if title:
            self._when.show_problem("" if on else words.tr("Write a day."))
        if title and on is not None:
            self.accept()
            self._said(title, on)
