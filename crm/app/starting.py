"""Starting with a book: look at it first; when it is damaged, say so and offer the newest backup that verifies."""

from dataclasses import dataclass, field
from pathlib import Path

from crm.app.books import Book, open_book
from crm.domain.backup import Backup, Finding, FindingKind, Findings
from crm.errors import ErrorCode, KeepwarmError
from crm.store import backups, checking, schema


@dataclass(frozen=True, slots=True)
class Started:
    """An open book; or, when `book` is None, what is wrong with the file and the backup that could take its place."""

    book: Book | None
    findings: Findings = field(default_factory=Findings)
    offer: Backup | None = None


def start(path: Path, *, create: bool = True) -> Started:
    """Check and open the book at `path`, or make a new one where none ever was. Nothing for the GUI thread.

    A search index that broke is made anew on the way. A missing or emptied book whose backups are still there is
    damage too: an empty window would only frighten. Raises `KeepwarmError`: NOT_A_BOOK, BOOK_TOO_NEW, BOOK_BUSY.
    """
    if not path.exists() or path.stat().st_size == 0:
        offer = backups.newest_good(path)
        return Started(open_book(path, create=create)) if offer is None else _damaged("missing", offer)
    if not schema.header(path).is_book:
        offer = backups.newest_good(path)
        if offer is None:
            raise KeepwarmError(ErrorCode.NOT_A_BOOK, path=str(path))
        return _damaged("no header of a book", offer)
    schema.require_known(path)
    findings = checking.at_start(path)
    if _beyond_search(findings):
        return Started(None, findings, backups.newest_good(path))
    return _open(path, findings)


def move_in(book: Book, path: Path) -> None:
    """Close a new book that was made elsewhere and let it stand at `path`.

    Raises `KeepwarmError` BOOK_BUSY when another program made one there meanwhile, or as a save does.
    """
    book.close()
    if path.exists():
        raise KeepwarmError(ErrorCode.BOOK_BUSY, path=str(path))
    schema.put_copy(book.path, path)


def is_damaged(path: Path) -> bool:
    """Say whether a book that is there has damage that only a backup mends."""
    return _beyond_search(checking.at_start(path))


def _open(path: Path, findings: Findings) -> Started:
    try:
        book = open_book(path, create=False)
    except KeepwarmError as error:
        if error.code is not ErrorCode.BOOK_DAMAGED:
            raise
        said = str(error.params.get("findings", ""))
        return Started(
            None, Findings((Finding(FindingKind.UNREADABLE, said=said),)), backups.newest_good(path)
        )
    return Started(book, findings if findings.ok else checking.repair(book))


def _damaged(said: str, offer: Backup) -> Started:
    return Started(None, Findings((Finding(FindingKind.UNREADABLE, said=said),)), offer)


def _beyond_search(findings: Findings) -> bool:
    return any(found.kind is not FindingKind.SEARCH for found in findings.damage)
