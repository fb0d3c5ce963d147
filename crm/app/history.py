"""History: what was done, taking the last thing back, doing it again."""

from dataclasses import replace
from types import MappingProxyType

from crm.app.books import Book
from crm.domain.history import Step
from crm.store import journal

SHOWN = 200


def undo(book: Book) -> Step:
    """Take the last action back. Raises `KeepwarmError` (NOTHING_TO_UNDO)."""
    return replace(_step(book.undo()), undone=True)


def redo(book: Book) -> Step:
    """Do again what was taken back last. Raises `KeepwarmError` (NOTHING_TO_REDO)."""
    return replace(_step(book.redo()), undone=False)


def can_undo(book: Book) -> Step | None:
    """Return the action `undo` would take back."""
    found = book.next_step(undone=False)
    return None if found is None else _step(found)


def can_redo(book: Book) -> Step | None:
    """Return the action `redo` would do again."""
    found = book.next_step(undone=True)
    return None if found is None else _step(found)


def entries(book: Book, limit: int = SHOWN) -> tuple[Step, ...]:
    """Return the latest actions, newest first."""
    return tuple(_step(step) for step in book.history(limit))


def _step(step: journal.Step) -> Step:
    return Step(step.id, step.op, MappingProxyType(dict(step.params)), step.at, step.undone)
