"""Imports that were made: listing them, saying what one did, and undoing it, also long after."""

from datetime import UTC, datetime

from crm.app.books import Book
from crm.domain.batch import BatchCard, BatchFate, BatchRow, BatchUndo
from crm.domain.changes import Op
from crm.errors import ErrorCode, KeepwarmError
from crm.store import batch_report as report
from crm.store import batches as store
from crm.store import unimporting


def list_batches(book: Book) -> tuple[BatchRow, ...]:
    """Return the imports, newest first."""
    with book.read() as session:
        return store.rows(session)


def card(book: Book, batch_id: int) -> BatchCard:
    """Return what an import did, as far as it is still there. Raises `NotFound`."""
    with book.read() as session:
        return report.card(session, batch_id)


def preview_undo(book: Book, batch_id: int) -> BatchUndo:
    """Say what undoing an import comes to; nothing is written. Raises `NotFound`, `KeepwarmError` (undone, unrecorded)."""
    with book.read() as session:
        _require_undoable(report.row(session, batch_id))
        return report.undoing(session, unimporting.plan(session, batch_id))


def undo(book: Book, batch_id: int) -> BatchUndo:
    """Undo an import, as one step that can be undone itself, and return what it came to.

    What it added goes and what stood before comes back, but for what the user changed since. Raises `NotFound`,
    `KeepwarmError` (undone, unrecorded).
    """
    with book.write(Op.UNDO_IMPORT) as session:
        row = report.row(session, batch_id)
        _require_undoable(row)
        planned = unimporting.plan(session, batch_id)
        told = report.undoing(session, planned)
        unimporting.carry_out(session, planned, datetime.now(UTC).replace(tzinfo=None))
        book.note(files=list(row.files))
    return told


def _require_undoable(row: BatchRow) -> None:
    if row.fate is BatchFate.UNDONE:
        raise KeepwarmError(ErrorCode.IMPORT_UNDONE)
    if row.fate is BatchFate.UNRECORDED:
        raise KeepwarmError(ErrorCode.IMPORT_UNRECORDED)
