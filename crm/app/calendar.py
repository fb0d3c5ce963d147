"""The calendar file: planned check-ins as events that ring in the user's own calendar."""

import contextlib
import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

from crm import __version__
from crm.app.books import Book
from crm.domain.agenda import CheckInRow
from crm.domain.calendar import CalendarEntry, Detail, starts_at
from crm.domain.changes import Op
from crm.domain.company import CompanyId
from crm.domain.feed import Scope
from crm.domain.ledger import Delta, Outgoing, reconcile
from crm.domain.query import PeopleQuery
from crm.errors import Invalid
from crm.files import atomic_write, require_free_place
from crm.store import agenda as rows
from crm.store import browse, calendars, schema

Words = Callable[[CheckInRow], tuple[str, str]]
"""Words an event: its title and its description. They may look at the data only, never at the day of the export."""

_MOVES = 1000
_CALENDARS = (b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR")
_LAST_DAY = date.max - timedelta(days=1)  # a day that every time zone can still tell in UTC


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Which check-ins, and how their events look. `at` is the clock time in `zone` (None: this system's), `alarms` are minutes before it."""

    at: time
    zone: tzinfo | None = None
    alarms: tuple[int, ...] = (0,)
    detail: Detail = Detail.FULL
    company_id: CompanyId | None = None
    people: PeopleQuery | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """A calendar file that is up to date; `changed`: it wasn't before. `delta` is against the last export."""

    path: Path
    check_ins: int
    changed: bool
    delta: Delta


def planned(book: Book, options: ExportOptions, *, today: date, words: Words) -> tuple[CalendarEntry, ...]:
    """Return the events of all planned check-ins, the first ones first.

    What is overdue stands on `today`, since an event in the past never rings.
    """
    until = min(options.until or _LAST_DAY, _LAST_DAY)
    with book.read() as session:
        chosen = _chosen(book, options, today)
        found = rows.planned(session, until) if until >= today else ()
    return tuple(
        _entry(one, options, today, words)
        for one in found
        if chosen is None or one.check_in.person.id in chosen
    )


def changes_since_export(book: Book, options: ExportOptions, *, today: date, words: Words) -> Delta:
    """Return how many events an export would add, move and cancel in the user's calendar."""
    return _outgoing(book, planned(book, options, today=today, words=words), options, today).delta


def export(
    book: Book, path: Path, options: ExportOptions, *, today: date, words: Words, only_changes: bool = False
) -> Exported:
    """Write the calendar file at `path`; a file that says so already isn't touched.

    What went out is noted, so that the next export moves events that calendars hold and cancels those that are gone
    (`domain.ledger`). `only_changes` writes just these, for programs that make an event anew at each import; when
    nothing changed there is no file. Raises `Invalid` for the file of a book, `KeepwarmError` when the file can't be
    written: then nothing is noted either.
    """
    from crm.formats import ical  # noqa: PLC0415 - the library takes a tenth of a second, and only this needs it

    require_ours(book, path)
    entries = planned(book, options, today=today, words=words)
    outgoing = _outgoing(book, entries, options, today)
    if only_changes and not outgoing.delta.any:
        return Exported(path, 0, changed=False, delta=outgoing.delta)
    written = outgoing.changes if only_changes else outgoing.entries
    data = ical.render(written, version=__version__)
    changed = bytes_at(path) != data
    with contextlib.nullcontext() if book.read_only else book.write(Op.EXPORT_CALENDAR) as session:
        if session is not None:
            calendars.keep_sent(session, _scope(options), outgoing.sent)
        if changed:
            atomic_write(path, data)
    return Exported(path, len(written if only_changes else entries), changed, outgoing.delta)


def _outgoing(
    book: Book, entries: tuple[CalendarEntry, ...], options: ExportOptions, today: date
) -> Outgoing:
    scope = _scope(options)
    with book.read() as session:
        sent, since_at = calendars.sent(session, scope), calendars.exported_at(session, scope)
    return reconcile(entries, sent, today, since_at)


def _scope(options: ExportOptions) -> str:
    """Return whom the file is for: each has a calendar of its own, and a ledger."""
    said = [] if options.company_id is None else [f"company {options.company_id}"]
    if options.people is not None:
        said.append(hashlib.sha256(repr(options.people).encode()).hexdigest()[:16])
    return " ".join(said) or Scope.EVERYONE.value


def _chosen(book: Book, options: ExportOptions, today: date) -> Collection[int] | None:
    """Return whom to export, None for everyone."""
    queries = [] if options.people is None else [options.people]
    if options.company_id is not None:
        queries.append(PeopleQuery(company_id=options.company_id))
    with book.read() as session:
        lists = [frozenset(browse.people_ids(session, query, today)) for query in queries]
    return frozenset.intersection(*lists) if lists else None


def _entry(one: rows.Planned, options: ExportOptions, today: date, words: Words) -> CalendarEntry:
    """Return the event. Each day overdue counts as a move, so that calendars take the new day; undo goes back."""
    summary, description = words(one.check_in)
    late = max((today - one.on).days, 0)
    moved_at = datetime.combine(today, time(), UTC) if late else one.changed_at
    return CalendarEntry(
        uid=f"{one.uid}@keepwarm",
        summary=summary,
        starts_at=starts_at(max(one.on, today), options.at, options.zone),
        changed_at=max(one.changed_at, moved_at),
        description=description if options.detail is Detail.FULL else "",
        alarms=options.alarms,
        sequence=one.sequence * _MOVES + min(late, _MOVES - 1),
    )


def require_ours(book: Book, path: Path) -> None:
    """Refuse what isn't a calendar, above all the file of a book: nothing may take its place."""
    where = path.resolve()
    home = book.path.resolve()
    beside = {home.with_name(home.name + ending) for ending in ("", "-wal", "-shm", "-journal")}
    if where in beside or (where.is_file() and schema.header(where).is_sqlite):
        raise Invalid("file", path, "book")
    require_free_place(path, _CALENDARS)


def bytes_at(path: Path) -> bytes | None:
    """Return what is in a file, None when there is none to read."""
    with contextlib.suppress(OSError):
        return path.read_bytes()
    return None
