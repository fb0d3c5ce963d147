"""A whole book brought back from what `exporting` wrote of it, into an empty one.

Equal means: every row of every table that is journaled, ids and check-in dates included, is as it was, and so are the
pictures and attached files as they came. Not brought back are the history, which is what undo needs, and backups.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crm.app.books import Book
from crm.app.exporting import BOOK_FILE, FILES, PHOTOS
from crm.app.pace import no_cycles_sought
from crm.app.progress import Progress
from crm.domain.changes import Op
from crm.errors import ErrorCode, Invalid, KeepwarmError
from crm.formats import wholebook
from crm.store import blobs
from crm.store import wholebook as store

_HEAD = 4096
_LONGEST = 32 << 20


@dataclass(frozen=True, slots=True)
class WholeBook:
    """A whole book that was read, and can be brought back."""

    path: Path
    text: wholebook.BookText

    @property
    def holdings(self) -> tuple[int, int, int]:
        """Return how many people, companies and touches it holds."""
        people, companies, touches = (
            len(self.text.tables.get(name, ())) for name in ("person", "company", "touch")
        )
        return people, companies, touches


def found_in(paths: Sequence[Path]) -> Path | None:
    """Return the whole book that is meant when these are to be imported: a document of ours, or a folder with one."""
    if len(paths) != 1:
        return None
    path = paths[0] / BOOK_FILE if paths[0].is_dir() else paths[0]
    try:
        with path.open("rb") as file:
            return path if wholebook.looks_like_book(file.read(_HEAD)) else None
    except OSError:
        return None


def is_empty(book: Book) -> bool:
    """Say whether a whole book can be brought back into this one: nobody and nothing is in it."""
    with book.read() as session:
        return store.is_empty(session)


@no_cycles_sought()
def read(path: Path) -> WholeBook:
    """Read a whole book. Raises `KeepwarmError` when it can't be read, or a newer version wrote it."""
    text = _read(path)
    if not store.is_known(text.schema):
        raise KeepwarmError(
            ErrorCode.BOOK_TOO_NEW, path=str(path), version=text.schema, known=store.SCHEMA_VERSION
        )
    unknown = text.tables.keys() - set(store.journaled())
    if unknown:
        raise _damaged(path, ", ".join(sorted(unknown)))
    return WholeBook(path, text)


@no_cycles_sought()
def bring_back(book: Book, whole: WholeBook, progress: Progress) -> None:
    """Fill an empty book with a whole book's rows, pictures and files, as one step of undo.

    Raises `Invalid` (whole_book, not_empty), `KeepwarmError` when a row or a picture is none, `Cancelled`.
    """
    path, text = whole.path, whole.text
    progress.expect(sum(map(len, text.tables.values())))
    with book.write(Op.IMPORT, files=[path.name], added=whole.holdings[0], updated=0) as session:
        if not store.is_empty(session):
            raise Invalid("whole_book", path.name, "not_empty")
        try:
            for name in store.journaled():
                progress.step(store.bring_back(session, name, text.tables.get(name, ())))
            for sha, data in _contents(path, text):
                blobs.put(session, sha, data)
                progress.step(0)
            store.settle(session)
        except (store.WrongRow, wholebook.NotABook, OSError, ValueError, OverflowError) as error:
            # What a row says may be a word or a number that no rule knows: settling finds out.
            raise _damaged(path, str(error)) from error


def _read(path: Path) -> wholebook.BookText:
    try:
        if path.stat().st_size > wholebook.MOST_BYTES:
            limit = wholebook.MOST_BYTES >> 20
            raise KeepwarmError(ErrorCode.FILE_TOO_LARGE, path=str(path), limit_mb=limit)
        with path.open("rb") as file:
            return wholebook.read(file)
    except OSError as error:
        raise KeepwarmError(
            ErrorCode.FILE_UNREADABLE, path=str(path), why=error.strerror or str(error)
        ) from error
    except wholebook.NotABook as error:
        raise _damaged(path, str(error)) from error


def _contents(path: Path, text: wholebook.BookText) -> Iterator[tuple[str, bytes]]:
    """Yield pictures and attached files by their addresses: those in the document, and those beside it."""
    for sha in text.pictures:
        if _address(data := text.picture(sha)) == sha:
            yield sha, data
    for folder in (path.parent / PHOTOS, path.parent / FILES) if path.name == BOOK_FILE else ():
        for file in sorted(folder.iterdir()) if folder.is_dir() else ():
            if file.is_file() and not file.is_symlink() and file.stat().st_size <= _LONGEST:
                data = file.read_bytes()
                yield _address(data), data


def _address(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _damaged(path: Path, why: str) -> KeepwarmError:
    return KeepwarmError(ErrorCode.FILE_UNREADABLE, path=str(path), why=why)
