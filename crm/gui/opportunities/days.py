"""Asking for a day and a few words: another day for a step, a step by hand, when to apply again."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.dates import Toward
from crm.gui.checkins.days import day_field
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, TextField


class StepDialog(Dialog):
    """A step's words and day; without `title` only the day. `chosen(title, day)` hears both."""

    def __init__(
        self,
        heading: str,
        title: str | None,
        on: date,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(heading, parent)
        self.chosen: Callable[[str, date], None] | None = None
        self.title = TextField(title or "", self.tr("Send the portfolio"), limit=200)
        self.day = day_field(on, today=today, toward=Toward.FUTURE, parent=self)
        self._title_field = Field(self.tr("What"), self.title)
        self._day_field = Field(self.tr("When"), self.day)
        self._asks_title = title is not None
        if self._asks_title:
            self.body.addWidget(self._title_field)
        self.body.addWidget(self._day_field)
        self.add_cancel()
        save = self.add_button(self.tr("Save step"), Variant.PRIMARY)
        save.clicked.connect(self._on_save_clicked)
        (self.title if self._asks_title else self.day).setFocus()

    def _on_save_clicked(self) -> None:
        on, words = self.day.value, self.title.text().strip()
        self._day_field.show_problem("" if on else self.tr("That isn’t a day. Write “Friday” or “12 Nov”."))
        missing = self._asks_title and not words
        self._title_field.show_problem(self.tr("Say what is to be done.") if missing else "")
        if on is not None and not missing:
            self.accept()
            if self.chosen is not None:
                self.chosen(words, on)


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
