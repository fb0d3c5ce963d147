"""The calendar at an address on this computer, as the settings want it: served while the window is open, or not."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crm import wording
from crm.domain.calendar import Detail
from crm.domain.feed import FeedDraft
from crm.errors import KeepwarmError
from crm.settings import Settings

if TYPE_CHECKING:
    from crm.app.books import Book
    from crm.app.subscription import Subscription


class Subscribing(QObject):
    """`changed()` when there is another address, none any more, or an `error` why there is none."""

    changed = Signal()

    def __init__(self, book: "Book", today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book, self._today = book, today
        self._served: Subscription | None = None
        self._wanted: tuple[bool, int, str] | None = None
        self._detail = Detail.TITLE_ONLY
        self.error: KeepwarmError | None = None

    @property
    def address(self) -> str:
        """What to subscribe to, "" while nothing is served."""
        return "" if self._served is None else self._served.address

    @property
    def port(self) -> int:
        """Where it is served, 0 while it isn't."""
        return 0 if self._served is None else self._served.port

    def follow(self, settings: Settings) -> None:
        """Serve, or stop, as the settings say."""
        self._detail = Detail.FULL if settings.subscription_details else Detail.TITLE_ONLY
        wanted = (settings.subscription, settings.subscription_port, settings.subscription_token)
        if wanted == self._wanted or (self.port and wanted == (True, self.port, settings.subscription_token)):
            return
        self.stop()
        self._wanted = wanted
        if settings.subscription and settings.subscription_token:
            self._serve(settings.subscription_token, settings.subscription_port)
        self.changed.emit()

    def stop(self) -> None:
        """Serve no more."""
        self._wanted, self.error = None, None
        if self._served is not None:
            self._served.close()
            self._served = None

    def _serve(self, token: str, port: int) -> None:
        from crm.app.subscription import Subscription  # noqa: PLC0415 - not before the first paint

        try:
            self._served = Subscription(self._content, token, port)
        except KeepwarmError as error:
            self.error = error

    def _content(self) -> bytes:
        """Return the calendar as it is now; called on the server's threads."""
        from crm.app import feeds, preferences  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        alarms = preferences.get(self._book).alarms
        draft = FeedDraft("Keepwarm", "", alarms=alarms, detail=self._detail)
        return feeds.content(self._book, draft, today=self._today(), words=wording.calendar_text)
