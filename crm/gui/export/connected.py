"""Dialogs of a connected calendar: what goes there, its password, its end, and what was changed there."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from crm import wording
from crm.domain.agenda import CheckInRow
from crm.domain.caldav import Answer, Connection, Offer
from crm.domain.calendar import EventKind
from crm.errors import KeepwarmError
from crm.gui.checkins.log_touch import LogTouchDialog
from crm.gui.export.connecting import ContentFields
from crm.gui.session import Session
from crm.gui.widgets.buttons import Button, Size, Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, TextField
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, clear, column


class ContentDialog(Dialog):
    """Changes what goes to the calendar."""

    def __init__(self, session: Session, connection: Connection, parent: QWidget) -> None:
        super().__init__(
            wording.say(parent.tr("What goes to {name}"), name=connection.name), parent, width=600
        )
        self._session, self._connection = session, connection
        self.content = ContentFields()
        self.content.choose(connection.kinds, connection.alarms, connection.detail)
        add(self.body, self.content)
        self.add_cancel()
        self.save = self.add_button(self.tr("Save changes"), Variant.PRIMARY)
        self.save.clicked.connect(self._on_save_clicked)

    @Slot()
    def _on_save_clicked(self) -> None:
        session, content = self._session, self.content
        wanted = replace(
            self._connection,
            kinds=content.kinds.value,
            alarms=content.alarms.value,
            detail=content.chosen_detail,
        )

        def run() -> None:
            from crm.app import caldav  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            caldav.connect(session.book, wanted)

        session.store(self, run, lambda _: session.pushing.push())


class UnlockDialog(Dialog):
    """Asks for the passphrase that the password is under, else for the password itself."""

    def __init__(self, session: Session, connection: Connection, parent: QWidget, *, sealed: bool) -> None:
        user, server = connection.account.user, connection.account.server
        lead = wording.say(parent.tr("{user} at {server}"), user=user, server=server)
        super().__init__(parent.tr("Password of your calendar"), parent, lead=lead, icon="calendar-days")
        self._session, self._connection, self._sealed = session, connection, sealed
        self.secret = TextField(limit=300)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        add(self.body, Field(self.tr("Passphrase") if sealed else self.tr("App password"), self.secret))
        self.add_cancel()
        self.go = self.add_button(self.tr("Use it"), Variant.PRIMARY)
        self.go.clicked.connect(self._on_go_clicked)

    @Slot()
    def _on_go_clicked(self) -> None:
        passwords, account = self._session.pushing.passwords, self._connection.account
        how = passwords.unlock if self._sealed else passwords.keep
        self.show_problem("")
        self.set_waiting(True)
        self._session.tasks.files(
            partial(how, account, self.secret.text()), self._on_done, self._on_failed, self
        )

    def _on_done(self, _done: object) -> None:
        self._session.pushing.push()
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self.set_waiting(False)
        if isinstance(error, KeepwarmError):
            self.show_problem(wording.error_line(error))
        else:
            self._session.services.failed(error)


class DisconnectDialog(Dialog):
    """Asks what becomes of the events: nothing is connected any more either way."""

    def __init__(self, session: Session, connection: Connection, parent: QWidget) -> None:
        super().__init__(
            wording.say(parent.tr("Disconnect {name}?"), name=connection.name),
            parent,
            lead=parent.tr("Its events can stay in your calendar, where nothing keeps them current, or go. Your book stays as it is."),
        )  # fmt: skip
        self._session = session
        self.add_cancel()
        self.remove = self.add_button(self.tr("Remove the events"))
        self.leave = self.add_button(self.tr("Leave the events"), Variant.PRIMARY)
        self.remove.clicked.connect(partial(self._disconnect, remove=True))
        self.leave.clicked.connect(partial(self._disconnect, remove=False))

    def _disconnect(self, *_: object, remove: bool) -> None:
        session = self._session
        self.show_problem("")
        self.set_waiting(True)
        self.remove.setEnabled(False)

        def run() -> None:
            from crm.app import caldav  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            caldav.disconnect(session.book, session.pushing.passwords, remove=remove)

        session.tasks.files(partial(session.pushing.alone, run), self._on_done, self._on_failed, self)

    def _on_done(self, _done: None) -> None:
        self._session.services.did()
        self._session.pushing.push()
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self.set_waiting(False)
        self.remove.setEnabled(True)
        if isinstance(error, KeepwarmError):
            self.show_problem(wording.error_line(error))
        else:
            self._session.services.failed(error)


class OffersDialog(Dialog):
    """Each change that the user made in the calendar, with what may follow from it here; closes when all are answered."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(
            parent.tr("Changed in your calendar"),
            parent,
            lead=parent.tr("Nothing follows here until you say so."),
            width=640,
            icon="calendar-days",
        )
        self._session = session
        self._buttons: list[Button] = []
        self._rows = column(gap=8)
        add(self.body, boxed(self._rows))
        self.add_cancel(self.tr("Later"))
        session.pushing.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        held = any(button.hasFocus() for button in self._buttons)
        clear(self._rows)
        self._buttons = []
        offers = self._session.pushing.standing.offers
        for one in offers:
            self._rows.addWidget(self._row(one))
        if not offers and self.isVisible():
            self.accept()
        elif held:  # the row that had the focus is answered
            self._buttons[0].setFocus()

    def _row(self, one: Offer) -> QWidget:
        today = self._session.today()
        words = wording.calendar_offer(one, today)
        buttons = []
        for place, said in enumerate(one.answers):
            variant = Variant.TINT if place == 0 else Variant.PLAIN
            button = Button(wording.calendar_answer(said, one, today), variant, size=Size.SMALL)
            button.setAccessibleDescription(words)
            button.clicked.connect(self._answerer(one, said))
            buttons.append(button)
        line = boxed(
            add(column(margins=(0, 4, 0, 8), gap=6), PlainLabel(words, wrap=True), Flow(*buttons, gap=6))
        )
        line.setAccessibleName(words)
        self._buttons += buttons
        return line

    def _answerer(self, one: Offer, said: Answer) -> Callable[[], None]:
        session = self._session
        source = one.item.source if one.item is not None else None
        if said is Answer.LOG and isinstance(source, CheckInRow):
            people = ((int(source.person.id), source.person.name),)
            return lambda: self._log(people)
        step = one.item is not None and one.item.kind is EventKind.STEP

        def run() -> None:
            from crm.app import caldav_offers  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            caldav_offers.answer(session.book, one.uid, said, today=session.today())

        told = said in (Answer.MOVE, Answer.SKIP) or (said is Answer.LOG and step)
        return lambda: self._answer(run, told=told)

    def _answer(self, run: Callable[[], None], *, told: bool) -> None:
        """Do what was said; only what changes the book has something to undo."""
        session = self._session
        if told:
            session.do(run, self, lambda _: session.pushing.push())
        else:
            session.write(run, lambda _: session.pushing.push(), session.services.failed, self)

    def _log(self, people: tuple[tuple[int, str], ...]) -> None:
        """Let the user say what it was; once it is logged nothing is left to ask."""
        dialog = LogTouchDialog(self._session, people, self)
        dialog.accepted.connect(self._session.pushing.push)
        dialog.open()
