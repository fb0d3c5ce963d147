"""What every page gets in its constructor: the book, the lanes, the settings, and the window's few services."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from shiboken6 import isValid

from crm import wording
from crm.errors import KeepwarmError
from crm.gui.actions import Actions
from crm.gui.bus import Bus
from crm.gui.feeds import Feeds
from crm.gui.pushing import Pushing
from crm.gui.subscribing import Subscribing
from crm.gui.tasks import TaskRunner
from crm.settings import Settings

if TYPE_CHECKING:
    from crm.app.books import Book
    from crm.gui.widgets.dialogs import Dialog

_SLOW_MS = 300


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the window: a page, maybe one record on it, maybe a filter ("losing_touch", "due", …)."""

    page: str
    record: int | None = None
    show: str = ""


class Services(Protocol):
    """What the window does for its pages."""

    def navigate(self, place: Place) -> None:
        """Go to `place`; the user can come back."""

    def did(self, step: object = None) -> None:
        """Tell in a toast what the last verb did, with Undo. Call it in the `done` of a write."""

    def working(self, words: str) -> None:
        """Say in a toast what is being done, until what came of it is told."""

    def tell(self, words: str) -> None:
        """Say something in a toast without Undo."""

    def tell_with(self, words: str, action: str, act: Callable[[], object]) -> None:
        """Say something in a toast that offers to do `act`."""

    def failed(self, error: Exception) -> None:
        """Show an expected error in words; anything else is a bug and goes to the log and a dialog."""

    def settings(self) -> Settings:
        """Return this machine's settings as they are now."""
        ...

    def change_settings(self, settings: Settings) -> None:
        """Keep this machine's settings; the window shows them at once."""

    def import_files(self, paths: tuple[Path, ...]) -> None:
        """Open the import with these files."""

    def open_sample(self) -> None:
        """Open the sample book in a window of its own."""

    def kept(self, name: str) -> str:
        """Return what was typed somewhere and not saved, "" for nothing."""
        ...

    def keep(self, name: str, words: str) -> None:
        """Keep what is being typed until it is saved; "" forgets it."""

    def restore(self, backup: Path) -> None:
        """Put a backup in the place of the open book, and open it."""


@dataclass(frozen=True, slots=True)
class Session:
    """One window's work on one book. `today` is asked anew each time, as midnight may pass."""

    book: "Book"
    tasks: TaskRunner
    bus: Bus
    actions: Actions
    services: Services
    today: Callable[[], date]
    feeds: Feeds
    subscribing: Subscribing
    pushing: Pushing

    def ask(
        self, asker: object, question: Callable[[], Any], answer: Callable[[Any], None], owner: QObject
    ) -> None:
        """Ask in the read lane; a newer question of the same asker takes the place of an older one."""
        self.tasks.read(asker, question, answer, self.services.failed, owner)

    def do(self, verb: Callable[[], Any], owner: QObject, then: Callable[[Any], None] | None = None) -> None:
        """Run a verb in the write lane; when it is done, tell so with Undo, then call `then` with its result."""

        def done(result: Any) -> None:
            self.services.did()
            if then is not None:
                then(result)

        self.write(verb, done, self.services.failed, owner)

    def store(
        self,
        dialog: "Dialog",
        verb: Callable[[], Any],
        then: Callable[[Any], None] | None = None,
        problem: Callable[[KeepwarmError], bool] | None = None,
    ) -> None:
        """Run a dialog's verb: the dialog closes once that is stored; refused, it stays as it was filled in and says why.

        `then` gets the result, unless the user closed the dialog meanwhile. `problem` may show an error beside the
        field it is about, and says whether it did.
        """
        dialog.set_waiting(True)
        dialog.show_problem("")

        def done(result: Any) -> None:
            self.services.did()
            if isValid(dialog):
                dialog.accept()
                if then is not None:
                    then(result)

        def failed(error: Exception) -> None:
            if isValid(dialog):
                dialog.set_waiting(False)
            if not isValid(dialog) or not isinstance(error, KeepwarmError):
                self.services.failed(error)
            elif problem is None or not problem(error):
                dialog.show_problem(wording.error_line(error))

        # The bus outlives the dialog, which the user may close meanwhile: the toast comes all the same.
        self.write(verb, done, failed, self.bus)

    def write(
        self,
        verb: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        owner: QObject,
    ) -> None:
        """Run a verb in the write lane; one that takes long says that it is under way."""
        slow = QTimer(owner, interval=_SLOW_MS, singleShot=True)
        slow.timeout.connect(
            lambda: self.services.working(QCoreApplication.translate("Session", "Working on it…"))
        )
        slow.start()

        def after(then: Callable[[Any], None]) -> Callable[[Any], None]:
            def told(outcome: Any) -> None:
                slow.stop()
                slow.deleteLater()
                then(outcome)

            return told

        self.tasks.write(verb, after(done), after(failed), owner)
