"""One notice a day, at the time the user chose, by the tray icon where the system shows one; off until it is turned on.

The clock is looked at each minute, as a timer set for the morning would wait on through a night the computer slept.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from crm import wording
from crm.domain.digest import is_due
from crm.gui.places import Places
from crm.gui.tasks import TaskRunner
from crm.gui.widgets.menus import MenuItem, add_item, menu
from crm.settings import Settings

if TYPE_CHECKING:
    from crm.app.books import Book

_TOLD = "digest_told_on"


def has_tray() -> bool:
    """Say whether the system shows tray icons and what they tell."""
    return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()


class Notices(QObject):
    """`opened()` when the icon or the notice was clicked, `quit_requested()` from its menu.

    Where there is no tray, `told(str)` says the notice for the window to show.
    """

    opened = Signal()
    quit_requested = Signal()
    told = Signal(str)

    def __init__(
        self, tasks: TaskRunner, places: Places, now: Callable[[], datetime], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._tasks, self._places, self._now = tasks, places, now
        self._settings = Settings()
        self._book: Book | None = None
        self._icon: QSystemTrayIcon | None = None

    @property
    def stays(self) -> bool:
        """Whether the app goes on in the tray when its window is closed."""
        return self._icon is not None and self._settings.stay_in_tray

    def follow(self, settings: Settings, book: "Book | None") -> None:
        """Tell of `book` as the settings want it; of None nothing."""
        self._settings, self._book = settings, book
        wanted = settings.digest and book is not None and has_tray()
        if wanted and self._icon is None:
            self._icon = self._made_icon()
        elif not wanted and self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None
        self.look()

    @Slot()
    def look(self) -> None:
        """Tell the day's notice if it is time."""
        book, now = self._book, self._now()
        if (
            book is None
            or not self._settings.digest
            or not is_due(now, self._settings.digest_time, self._told_on())
        ):
            return

        def asked() -> tuple[str, ...]:
            from crm.app import today as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return tuple(row.person.name for row in app.agenda(book, today=now.date()).asked)

        self._tasks.read((self, "digest"), asked, lambda names: self._tell(names, now), None, self)

    def _tell(self, names: tuple[str, ...], now: datetime) -> None:
        """Tell whom the day asks for; a day that asks for nobody has nothing to tell, then or later."""
        if not is_due(now, self._settings.digest_time, self._told_on()):
            return
        self._places.keep(_TOLD, now.date().isoformat())
        self._places.sync()
        if not names:
            return
        words = wording.digest(names, hidden=self._settings.digest_hides_names)
        if self._icon is None:
            self.told.emit(words)
        else:
            self._icon.showMessage(self.tr("Keepwarm"), words, self._window.windowIcon())

    def _told_on(self) -> date | None:
        try:
            return date.fromisoformat(self._places.kept(_TOLD))
        except ValueError:
            return None

    def _made_icon(self) -> QSystemTrayIcon:
        made = QSystemTrayIcon(QApplication.windowIcon(), self)
        made.setToolTip(self.tr("Keepwarm"))
        choices = menu(self._window, self.tr("Keepwarm"))
        add_item(choices, MenuItem(self.tr("Open Keepwarm")), self.opened.emit)
        add_item(choices, MenuItem(self.tr("Quit")), self.quit_requested.emit)
        made.setContextMenu(choices)
        made.activated.connect(self._on_icon_activated)
        made.messageClicked.connect(self.opened)
        made.show()
        return made

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_icon_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.opened.emit()
