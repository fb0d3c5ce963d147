"""What the window does for its pages: go places, tell what was done, show what went wrong."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crm import wording
from crm.domain.history import Step
from crm.errors import ErrorCode, KeepwarmError
from crm.gui.places import Places
from crm.gui.session import Place
from crm.gui.tasks import TaskRunner
from crm.gui.widgets.dialogs import Trouble, tell_error
from crm.gui.widgets.toast import Message, Mood, Toast
from crm.settings import Settings

_LOG = logging.getLogger(__name__)
# Said in passing, since nothing has to be decided.
_IN_PASSING = frozenset(
    {
        ErrorCode.CANCELLED,
        ErrorCode.NOTHING_TO_UNDO,
        ErrorCode.NOTHING_TO_REDO,
        ErrorCode.INVALID,
        ErrorCode.NOT_FOUND,
    }
)


@dataclass(slots=True)
class Desk:
    """The parts of the window its services need, as functions: nothing here knows the window."""

    go: Callable[[Place], None]
    latest: Callable[[], Step | None]
    told: Callable[[Step], None]
    words_for: Callable[[Step], str]
    undo: Callable[[], None]
    settings: Callable[[], Settings]
    change_settings: Callable[[Settings], None]
    import_files: Callable[[tuple[Path, ...]], None]
    open_sample: Callable[[], None]
    restore: Callable[[Path], None]
    unsaved: Callable[[KeepwarmError], None]
    places: Places


class WindowServices:
    """Implements `crm.gui.session.Services` for one window."""

    def __init__(self, desk: Desk, tasks: TaskRunner, toast: Toast) -> None:
        self._desk = desk
        self._tasks = tasks
        self._toast = toast

    def navigate(self, place: Place) -> None:
        """Go to `place`; the user can come back."""
        self._desk.go(place)

    def did(self, step: object = None) -> None:  # noqa: ARG002 - pages may name the step; the newest is the one
        """Tell in a toast what the last verb did, with Undo."""
        self._tasks.read("did", self._desk.latest, self._tell_done, self.failed, self._toast)

    def tell(self, words: str) -> None:
        """Say something in a toast without Undo."""
        self._toast.say(Message(words))

    def working(self, words: str) -> None:
        """Say in a toast what is being done, until what came of it is told."""
        self._toast.say(Message(words, mood=Mood.BUSY))

    def tell_with(self, words: str, action: str, act: Callable[[], object]) -> None:
        """Say something in a toast that offers to do `act`."""
        self._toast.say(Message(words, action, act))

    def failed(self, error: Exception) -> None:
        """Show an expected error in words; anything else is a bug and goes on to the one place for bugs."""
        if not isinstance(error, KeepwarmError):
            raise error
        words = wording.error(error)
        _LOG.info("expected error: %s", error)
        self._desk.unsaved(error)
        if error.code in _IN_PASSING:
            self._toast.say(
                Message(words.what, mood=Mood.DONE if error.code is ErrorCode.CANCELLED else Mood.BAD)
            )
            return
        self._toast.dismiss()
        title = self._toast.tr("That didn’t work")
        tell_error(self._toast.window(), Trouble(title, words.what, words.safe, words.todo))

    def settings(self) -> Settings:
        """Return this machine's settings as they are now."""
        return self._desk.settings()

    def change_settings(self, settings: Settings) -> None:
        """Keep this machine's settings; the window shows them at once."""
        self._desk.change_settings(settings)

    def import_files(self, paths: tuple[Path, ...]) -> None:
        """Open the import with these files."""
        self._desk.import_files(paths)

    def open_sample(self) -> None:
        """Open the sample book in a window of its own."""
        self._desk.open_sample()

    def kept(self, name: str) -> str:
        """Return what was typed somewhere and not saved, "" for nothing."""
        return self._desk.places.kept(name)

    def keep(self, name: str, words: str) -> None:
        """Keep what is being typed until it is saved; "" forgets it."""
        self._desk.places.keep(name, words)

    def restore(self, backup: Path) -> None:
        """Put a backup in the place of the open book, and open it."""
        self._desk.restore(backup)

    def _tell_done(self, step: Step | None) -> None:
        if step is not None and not step.undone:
            self._toast.say(Message(self._desk.words_for(step), self._toast.tr("Undo"), self._desk.undo))
            self._desk.told(step)
