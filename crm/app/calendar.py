"""The calendar file: planned check-ins as events that ring in the user's own calendar."""

import contextlib
import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

from crm import __version__
from crm.app.books import Book
from crm.app.targets import require_file, require_free
from crm.domain.calendar import USUAL, CalendarEntry, Detail, EventKind, starts_at
from crm.domain.changes import Op
from crm.domain.company import CompanyId
from crm.domain.feed import Scope
from crm.domain.interview import BRIEF_BEFORE_MINUTES
from crm.domain.ledger import Delta, Outgoing, reconcile
from crm.domain.query import PeopleQuery
from crm.domain.schedule import Scheduled, Source, told
from crm.files import atomic_write, require_free_place, unwritable
from crm.store import browse, calendars, opportunities, schedule

Words = Callable[[Source], tuple[str, str]]
"""Words an event: its title and its description. They may look at the data only, never at the day of the export."""

_MOVES = 1000
_BEGINNING = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Keepwarm//"  # of every file that `formats.ical` writes
)
_CALENDARS = (b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR")
_WHOLE_DAYS = frozenset({EventKind.INTERVIEW, EventKind.EVENT, EventKind.DATE})
LAST_DAY = date.max - timedelta(days=1)  # a day that every time zone can still tell in UTC


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Which events, and how they look. `at` is the clock time in `zone` (None: this system's), `alarms` are minutes before it.

    Rounds have their own hour, and alarms a day and two hours before if there are any.
    """

    at: time
    zone: tzinfo | None = None
    alarms: tuple[int, ...] = (0,)
    detail: Detail = Detail.FULL
    kinds: tuple[EventKind, ...] = USUAL
    company_id: CompanyId | None = None
    people: PeopleQuery | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """A calendar file that is up to date; `changed`: it wasn't before, `updated`: one was there already.

    `delta` is against the last export.
    """

    path: Path
    events: int
    changed: bool
    delta: Delta
    updated: bool = False


def planned(book: Book, options: ExportOptions, *, today: date, words: Words) -> tuple[CalendarEntry, ...]:
    """Return the events of everything planned, the first ones first.

    What is overdue stands on `today`, since an event in the past never rings.
    """
    return _entries(_chosen(book, options, today)[0], options, today, words)


def outgoing(book: Book, options: ExportOptions, *, today: date, words: Words) -> Outgoing:
    """Return what an export would write, and how many events it would add, move and cancel in the user's calendar."""
    chosen, others = _chosen(book, options, today)
    with book.read() as session:
        ledger = calendars.ledger(session, _scope(options))
    entries = _entries(chosen, options, today, words)
    return reconcile(entries, ledger, today, options.kinds, {_uid(one) for one in others})


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
    before = bytes_at(path)
    found = outgoing(book, options, today=today, words=words)
    if only_changes and not found.delta.any:
        return Exported(path, 0, changed=False, delta=found.delta)
    written = found.changes if only_changes else found.entries
    data = ical.render(written, version=__version__)
    changed = before != data
    with contextlib.nullcontext() if book.read_only else book.write(Op.EXPORT_CALENDAR) as session:
        if session is not None:
            calendars.keep_sent(session, _scope(options), found.sent)
        if changed:
            atomic_write(path, data)
    events = len(written) if only_changes else len(found.standing)
    return Exported(path, events, changed, found.delta, updated=bool(before))


def _scope(options: ExportOptions) -> str:
    """Return whom the file is for: each has a calendar of its own, and a ledger."""
    said = [] if options.company_id is None else [f"company {options.company_id}"]
    if options.people is not None:
        said.append(hashlib.sha256(repr(options.people).encode()).hexdigest()[:16])
    return " ".join(said) or Scope.EVERYONE.value


def _chosen(book: Book, options: ExportOptions, today: date) -> tuple[list[Scheduled], list[Scheduled]]:
    """Return what is planned of the chosen kinds: for the chosen people, and for everybody else."""
    until = min(options.until or LAST_DAY, LAST_DAY)
    if until < today:
        return [], []
    people, company = _people(book, options, today), options.company_id
    with book.read() as session:
        found = schedule.scheduled(session, options.kinds, today, until, today)
        roles = () if company is None else opportunities.ids_at(session, company)
    chosen: tuple[list[Scheduled], list[Scheduled]] = [], []
    for one in found:
        chosen[people is not None and not one.concerns(people, roles)].append(one)
    return chosen


def _people(book: Book, options: ExportOptions, today: date) -> Collection[int] | None:
    """Return whom to export, None for everyone."""
    queries = [] if options.people is None else [options.people]
    if options.company_id is not None:
        queries.append(PeopleQuery(company_id=options.company_id))
    with book.read() as session:
        lists = [frozenset(browse.people_ids(session, query, today)) for query in queries]
    return frozenset.intersection(*lists) if lists else None


def _entries(
    chosen: Iterable[Scheduled], options: ExportOptions, today: date, words: Words
) -> tuple[CalendarEntry, ...]:
    entries = (_entry(one, options, today, words) for one in chosen)
    return tuple(sorted(entries, key=lambda entry: entry.starts_at))


def _uid(one: Scheduled) -> str:
    return f"{one.uid}@keepwarm"


def _entry(one: Scheduled, options: ExportOptions, today: date, words: Words) -> CalendarEntry:
    """Return the event. Each day overdue counts as a move, so that calendars take the new day; undo goes back."""
    summary, description = words(told(one.source, options.detail))
    on = one.stands_on(today)
    late = (on - one.on).days
    moved_at = datetime.combine(today, time(), UTC) if late else one.changed_at
    round_ = one.kind is EventKind.INTERVIEW
    whole = one.starts_at is None and one.kind in _WHOLE_DAYS
    return CalendarEntry(
        uid=_uid(one),
        summary=summary,
        starts_at=(one.starts_at or starts_at(on, time() if whole else options.at, options.zone)),
        changed_at=max(one.changed_at, moved_at),
        minutes=one.minutes,
        whole_day=on if whole else None,
        busy=round_ and one.starts_at is not None,
        description="" if options.detail is Detail.TITLE_ONLY else description,
        alarms=BRIEF_BEFORE_MINUTES if round_ and options.alarms else options.alarms,
        sequence=one.sequence * _MOVES + min(late, _MOVES - 1),
        kind=one.kind,
    )


def require_ours(book: Book, path: Path) -> None:
    """Refuse what isn't a calendar, above all the file of a book: nothing may take its place."""
    try:
        require_file(book, path)
        require_free_place(path, _CALENDARS)
    except OSError as error:  # a name too long, a folder that may not be looked into
        raise unwritable(path, error) from error


def require_own(path: Path) -> None:
    """Refuse to take the place of a file that Keepwarm didn't write. Raises `Invalid` (file, exists)."""
    if not (bytes_at(path) or _BEGINNING).startswith(_BEGINNING):
        require_free(path)


def bytes_at(path: Path) -> bytes | None:
    """Return what is in a file, None when there is none to read."""
    with contextlib.suppress(OSError):
        return path.read_bytes()
    return None
