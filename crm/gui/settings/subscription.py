"""Subscribe on this computer: the calendar at an address that other programs here may look at while the window is open."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication

from crm import wording
from crm.gui.session import Session
from crm.gui.settings.section import Section, change
from crm.gui.widgets.buttons import Button, Size
from crm.gui.widgets.fields import CheckBox
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row


class SubscriptionSection(Section):
    """Off until it is turned on; the address can be made void at any time."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._build_ui()
        self._connect()
        self._show()

    def _build_ui(self) -> None:
        now = self._session.services.settings()
        self.set_title(self.tr("Subscribe on this computer"))
        self.on = CheckBox(self.tr("On"), checked=now.subscription)
        self.add_row(
            self.tr("Calendar address"),
            self.tr(
                "For programs on this computer, such as Thunderbird or Evolution, while Keepwarm is open. "
                "Google, iCloud and Outlook on the web can’t reach it."
            ),
            self.on,
        )
        self.details = CheckBox(self.tr("On"), checked=now.subscription_details)
        self.address = PlainLabel("", "small", selectable=True, ltr=True)
        self.address.setAccessibleName(self.tr("Calendar address"))
        self._problem = PlainLabel("", "small", "bad", wrap=True)
        self.copy = Button(self.tr("Copy"), icon="copy", size=Size.SMALL)
        self.renew = Button(self.tr("New address"), icon="refresh-cw", size=Size.SMALL)
        line = add(row(gap=8), (self.address, 1), self.copy, self.renew)
        self._line = boxed(add(column(margins=(0, 0, 0, 12), gap=6), line, self._problem))
        self.add_widget(self._line, ruled=False)
        self.add_row(
            self.tr("Notes, phones and emails"),
            self.tr("Any program on this computer that knows the address can read them."),
            self.details,
        )

    def _connect(self) -> None:
        self.on.toggled.connect(self._on_on_toggled)
        self.details.toggled.connect(self._on_details_toggled)
        self.copy.clicked.connect(self._on_copy_clicked)
        self.renew.clicked.connect(self._on_renew_clicked)
        self._session.subscribing.changed.connect(self._show)

    @Slot()
    def _show(self) -> None:
        served = self._session.subscribing
        self.address.setText(served.address)
        error = wording.error_line(served.error) if served.error is not None else ""
        self._problem.setText(error)
        self._problem.setVisible(bool(error))
        self.copy.setVisible(bool(served.address))
        self._line.setVisible(bool(served.address or error))

    @Slot(bool)
    def _on_on_toggled(self, on: bool) -> None:
        from crm.app import subscription  # noqa: PLC0415 - not before the first paint

        token = self._session.services.settings().subscription_token or subscription.new_token()
        change(self._session, subscription=on, subscription_token=token)

    @Slot(bool)
    def _on_details_toggled(self, on: bool) -> None:
        change(self._session, subscription_details=on)

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._session.subscribing.address)
        self._session.services.tell(self.tr("Address copied."))

    @Slot()
    def _on_renew_clicked(self) -> None:
        """Make the address void for whoever has it; the new one may have another port too, should that be taken."""
        from crm.app import subscription  # noqa: PLC0415 - not before the first paint

        change(self._session, subscription_token=subscription.new_token(), subscription_port=0)
        self._session.services.tell(self.tr("The old address doesn’t work any more."))
