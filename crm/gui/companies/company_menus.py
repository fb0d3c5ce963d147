"""The menus of a company: how often its people are due, what else can be done, with whom a touch was."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from crm import wording
from crm.domain.cadence import USUAL, Interval, parse_interval
from crm.domain.company import CompanyCard, CompanyPerson
from crm.gui.checkins import every_menu, snooze_menu
from crm.gui.companies import verbs, words
from crm.gui.messages import Wish, write_message
from crm.gui.session import Session
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, TextField
from crm.gui.widgets.menus import MenuItem, add_item, menu

OFFERED = 12
Call = Callable[[], None]


def company_every_menu(session: Session, card: CompanyCard, parent: QWidget) -> QMenu:
    """Return a menu that sets how often for the people at a company."""
    made = menu(parent, words.tr("How often"))
    company, now = card.row.id, card.draft.every
    offered = (*USUAL, now) if now is not None and now not in USUAL else USUAL
    for every in offered:
        item = MenuItem(wording.interval(every), checked=every == now)
        add_item(made, item, partial(verbs.set_every, session, company, every))
    custom = MenuItem(words.tr("Custom…"), "pencil")
    add_item(made, custom, lambda: CompanyEveryDialog(session, card, parent).open())
    made.addSeparator()
    none = MenuItem(words.tr("No rule"), checked=now is None)
    add_item(made, none, partial(verbs.set_every, session, company, None))
    return made


class CompanyEveryDialog(Dialog):
    """How often for the people at a company, typed: "5 weeks", "quarterly"."""

    def __init__(self, session: Session, card: CompanyCard, parent: QWidget) -> None:
        title = words.tr("How often for people at {company}?").format(company=card.row.name)
        super().__init__(title, parent, width=420)
        self._session, self._company = session, card.row.id
        now = card.draft.every
        self.line = TextField(wording.interval(now) if now else "", words.tr("5 weeks"), limit=60)
        self.field = Field(
            words.tr("Every"), self.line, words.tr("Write “5 weeks”, “every 2 months” or “quarterly”.")
        )
        self.body.addWidget(self.field)
        self.add_cancel()
        self.add_button(words.tr("Set how often"), Variant.PRIMARY).clicked.connect(self._on_set_clicked)
        self.line.selectAll()
        self.line.setFocus()

    def _on_set_clicked(self) -> None:
        every: Interval | None = parse_interval(self.line.text())
        if every is None:
            self.field.show_problem(words.tr("That isn’t an interval. Write “6 weeks” or “3 months”."))
            return
        verbs.set_every(self._session, self._company, every)
        self.accept()


def log_menu(card: CompanyCard, log: Callable[[CompanyPerson | None], None], parent: QWidget) -> QMenu:
    """Return a menu of the people at a company, the last touched first, and somebody else."""
    made = menu(parent, words.tr("Log a touch with"))
    for person in card.now[:OFFERED]:
        add_item(made, MenuItem(person.name), partial(log, person))
    made.addSeparator()
    add_item(made, MenuItem(words.tr("Somebody else…"), "users"), partial(log, None))
    return made


def person_menu(session: Session, person: CompanyPerson, open_it: Call, log: Call, parent: QWidget) -> QMenu:
    """Return what can be done with a person from a company's page."""
    made = menu(parent)
    add_item(made, MenuItem(words.tr("Open"), "user"), open_it)
    add_item(made, MenuItem(words.tr("Log a touch…"), "check"), log)
    wish = Wish("", person.id)
    add_item(
        made, MenuItem(words.tr("Write…"), "send"), lambda: write_message(session, wish, parent.window())
    )
    made.addSeparator()
    if person.next_due_on is not None:
        made.addMenu(snooze_menu(session, (person.id,), parent))
    made.addMenu(every_menu(session, (person.id,), None, parent))
    return made


def more_menu(edit: Call, merge: Call, delete: Call, parent: QWidget) -> QMenu:
    """Return the rarer verbs of a company."""
    made = menu(parent)
    add_item(made, MenuItem(words.tr("Edit…"), "pencil", "Ctrl+E"), edit)
    add_item(made, MenuItem(words.tr("Merge with…"), "git-merge"), merge)
    made.addSeparator()
    add_item(made, MenuItem(words.tr("Delete"), "trash-2", "Del"), delete)
    return made
