"""Snooze: the menu of usual days, and the dialog for any other day within 90."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from crm import wording
from crm.domain.cadence import MAX_SNOOZE_DAYS, Interval, Unit
from crm.domain.dates import Toward
from crm.domain.person import PersonCard, PersonId, PersonRow
from crm.gui.checkins import verbs
from crm.gui.checkins.days import day_field
from crm.gui.checkins.often import USUAL
from crm.gui.session import Session
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog, Question, ask
from crm.gui.widgets.fields import Field
from crm.gui.widgets.menus import MenuItem, add_item, menu

ASK_AT = 3
LONGER = 1.3


def snooze_menu(session: Session, ids: Sequence[int], parent: QWidget) -> QMenu:
    """Return a menu that snoozes these people; show it with `popup`. It is deleted with `parent`."""
    made = menu(parent, _tr("Snooze"))
    today = session.today()
    for label, until in _usual_days(today):
        action = add_item(made, MenuItem(label), partial(_snooze, session, ids, until, parent))
        action.setText(f"{action.text()}\t{wording.weekday(until)} {wording.short_day(until, today)}")
    made.addSeparator()
    add_item(
        made,
        MenuItem(_tr("Pick a date…"), "calendar-days"),
        lambda: SnoozeDialog(session, ids, parent).open(),
    )
    return made


class SnoozeDialog(Dialog):
    """Until when? Takes typed words: "in 3 weeks", "12 Nov", "next tue"."""

    def __init__(self, session: Session, ids: Sequence[int], parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("Snooze", "Snooze until"), parent, width=400)
        self._session, self._ids, self._opener = session, tuple(ids), parent
        self._today = session.today()
        self._day = day_field(
            self._today + timedelta(weeks=3), today=self._today, toward=Toward.FUTURE, parent=self
        )
        help_text = self.tr("Write “in 3 weeks”, “next Tuesday” or a date, at most 90 days ahead.")
        self._field = Field(self.tr("Day"), self._day, help_text)
        self.body.addWidget(self._field)
        self.add_cancel()
        self.add_button(self.tr("Snooze"), Variant.PRIMARY).clicked.connect(self._on_snooze_clicked)
        self._day.line.selectAll()
        self._day.setFocus()

    def _on_snooze_clicked(self) -> None:
        until = self._day.value
        problem = self._problem(until)
        self._field.show_problem(problem)
        if until is not None and not problem:
            _snooze(self._session, self._ids, until, self._opener)
            self.accept()

    def _problem(self, until: date | None) -> str:
        if until is None:
            return self.tr("That isn’t a day. Write “in 3 weeks” or “12 Nov”.")
        if until <= self._today:
            return self.tr("Choose a day after today.")
        if until > self._today + timedelta(days=MAX_SNOOZE_DAYS):
            return self.tr("A snooze lasts 90 days at most. To wait longer, change how often.")
        return ""


def _snooze(session: Session, ids: Sequence[int], until: date, parent: QWidget) -> None:
    """Snooze; for one person, see afterwards whether it was the third time in a row."""
    one = ids[0] if len(ids) == 1 else None
    verbs.snooze(session, ids, until, None if one is None else partial(_look_again, session, one, parent))


def _look_again(session: Session, person: int, parent: QWidget) -> None:
    today = session.today()

    def question() -> PersonCard:
        from crm.app import people as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        return app.card(session.book, PersonId(person), today=today)

    def answer(card: PersonCard) -> None:
        every = card.row.cadence.every
        longer = next((one for one in USUAL if every and one.days() > LONGER * every.days()), None)
        if card.snooze_count == ASK_AT and longer is not None and isValid(parent):
            _ask_less_often(session, card.row, longer, parent)

    session.ask(("snoozed", person), question, answer, session.bus)


def _ask_less_often(session: Session, person: PersonRow, every: Interval, parent: QWidget) -> None:
    """Offer a longer interval, once: the fourth snooze in a row asks no more."""
    body = _tr("You have snoozed this check-in three times. Now it is: {every}.")
    question = Question(
        _tr("Check in with {who} less often?").format(who=person.name),
        body.format(every=wording.interval(person.cadence.every)),
        wording.interval(every),
        cancel=_tr("Keep as it is"),
    )
    ask(parent.window(), question, partial(verbs.set_every, session, (int(person.id),), every))


def _usual_days(today: date) -> tuple[tuple[str, date], ...]:
    return (
        (_tr("Tomorrow"), today + timedelta(days=1)),
        (_tr("Next week"), today + timedelta(weeks=1)),
        (_tr("In 2 weeks"), today + timedelta(weeks=2)),
        (_tr("In a month"), Interval(1, Unit.MONTH).after(today)),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("Snooze", words)
