"""`keepwarm batches` and `undo-import`."""

from crm import wording
from crm.app import batches as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer, plain_line, table
from crm.domain.batch import BatchRow, BatchUndo

_MOST_KEPT = 20


def batches(book: Book, command: Command) -> Answer:  # noqa: ARG001 - every command has the same form
    """List the imports, newest first."""
    rows = app.list_batches(book)
    if not rows:
        return Answer([], ("Nothing was imported yet.",))
    cells = [
        (
            str(row.id),
            f"{row.at.astimezone():%Y-%m-%d %H:%M}",
            wording.batch_files(row.files),
            row.source,
            wording.batch_counts(row),
            wording.batch_fate(row.fate)[0],
        )
        for row in rows
    ]
    return Answer([_row(row) for row in rows], table(("ID", "WHEN", "FILE", "FROM", "WHAT", ""), cells))


def undo_import(book: Book, command: Command) -> Answer:
    """Undo an import; what was changed since stays and is named."""
    dry = command.options.dry_run
    undo = app.preview_undo(book, command.options.id) if dry else app.undo(book, command.options.id)
    said = [wording.batch_undo(undo, done=not dry)]
    said += [plain_line(f"  {kept.what.name}: {wording.batch_kept(kept)}") for kept in undo.kept[:_MOST_KEPT]]
    if len(undo.kept) > _MOST_KEPT:
        said.append(f"… and {len(undo.kept) - _MOST_KEPT} more")
    return Answer(_undo(undo, dry=dry), tuple(said))


def _row(row: BatchRow) -> dict[str, object]:
    counts = row.counts
    return {
        "id": row.id,
        "files": list(row.files),
        "at": row.at,
        "source": row.source,
        "read": counts.read,
        "new": counts.new,
        "updated": counts.updated,
        "same": counts.same,
        "failed": counts.failed,
        "left_out": counts.left_out,
        "possible_duplicates": counts.possible,
        "touches": row.touches,
        "fate": row.fate,
        "undone_at": row.undone_at,
    }


def _undo(undo: BatchUndo, *, dry: bool) -> dict[str, object]:
    return {
        "id": undo.row.id,
        "dry_run": dry,
        "people_gone": undo.people_gone,
        "companies_gone": undo.companies_gone,
        "touches_gone": undo.touches_gone,
        "people_restored": undo.people_restored,
        "companies_restored": undo.companies_restored,
        "kept": [
            {
                "kind": kept.what.kind,
                "id": kept.what.id,
                "name": kept.what.name,
                "why": kept.why,
                "fields": list(kept.fields),
            }
            for kept in undo.kept
        ],
    }
