"""`keepwarm undo`, `redo` and `history`."""

from crm import wording
from crm.app import history as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer, table
from crm.domain.history import Step


def undo(book: Book, command: Command) -> Answer:  # noqa: ARG001 - every command has the same form
    """Take the last action back."""
    step = app.undo(book)
    return Answer(_document(step), (f"Undone: {wording.undo_label(step.op, step.params)}",))


def redo(book: Book, command: Command) -> Answer:  # noqa: ARG001 - every command has the same form
    """Do again what was taken back last."""
    step = app.redo(book)
    return Answer(_document(step), (f"Done again: {wording.undo_label(step.op, step.params)}",))


def history(book: Book, command: Command) -> Answer:
    """List the latest actions, newest first."""
    steps = app.entries(book, limit=max(command.options.limit, 1))
    if not steps:
        return Answer([], ("Nothing was done yet.",))
    cells = [
        (
            f"{step.at.astimezone():%Y-%m-%d %H:%M}",
            wording.undo_label(step.op, step.params),
            "undone" if step.undone else "",
        )
        for step in steps
    ]
    return Answer([_document(step) for step in steps], table(("WHEN", "WHAT", ""), cells))


def _document(step: Step) -> dict[str, object]:
    return {
        "id": step.id,
        "op": step.op,
        "what": wording.undo_label(step.op, step.params),
        "at": step.at,
        "undone": step.undone,
    }
