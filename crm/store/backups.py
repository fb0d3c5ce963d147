"""Backups: whole, checked copies of a book, each with a manifest that tells a damaged one."""

import contextlib
import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crm.domain.backup import Backup, Counts, Reason
from crm.errors import ErrorCode, KeepwarmError
from crm.files import (
    atomic_write,
    neighbour,
    private_folder,
    require_free_place,
    sync_file,
    sync_folder,
    unwritable,
)
from crm.paths import backups_dir
from crm.store import schema
from crm.store.connections import BUSY_SECONDS
from crm.store.failures import worded
from crm.store.tables import SCHEMA_VERSION

KEEP_LAST, KEEP_DAYS, KEEP_WEEKS = 10, 14, 8
_NAME = re.compile(r"keepwarm-(\d{6,})-\d{8}-\d{6}\.keepwarm")
_THINNED = frozenset({Reason.DAILY, Reason.IMPORT})
_STALE_SECONDS = 3600


def make(book: Path, to: Path | None, reason: Reason, now: datetime) -> Backup:
    """Copy the book as its last commit left it to `to`, or into its folder of backups under the next number.

    The copy is checked before it takes its name. A writer isn't held up. Raises `KeepwarmError` (disk full, damaged).
    """
    found = schema.require_known(book)
    if to is not None:
        require_free_place(to, (schema.MAGIC,))
    sequence = 0 if to else _next_sequence(book)
    target = (
        to.resolve() if to else backups_dir(book) / f"keepwarm-{sequence:06d}-{now:%Y%m%d-%H%M%S}.keepwarm"
    )
    private_folder(target.parent)
    with _part(target) as part:
        rows, marker = _copy(book, part)
        backup = Backup(
            path=target,
            made_at=now,
            verified=True,
            people=rows.get("person", 0),
            companies=rows.get("company", 0),
            touches=rows.get("touch", 0),
            size=part.stat().st_size,
            schema=found.version,
            reason=reason,
            sequence=sequence,
            marker=marker,
        )
        atomic_write(manifest_of(target), _manifest(backup, digest(part), rows))
        part.replace(target)
        sync_folder(target.parent)
    return backup


def found(book: Path, *, verify: bool = True) -> tuple[Backup, ...]:
    """Return the book's backups, newest first. Without `verify` only their sizes are compared with their manifests."""
    return tuple(read(path, verify=verify) for _, path in _numbered(book))


def newest_good(book: Path) -> Backup | None:
    """Return the newest backup that is what it was when it was checked, and that this Keepwarm can read."""
    backups = (read(path) for _, path in _numbered(book))
    return next((b for b in backups if b.verified and b.schema <= SCHEMA_VERSION), None)


def newest(book: Path) -> Backup | None:
    """Return the newest backup, its size compared."""
    return next((read(path, verify=False) for _, path in _numbered(book)), None)


def read(path: Path, *, verify: bool = True) -> Backup:
    """Return what is known of a backup; without a manifest that fits it isn't verified."""
    stat = path.stat()
    said = _read_manifest(path)
    named = _NAME.fullmatch(path.name)
    made_at = said.get("made_at")
    good = bool(said) and stat.st_size == said["size"] and (not verify or digest(path) == said["sha256"])
    return Backup(
        path=path,
        made_at=datetime.fromisoformat(made_at) if made_at else datetime.fromtimestamp(stat.st_mtime, UTC),
        verified=good,
        people=said.get("people", 0),
        companies=said.get("companies", 0),
        touches=said.get("touches", 0),
        size=stat.st_size,
        schema=said.get("schema", 0),
        reason=Reason(said.get("reason", Reason.MANUAL)),
        sequence=int(named.group(1)) if named else 0,
        marker=said.get("marker", ""),
    )


def thin(book: Path) -> tuple[Path, ...]:
    """Remove automatic backups but the last 10, the last of 14 days and the last of 8 weeks; return what went.

    Days and weeks are those on which backups were made, counted from the newest number, not from the clock: one that
    jumps loses nothing.
    """
    automatic = [b for b in found(book, verify=False) if b.verified and b.reason in _THINNED]
    kept = {b.path for b in automatic[:KEEP_LAST]}
    kept |= _last_of_each([(b.made_at.date().toordinal(), b.path) for b in automatic], KEEP_DAYS)
    kept |= _last_of_each([(b.made_at.date().isocalendar()[:2], b.path) for b in automatic], KEEP_WEEKS)
    gone = tuple(b.path for b in automatic if b.path not in kept)
    for path in gone:
        with contextlib.suppress(OSError):
            path.unlink()
            manifest_of(path).unlink(missing_ok=True)
    return gone


def marker(book: Path) -> str:
    """Return a text that differs once the contents did: last action, how many are taken back. '': none ever was."""
    with worded(book), contextlib.closing(_look(book)) as connection:
        return _marker(connection)


def manifest_of(path: Path) -> Path:
    """Return where the manifest of a backup lies: beside it."""
    return path.with_name(path.name + ".json")


def manifest_digest(path: Path) -> str | None:
    """Return the SHA-256 that a backup's manifest promises, None when there is no readable manifest."""
    said = _read_manifest(path).get("sha256")
    return None if said is None else str(said)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def _part(target: Path) -> Iterator[Path]:
    """Yield an empty private neighbour of `target`; whatever happens, nothing of it stays."""
    _sweep(target.parent)
    try:
        with neighbour(target) as part:
            try:
                yield part
            finally:
                for file in (*schema.companions(part), part.with_name(part.name + "-journal")):
                    file.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(target, error) from error


def _sweep(folder: Path) -> None:
    """Remove what a backup that was killed left."""
    for file in folder.glob(".keepwarm-*.part*"):
        with contextlib.suppress(OSError):
            if abs(datetime.now(UTC).timestamp() - file.stat().st_mtime) > _STALE_SECONDS:
                file.unlink()


def _copy(book: Path, part: Path) -> tuple[dict[str, int], str]:
    """Copy, settle into one file, check; return rows by table and the marker."""
    with (
        worded(book),
        contextlib.closing(_look(book)) as source,
        contextlib.closing(sqlite3.connect(part, isolation_level=None)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        if said := problems(copy):
            raise KeepwarmError(ErrorCode.BOOK_DAMAGED, path=str(book), findings=said)
        rows, mark = _rows(copy), _marker(copy)
    sync_file(part)
    return rows, mark


def problems(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return what SQLite's full check and its check of references say of an open file."""
    said = [row[0] for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
    said += [f"{row[0]} {row[1]} -> {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]
    return tuple(said)


def _look(book: Path) -> sqlite3.Connection:
    """Open a book for reading; where even that needs a writable folder, as a file that nobody changes."""
    uri = book.resolve().as_uri() + "?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        connection.close()
        connection = sqlite3.connect(uri + "&immutable=1", uri=True, isolation_level=None)
    return connection


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
    )
    names = [name for (name,) in tables if "search_" not in name and not name.startswith("sqlite_")]
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(names)
    }


def counts(connection: sqlite3.Connection) -> Counts:
    """Return how much an open book holds."""
    rows = _rows(connection)
    return Counts(rows.get("person", 0), rows.get("company", 0), rows.get("touch", 0))


def _marker(connection: sqlite3.Connection) -> str:
    query = (
        "SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'journal_entry'), (SELECT max(done_at) FROM journal_entry),"
        " (SELECT count(*) FROM journal_entry WHERE undone)"
    )
    sequence, last, undone = connection.execute(query).fetchone()
    return f"{sequence} {last or ''} {undone}" if sequence else ""


def _manifest(backup: Backup, sha256: str, rows: dict[str, int]) -> bytes:
    document = {
        "format": 1,
        "sequence": backup.sequence,
        "made_at": backup.made_at.isoformat(),
        "reason": backup.reason.value,
        "sha256": sha256,
        "size": backup.size,
        "schema": backup.schema,
        "marker": backup.marker,
        "people": backup.people,
        "companies": backup.companies,
        "touches": backup.touches,
        "rows": rows,
    }
    return json.dumps(document, indent=1).encode()


def _read_manifest(path: Path) -> dict[str, Any]:
    """Return the manifest of a backup, empty when it is missing or not one."""
    try:
        said = json.loads(manifest_of(path).read_bytes())
        (
            datetime.fromisoformat(said["made_at"]),
            Reason(said["reason"]),
            int(said["size"]),
            str(said["sha256"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return dict(said)


def _numbered(book: Path) -> list[tuple[int, Path]]:
    folder = backups_dir(book)
    named = ((_NAME.fullmatch(path.name), path) for path in folder.glob("keepwarm-*.keepwarm"))
    return sorted(((int(name.group(1)), path) for name, path in named if name), reverse=True)


def _next_sequence(book: Path) -> int:
    return max((number for number, _ in _numbered(book)), default=0) + 1


def _last_of_each(dated: Sequence[tuple[Any, Path]], most: int) -> set[Path]:
    """Return the first path of each of the first `most` periods; `dated` is newest first."""
    first: dict[Any, Path] = {}
    for period, path in dated:
        first.setdefault(period, path)
    return set(list(first.values())[:most])
