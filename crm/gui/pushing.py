"""The connected calendar of an open book: told soon after each change, at the start, and looked at every few minutes."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from crm import paths, wording
from crm.domain.caldav import Connection, Offer, PushState
from crm.domain.ledger import Delta
from crm.errors import ErrorCode, KeepwarmError
from crm.gui.bus import Bus
from crm.gui.tasks import TaskRunner

if TYPE_CHECKING:
    from crm.app.books import Book
    from crm.app.passwords import Passwords
    from crm.app.progress import Progress

Result = TypeVar("Result")

_LOG = logging.getLogger(__name__)
_SOON_MS = 4000  # changes come in bursts
_AGAIN_MS = (
    10 * 60_000
)  # what the user does in the calendar is noticed then, and a server that was off tried again

_NOTHING = Delta()
# What only the user can mend, by typing it.
ASKS_PASSWORD = frozenset({ErrorCode.CALDAV_LOCKED, ErrorCode.CALDAV_PASSWORD})


@dataclass(frozen=True, slots=True)
class Standing:
    """How the connected calendar stands: what the last push came to, what the next one has to tell, what is asked."""

    connection: Connection | None = None
    state: PushState | None = None
    waiting: Delta = _NOTHING
    offers: tuple[Offer, ...] = ()


class Pushing(QObject):
    """`changed()` after each look; `offered(int)` when there are more questions than before, with how many there are.

    `stopped(error)` when nothing goes on until the user types the password.
    """

    changed = Signal()
    offered = Signal(int)
    stopped = Signal(object)

    def __init__(self, book: "Book", tasks: TaskRunner, bus: Bus, today: Callable[[], date]) -> None:
        super().__init__(bus)
        self._book, self._tasks, self._today = book, tasks, today
        self._turn = threading.Lock()  # two pushes at once would be in each other's way
        self._busy = self._wanted = False
        self._progress: Progress | None = None
        self._passwords: Passwords | None = None
        self.standing = Standing()
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._soon.timeout.connect(self._on_due)
        self._again.timeout.connect(self._on_due)
        self._again.start()
        bus.changed.connect(self._on_bus_changed)

    @property
    def _stopped(self) -> bool:
        state = self.standing.state
        return state is not None and state.error is not None and state.error.code in ASKS_PASSWORD

    @property
    def passwords(self) -> "Passwords":
        """The passwords of this computer; asking for one may take a while: not for the window's thread."""
        from crm.app.passwords import Passwords  # noqa: PLC0415 - not before the first paint

        if self._passwords is None:
            self._passwords = Passwords(paths.passwords_file())
        return self._passwords

    def push_soon(self) -> None:
        """Push in a moment; what changes until then goes with it."""
        self._soon.start()

    @Slot()
    def push(self) -> None:
        """Push now, off the window's thread; while one is under way, once more after it."""
        self._soon.stop()
        self._wanted = self._busy
        if not self._busy:
            self._busy = True
            self._tasks.files(self._work, self._show, self._on_failed, self)

    def alone(self, call: Callable[[], Result]) -> Result:
        """Do something to the connection while no push is under way."""
        with self._turn:
            return call()

    def stop(self) -> None:
        """Push no more: the window closes, or the book makes room for another. What isn't told yet is by the next push."""
        self._soon.stop()
        self._again.stop()
        if self._progress is not None:
            self._progress.cancel()

    def _work(self) -> Standing:
        from crm.app import caldav, caldav_offers  # noqa: PLC0415 - SQLAlchemy must not load before the first paint
        from crm.app.progress import Progress  # noqa: PLC0415 - with it

        with self._turn:
            book, today, connection = self._book, self._today(), caldav.connection(self._book)
            if connection is None:
                return Standing()
            progress = self._progress = Progress()
            push = partial(caldav.push, book, self.passwords, today=today, words=wording.calendar_text)
            state = None if book.read_only else push(progress=progress)
            waiting = caldav.waiting(book, today=today, words=wording.calendar_text)
            return Standing(connection, state, waiting, caldav_offers.offers(book, today=today))

    def _show(self, standing: Standing) -> None:
        self._ended()
        more, ran = len(standing.offers) > len(self.standing.offers), not self._stopped
        self.standing = standing
        self.changed.emit()
        if self._stopped and ran and standing.state is not None:
            self.stopped.emit(standing.state.error)
        if more:
            self.offered.emit(len(standing.offers))

    def _ended(self) -> None:
        self._busy = False
        if self._wanted:
            self.push_soon()

    @Slot()
    def _on_due(self) -> None:
        """Push, unless the server said no to the password: asking again and again would lock the account."""
        if not self._stopped:
            self.push()

    @Slot(object)
    def _on_bus_changed(self, _changes: object) -> None:
        self.push_soon()

    def _on_failed(self, error: Exception) -> None:
        """Keep a book that can't be read just now out of everybody's way: whoever works with it hears of it there."""
        self._ended()
        if not isinstance(error, KeepwarmError):
            raise error
        _LOG.info("the calendar waits: %s", error)
