"""The page shown instead of a book that can't be opened: what happened, what is safe, what to do."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.errors import ErrorCode, KeepwarmError
from crm.gui import links
from crm.gui.widgets.empty_state import EmptyState
from crm.gui.widgets.layouts import add, column

if TYPE_CHECKING:
    from crm.domain.backup import Backup


class TroublePage(QWidget):
    """`restore_requested()` puts `offer` back, `again_requested()` tries once more, `quit_requested()` closes."""

    restore_requested = Signal()
    again_requested = Signal()
    quit_requested = Signal()

    def __init__(
        self, book: Path, error: KeepwarmError | None, offer: "Backup | None", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("page", True)
        self._book = book
        found = error or KeepwarmError(ErrorCode.BOOK_DAMAGED, path=book.name)
        self._error = KeepwarmError(found.code, **{**found.params, "path": book.name})
        self._offer = offer
        self._build_ui()

    def title(self) -> str:
        """Return the page's name."""
        return self.tr("Can’t open the book")

    def refresh(self) -> None:
        """Nothing to ask: there is no book."""

    def primary_focus(self) -> QWidget:
        """Return the first button."""
        return self._first

    def _build_ui(self) -> None:
        words = wording.error(self._error)
        lines = [words.safe, words.todo]
        if self._error.code is ErrorCode.BOOK_DAMAGED:
            lines = [words.safe, self.tr("There is no backup that could take its place.")]
        if self._offer is not None:
            made = f"{self._offer.made_at.astimezone():%d %b %Y, %H:%M}"
            said = self.tr("A verified copy from {when} holds {people}.")
            lines = [words.safe, said.format(when=made, people=wording.people_count(self._offer.people))]
        state = EmptyState(
            "triangle-alert",
            words.what,
            "\n".join(filter(None, (*lines, "", str(self._book.parent)))),
            tone="warn",
        )
        if self._offer is not None:
            self._first = state.add_action(self.tr("Restore this copy"), icon="history")
            self._first.clicked.connect(self.restore_requested)
        else:
            self._first = state.add_action(self.tr("Try again"), icon="refresh-cw")
            self._first.clicked.connect(self.again_requested)
        state.add_link(self.tr("Show file")).clicked.connect(self._on_show_clicked)
        state.add_link(self.tr("Quit")).clicked.connect(self.quit_requested)
        add(column(self, (32, 32, 32, 32)), None, state, None)

    @Slot()
    def _on_show_clicked(self) -> None:
        links.open_folder(self._book.parent)
