"""Which calendars of the connected account meetings are read from."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.caldav import Collection, Connection
from crm.errors import KeepwarmError
from crm.gui.session import Session
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import CheckBox
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, clear, column


class CalendarsDialog(Dialog):
    """Asks the server which there are; those chosen last are on. `chosen()` once the choice is in the book."""

    chosen = Signal()

    def __init__(self, session: Session, connection: Connection, parent: QWidget) -> None:
        super().__init__(
            parent.tr("Read your calendar"),
            parent,
            lead=parent.tr("Meetings with people you know are shown to you before anything is brought in."),
            icon="calendar-days",
        )
        self._session, self._connection = session, connection
        self._boxes: list[tuple[CheckBox, Collection]] = []
        self._lines = column(gap=8)
        add(self._lines, PlainLabel(self.tr("Looking for your calendars…"), "body", "text2"))
        add(self.body, boxed(self._lines), None)
        self.add_cancel()
        self.go = self.add_button(self.tr("Read meetings"), Variant.PRIMARY)
        self.go.setEnabled(False)
        self.go.clicked.connect(self._on_go_clicked)
        self._look()

    def _look(self) -> None:
        session = self._session

        def run() -> tuple[Collection, ...]:
            from crm.app import caldav_meetings  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return caldav_meetings.calendars(session.book, session.pushing.passwords)

        session.tasks.files(run, self._show, self._on_failed, self)

    def _show(self, found: tuple[Collection, ...]) -> None:
        clear(self._lines)
        known = {one.url for one in self._connection.meetings}
        self._boxes = [(CheckBox(one.name, checked=one.url in known), one) for one in found]
        for box, _ in self._boxes:
            box.toggled.connect(self._on_box_toggled)
            self._lines.addWidget(box)
        if not found:
            add(
                self._lines,
                PlainLabel(self.tr("There is no other calendar in this account."), "body", "text2"),
            )
        self._on_box_toggled()

    @Slot()
    def _on_box_toggled(self) -> None:
        self.go.setEnabled(any(box.isChecked() for box, _ in self._boxes))

    @Slot()
    def _on_go_clicked(self) -> None:
        session = self._session
        read = tuple(one for box, one in self._boxes if box.isChecked())
        if read == self._connection.meetings:
            self._on_stored()
            self.accept()
            return
        wanted = replace(self._connection, meetings=read)

        def run() -> None:
            from crm.app import caldav  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            caldav.connect(session.book, wanted)

        session.store(self, run, self._on_stored)

    def _on_stored(self, _done: object = None) -> None:
        self._session.pushing.push()
        self.chosen.emit()

    def _on_failed(self, error: Exception) -> None:
        clear(self._lines)
        if isinstance(error, KeepwarmError):
            self.show_problem(wording.error_line(error))
        else:
            self._session.services.failed(error)
