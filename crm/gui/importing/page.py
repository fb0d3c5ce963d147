"""The import, step by step: choose files, review, import, done. Nothing is saved before Import; Cancel leaves nothing."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from crm import wording
from crm.errors import ErrorCode, KeepwarmError
from crm.gui.importing.choosing import ChoosePage
from crm.gui.importing.done import DonePage
from crm.gui.importing.earlier import EarlierImports
from crm.gui.importing.encodings import EncodingDialog
from crm.gui.importing.review import Review
from crm.gui.session import Place, Session
from crm.gui.widgets.buttons import IconButton
from crm.gui.widgets.layouts import add, column, row
from crm.gui.widgets.progress import ProgressPane
from crm.gui.widgets.stepper import Stepper

if TYPE_CHECKING:
    from crm.app.importing import Imported, ImportPlan, ReadFiles
    from crm.app.progress import Progress


class ImportPage(QWidget):
    """`start(paths)` reads files and shows the review."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("page", True)
        self._session = session
        self._paths: tuple[Path, ...] = ()
        self._encoding: str | None = None
        self._read: ReadFiles | None = None
        self._plan: ImportPlan | None = None
        self._progress: Progress | None = None
        self._build_ui()
        self._connect()

    def title(self) -> str:
        """Return the page's name."""
        return self.tr("Import contacts")

    def refresh(self) -> None:
        """Nothing is asked again: the review shows what was planned, and says so when the book has changed."""

    def primary_focus(self) -> QWidget:
        """Return what the step is about."""
        step = self._steps.currentWidget()
        return self.review.view if step is self.review else self.choose.first if step is self.choose else self

    def start(self, paths: Sequence[Path]) -> None:
        """Read files, off the window's thread, and show what importing them would do."""
        self._paths, self._encoding = tuple(paths), None
        self._read_files()

    # --- building -----------------------------------------------------------------------------------------------------

    def _build_ui(self) -> None:
        top = QFrame()
        top.setProperty("bar", "top")
        self._stepper = Stepper((self.tr("Choose file"), self.tr("Review"), self.tr("Done")))
        self._close = IconButton("x", self.tr("Close the import"))
        add(row(top, (28, 10, 16, 10), 8), self._stepper, None, self._close)
        self.choose = ChoosePage()
        self.review = Review()
        self.done = DonePage()
        self._working = QWidget()
        self._bar = ProgressPane(self.tr("Import"))
        add(column(self._working, (64, 0, 64, 0)), None, self._bar, None)
        self._steps = QStackedWidget()
        for step in (self.choose, self._working, self.review, self.done):
            self._steps.addWidget(step)
        add(column(self), top, (self._steps, 1))

    def _connect(self) -> None:
        self.choose.chosen.connect(self.start)
        self.choose.earlier_requested.connect(self._on_earlier_requested)
        self.review.ticked.connect(self._on_review_ticked)
        self.review.accepted.connect(self._on_review_accepted)
        self.review.back.connect(self._on_review_back)
        self.review.encoding_requested.connect(self._on_encoding_requested)
        self.done.again_requested.connect(self._on_review_back)
        self.done.page_requested.connect(self._on_page_requested)
        self._close.clicked.connect(self._on_close_clicked)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._steps.currentWidget() is self.done:
            self._show_step(self.choose)  # the next visit starts anew

    # --- steps --------------------------------------------------------------------------------------------------------

    def _show_step(self, step: QWidget) -> None:
        self._steps.setCurrentWidget(step)
        self._stepper.set_current({id(self.review): 1, id(self.done): 2}.get(id(step), 0))
        if self.isVisible():
            self.primary_focus().setFocus()

    def _work(self, words: str) -> "Progress":
        """Show progress that can be cancelled."""
        from crm.app.progress import Progress  # noqa: PLC0415 - with the work only

        self._progress = Progress()
        self._bar.follow(self._progress, words)
        self._steps.setCurrentWidget(self._working)
        return self._progress

    def _read_files(self) -> None:
        self._forget()
        session, paths, encoding = self._session, self._paths, self._encoding
        progress = self._work(self.tr("Reading the file"))

        def run() -> tuple["ReadFiles", "ImportPlan"]:
            from crm.app import importing  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            read = importing.read_files(paths, progress, encoding=encoding)
            return read, importing.plan(session.book, read, progress, today=session.today())

        session.tasks.files(run, self._on_read, self._on_failed, self)

    def _on_read(self, found: tuple["ReadFiles", "ImportPlan"]) -> None:
        self._bar.stop()
        self._read, self._plan = found
        self.review.show_plan(self._plan, self._read.files)
        self._show_step(self.review)

    def _on_failed(self, error: Exception) -> None:
        """Say what went wrong where the file was chosen; a cancelled import goes back there quietly."""
        self._bar.stop()
        if not isinstance(error, KeepwarmError):
            self._show_step(self.choose)
            self._session.services.failed(error)
            return
        words = wording.error(error)
        if error.code is ErrorCode.CANCELLED:
            self._session.services.tell(self.tr("Import cancelled. Nothing was changed."))
        stale = error.code is ErrorCode.PLAN_STALE
        if stale and self._paths:
            self._session.services.tell(words.what)
            self._read_files()
            return
        self.choose.show_problem(None if error.code is ErrorCode.CANCELLED else words)
        self._show_step(self.choose)

    def _import(self) -> None:
        plan, session = self._plan, self._session
        if plan is None:
            return
        progress = self._work(self.tr("Importing {done} of {total}"))

        def run() -> "Imported":
            from crm.app import importing, upkeep  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            upkeep.auto_backup(session.book, reason=upkeep.Reason.IMPORT)
            return importing.apply(session.book, plan, progress, today=session.today())

        session.tasks.write(run, self._on_imported, self._on_failed, self)

    def _on_imported(self, imported: "Imported") -> None:
        self._bar.stop()
        if self._read is not None:
            self.done.show_counts(imported.counts, self._read.problems, self._read.failed)
        self._show_step(self.done)
        self._session.services.did()
        self._forget()

    def _forget(self) -> None:
        """Let go of what was read."""
        if self._read is not None:
            self._read.close()
        self._read, self._plan = None, None

    def _change(self, change: Callable[[], Any]) -> None:
        """Plan anew after a choice, off the window's thread: ten thousand records take a moment."""

        def show(plan: Any) -> None:
            self._plan = plan
            if self._read is not None:
                self.review.show_plan(plan, self._read.files)

        self._session.ask((self, "choose"), change, show, self)

    # --- slots --------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_earlier_requested(self) -> None:
        EarlierImports(self._session, self).open()

    @Slot(object, bool)
    def _on_review_ticked(self, ids: tuple[int, ...], included: bool) -> None:
        plan = self._plan
        if plan is not None:

            def change() -> "ImportPlan":
                from crm.app import importing  # noqa: PLC0415 - loaded long since

                return importing.choose(plan, ids, included)

            self._change(change)

    @Slot()
    def _on_review_accepted(self) -> None:
        if self.review.go.isEnabled():
            self._import()

    @Slot()
    def _on_review_back(self) -> None:
        self._forget()
        self.choose.show_problem(None)
        self._show_step(self.choose)

    @Slot()
    def _on_encoding_requested(self) -> None:
        dialog = EncodingDialog(self._encoding, self)
        dialog.chosen.connect(self._on_encoding_chosen)
        dialog.open()

    @Slot(object)
    def _on_encoding_chosen(self, encoding: str | None) -> None:
        self._encoding = encoding
        self._read_files()

    @Slot(str)
    def _on_page_requested(self, page: str) -> None:
        self._session.services.navigate(Place(page))

    @Slot()
    def _on_close_clicked(self) -> None:
        if self._progress is not None and self._steps.currentWidget() is self._working:
            self._progress.cancel()
            return
        self._on_review_back()
        self._session.services.navigate(Place("today"))
