"""Files kept with opportunities: attaching, naming, saving a copy, removing. The book holds their contents."""

import errno
import hashlib
import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from crm.app.books import Book
from crm.app.drafts import line
from crm.app.targets import is_book, require_file, require_free
from crm.domain.attachment import LARGEST, AttachmentId, AttachmentKind, AttachmentRow, kind_of
from crm.domain.changes import Op
from crm.domain.filenames import safe_file_name
from crm.domain.interview import InterviewId
from crm.domain.opportunity import OpportunityId
from crm.errors import ErrorCode, Invalid, KeepwarmError, NotFound
from crm.files import atomic_write
from crm.store import attachments as rows
from crm.store import blobs, interviews, opportunities


def attach(
    book: Book,
    opportunity: OpportunityId,
    paths: Sequence[Path],
    *,
    today: date,
    kind: AttachmentKind | None = None,
    interview: InterviewId | None = None,
) -> tuple[AttachmentId, ...]:
    """Keep copies of files with an opportunity, or with one of its rounds; without `kind` their names say what they are.

    The same content is kept once, however often it is given, and attached to one place once. All are kept, or none.
    Raises `NotFound`, `Invalid` (attachment: empty, book; known: all are there), `KeepwarmError` (ATTACHMENT_TOO_LARGE,
    FILE_UNREADABLE).
    """
    with book.write(Op.ATTACH) as session:
        if opportunity not in opportunities.titles_of(session, [opportunity]):
            raise NotFound("opportunity", opportunity)
        _check_round(session, opportunity, interview)
        made: dict[AttachmentId, str] = {}
        for path in paths:
            data, name = _read(book, path), line(path.name)
            sha = hashlib.sha256(data).hexdigest()
            new = rows.NewAttachment(opportunity, interview, name, kind or kind_of(name), sha, len(data))
            if not rows.is_known(session, new):
                blobs.put(session, sha, data)
                made[AttachmentId(rows.insert(session, new, today))] = name
        if not made:
            raise Invalid("attachment", paths[0].name, "known")
        book.note(subject=next(iter(made.values())), count=len(made))
    return tuple(made)


def edit(
    book: Book,
    attachment: AttachmentId,
    name: str,
    kind: AttachmentKind,
    interview: InterviewId | None = None,
) -> None:
    """Say what a file is called, what it is, and which round it is about. Raises `NotFound`, `Invalid` (attachment: name)."""
    words = line(name)
    if not words:
        raise Invalid("attachment", name, "name")
    with book.write(Op.EDIT_ATTACHMENT, subject=words) as session:
        _check_round(session, row(book, attachment).opportunity, interview)
        rows.update_from(session, attachment, words, kind, interview)


def remove(book: Book, attachments: Iterable[AttachmentId]) -> None:
    """Remove files. Raises `NotFound`."""
    found = [row(book, one) for one in attachments]
    subject = found[0].name if found else ""
    with book.write(Op.REMOVE_ATTACHMENTS, subject=subject, count=len(found)) as session:
        rows.delete_attachments(session, [one.id for one in found])


def of_opportunity(book: Book, opportunity: OpportunityId) -> tuple[AttachmentRow, ...]:
    """Return the files of an opportunity and its rounds, in the order they came."""
    with book.read() as session:
        return rows.of_opportunity(session, opportunity)


def row(book: Book, attachment: AttachmentId) -> AttachmentRow:
    """Return one file. Raises `NotFound`."""
    with book.read() as session:
        found = rows.row(session, attachment)
    if found is None:
        raise NotFound("attachment", attachment)
    return found


def file_name(book: Book, attachment: AttachmentId) -> str:
    """Return the name a copy of a file may be given: nothing in it can name another folder. Raises `NotFound`."""
    return safe_file_name(row(book, attachment).name)


def save_copy(book: Book, attachment: AttachmentId, path: Path, *, replace: bool = False) -> Path:
    """Write a file's content to `path`, complete or not at all.

    Raises `NotFound`, `Invalid` (file: exists, book), `KeepwarmError` when it can't be written.
    """
    require_file(book, path)
    if not replace:
        require_free(path)
    with book.read() as session:
        data = blobs.find(session, row(book, attachment).sha)
    if data is None:
        raise NotFound("attachment", attachment)
    atomic_write(path, data)
    return path


def _check_round(session: Any, opportunity: OpportunityId, interview: InterviewId | None) -> None:
    held = None if interview is None else interviews.row(session, interview)
    if interview is not None and (held is None or held.opportunity != opportunity):
        raise NotFound("interview", interview)


def _read(book: Book, path: Path) -> bytes:
    if is_book(book, path):
        raise Invalid("attachment", path.name, "book")
    try:
        if not path.is_file():  # a folder, or a pipe that would be waited for
            raise OSError(errno.EINVAL, _what_is_wrong(path))
        if path.stat().st_size > LARGEST:
            raise _too_large(path)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise KeepwarmError(
            ErrorCode.FILE_UNREADABLE, path=str(path), why=error.strerror or str(error)
        ) from error
    if len(data) > LARGEST:
        raise _too_large(path)
    if not data:
        raise Invalid("attachment", path.name, "empty")
    return data


def _what_is_wrong(path: Path) -> str:
    return os.strerror(errno.EISDIR if path.is_dir() else errno.ENOENT)


def _too_large(path: Path) -> KeepwarmError:
    return KeepwarmError(ErrorCode.ATTACHMENT_TOO_LARGE, name=path.name, limit_mb=LARGEST >> 20)
