"""Starting the window: paint the frame at once, look the book over in a worker, then fill the pages."""

import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

from crm import paths
from crm import settings as machine
from crm.errors import ErrorCode, KeepwarmError
from crm.gui import looks, single
from crm.gui.crashes import Crashes
from crm.gui.ending import Ending
from crm.gui.places import Places
from crm.gui.tasks import Tasks
from crm.gui.trouble import TroublePage
from crm.gui.window import Window

if TYPE_CHECKING:
    from crm.app.starting import Started
    from crm.app.upkeep import WindowLock


def run(book: Path | None = None, *, sample: bool = False, files: tuple[Path, ...] = ()) -> int:
    """Open the window on `book`, or on the user's own, and stay until it is closed; return the exit code.

    `sample` opens invented people in a book that is thrown away; `files` are shown in the import.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Keepwarm")
    app.setDesktopFileName("keepwarm")
    path = book or paths.default_book()
    if not sample and single.hand_over(path, files):
        return 0
    opening = Opening(app, path, sample=sample)
    opening.window.show()
    opening.begin(files)
    Ending(opening.window)
    return app.exec()


class Opening(QObject):
    """Opens a book in a window, and another one when the user asks for it."""

    opened = Signal()

    def __init__(self, app: QApplication, book: Path, *, sample: bool = False) -> None:
        super().__init__(app)
        self._path = book
        self._sample = sample
        self._files: tuple[Path, ...] = ()
        self._lock: WindowLock | None = None
        self._bell: single.Doorbell | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._crashes = Crashes(self)
        settings = machine.load(paths.settings_file())
        looks.put_on(settings, app)
        app.setWindowIcon(_app_icon())
        app.installEventFilter(self)
        self.tasks = Tasks(self)
        self.window = Window(self.tasks, paths.settings_file(), Places(), _local_day)
        self.window.sample_requested.connect(self._on_sample_requested)
        self.window.restore_requested.connect(self._on_restore_requested)
        self.window.own_book_requested.connect(self._on_own_book_requested)
        self.window.closed.connect(self._on_window_closed)

    def begin(self, files: tuple[Path, ...] = ()) -> None:
        """Look the book over and open it, once the frame is painted."""
        self._files = files
        QTimer.singleShot(0, self, self._look_over)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():  # how macOS says which file was double-clicked
            self.window.import_files((Path(event.file()),))
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def _look_over(self) -> None:
        path = self._sample_path() if self._sample else self._path
        self.tasks.write(lambda: self._start(path), self._on_started, self._on_failed, self)

    def _start(self, path: Path) -> "Started":
        """Open the book at `path`, in the worker: this is where SQLAlchemy is loaded."""
        from crm.app import samples, starting, upkeep  # noqa: PLC0415 - not before the first paint

        if not self._sample and (self._lock is None or not self._lock.held):  # another try keeps what it has
            self._lock = upkeep.lock_window(path)
        started = starting.start(path)
        if started.book is not None and self._sample:
            samples.fill(started.book, today=_local_day())
        return started

    def _on_started(self, started: "Started") -> None:
        if started.book is None:
            self._show_trouble(None, started)
            return
        self.window.open(started.book, sample=self._sample)
        if not self._sample:
            self._listen()
            self._back_up_daily(started.book)
        self.window.import_files(self._files)
        self.opened.emit()

    def _listen(self) -> None:
        """Hear of second starts on this book."""
        if self._bell is None:
            self._bell = single.Doorbell(self._path, self)
            self._bell.rung.connect(self._on_bell_rung)

    def _back_up_daily(self, book: object) -> None:
        def run() -> None:
            from crm.app import upkeep  # noqa: PLC0415 - not before the first paint

            upkeep.auto_backup(book)  # type: ignore[arg-type]  # a Book; its type would load SQLAlchemy

        self.tasks.files(run, None, self.window.services.failed, self)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, KeepwarmError):
            raise error
        if error.code is ErrorCode.BOOK_OPEN_ELSEWHERE and single.hand_over(self._path, self._files):
            self.window.close()
            return
        self._show_trouble(error, None)

    def _show_trouble(self, error: KeepwarmError | None, started: "Started | None") -> None:
        page = TroublePage(self._path, error, started.offer if started else None)
        page.restore_requested.connect(self._on_restore_requested)
        page.quit_requested.connect(self.window.close)
        page.again_requested.connect(self._look_over)
        self.window.show_page(page)

    @Slot()
    @Slot(object)
    def _on_restore_requested(self, backup: Path | None = None) -> None:
        """Put a backup, the newest good one unless one is named, in the book's place; what was there is kept."""
        self.window.release()

        def run() -> None:
            from crm.app import upkeep  # noqa: PLC0415 - not before the first paint

            upkeep.restore(self._path, backup, lock=self._lock)

        self.tasks.write(run, lambda _: self._look_over(), self._on_failed, self)

    @Slot()
    def _on_own_book_requested(self) -> None:
        """Leave the sample for the user's own book; where that is open already, its window comes forward."""
        self._sample = False
        self.window.release()
        self._look_over()

    @Slot()
    def _on_sample_requested(self) -> None:
        """Show the sample in a window of its own process: this book stays as it is."""
        from PySide6.QtCore import QProcess  # noqa: PLC0415 - rarely needed

        frozen = getattr(sys, "frozen", False)
        QProcess.startDetached(sys.executable, ["--sample"] if frozen else ["-m", "crm", "--sample"])

    @Slot(object)
    def _on_bell_rung(self, files: tuple[Path, ...]) -> None:
        self.window.come_forward()
        self.window.import_files(files)

    @Slot()
    def _on_window_closed(self) -> None:
        if self._lock is not None:
            self._lock.release()
        if self._folder is not None:
            self._folder.cleanup()

    def _sample_path(self) -> Path:
        self._folder = tempfile.TemporaryDirectory(prefix="keepwarm-sample-", ignore_cleanup_errors=True)
        return Path(self._folder.name) / "Sample.keepwarm"


def _local_day() -> date:
    """Return the user's calendar day: the one place of the window that reads the clock for it."""
    return date.today()  # noqa: DTZ011 - the local calendar day is what every rule means


def _app_icon() -> QIcon:
    from crm.gui.widgets.labels import Mark  # noqa: PLC0415 - after the look is set

    return QIcon(Mark(64).grab())
