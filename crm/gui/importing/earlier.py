"""The imports that were made: a list, newest first, each with what it did and a way to undo it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.batch import BatchFate, BatchRow
from crm.gui.importing.undoing import ImportDialog
from crm.gui.session import Session
from crm.gui.widgets.cards import CardRow, RowCard
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.empty_state import EmptyState
from crm.gui.widgets.labels import ElidedLabel, Icon, PlainLabel
from crm.gui.widgets.layouts import add, column
from crm.gui.widgets.pill import Pill

if TYPE_CHECKING:
    from crm.app.books import Book

_SHOWN = 100
_WIDTH = 640


class EarlierImports(Dialog):
    """`undone()` tells that an import was undone; the list closes then, so that the window can tell it with Undo."""

    undone = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        lead = parent.tr("Open one to see what it brought, or to undo it. What you changed since stays.")
        super().__init__(parent.tr("Earlier imports"), parent, lead=lead, width=_WIDTH)
        self._session = session
        self.card = RowCard(self.tr("Earlier imports"))
        self.card.hide()
        self._empty = EmptyState(
            "file-down",
            self.tr("Nothing was imported yet"),
            self.tr("Each import is listed here from then on."),
        )
        self._empty.hide()
        self._more = PlainLabel("", "small", "text3")
        self._more.hide()
        add(self.body, self.card, self._empty, self._more, None)
        self.add_cancel(self.tr("Close"))
        self.card.opened.connect(self._on_card_opened)
        self.refresh()

    def refresh(self) -> None:
        """Ask for the list."""
        book = self._session.book
        self._session.ask((self, "list"), lambda: _list(book), self._show, self)

    def _show(self, rows: tuple[BatchRow, ...]) -> None:
        self.card.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self.card.set_rows([self._row(row) for row in rows[:_SHOWN]])
        more = len(rows) - _SHOWN
        self._more.setVisible(more > 0)
        self._more.setText(self.tr("… and {n} older ones").replace("{n}", f"{more:,}"))
        self.adjustSize()
        if self.card.current is not None:
            self.card.current.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, row: BatchRow) -> CardRow:
        files, when, counts = wording.batch_files(row.files), told_when(row), wording.batch_counts(row)
        words, tone = wording.batch_fate(row.fate)
        made = CardRow(
            row.id, ". ".join(part for part in (files, when, row.source, counts, words) if part) + "."
        )
        undone = row.fate is BatchFate.UNDONE
        lines = add(
            column(gap=2),
            ElidedLabel(files, "bodyMedium", "text2" if undone else "text"),
            ElidedLabel(" · ".join(part for part in (when, row.source, counts) if part), "small", "text2"),
        )
        add(made.body, Icon("file-text", "text3", 18), 14, (lines, 1))
        if words:
            add(made.body, 12, Pill(words, tone))
        return made

    @Slot(int)
    def _on_card_opened(self, batch_id: int) -> None:
        dialog = ImportDialog(self._session, batch_id, self)
        dialog.undone.connect(self._on_dialog_undone)
        dialog.open()

    @Slot()
    def _on_dialog_undone(self) -> None:
        self.undone.emit()
        self.accept()


def told_when(row: BatchRow) -> str:
    """Return when an import was made, on the user's own clock."""
    return f"{row.at.astimezone():%d %b %Y, %H:%M}"


def _list(book: "Book") -> tuple[BatchRow, ...]:
    from crm.app import batches  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    return batches.list_batches(book)
