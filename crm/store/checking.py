"""Looking a book over: its file, its references, its search, its computed columns; repairing what can be made again."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from crm.domain.backup import Finding, FindingKind, Findings
from crm.domain.changes import Op
from crm.errors import ErrorCode, KeepwarmError
from crm.store import backups, derived, schema, search
from crm.store.book import Book
from crm.store.connections import BUSY_SECONDS
from crm.store.tables import SCHEMA_VERSION, journaled

_MOST = 100
_WRONG_TOUCHES = (
    "SELECT count(*) FROM touch_person x JOIN touch t ON t.id = x.touch_id"
    " WHERE x.kind IS NOT t.kind OR x.touched_on IS NOT t.touched_on"
)
_RIGHT_TOUCHES = (
    "UPDATE touch_person SET (kind, touched_on) = (SELECT kind, touched_on FROM touch t WHERE t.id = touch_id)"
    " WHERE EXISTS (SELECT 1 FROM touch t WHERE t.id = touch_id"
    " AND (t.kind IS NOT touch_person.kind OR t.touched_on IS NOT touch_person.touched_on))"
)

# Python's sqlite3 fails to decode the message of an error that quotes damaged bytes.
_DAMAGED = (sqlite3.DatabaseError, UnicodeDecodeError)


def at_start(path: Path) -> Findings:
    """Look at a book nobody has opened yet, in about 0.1 s for 100,000 people. Changes nothing in it.

    One failed read isn't damage (RELIABILITY 2.1): a bad first look is followed by a second, on a new connection.
    """
    first = _quick(path)
    return first if first.ok else _quick(path)


def check(book: Book, *, full: bool = True) -> Findings:
    """Look an open book over; `full` reads every page and recomputes every derived column."""
    try:
        with contextlib.closing(_open(book.path, immutable=book.read_only)) as raw:
            damage = (*_structure(raw, full=full), *_references(raw))
            counts = backups.counts(raw)
    except _DAMAGED as error:
        return Findings((Finding(FindingKind.UNREADABLE, said=str(error)),))
    if any(found.kind is FindingKind.STRUCTURE for found in damage):
        return Findings(damage, counts=counts)
    if not book.read_only:
        damage = (*damage, *_search(book.path))
    try:
        with book.read() as session:
            damage = (*damage, *_journal(session.connection()))
            derivable = tuple(_derived(session)) if full else ()
    except (DatabaseError, KeepwarmError, ValueError) as error:
        if isinstance(error, KeepwarmError) and error.code is not ErrorCode.BOOK_DAMAGED:
            raise
        return Findings((*damage, Finding(FindingKind.UNREADABLE, said=str(error))), counts=counts)
    return Findings(damage, derivable, counts)


def repair(book: Book) -> Findings:
    """Make the search and the computed columns anew where they are wrong; other damage is only reported."""
    found = check(book)
    broken = [d for d in found.damage if d.kind is not FindingKind.SEARCH]
    if broken or found.ok:
        return found
    with book.write(Op.REPAIR) as session:
        search.rebuild(session.connection())
        session.execute(text(_RIGHT_TOUCHES))
        derived.settle(session, derived.wrong_people(session))
        derived.settle_companies(session, derived.wrong_companies(session))
    left = check(book)
    return Findings(left.damage, (*found.damage, *found.derived), left.counts, repaired=left.ok)


def _quick(path: Path) -> Findings:
    found = schema.header(path)
    if not found.is_book:
        said = "empty" if found.size == 0 else "no header of a book"
        return Findings((Finding(FindingKind.UNREADABLE, said=said),))
    try:
        with contextlib.closing(_open(path, immutable=False)) as raw:
            structure = tuple(_structure(raw, full=False))
            damage = structure or tuple(_references(raw))
            counts = backups.counts(raw)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise KeepwarmError(ErrorCode.BOOK_BUSY, path=str(path)) from error
        return Findings((Finding(FindingKind.UNREADABLE, said=str(error)),))
    except _DAMAGED as error:
        return Findings((Finding(FindingKind.UNREADABLE, said=str(error)),))
    if not damage and found.version == SCHEMA_VERSION:
        damage = tuple(_search(path))
    return Findings(damage, counts=counts)


def _open(path: Path, *, immutable: bool) -> sqlite3.Connection:
    """Open for looking only; where the folder can't be written, as a file nobody changes."""
    uri = path.resolve().as_uri() + "?mode=ro"
    connection = _connect(uri)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        if not immutable:
            return connection
        connection.close()
        return _connect(uri + "&immutable=1")
    return connection


def _connect(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    connection.text_factory = lambda content: content.decode(
        errors="replace"
    )  # damage may speak in any bytes
    return connection


def _structure(raw: sqlite3.Connection, *, full: bool) -> Iterator[Finding]:
    raw.execute("PRAGMA cell_size_check = ON")
    pragma = "integrity_check" if full else "quick_check"
    for (said,) in raw.execute(f"PRAGMA {pragma}({_MOST})"):
        if said != "ok":
            yield Finding(FindingKind.STRUCTURE, said=said)
    if raw.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
        return
    have = {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}
    for table in (*journaled(), "journal_entry", "journal_row"):
        if table not in have:
            yield Finding(FindingKind.STRUCTURE, table, said="no such table")


def _references(raw: sqlite3.Connection) -> Iterator[Finding]:
    counted: dict[str, int] = {}
    for table, *_ in raw.execute("PRAGMA foreign_key_check"):
        counted[table] = counted.get(table, 0) + 1
    for table, count in counted.items():
        yield Finding(FindingKind.REFERENCE, table, count)


def _search(path: Path) -> Iterator[Finding]:
    """Let FTS5 compare its index with its texts: a statement that writes nothing but wants a writing connection."""
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as raw:
            for index in search.INDEXES:
                try:
                    raw.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
                except sqlite3.OperationalError:
                    continue  # read-only, or another program writes: no verdict
                except _DAMAGED as error:
                    yield Finding(FindingKind.SEARCH, index, said=str(error))
    except sqlite3.OperationalError:
        return


def _journal(connection: Connection) -> Iterator[Finding]:
    known = ", ".join(f"'{table}'" for table in journaled())
    query = f"SELECT count(*) FROM journal_row WHERE tbl NOT IN ({known}) OR (image IS NOT NULL AND NOT json_valid(image))"
    if count := int(connection.exec_driver_sql(query).scalar() or 0):
        yield Finding(FindingKind.JOURNAL, "journal_row", count)


def _derived(session: Session) -> Iterator[Finding]:
    for table, wrong in (
        ("person", len(derived.wrong_people(session))),
        ("company", len(derived.wrong_companies(session))),
        ("touch_person", int(session.scalar(text(_WRONG_TOUCHES)) or 0)),
    ):
        if wrong:
            yield Finding(FindingKind.DERIVED, table, wrong)
    if stale := search.stale(session.connection()):
        yield Finding(FindingKind.SEARCH_STALE, count=stale)
