"""The kept calendar files of an open book: current soon after each change, at the start and when the day changes."""

import logging
import threading
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from crm import wording
from crm.domain.feed import FeedState
from crm.errors import KeepwarmError
from crm.gui.bus import Bus
from crm.gui.tasks import TaskRunner

if TYPE_CHECKING:
    from crm.app.books import Book

_LOG = logging.getLogger(__name__)
_SOON_MS = 1500  # changes come in bursts; a calendar looks at its file every few minutes at most


class Feeds(QObject):
    """`refreshed(states)` after each look at the files; what went wrong with one is in its state, and in nobody's way."""

    refreshed = Signal(object)

    def __init__(self, book: "Book", tasks: TaskRunner, bus: Bus, today: Callable[[], date]) -> None:
        super().__init__(bus)
        self._book, self._tasks, self._today = book, tasks, today
        self._turn = threading.Lock()  # else an older look could be the last to write
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.refresh)
        bus.changed.connect(self._on_bus_changed)

    def refresh_soon(self) -> None:
        """Look at the files in a moment; what changes until then is in it."""
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def refresh(self) -> None:
        """Look at the files now, off the window's thread."""
        self._soon.stop()
        self._tasks.files(self._write, self.refreshed.emit, _note, self)

    def stop(self) -> None:
        """Look no more: the book makes room for another."""
        self._soon.stop()

    def finish(self) -> None:
        """Write what is still due before the window closes, after the verbs that were asked for."""
        if self._soon.isActive():
            self._soon.stop()
            self._tasks.write(self._write, None, _note)

    def _write(self) -> tuple[FeedState, ...]:
        from crm.app import feeds  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        with self._turn:
            if self._book.read_only:  # whoever may write it keeps its files
                return tuple(FeedState(feed) for feed in feeds.feeds(self._book))
            return feeds.refresh(self._book, today=self._today(), words=wording.calendar_text)

    @Slot(object)
    def _on_bus_changed(self, _changes: object) -> None:
        self.refresh_soon()


def _note(error: Exception) -> None:
    """Keep a book that can't be read just now out of everybody's way: whoever works with it hears of it there."""
    if not isinstance(error, KeepwarmError):
        raise error
    _LOG.info("calendar files wait: %s", error)
