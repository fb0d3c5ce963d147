"""What the user does to a check-in, by button, key or menu: each is a dialog, a menu or a verb of `gui.checkins`."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from crm import wording
from crm.domain.agenda import CheckInRow
from crm.domain.person import PersonRow
from crm.domain.reasons import MUTABLE, Mute
from crm.domain.touch import TouchKind
from crm.gui import links
from crm.gui.actions import Act
from crm.gui.checkins import LogTouchDialog, every_menu, mute, rest, skip, snooze_menu
from crm.gui.messages import Wish, write_message
from crm.gui.session import Place, Session
from crm.gui.today import words
from crm.gui.widgets.menus import MenuItem, add_item, menu


class CheckInActs(QObject):
    """Does things to one check-in at a time. `ended()` when a dialog or menu it opened is gone."""

    ended = Signal()

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window

    def perform(self, act: Act, row: CheckInRow, spot: QPoint) -> None:
        """Do `act` to a check-in; a menu opens at `spot`."""
        ids = (int(row.person.id),)
        doing: dict[Act, Callable[[], None]] = {
            Act.LOG_TOUCH: lambda: self.log(((ids[0], row.person.name),), words.channel(row)),
            Act.WRITE: lambda: self._write(row),
            Act.SNOOZE: lambda: self._snooze(row, spot),
            Act.SKIP: lambda: self._skip(row),
            Act.HOW_OFTEN: lambda: self.plan(row.person, spot),
            Act.REST: lambda: rest(self._session, ids),
        }
        if act in doing:
            doing[act]()

    def log(self, people: tuple[tuple[int, str], ...] = (), kind: TouchKind | None = None) -> None:
        """Open the dialog that logs a touch."""
        dialog = LogTouchDialog(self._session, people, self._window, kind=kind or TouchKind.CALL)
        dialog.finished.connect(self.ended)
        dialog.open()

    def plan(self, person: PersonRow, spot: QPoint) -> None:
        """Open the menu of how often for somebody."""
        self._popup(every_menu(self._session, (int(person.id),), person.cadence, self._window), spot)

    def open(self, person: int) -> None:
        """Go to a person's page."""
        self._session.services.navigate(Place("people", person))

    def more(self, row: CheckInRow, spot: QPoint) -> None:
        """Open the menu of everything that can be done."""
        ids = (int(row.person.id),)
        made = menu(self._window)
        self._add(made, Act.LOG_TOUCH, row, spot)
        self._add(made, Act.WRITE, row, spot)
        if row.email:
            add_item(made, MenuItem(self.tr("Blank email"), "mail"), lambda: self._open_blank(row))
        # Their dialogs outlive the menu, so the page is their parent.
        snooze = snooze_menu(self._session, ids, self._window)
        often = every_menu(self._session, ids, row.person.cadence, self._window)
        if row.planned:
            made.addMenu(snooze)
        self._add(made, Act.SKIP, row, spot)
        often.setTitle(self.tr("Change how often"))
        made.addMenu(often)
        self._add(made, Act.REST, row, spot)
        self._add_silences(made, row)
        made.addSeparator()
        add_item(made, MenuItem(self.tr("Open"), "user"), lambda: self.open(ids[0]))
        for inner in (snooze, often):
            made.destroyed.connect(inner.deleteLater)
        self._popup(made, spot)

    def _add(self, to: QMenu, act: Act, row: CheckInRow, spot: QPoint) -> None:
        labels = {
            Act.LOG_TOUCH: MenuItem(self.tr("Log touch…"), "check", self._key(Act.LOG_TOUCH)),
            Act.WRITE: MenuItem(self.tr("Write…"), "send", self._key(Act.WRITE)),
            Act.SKIP: MenuItem(self.tr("Skip this time"), "skip-forward", self._key(Act.SKIP)),
            Act.REST: MenuItem(self.tr("Rest: no check-ins until resumed"), "pause", self._key(Act.REST)),
        }
        add_item(to, labels[act], lambda: self.perform(act, row, spot))

    def _add_silences(self, to: QMenu, row: CheckInRow) -> None:
        """Add a line for each reason that can be silenced for the person."""
        rules = [rule for rule in dict.fromkeys(one.rule for one in row.reasons) if rule in MUTABLE]
        if rules:
            to.addSeparator()
        for rule in rules:
            item = MenuItem(self.tr("No reason for me: {rule}").format(rule=wording.rule(rule)), "bell")
            add_item(to, item, partial(mute, self._session, (int(row.person.id),), (Mute(rule),)))

    def _snooze(self, row: CheckInRow, spot: QPoint) -> None:
        if row.planned:
            self._popup(snooze_menu(self._session, (int(row.person.id),), self._window), spot)
        else:
            words = self.tr("No check-in is planned with {who} yet. Skip lets this reason go.")
            self._session.services.tell(words.format(who=row.person.name))

    def _skip(self, row: CheckInRow) -> None:
        """Let the check-in go; without one, the reasons there are, until they come again."""
        ids = (int(row.person.id),)
        if row.planned:
            skip(self._session, ids)
        else:
            mute(self._session, ids, [Mute(one.rule, one.on) for one in row.reasons if one.rule in MUTABLE])

    def _key(self, act: Act) -> str:
        return self._session.actions[act].shortcut().toString()

    def _write(self, row: CheckInRow) -> None:
        """Open a draft of a message; what happened to them says what for."""
        write_message(self._session, Wish(words.purpose(row), int(row.person.id)), self._window)

    def _open_blank(self, row: CheckInRow) -> None:
        """Open an empty email in the mail app."""
        if not links.open_link(links.mailto(row.email)):
            problem = self.tr("Couldn’t open your mail program for {address}.")
            self._session.services.tell(problem.format(address=row.email))

    def _popup(self, made: QMenu, spot: QPoint) -> None:
        made.aboutToHide.connect(self.ended, Qt.ConnectionType.QueuedConnection)
        # A dialog that the menu opens is the window's child, so the menu may go.
        made.aboutToHide.connect(made.deleteLater, Qt.ConnectionType.QueuedConnection)
        made.popup(spot)
