"""Notices: one a day at the time the user chose, and the brief before an interview; by the tray icon where there is one.

The clock is looked at each minute, as a timer set for the morning would wait on through a night the computer slept.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from crm import wording
from crm.domain import reminding
from crm.domain.digest import is_due
from crm.domain.interview import InterviewRow
from crm.gui.places import Places
from crm.gui.tasks import TaskRunner
from crm.gui.widgets.menus import MenuItem, add_item, menu
from crm.settings import Settings

if TYPE_CHECKING:
    from crm.app.books import Book

_TOLD = "digest_told_on"
_BRIEFS_TOLD = "briefs_told"


def has_tray() -> bool:
    """Say whether the system shows tray icons and what they tell."""
    return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()


class Notices(QObject):
    """`opened()` when the icon or the notice was clicked, `quit_requested()` from its menu.

    Where there is no tray icon, `told(str)` says the notice for the window to show, `brief_told(str, int)` that of an
    interview; `brief_requested(int)` when the icon's notice of one was clicked.
    """

    opened = Signal()
    quit_requested = Signal()
    told = Signal(str)
    brief_told = Signal(str, int)
    brief_requested = Signal(int)

    def __init__(
        self, tasks: TaskRunner, places: Places, now: Callable[[], datetime], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._tasks, self._places, self._now = tasks, places, now
        self._settings = Settings()
        self._book: Book | None = None
        self._icon: QSystemTrayIcon | None = None
        self._shown: int | None = None  # the interview that the icon's latest notice is about

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
        """Tell what it is time for: the day's notice, briefs."""
        book, now = self._book, self._now()
        if book is None:
            return
        if self._settings.brief_notices:
            self._look_for_briefs(book, now)
        if self._settings.digest and is_due(now, self._settings.digest_time, self._told_on()):
            self._look_at_day(book, now)

    def _look_for_briefs(self, book: "Book", now: datetime) -> None:
        def ahead() -> tuple[InterviewRow, ...]:
            from crm.app import interviews  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return interviews.upcoming(book, today=now.date(), days=1)

        self._tasks.read((self, "briefs"), ahead, lambda rounds: self._tell_briefs(rounds, now), None, self)

    def _tell_briefs(self, rounds: tuple[InterviewRow, ...], now: datetime) -> None:
        told = self._places.kept(_BRIEFS_TOLD).split()
        found = reminding.due(rounds, now.astimezone(), told)
        if not found:
            return
        ahead = {str(held.id) for held in rounds}
        kept = [key for key in told if key.partition("/")[0] in ahead]
        self._places.keep(_BRIEFS_TOLD, " ".join((*kept, *(one.key for one in found))))
        self._places.sync()
        for one in found:
            words = wording.brief_notice(one.held, now.date(), hidden=self._settings.digest_hides_names)
            if self._icon is None:
                self.brief_told.emit(words, one.held.id)
            else:
                self._shown = one.held.id
                self._icon.showMessage(self.tr("Keepwarm"), words, self._window.windowIcon())

    def _look_at_day(self, book: "Book", now: datetime) -> None:

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
            self._shown = None
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
        made.messageClicked.connect(self._on_message_clicked)
        made.show()
        return made

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_icon_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.opened.emit()

    @Slot()
    def _on_message_clicked(self) -> None:
        if self._shown is None:
            self.opened.emit()
        else:
            self.brief_requested.emit(self._shown)
