"""The calendar on a server: connecting one, how it stands, what was changed there, and its end."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.errors import ErrorCode
from crm.gui.export.connected import ContentDialog, DisconnectDialog, OffersDialog, UnlockDialog
from crm.gui.export.connecting import ConnectDialog
from crm.gui.pushing import ASKS_PASSWORD
from crm.gui.session import Session
from crm.gui.settings.section import Section
from crm.gui.widgets.banner import Banner
from crm.gui.widgets.buttons import Button, Size
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import ElidedLabel, Icon, PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row


class CaldavSection(Section):
    """One calendar at most; a failure stands here until a push goes well."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._build_ui()
        self._connect()
        self._show()

    def refresh(self) -> None:
        """Push, and see how it stands."""
        self._session.pushing.push()

    def _build_ui(self) -> None:
        self.set_title(self.tr("Calendar on a server"))
        self.connect_ = Button(self.tr("Connect a calendar…"), icon="plus")
        self.add_row(
            self.tr("Nextcloud, iCloud, Fastmail and others"),
            self.tr(
                "Your phone shows and rings what is planned. What you move there, delete, or mark done with ✓ before its "
                "title comes back here as a question."
            ),
            self.connect_,
        )
        self._offers = Banner("", self.tr("Look at them…"), dismissable=False)
        self._sign = Icon("circle-check", "ok", 16)
        self._name, self._about = ElidedLabel("", "bodyMedium"), ElidedLabel("", "small", "text2")
        self._state = PlainLabel("", "small", "text2", wrap=True)
        self._push = Button(self.tr("Push now"), size=Size.SMALL)
        self._unlock = Button(self.tr("Password…"), size=Size.SMALL)
        self._content = Button(self.tr("What goes there…"), size=Size.SMALL)
        self._disconnect = Button(self.tr("Disconnect…"), size=Size.SMALL)
        buttons = Flow(self._push, self._unlock, self._content, self._disconnect, gap=6)
        said = add(column(gap=4), self._name, self._about, self._state, buttons)
        self._line = boxed(add(row(gap=12), (self._sign, Qt.AlignmentFlag.AlignTop), (said, 1)))
        self._body = QWidget()
        add(column(self._body, (0, 8, 0, 8), 8), self._offers, self._line)
        self.add_widget(self._body)

    def _connect(self) -> None:
        self.connect_.clicked.connect(self._on_connect_clicked)
        self._offers.acted.connect(self._on_offers_acted)
        self._push.clicked.connect(self.refresh)
        self._unlock.clicked.connect(self._on_unlock_clicked)
        self._content.clicked.connect(self._on_content_clicked)
        self._disconnect.clicked.connect(self._on_disconnect_clicked)
        self._session.pushing.changed.connect(self._show)

    @Slot()
    def _show(self) -> None:
        """Say how it stands; the controls stay, and with them whatever has the focus."""
        standing = self._session.pushing.standing
        connection, error = standing.connection, standing.state.error if standing.state else None
        self.connect_.setVisible(connection is None)
        self._body.setVisible(connection is not None)
        if connection is None:
            return
        locked = error is not None and error.code in ASKS_PASSWORD
        words = wording.error_line(error) if error is not None else wording.push_waits(standing.waiting)
        self._offers.set_message(wording.offers_wait(len(standing.offers)), self.tr("Look at them…"))
        self._offers.setVisible(bool(standing.offers))
        self._sign.set_icon(*(("circle-check", "ok") if error is None else ("circle-alert", "bad")))
        self._name.setText(connection.name)
        account = connection.account
        self._about.setText(wording.say("{user} · {server}", user=account.user, server=account.server))
        self._state.setText(words)
        self._state.set_tone("text2" if error is None else "bad")
        self._push.setVisible(not locked)
        self._unlock.setVisible(locked)
        self._line.setAccessibleName(wording.say("{name}: {state}", name=connection.name, state=words))

    @Slot()
    def _on_connect_clicked(self) -> None:
        ConnectDialog(self._session, self).open()

    @Slot()
    def _on_offers_acted(self) -> None:
        OffersDialog(self._session, self).open()

    @Slot()
    def _on_content_clicked(self) -> None:
        if (connection := self._session.pushing.standing.connection) is not None:
            ContentDialog(self._session, connection, self).open()

    @Slot()
    def _on_disconnect_clicked(self) -> None:
        if (connection := self._session.pushing.standing.connection) is not None:
            DisconnectDialog(self._session, connection, self).open()

    @Slot()
    def _on_unlock_clicked(self) -> None:
        session, standing = self._session, self._session.pushing.standing
        connection, state = standing.connection, standing.state
        if connection is None:
            return
        refused = (
            state is not None and state.error is not None and state.error.code is ErrorCode.CALDAV_PASSWORD
        )

        def show(sealed: object) -> None:
            UnlockDialog(session, connection, self, sealed=bool(sealed) and not refused).open()

        session.ask(
            (self, "sealed"), partial(session.pushing.passwords.sealed, connection.account), show, self
        )
