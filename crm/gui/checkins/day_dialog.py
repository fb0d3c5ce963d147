"""The dialog that asks for a day in the user's words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from crm.domain.dates import Toward
from crm.gui.checkins.days import day_field
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field


@dataclass(frozen=True, slots=True)
class DayQuestion:
    """What to ask. `usual` is there to begin with; `problem` says what is wrong with a day, "" where nothing is."""

    title: str
    button: str
    help_text: str
    problem: Callable[[date], str] = lambda _on: ""
    toward: Toward = Toward.FUTURE
    label: str = ""
    usual: date | None = None


class DayDialog(Dialog):
    """Asks for a day; `chosen` gets it."""

    def __init__(
        self, question: DayQuestion, today: date, chosen: Callable[[date], None], parent: QWidget
    ) -> None:
        super().__init__(question.title, parent, width=420)
        self._question, self._chosen = question, chosen
        self.day = day_field(question.usual, today=today, toward=question.toward, parent=self)
        self._field = Field(question.label or self.tr("Day"), self.day, question.help_text)
        self.body.addWidget(self._field)
        self.add_cancel()
        self.take = self.add_button(question.button, Variant.PRIMARY)
        self.take.clicked.connect(self._on_take_clicked)
        self.day.line.selectAll()
        self.day.setFocus()

    def _on_take_clicked(self) -> None:
        on = self.day.value
        problem = self._question.problem(on) if on is not None else self._unread()
        self._field.show_problem(problem)
        if on is not None and not problem:
            self._chosen(on)
            self.accept()

    def _unread(self) -> str:
        """Return what is wrong with words that are no one day."""
        if self.day.question:
            return self.day.question
        if self._question.toward is Toward.FUTURE:
            return self.tr("That isn’t a day. Write “in 3 weeks”, “end of month” or “12 Nov”.")
        return self.tr("That isn’t a day. Write “yesterday”, “last Tuesday” or “12 Nov”.")
