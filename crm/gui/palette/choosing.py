"""Small dialogs behind a chip: which day, who."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from crm.domain.dates import Toward
from crm.gui.checkins.days import day_field
from crm.gui.checkins.who import WhoField
from crm.gui.session import Session
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field


class DayDialog(Dialog):
    """A day in the user's words; `chosen` gets it. It lies on the side of `toward`."""

    def __init__(
        self, title: str, today: date, toward: Toward, chosen: Callable[[date], None], parent: QWidget
    ) -> None:
        super().__init__(title, parent, width=400)
        self._today, self._toward, self._chosen = today, toward, chosen
        self._day = day_field(None, today=today, toward=toward, parent=self)
        ahead = toward is Toward.FUTURE
        example = self.tr("Write “in 3 weeks”, “end of month” or “12 Nov”.")
        self._help = example if ahead else self.tr("Write “yesterday”, “last Tuesday” or “12 Nov”.")
        self._field = Field(self.tr("Day"), self._day, self._help)
        self.body.addWidget(self._field)
        self.add_cancel()
        self.add_button(self.tr("Take this day"), Variant.PRIMARY).clicked.connect(self._on_take_clicked)
        self._day.setFocus()

    def _on_take_clicked(self) -> None:
        on = self._day.value
        problem = self._problem(on)
        self._field.show_problem(problem)
        if on is not None and not problem:
            self._chosen(on)
            self.accept()

    def _problem(self, on: date | None) -> str:
        if on is None:
            return self._day.question or self._help
        if self._toward is Toward.FUTURE:
            return "" if on > self._today else self.tr("Choose a day after today.")
        return "" if on <= self._today else self.tr("That day is still to come. Log it once it has happened.")


class WhoDialog(Dialog):
    """Somebody from the book; `chosen` gets everybody picked as (id, name)."""

    def __init__(
        self, session: Session, chosen: Callable[[tuple[tuple[int, str], ...]], None], parent: QWidget
    ) -> None:
        super().__init__(QCoreApplication.translate("WhoDialog", "Who?"), parent, width=440)
        self._chosen = chosen
        self._who = WhoField(session, (), self)
        self._field = Field(self.tr("With"), self._who)
        self.body.addWidget(self._field)
        self.add_cancel()
        self.add_button(self.tr("Take them"), Variant.PRIMARY).clicked.connect(self._on_take_clicked)
        self._who.setFocus()

    def _on_take_clicked(self) -> None:
        if self._who.leftover or not self._who.chosen:
            self._field.show_problem(self.tr("Choose who you mean from the list."))
            return
        self._chosen(self._who.chosen)
        self.accept()
