"""A session for tests: a real book, lanes that answer at once, and services that remember what they were asked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.app import history
from crm.app.books import Book
from crm.gui.actions import Actions, When
from crm.gui.bus import Bus
from crm.gui.feeds import Feeds
from crm.gui.pushing import Pushing
from crm.gui.session import Place, Session
from crm.gui.subscribing import Subscribing
from crm.gui.tasks import InlineTasks
from crm.settings import Settings
from tests.builders import TODAY


@dataclass
class Desk:
    """The window's services, remembered. `today` may be moved to pass midnight."""

    book: Book
    today: date = TODAY
    places: list[Place] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)

    def navigate(self, place: Place) -> None:
        self.places.append(place)

    def did(self, step: object = None) -> None:  # noqa: ARG002 - as the window's own
        last = history.can_undo(self.book)
        assert last is not None
        self.toasts.append(wording.done(last.op, last.params, self.today))

    def working(self, words: str) -> None:
        self.toasts.append(words)

    def tell(self, words: str) -> None:
        self.toasts.append(words)

    def tell_with(self, words: str, action: str, act: Callable[[], object]) -> None:  # noqa: ARG002 - as the window's own
        self.toasts.append(words)

    def failed(self, error: Exception) -> None:
        self.errors.append(error)

    def kept(self, name: str) -> str:
        return self.typed.get(name, "")

    def keep(self, name: str, words: str) -> None:
        self.typed[name] = words

    def settings(self) -> Settings:
        return Settings()


def a_session(desk: Desk, window: QWidget) -> Session:
    """Return a session whose bus hears what the book writes."""
    bus = Bus(window)
    desk.book.on_changes(bus.publish)
    actions = Actions(window)
    actions.set_state(frozenset(When))
    tasks = InlineTasks()
    feeds = Feeds(desk.book, tasks, bus, lambda: desk.today)
    return Session(
        desk.book,
        tasks,
        bus,
        actions,
        desk,
        lambda: desk.today,
        feeds,
        Subscribing(desk.book, lambda: desk.today, bus),
        Pushing(desk.book, tasks, bus, lambda: desk.today),
    )
