"""The import, step by step: choose files, review, import, done; for a new kind of table its columns before the review.

Nothing is saved before Import; Cancel leaves nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from crm import wording
from crm.errors import ErrorCode, KeepwarmError
from crm.gui.importing import work
from crm.gui.importing.choosing import ChoosePage
from crm.gui.importing.columns import ColumnsPage
from crm.gui.importing.done import DonePage
from crm.gui.importing.earlier import EarlierImports
from crm.gui.importing.encodings import EncodingDialog
from crm.gui.importing.review import Review
from crm.gui.importing.work import Decisions, Found, Outcome, Source, Tick, Wish
from crm.gui.session import Place, Session
from crm.gui.widgets.buttons import IconButton
from crm.gui.widgets.drop_zone import is_calendar_name
from crm.gui.widgets.layouts import add, column, row
from crm.gui.widgets.progress import ProgressPane
from crm.gui.widgets.stepper import Stepper

if TYPE_CHECKING:
    from crm.app.importing import FilePreview, ImportPlan
    from crm.app.progress import Progress


class ImportPage(QWidget):
    """`start(paths)` reads files and shows the review."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("page", True)
        self._session = session
        self._source = Source()
        self._found: Found | None = None
        self._wishes: list[Wish] = []  # those that the plan shown doesn't answer yet
        self._past: list[ImportPlan] = []  # plans before the wishes that were answered, to take them back
        self._progress: Progress | None = None  # of the work under way
        self._importing = False
        self._step: int | None = None  # of the import that the last step shows
        self._build_ui()
        self._connect()

    def title(self) -> str:
        """Return the page's name."""
        return self.tr("Import contacts")

    def refresh(self) -> None:
        """Ask whether the import shown was undone; a review is made again when it is carried out."""
        step, session = self._step, self._session
        if step is not None:
            session.ask((self, "undone"), lambda: work.is_undone(session, step), self.done.show_undone, self)

    def primary_focus(self) -> QWidget:
        """Return what the step is about."""
        places = {
            self._working: self._bar.cancel,
            self.review: self.review.view,
            self.done: self.done.first,
            self.columns: self.columns.first,
        }
        step = self._steps.currentWidget()
        return next((focus for part, focus in places.items() if part is step), self.choose.first)

    def start(self, paths: Sequence[Path]) -> None:
        """Read files, off the window's thread, and show what importing them would do. Calendars go where meetings are."""
        if paths and all(map(is_calendar_name, paths)):
            self._session.services.import_files(tuple(paths))
            return
        self._start(Source(tuple(paths)))

    # --- building -----------------------------------------------------------------------------------------------------

    def _build_ui(self) -> None:
        top = QFrame()
        top.setProperty("bar", "top")
        self._stepper = Stepper((self.tr("Choose file"), self.tr("Review"), self.tr("Done")))
        self._close = IconButton("x", self.tr("Close the import"))
        add(row(top, (28, 10, 16, 10), 8), self._stepper, None, self._close)
        self.choose = ChoosePage()
        self.columns = ColumnsPage()
        self.review = Review(self._session)
        self.done = DonePage()
        self._working = QWidget()
        self._bar = ProgressPane(self.tr("Import"))
        add(column(self._working, (64, 0, 64, 0)), None, self._bar, None)
        self._steps = QStackedWidget()
        for step in (self.choose, self.columns, self._working, self.review, self.done):
            self._steps.addWidget(step)
        add(column(self), top, (self._steps, 1))

    def _connect(self) -> None:
        self.choose.chosen.connect(self.start)
        self.choose.pasted.connect(self._on_choose_pasted)
        self.choose.earlier_requested.connect(self._on_earlier_requested)
        self.review.ticked.connect(self._on_review_ticked)
        self.review.decided.connect(self._on_review_decided)
        self.review.undo_requested.connect(self._on_review_undone)
        self.review.accepted.connect(self._on_review_accepted)
        self.review.back.connect(self._on_back)
        self.review.encoding_requested.connect(self._on_encoding_requested)
        self.review.columns_requested.connect(self._on_columns_requested)
        self.columns.changed.connect(self._on_columns_changed)
        self.columns.accepted.connect(self._on_columns_accepted)
        self.columns.back.connect(self._on_columns_back)
        self.columns.encoding_requested.connect(self._on_encoding_requested)
        self.done.again_requested.connect(self._on_back)
        self.done.page_requested.connect(self._on_page_requested)
        self.done.person_chosen.connect(self._on_person_chosen)
        self._close.clicked.connect(self._on_close_clicked)
        self._session.bus.changed.connect(self._on_bus_changed)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Only when another page is shown: a window that is minimised comes back to where it was.
        if not event.spontaneous() and self._steps.currentWidget() is self.done:
            self._step = None
            self._show_step(self.choose)

    # --- steps --------------------------------------------------------------------------------------------------------

    def _show_step(self, step: QWidget) -> None:
        self._steps.setCurrentWidget(step)
        self._stepper.set_current({id(self.review): 1, id(self.done): 2}.get(id(step), 0))
        if self.isVisible():
            self.primary_focus().setFocus()

    def _begin(self, words: str) -> "Progress":
        """Show work that can be cancelled; whatever ran before is no longer waited for."""
        from crm.app.progress import Progress  # noqa: PLC0415 - with the work only

        if self._progress is not None:
            self._progress.cancel()
        self._progress = Progress()
        self._bar.follow(self._progress, words)
        self._steps.setCurrentWidget(self._working)
        if self.isVisible():
            self._bar.cancel.setFocus()
        return self._progress

    def _end(self, progress: "Progress") -> bool:
        """Stop showing this work; says whether it is the one waited for."""
        if progress is not self._progress:
            return False
        self._bar.stop()
        self._progress, self._importing = None, False
        return True

    def _forget(self) -> None:
        """Let go of what was read."""
        if self._found is not None:
            self.review.forget()
            self._found.read.close()
        self._found, self._step = None, None
        self._past.clear()
        self._wishes.clear()
        self.review.show_problem(None)

    # --- reading ------------------------------------------------------------------------------------------------------

    def _start(self, source: Source) -> None:
        if self._importing:
            self._session.services.tell(self.tr("An import is running. Wait until it is done."))
            return
        self._forget()
        self._source = source
        self._read()

    def _read(self) -> None:
        """Read the files; when they were read before, what was left out stays out."""
        session, source = self._session, self._source
        before = self._found.plan if self._found is not None else None
        wishes = tuple(self._wishes)
        self._forget()
        progress = self._begin(self.tr("Reading the file"))

        def run() -> Found | tuple["FilePreview", ...]:
            return work.read(session, source, progress, work.wished(before, wishes) if before else None)

        session.tasks.files(
            run,
            lambda found: self._on_read(found, progress),
            lambda error: self._on_unread(error, progress),
            self,
        )

    def _on_read(self, found: Found | tuple["FilePreview", ...], progress: "Progress") -> None:
        """Show the review, or ask what the columns mean."""
        if not self._end(progress):
            if isinstance(found, Found):
                found.read.close()
            return
        if not isinstance(found, Found):
            self._show_columns(found)
            return
        self._found = found
        self.review.begin(found)
        self.review.show_plan(found.plan)
        self._show_step(self.review)

    def _on_unread(self, error: Exception, progress: "Progress") -> None:
        """Say what is wrong where the file was chosen."""
        if not self._end(progress):
            return
        self.choose.show_problem(None)
        self._show_step(self.choose)
        if not isinstance(error, KeepwarmError):
            self._session.services.failed(error)
        elif error.code is not ErrorCode.CANCELLED:
            self.choose.show_problem(wording.error(error))

    def _show_columns(self, seen: Sequence["FilePreview"]) -> None:
        self.columns.show_tables(seen)
        self._show_step(self.columns)

    # --- wishes and importing ------------------------------------------------------------------------------------------

    def _wish(self, wish: Wish) -> None:
        """Plan anew after a wish, off the window's thread: ten thousand records take a moment."""
        if self._found is None:
            return
        self._wishes.append(wish)
        found, wishes = self._found, tuple(self._wishes)

        def show(plan: "ImportPlan") -> None:
            if self._found is found:
                del self._wishes[: len(wishes)]
                self._past.append(found.plan)
                self._show_plan(found, plan)

        self._session.ask((self, "tick"), lambda: work.wished(found.plan, wishes), show, self)

    def _show_plan(self, found: Found, plan: "ImportPlan") -> None:
        self._found = replace(found, plan=plan)
        self.review.show_plan(plan, can_undo=bool(self._past))

    def _import(self) -> None:
        if self._found is None:
            return
        session = self._session
        self._importing = True
        progress = self._begin(self.tr("Making a backup first"))
        session.tasks.write(
            lambda: work.back_up(session),
            lambda _: self._carry_out(progress),
            lambda error: self._on_not_imported(error, progress),
            self,
        )

    def _carry_out(self, progress: "Progress") -> None:
        if self._found is None:
            return
        session, plan, wishes = self._session, self._found.plan, tuple(self._wishes)
        self._bar.follow(progress, self.tr("Importing {done} of {total}"))
        session.tasks.write(
            lambda: work.carry_out(session, plan, wishes, progress),
            lambda outcome: self._on_imported(outcome, progress),
            lambda error: self._on_not_imported(error, progress),
            self,
        )

    def _on_imported(self, outcome: Outcome, progress: "Progress") -> None:
        if not self._end(progress):
            return
        if self._found is not None:
            self.done.show_import(outcome, self._found.read)
        self._forget()
        if outcome.step is not None:
            self._step = outcome.step.id
            self._session.services.did(outcome.step)
        self._show_step(self.done)

    def _on_not_imported(self, error: Exception, progress: "Progress") -> None:
        """Go back to the review, with every tick as it was, and say why nothing was imported."""
        self._session.tasks.files(self._session.book.checkpoint)  # it may have filled the disk
        if not self._end(progress):
            return
        self._show_step(self.review)
        if not isinstance(error, KeepwarmError):
            self._session.services.failed(error)
        elif error.code is ErrorCode.CANCELLED:
            self._session.services.tell(self.tr("Import cancelled. Nothing was changed."))
        elif error.code is ErrorCode.PLAN_STALE:
            self._session.services.tell(wording.error(error).what)
            self._read()
        else:
            self.review.show_problem(wording.error(error))

    # --- slots --------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_earlier_requested(self) -> None:
        EarlierImports(self._session, self).open()

    @Slot(object, bool)
    def _on_review_ticked(self, ids: tuple[int, ...], included: bool) -> None:
        self._wish(Tick(ids, included))

    @Slot(object)
    def _on_review_decided(self, decisions: Decisions) -> None:
        self._wish(decisions)

    @Slot()
    def _on_review_undone(self) -> None:
        """Take the last wish back, unless one is still on its way."""
        if self._found is not None and self._past and not self._wishes:
            self._show_plan(self._found, self._past.pop())

    @Slot()
    def _on_review_accepted(self) -> None:
        self.review.show_problem(None)
        self._import()

    @Slot()
    def _on_back(self) -> None:
        self._forget()
        self.choose.show_problem(None)
        self._show_step(self.choose)

    @Slot(str)
    def _on_choose_pasted(self, words: str) -> None:
        self._start(Source(text=words))

    @Slot()
    def _on_columns_requested(self) -> None:
        if self._found is not None:
            self._show_columns(self._found.seen)

    @Slot()
    def _on_columns_changed(self) -> None:
        session, source = self._session, replace(self._source, mappings=self.columns.mappings)
        session.ask((self, "columns"), lambda: work.look(session, source), self.columns.show_names, self)

    @Slot()
    def _on_columns_accepted(self) -> None:
        self._source = replace(self._source, mappings=self.columns.mappings)
        self._read()

    @Slot()
    def _on_columns_back(self) -> None:
        self._show_step(self.review if self._found is not None else self.choose)

    @Slot()
    def _on_encoding_requested(self) -> None:
        dialog = EncodingDialog(self._session, self._source, self)
        dialog.chosen.connect(self._on_encoding_chosen)
        dialog.open()

    @Slot(object)
    def _on_encoding_chosen(self, encoding: str | None) -> None:
        self._source = replace(self._source, encoding=encoding)
        if self._steps.currentWidget() is self.columns:
            session, source = self._session, replace(self._source, mappings=self.columns.mappings)
            session.ask((self, "columns"), lambda: work.look(session, source), self.columns.show_tables, self)
        else:
            self._read()

    @Slot(str)
    def _on_page_requested(self, page: str) -> None:
        self._session.services.navigate(Place(page))

    @Slot(int)
    def _on_person_chosen(self, person: int) -> None:
        self._session.services.navigate(Place("people", person))

    @Slot(object)
    def _on_bus_changed(self, _changes: object) -> None:
        self.refresh()

    @Slot()
    def _on_close_clicked(self) -> None:
        if self._progress is not None:
            self._progress.cancel()
            return
        self._on_back()
        self._session.services.navigate(Place("today"))
