"""Snooze: the menu of usual days, and the dialog for any other day within 90."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from crm import wording
from crm.domain.cadence import MAX_SNOOZE_DAYS, SNOOZES_TO_ASK_AFTER, Interval, Unit, less_often
from crm.domain.person import PersonCard, PersonId, PersonRow
from crm.gui.checkins import verbs
from crm.gui.checkins.day_dialog import DayDialog, DayQuestion
from crm.gui.session import Session
from crm.gui.widgets.buttons import Button, Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.menus import MenuItem, add_item, menu


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


class SnoozeDialog(DayDialog):
    """Until when? Takes typed words: "in 3 weeks", "12 Nov", "next tue"."""

    def __init__(self, session: Session, ids: Sequence[int], parent: QWidget) -> None:
        today = session.today()

        def problem(until: date) -> str:
            if until <= today:
                return _tr("Choose a day after today.")
            if until > today + timedelta(days=MAX_SNOOZE_DAYS):
                return _tr("A snooze lasts 90 days at most. To wait longer, change how often.")
            return ""

        question = DayQuestion(
            _tr("Snooze until"),
            _tr("Snooze"),
            _tr("Write “in 3 weeks”, “next Tuesday” or a date, at most 90 days ahead."),
            problem,
            usual=today + timedelta(weeks=3),
        )
        super().__init__(question, today, lambda until: _snooze(session, ids, until, parent), parent)


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
        if card.snooze_count == SNOOZES_TO_ASK_AFTER and isValid(parent):
            ThirdSnoozeDialog(session, card.row, parent.window()).open()

    session.ask(("snoozed", person), question, answer, session.bus)


class ThirdSnoozeDialog(Dialog):
    """What to do with a check-in that was snoozed three times in a row; asked once, the fourth asks no more."""

    def __init__(self, session: Session, person: PersonRow, parent: QWidget) -> None:
        every = person.cadence.every
        title = _tr("Snoozed three times: what suits {who}?").format(who=person.name)
        now = _tr("Now it is: {every}.").format(every=wording.interval(every)) if every else ""
        super().__init__(title, parent, lead=now, width=440)
        self._session, self._ids = session, (int(person.id),)
        longer = less_often(every)
        if longer is not None:
            self._offer(
                wording.interval(longer), partial(verbs.set_every, session, self._ids, longer), first=True
            )
        self._offer(
            self.tr("Rest: suggest them no more until I resume"), partial(verbs.rest, session, self._ids)
        )
        self._offer(self.tr("Let this one go, check in next time"), partial(verbs.skip, session, self._ids))
        self.add_cancel(self.tr("Keep the snooze"))

    def _offer(self, label: str, verb: Callable[[], None], *, first: bool = False) -> None:
        button = Button(label, Variant.TINT if first else Variant.PLAIN)
        button.clicked.connect(lambda: self._choose(verb))
        self.body.addWidget(button)
        if first:
            button.setFocus()

    def _choose(self, verb: Callable[[], None]) -> None:
        verb()
        self.accept()


def _usual_days(today: date) -> tuple[tuple[str, date], ...]:
    return (
        (_tr("Tomorrow"), today + timedelta(days=1)),
        (_tr("Next week"), today + timedelta(weeks=1)),
        (_tr("In 2 weeks"), today + timedelta(weeks=2)),
        (_tr("In a month"), Interval(1, Unit.MONTH).after(today)),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("Snooze", words)
