"""How often: the menu of usual intervals, and the dialog for any other."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from crm import wording
from crm.domain.cadence import USUAL, Cadence, CadenceSource, Interval, Unit, parse_interval
from crm.gui.checkins import verbs
from crm.gui.checkins.day_dialog import DayDialog, DayQuestion
from crm.gui.session import Session
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, TextField
from crm.gui.widgets.menus import MenuItem, add_item, menu


def every_menu(
    session: Session,
    ids: Sequence[int],
    current: Cadence | None,
    parent: QWidget,
    *,
    rules: Sequence[Cadence] = (),
) -> QMenu:
    """Return a menu that sets how often for these people; it ticks `current`, None for people who differ.

    `rules` are all that could apply, the one that wins first: they stand at the end, to be read.
    Show it with `popup`. It is deleted with `parent`.
    """
    made = menu(parent, _tr("How often"))
    own = current is not None and current.source is CadenceSource.PERSON
    now = current.every if current is not None and own else None
    offered = (*USUAL, now) if now is not None and now not in USUAL else USUAL
    for every in offered:
        item = MenuItem(wording.interval(every), checked=every == now)
        add_item(made, item, partial(verbs.set_every, session, ids, every))
    custom = MenuItem(_tr("Custom…"), "pencil")
    add_item(made, custom, lambda: EveryDialog(session, ids, now, parent).open())
    on_a_day = MenuItem(_tr("Next check-in on a day…"), "calendar-days")
    add_item(made, on_a_day, lambda: PlanDialog(session, ids, parent).open())
    made.addSeparator()
    off = MenuItem(_tr("Off"), checked=own and now is None)
    add_item(made, off, partial(verbs.set_every, session, ids, None, never=True))
    as_said = MenuItem(_rules_say(current), checked=current is not None and not own)
    add_item(made, as_said, partial(verbs.set_every, session, ids, None))
    if len(rules) > 1:
        made.addMenu(_rules_menu(rules, made))
    return made


def _rules_menu(rules: Sequence[Cadence], parent: QWidget) -> QMenu:
    """Return all rules that could apply, one a line, the one that wins ticked."""
    made = menu(parent, _tr("Which rule wins"))
    for rule in rules:
        often, why = wording.cadence(rule)
        label = _tr("{why}: {often}").format(why=why, often=often)
        add_item(made, MenuItem(label, checked=rule is rules[0], enabled=False), lambda: None)
    return made


class PlanDialog(DayDialog):
    """On which day the next check-in is to be, whatever the interval says; a touch or a skip ends it."""

    def __init__(self, session: Session, ids: Sequence[int], parent: QWidget) -> None:
        today = session.today()
        last = Interval(5, Unit.YEAR).after(today)

        def problem(on: date) -> str:
            return "" if today <= on <= last else _tr("Choose a day from today on, at most five years ahead.")

        question = DayQuestion(
            _tr("When is the next check-in?"),
            _tr("Set the day"),
            _tr("Write “in 3 weeks”, “after Easter” or a date. It stays on that day until you are in touch."),
            problem,
        )
        super().__init__(question, today, partial(verbs.plan, session, ids), parent)


class EveryDialog(Dialog):
    """How often, typed: "5 weeks", "quarterly"."""

    def __init__(self, session: Session, ids: Sequence[int], now: Interval | None, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("HowOften", "Check in how often?"), parent, width=400)
        self._session, self._ids = session, tuple(ids)
        self._line = TextField(wording.interval(now) if now else "", self.tr("5 weeks"), limit=60)
        help_text = self.tr("Write “5 weeks”, “every 2 months” or “quarterly”.")
        self._field = Field(self.tr("Every"), self._line, help_text)
        self.body.addWidget(self._field)
        self.add_cancel()
        self.add_button(self.tr("Set how often"), Variant.PRIMARY).clicked.connect(self._on_set_clicked)
        self._line.selectAll()
        self._line.setFocus()

    def _on_set_clicked(self) -> None:
        every = parse_interval(self._line.text())
        if every is None:
            self._field.show_problem(self.tr("That isn’t an interval. Write “6 weeks” or “3 months”."))
            return
        verbs.set_every(self._session, self._ids, every)
        self.accept()


def _rules_say(current: Cadence | None) -> str:
    """Return "As the rules say", with what they say where it is known."""
    if current is None or current.source in (CadenceSource.PERSON, CadenceSource.NONE):
        return _tr("As the rules say")
    every, why = wording.cadence(current)
    return _tr("As the rules say: {every} ({why})").format(every=every, why=why)


def _tr(words: str) -> str:
    return QCoreApplication.translate("HowOften", words)
