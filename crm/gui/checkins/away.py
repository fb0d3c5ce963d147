"""Time away: until when there are no check-ins; everything unfixed follows after it."""

from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from crm.domain.dates import Toward
from crm.gui.checkins import verbs
from crm.gui.checkins.days import day_field
from crm.gui.session import Session
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field

_MOST_DAYS = 366


class AwayDialog(Dialog):
    """The last day away, in the user's words."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("AwayDialog", "Take time away"), parent, width=420)
        self._session, self._today = session, session.today()
        usual = self._today + timedelta(weeks=2)
        self._day = day_field(usual, today=self._today, toward=Toward.FUTURE, parent=self)
        help_text = self.tr("Check-ins up to then move behind it, a few a day. Days you set yourself stay.")
        self._field = Field(self.tr("Last day away"), self._day, help_text)
        self.body.addWidget(self._field)
        self.add_cancel()
        self.add_button(self.tr("Keep these days free"), Variant.PRIMARY).clicked.connect(
            self._on_free_clicked
        )
        self._day.line.selectAll()
        self._day.setFocus()

    def _on_free_clicked(self) -> None:
        until = self._day.value
        problem = self._problem(until)
        self._field.show_problem(problem)
        if until is not None and not problem:
            verbs.away(self._session, until)
            self.accept()

    def _problem(self, until: date | None) -> str:
        if until is None:
            return self._day.question or self.tr("That isn’t a day. Write “in 2 weeks” or “12 Nov”.")
        if not self._today < until <= self._today + timedelta(days=_MOST_DAYS):
            return self.tr("Choose a day after today, at most a year ahead.")
        return ""
