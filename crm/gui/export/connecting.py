"""Connect a calendar on a server: whose, which one, and what goes there. The password is typed here and kept elsewhere."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from crm import wording
from crm.domain.caldav import Account, Collection, Connection
from crm.domain.calendar import Detail, EventKind
from crm.errors import KeepwarmError
from crm.gui.export import choices
from crm.gui.export.alarms import AlarmChips
from crm.gui.export.choices import Choices, Scope
from crm.gui.export.kinds import KindChips
from crm.gui.session import Session
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, Select, TextField
from crm.gui.widgets.layouts import add, column

_NEW = "Keepwarm"


@dataclass(frozen=True, slots=True)
class Provider:
    """Where people keep calendars: its address, and where an app password is made."""

    name: str
    address: str
    hint: str


@dataclass(frozen=True, slots=True)
class Found:
    """An account with its calendars, and where this computer can keep its password ("keyring", "passphrase", "memory")."""

    account: Account
    password: str
    calendars: tuple[Collection, ...]
    keeping: str


class ContentFields(QWidget):
    """What goes to a calendar, how it rings, and how much it tells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds, self.alarms, self.detail = KindChips(), AlarmChips(), Select(choices.details())
        add(
            column(self, gap=12),
            Field(self.tr("Holds"), self.kinds),
            Field(self.tr("Alarms"), self.alarms, self.tr("Your phone rings where it shows this calendar.")),
            Field(self.tr("Details"), self.detail, self.tr("Choose “Title only” where others can see the calendar.")),
        )  # fmt: skip

    def choose(self, kinds: tuple[EventKind, ...], alarms: tuple[int, ...], detail: Detail) -> None:
        """Show these."""
        self.kinds.choose(kinds)
        self.alarms.choose(alarms)
        self.detail.choose(detail)

    @property
    def chosen_detail(self) -> Detail:
        """How much events tell."""
        value = self.detail.value
        return value if isinstance(value, Detail) else Detail.FULL


class ConnectDialog(Dialog):
    """First the account, then which of its calendars; `accepted` once the book is connected."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(
            parent.tr("Connect a calendar"),
            parent,
            lead=parent.tr("Keepwarm puts your check-ins, next steps and interviews there and keeps them current."),
            width=600,
            icon="calendar-days",
        )  # fmt: skip
        self._session = session
        self._found: Found | None = None
        self._fill_body()
        self._connect()
        self._on_provider_chosen()
        session.ask((self, "choices"), lambda: choices.ask(session, Scope()), self._show_choices, self)

    def _fill_body(self) -> None:
        self._providers = _providers()
        self.provider = Select([(one, one.name) for one in self._providers])
        self.address = TextField(limit=300)
        self.user = TextField(limit=200)
        self.password = TextField(limit=300)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._where = Field(self.tr("Where your calendar is"), self.provider, " ")
        hint = self.tr("Never kept in the book: in your system’s keyring, where there is one.")
        self._keeping = Field(self.tr("App password"), self.password, hint)
        self.calendar = Select()
        self.passphrase = TextField(limit=300)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._sealing = Field(
            self.tr("Passphrase"),
            self.passphrase,
            self.tr("This computer has no keyring. A passphrase keeps the password here; without one it is asked for at each start."),
        )  # fmt: skip
        self.content = ContentFields()
        self._which = QWidget()
        picked = Field(
            self.tr("Calendar"), self.calendar, self.tr("One of its own is easiest to hide or to remove.")
        )
        add(column(self._which, gap=12), picked, self._sealing, self.content)
        self._which.hide()
        add(
            self.body,
            self._where,
            Field(self.tr("Address"), self.address),
            Field(self.tr("User name"), self.user),
            self._keeping,
            self._which,
            None,
        )  # fmt: skip
        self.add_cancel()
        self.go = self.add_button(self.tr("Find calendars"), Variant.PRIMARY)

    def _connect(self) -> None:
        self.provider.activated.connect(self._on_provider_chosen)
        for field in (self.address, self.user, self.password):
            field.textEdited.connect(self._on_account_edited)
        self.go.clicked.connect(self._on_go_clicked)

    def _show_choices(self, found: Choices) -> None:
        wanted = found.preferences
        self.content.choose(wanted.kinds, wanted.alarms, wanted.detail)

    @Slot()
    def _on_provider_chosen(self) -> None:
        chosen = self.provider.value
        if isinstance(chosen, Provider):
            self._where.say(chosen.hint)
            self.address.setText(chosen.address)
            self.address.setPlaceholderText(self.tr("https://cloud.example.org"))
            self._on_account_edited()

    @Slot()
    def _on_account_edited(self) -> None:
        """Another account has other calendars."""
        self._found = None
        self._which.hide()
        self.go.set_label(self.tr("Find calendars"))

    @Slot()
    def _on_go_clicked(self) -> None:
        self.show_problem("")
        self._wait(True)
        if self._found is None:
            self._find()
        else:
            self._make(self._found)

    def _find(self) -> None:
        address, user, password = self.address.text(), self.user.text(), self.password.text()
        passwords = self._session.pushing.passwords

        def run() -> Found:
            from crm.app import caldav  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            account = caldav.account(address, user)
            found = caldav.calendars_of(account, password)
            return Found(account, password, found, passwords.place().value)

        self._session.tasks.files(run, self._show_found, self._on_failed, self)

    def _show_found(self, found: Found) -> None:
        self._found = found
        writable = [one for one in found.calendars if one.writable]
        offered: list[tuple[object, str]] = [(one, one.name) for one in writable]
        own = next((one for one in writable if one.name == _NEW), None)
        if own is None:
            offered.insert(0, (None, wording.say(self.tr("A new one called {name}"), name=_NEW)))
        self.calendar.set_options(offered)
        self.calendar.choose(own)
        sealed = found.keeping == "passphrase"
        self._sealing.setVisible(sealed)
        self._keeping.say(
            "" if sealed else wording.password_kept(found.keeping, could=found.keeping != "memory")
        )
        self._which.show()
        self.go.set_label(self.tr("Connect calendar"))
        self._wait(False)
        self.calendar.setFocus()

    def _make(self, found: Found) -> None:
        session, chosen, phrase = self._session, self.calendar.value, self.passphrase.text()
        content = self.content
        kinds, alarms, detail = content.kinds.value, content.alarms.value, content.chosen_detail

        def run() -> Connection:
            from crm.app import caldav  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            there = chosen if isinstance(chosen, Collection) else caldav.make(found.account, found.password)
            session.pushing.passwords.keep(found.account, found.password, phrase)
            return Connection(found.account, there.url, there.name, kinds, alarms, detail)

        session.tasks.files(run, self._keep, self._on_failed, self)

    def _keep(self, wanted: Connection) -> None:
        session = self._session

        def run() -> None:
            from crm.app import caldav  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            caldav.connect(session.book, wanted)

        session.store(self, run, lambda _: session.pushing.push())

    def _wait(self, waiting: bool) -> None:
        """Let the account stay what is being asked about."""
        self.set_waiting(waiting)
        for field in (self.provider, self.address, self.user, self.password):
            field.setEnabled(not waiting)

    def _on_failed(self, error: Exception) -> None:
        """Say here what went wrong; what was filled in stays."""
        self._wait(False)
        if isinstance(error, KeepwarmError):
            self.show_problem(wording.error_line(error))
        else:
            self._session.services.failed(error)


def _providers() -> tuple[Provider, ...]:
    return (
        Provider("Nextcloud", "", _tr("Your cloud’s address. The app password: Settings › Security › Create new app password.")),
        Provider("iCloud", "https://caldav.icloud.com", _tr("Your Apple Account’s email. The app password: account.apple.com › Sign-In and Security › App-Specific Passwords.")),
        Provider("Fastmail", "https://caldav.fastmail.com", _tr("Your email. The app password: Settings › Privacy & Security › App passwords, for calendars.")),
        Provider("Radicale", "http://localhost:5232", _tr("Your Radicale user. Anywhere but on this computer it needs https.")),
        Provider(_tr("Another"), "", _tr("The address your provider names under CalDAV, with an app password if it has them. Google doesn’t let calendars be reached this way.")),
    )  # fmt: skip


def _tr(words: str) -> str:
    return QCoreApplication.translate("ConnectDialog", words)
