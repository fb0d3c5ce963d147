"""The calendar on a server: connecting one, how it stands, what was changed there, and its end."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.caldav import Connection
from crm.errors import ErrorCode
from crm.gui.export.connected import ContentDialog, DisconnectDialog, OffersDialog, UnlockDialog
from crm.gui.export.connecting import ConnectDialog
from crm.gui.session import Session
from crm.gui.settings.section import Section
from crm.gui.widgets.banner import Banner
from crm.gui.widgets.buttons import Button, Size
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import ElidedLabel, Icon, PlainLabel
from crm.gui.widgets.layouts import add, boxed, clear, column, row


class CaldavSection(Section):
    """One calendar at most; a failure stands here until a push goes well."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._build_ui()
        session.pushing.changed.connect(self._show)
        self._show()

    def refresh(self) -> None:
        """Push, and see how it stands."""
        self._session.pushing.push()

    def _build_ui(self) -> None:
        self.set_title(self.tr("Calendar on a server"))
        self.connect_ = Button(self.tr("Connect a calendar…"), icon="plus")
        self.connect_.clicked.connect(self._on_connect_clicked)
        self.add_row(
            self.tr("Nextcloud, iCloud, Fastmail and others"),
            self.tr("Your phone shows and rings what is planned. What you move or tick off there comes back here as a question."),
            self.connect_,
        )  # fmt: skip
        self._body = QWidget()
        self._lines = column(self._body, (0, 8, 0, 8), 8)
        self.add_widget(self._body)

    @Slot()
    def _show(self) -> None:
        clear(self._lines)
        standing = self._session.pushing.standing
        self.connect_.setVisible(standing.connection is None)
        self._body.setVisible(standing.connection is not None)
        if standing.connection is None:
            return
        if standing.offers:
            banner = Banner(
                wording.offers_wait(len(standing.offers)), self.tr("Look at them…"), dismissable=False
            )
            banner.acted.connect(self._on_offers_clicked)
            self._lines.addWidget(banner)
        self._lines.addWidget(self._line(standing.connection))

    def _line(self, connection: Connection) -> QWidget:
        standing = self._session.pushing.standing
        error = standing.state.error if standing.state is not None else None
        words = wording.error_line(error) if error is not None else wording.push_waits(standing.waiting)
        about = wording.say(
            "{user} · {server}", user=connection.account.user, server=connection.account.server
        )
        said = column(None, gap=2)
        add(said, ElidedLabel(connection.name, "bodyMedium"), ElidedLabel(about, "small", "text2"))
        add(said, PlainLabel(words, "small", "text2" if error is None else "bad", wrap=True))
        add(
            said,
            self._buttons(connection, locked=error is not None and error.code is ErrorCode.CALDAV_LOCKED),
        )
        sign = Icon("circle-check", "ok", 16) if error is None else Icon("circle-alert", "bad", 16)
        line = boxed(add(row(gap=12), (sign, Qt.AlignmentFlag.AlignTop), (said, 1)))
        line.setAccessibleName(wording.say("{name}: {state}", name=connection.name, state=words))
        return line

    def _buttons(self, connection: Connection, *, locked: bool) -> QWidget:
        wishes = [
            (self.tr("Push now"), self._session.pushing.push),
            (self.tr("What goes there…"), partial(self._open, ContentDialog, connection)),
            (self.tr("Disconnect…"), partial(self._open, DisconnectDialog, connection)),
        ]
        if locked:
            wishes[0] = (self.tr("Unlock…"), partial(self._unlock, connection))
        buttons = [Button(label, size=Size.SMALL) for label, _ in wishes]
        for button, (_, wish) in zip(buttons, wishes, strict=True):
            button.clicked.connect(wish)
        return Flow(*buttons, gap=6)

    def _open(
        self, dialog: type[ContentDialog | DisconnectDialog], connection: Connection, *_: object
    ) -> None:
        dialog(self._session, connection, self).open()

    def _unlock(self, connection: Connection, *_: object) -> None:
        session = self._session

        def show(sealed: object) -> None:
            UnlockDialog(session, connection, self, sealed=bool(sealed)).open()

        session.ask(
            (self, "sealed"), partial(session.pushing.passwords.sealed, connection.account), show, self
        )

    @Slot()
    def _on_connect_clicked(self) -> None:
        ConnectDialog(self._session, self).open()

    @Slot()
    def _on_offers_clicked(self) -> None:
        OffersDialog(self._session, self).open()
