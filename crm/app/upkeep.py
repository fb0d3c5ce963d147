"""Keeping a book safe: backups and their return, looking it over, one window at a time."""

import contextlib
from datetime import UTC, datetime
from pathlib import Path

from crm.app.books import Book
from crm.app.starting import Started, start
from crm.domain.backup import Backup, Finding, FindingKind, Findings, Reason, Restored
from crm.domain.changes import Op
from crm.errors import ErrorCode, KeepwarmError
from crm.store import backups as copies
from crm.store import blobs, checking, restoring
from crm.store.locking import WindowLock

__all__ = [
    "Backup", "Finding", "FindingKind", "Findings", "Reason", "Restored", "Started", "WindowLock",
    "auto_backup", "backup", "backups", "check", "lock_window", "newest_good", "restore", "start",
]  # fmt: skip


def backup(book: Book, to: Path | None = None, *, reason: Reason = Reason.MANUAL) -> Backup:
    """Save a checked copy of the book at `to`, or in its folder of backups; those asked for are never thinned out.

    About 0.1 s for 10,000 people, and a writer isn't held up; still nothing for the GUI thread. Raises
    `KeepwarmError` (disk full, can't write, book damaged).
    """
    return copies.make(book.path, to, reason, datetime.now(UTC))


def auto_backup(book: Book, *, reason: Reason = Reason.DAILY, now: datetime | None = None) -> Backup | None:
    """Save a copy unless the newest one already holds the same; DAILY once a day only. Then thin out old ones.

    Return None when nothing was to do: nothing changed, nothing is in it yet, or it can't be written. `now` is UTC.
    """
    now = now or datetime.now(UTC)
    marker = copies.marker(book.path)
    if book.read_only or not marker:
        return None
    newest = copies.newest(book.path)
    if newest is not None and newest.verified:
        same_day = newest.made_at.astimezone().date() == now.astimezone().date()
        if newest.marker == marker or (reason is Reason.DAILY and same_day):
            return None
    if reason is Reason.DAILY:
        _let_go_of_contents(book)
    made = copies.make(book.path, None, reason, now)
    copies.thin(book.path)
    return made


def backups(path: Path, *, verify: bool = True) -> tuple[Backup, ...]:
    """Return the backups of the book at `path`, newest first by their number.

    `verify` compares every byte with the manifest; without it only sizes are compared, for a list that shows at once.
    """
    return copies.found(path, verify=verify)


def newest_good(path: Path) -> Backup | None:
    """Return the newest backup that verifies, None when there is none."""
    return copies.newest_good(path)


def restore(path: Path, backup_path: Path | None = None, *, lock: WindowLock | None = None) -> Restored:
    """Put a backup, the newest that verifies unless one is named, in the place of the book at `path`.

    The book must be closed; the window passes its own `lock`. What was there, its -wal included, is kept in a folder
    that `Restored.before` names. Raises `KeepwarmError`: NO_BACKUP, BACKUP_DAMAGED, BOOK_OPEN_ELSEWHERE, BOOK_BUSY.
    """
    if backup_path is None:
        newest = copies.newest_good(path)
        if newest is None:
            raise KeepwarmError(ErrorCode.NO_BACKUP, path=str(path))
        backup_path = newest.path
    return restoring.restore(path, backup_path, datetime.now(UTC), lock)


def check(book: Book, *, repair: bool = False, full: bool = True) -> Findings:
    """Look the book over: file, references, search, history, computed columns. `repair` makes the latter anew."""
    return checking.repair(book) if repair else checking.check(book, full=full)


def lock_window(path: Path) -> WindowLock:
    """Take the lock that makes this the book's only window. Raises `KeepwarmError` BOOK_OPEN_ELSEWHERE."""
    return WindowLock(path).acquire()


def _let_go_of_contents(book: Book) -> None:
    """Remove pictures and files that nothing names and no undo could bring back; while another program writes, later."""
    with contextlib.suppress(KeepwarmError), book.write(Op.REPAIR) as session:
        blobs.sweep(session)  # not journaled: no step of the history
