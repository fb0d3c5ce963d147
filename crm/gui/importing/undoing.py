"""One import that was made: what it brought, what undoing it would take away and leave, and the button that does it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.batch import BatchCard, BatchFate, BatchUndo, Kept, Named, PersonNews
from crm.gui.session import Session
from crm.gui.widgets.announce import announce
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.cards import Card, CardKind
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, clear, column

if TYPE_CHECKING:
    from crm.app.books import Book

_WIDTH = 560
_NAMED = 12
_KEPT = 30


class ImportDialog(Dialog):
    """`undone()` tells that the import was undone."""

    undone = Signal()

    def __init__(self, session: Session, batch_id: int, parent: QWidget) -> None:
        super().__init__(parent.tr("What this import did"), parent, width=_WIDTH)
        self._session = session
        self._batch_id = batch_id
        self._head = PlainLabel("", "bodyMedium", wrap=True)
        self._counts = PlainLabel("", "small", "text2", wrap=True)
        self._brought = column(gap=10)
        self._card = Card(CardKind.FLAT)
        self._undoing = column(self._card, (14, 12, 14, 12), 8)
        add(self.body, self._head, self._counts)
        self.body.addLayout(self._brought)
        add(self.body, self._card, None)
        self.add_cancel(self.tr("Close"))
        self.undo = self.add_button(self.tr("Undo this import"), Variant.DANGER)
        self.undo.setEnabled(False)
        self.undo.clicked.connect(self._on_undo_clicked)
        book = session.book
        session.ask((self, "import"), lambda: _look(book, batch_id), self._show, self)

    def _show(self, found: tuple[BatchCard, BatchUndo | None]) -> None:
        card, undo = found
        self._head.setText(wording.batch_files(card.row.files))
        self._counts.setText(f"{card.row.at.astimezone():%d %b %Y, %H:%M} · {wording.batch_counts(card.row)}")
        clear(self._brought)
        self._name(self.tr("People added"), card.people_added)
        self._name(self.tr("People updated"), card.people_updated)
        self._name(self.tr("Companies added"), card.companies_added)
        self._name(self.tr("Companies updated"), card.companies_updated)
        self._tell_news(card.news)
        clear(self._undoing)
        if undo is None:
            self._tell_why_not(card.row.fate)
            self.adjustSize()
            return
        self.undo.setEnabled(True)
        self.undo.setFocus()
        head, said = self.tr("If you undo this import"), wording.batch_undo(undo)
        add(self._undoing, PlainLabel(head, "bodyMedium"), PlainLabel(said, wrap=True))
        self._show_kept(undo.kept)
        add(self._undoing, PlainLabel(self.tr("You can undo that too."), "small", "text2", wrap=True))
        self.adjustSize()
        announce(self, f"{head}: {said}")

    def _name(self, title: str, named: Sequence[Named]) -> None:
        if not named:
            return
        names = ", ".join(one.name for one in named[:_NAMED])
        if len(named) > _NAMED:
            more = self.tr("and {n} more").replace("{n}", f"{len(named) - _NAMED:,}")
            names = f"{names} {more}"
        lines = add(
            column(gap=2),
            PlainLabel(f"{title} · {len(named):,}", "caption", "text3"),
            PlainLabel(names, "body", wrap=True, selectable=True),
        )
        self._brought.addLayout(lines)

    def _tell_news(self, news: Sequence[PersonNews]) -> None:
        if not news:
            return
        lines = add(
            column(gap=2), PlainLabel(f"{self.tr('What had changed')} · {len(news):,}", "caption", "text3")
        )
        for one in news[:_NAMED]:
            words = f"{one.who.name} – {wording.news(one.news, one.program)}"
            add(lines, PlainLabel(words, "small", wrap=True, selectable=True))
        if len(news) > _NAMED:
            more = self.tr("… and {n} more").replace("{n}", f"{len(news) - _NAMED:,}")
            add(lines, PlainLabel(more, "small", "text3"))
        self._brought.addLayout(lines)

    def _show_kept(self, kept: Sequence[Kept]) -> None:
        if not kept:
            return
        add(self._undoing, PlainLabel(self.tr("Stays"), "caption", "text3"))
        for one in kept[:_KEPT]:
            words = f"{one.what.name} – {wording.batch_kept(one)}"
            add(self._undoing, PlainLabel(words, "small", wrap=True))
        if len(kept) > _KEPT:
            more = self.tr("… and {n} more").replace("{n}", f"{len(kept) - _KEPT:,}")
            add(self._undoing, PlainLabel(more, "small", "text3"))

    def _tell_why_not(self, fate: BatchFate) -> None:
        words = (
            self.tr("This import was undone.")
            if fate is BatchFate.UNDONE
            else self.tr(
                "It was made by an earlier version, which didn’t note what it changed, so it can’t be undone any more."
            )
        )
        add(self._undoing, PlainLabel(words, "body", "text2", wrap=True))
        self.undo.hide()

    @Slot()
    def _on_undo_clicked(self) -> None:
        self.undo.setEnabled(False)
        book, batch_id = self._session.book, self._batch_id
        self._session.do(lambda: _undo(book, batch_id), self, self._on_undone)

    def _on_undone(self, _undo: BatchUndo) -> None:
        self.undone.emit()
        self.accept()


def _look(book: "Book", batch_id: int) -> tuple[BatchCard, BatchUndo | None]:
    from crm.app import batches  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    card = batches.card(book, batch_id)
    return card, batches.preview_undo(book, batch_id) if card.row.fate is BatchFate.UNDOABLE else None


def _undo(book: "Book", batch_id: int) -> BatchUndo:
    from crm.app import batches  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    return batches.undo(book, batch_id)
