"""`keepwarm opportunity attach`, `files` and what is done with one of them."""

from typing import Any

from crm import wording
from crm.app import attachments as app
from crm.app import interviews, opportunities
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer, plain_line, table
from crm.domain.attachment import AttachmentId, AttachmentKind, AttachmentRow
from crm.domain.interview import InterviewId
from crm.domain.opportunity import OpportunityId
from crm.errors import NotFound


def attach(book: Book, command: Command) -> Answer:
    """Keep a file with an opportunity, or with one of its rounds."""
    options = command.options
    which = opportunities.resolve(book, options.opportunity)
    held = _round(book, which, options.round) if options.round else None
    kind = _kind(options.kind)
    made = app.attach(book, which, [options.file], today=command.today, kind=kind, interview=held)
    return _one(app.row(book, made[0]), command)


def files(book: Book, command: Command) -> Answer:
    """List the files of an opportunity."""
    which = opportunities.resolve(book, command.options.opportunity)
    found = app.of_opportunity(book, which)
    if not found:
        return Answer([], ("No files yet. “keepwarm opportunity attach OPPORTUNITY FILE” keeps one.",))
    cells = [
        (
            str(one.id),
            wording.attachment_kind(one.kind),
            one.name,
            wording.file_size(one.size),
            ", ".join(one.elsewhere),
        )
        for one in found
    ]
    return Answer([_document(one) for one in found], table(("ID", "WHAT", "FILE", "SIZE", "ALSO AT"), cells))


def rename(book: Book, command: Command) -> Answer:
    """Give a file another name, or say what it is; the round it is about stays."""
    options = command.options
    stands = app.row(book, AttachmentId(options.attachment))
    kind = _kind(options.kind) or stands.kind
    app.edit(book, stands.id, options.name or stands.name, kind, stands.interview)
    return _one(app.row(book, stands.id), command)


def save(book: Book, command: Command) -> Answer:
    """Write a copy of a file to a place."""
    options = command.options
    which = AttachmentId(options.attachment)
    to = options.to / app.file_name(book, which) if options.to.is_dir() else options.to
    written = app.save_copy(book, which, to, replace=options.force)
    return Answer({"id": which, "path": written}, (plain_line(f"Saved to {written}."),))


def detach(book: Book, command: Command) -> Answer:
    """Remove a file."""
    stands = app.row(book, AttachmentId(command.options.attachment))
    app.remove(book, [stands.id])
    return _one(stands, command)


def _one(row: AttachmentRow, command: Command) -> Answer:
    words = f"{row.name}, {wording.attachment_kind(row.kind)}, {wording.file_size(row.size)}."
    said = f"#{row.id} {words}" if command.options.verb != "detach" else f"Removed {row.name}."
    return Answer(_document(row), (plain_line(said),))


def _document(row: AttachmentRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "opportunity": row.opportunity,
        "interview": row.interview,
        "name": row.name,
        "kind": row.kind,
        "size": row.size,
        "sha256": row.sha,
        "added_on": row.added_on,
        "also_at": row.elsewhere,
    }


def _kind(text: str) -> AttachmentKind | None:
    return AttachmentKind(text.replace("-", "_")) if text else None


def _round(book: Book, opportunity: OpportunityId, number: int) -> InterviewId:
    found = (one.id for one in interviews.of_opportunity(book, opportunity) if one.number == number)
    held = next(found, None)
    if held is None:
        raise NotFound("round", number)
    return held
