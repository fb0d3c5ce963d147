"""Time away: until when there are no check-ins; everything unfixed follows after it."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from crm.gui.checkins import verbs
from crm.gui.checkins.day_dialog import DayDialog, DayQuestion
from crm.gui.session import Session

_MOST_DAYS = 366


class AwayDialog(DayDialog):
    """The last day away, in the user's words."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        today = session.today()

        def problem(until: date) -> str:
            if today < until <= today + timedelta(days=_MOST_DAYS):
                return ""
            return _tr("Choose a day after today, at most a year ahead.")

        question = DayQuestion(
            _tr("Take time away"),
            _tr("Keep these days free"),
            _tr("Check-ins up to then move behind it, a few a day. Days you set yourself stay."),
            problem,
            label=_tr("Last day away"),
            usual=today + timedelta(weeks=2),
        )
        super().__init__(question, today, partial(verbs.away, session), parent)


def _tr(words: str) -> str:
    return QCoreApplication.translate("AwayDialog", words)
