"""Meetings from calendar files: read, looked over, brought in as one step; and those that were, to be confirmed later."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from pathlib import Path
from typing import BinaryIO

from crm.app import touches
from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.card import Problem
from crm.domain.changes import Op
from crm.domain.folding import fold
from crm.domain.meeting import (
    Fate,
    Meeting,
    MeetingId,
    MeetingLine,
    MeetingRecord,
    Span,
    counted,
    in_order,
    judge,
    names_in,
    standing_for_series,
    touch_kind,
    usual_span,
)
from crm.domain.touch import TouchDraft, TouchId
from crm.errors import ErrorCode, KeepwarmError, NotFound
from crm.files import is_held
from crm.formats import meetings as formats
from crm.store import meetings as rows

_HEAD = 4096
_MOST_MB = 256
_MOST_LINE = 1 << 20


@dataclass(frozen=True, slots=True)
class ReadCalendars:
    """What calendar files hold of a span. `events` counts all of their events, also those outside of it."""

    meetings: tuple[Meeting, ...]
    problems: tuple[Problem, ...]
    files: tuple[str, ...]
    events: int
    span: Span


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """What becomes of each meeting read. Nothing was changed yet."""

    records: tuple[MeetingRecord, ...]
    read: ReadCalendars

    @property
    def counts(self) -> dict[Fate, int]:
        """Return how many meetings have each fate."""
        return counted(self.records)


def is_calendar(path: Path) -> bool:
    """Say whether a file is a calendar, by how it begins; False when it can't be read."""
    if not path.is_file() or is_held(path):
        return False
    try:
        with path.open("rb") as stream:
            return formats.is_calendar(stream.read(_HEAD))
    except OSError:
        return False


def read_files(
    paths: Iterable[Path],
    progress: Progress,
    *,
    today: date,
    zone: tzinfo | None = None,
    span: Span | None = None,
) -> ReadCalendars:
    """Read the meetings of a span, by default a year back and half a year ahead. Progress is in bytes.

    `zone` is the user's, None as the system has it.

    Raises `KeepwarmError`: unreadable, too large, no events, one that Keepwarm wrote itself.
    """
    span = span or usual_span(today)
    found: list[Meeting] = []
    problems: list[Problem] = []
    events = 0
    files = [Path(path) for path in paths]
    progress.expect(sum(map(_size, files)))
    for path in files:
        read = _read(path, span, zone, progress)
        if read.ours:
            raise KeepwarmError(ErrorCode.CALENDAR_OURS, path=str(path))
        if not read.events:
            raise KeepwarmError(ErrorCode.CALENDAR_EMPTY, path=str(path))
        found += read.meetings
        problems += read.problems
        events += read.events
    return ReadCalendars(in_order(found), tuple(problems), tuple(path.name for path in files), events, span)


def plan(book: Book, read: ReadCalendars, *, today: date) -> MeetingPlan:
    """Say what becomes of each meeting: a touch, a date ahead, or nothing and why."""
    attendees = [one for meeting in read.meetings for one in meeting.attendees]
    titles = [meeting.title for meeting in read.meetings if not meeting.attendees]
    names = {fold(one.name) for one in attendees} | {name for title in titles for name in names_in(title)}
    with book.read() as session:
        known = rows.known(session, {one.email for one in attendees if one.email}, names - {""})
        kept = rows.kept(session, [meeting.uid for meeting in read.meetings])
        people = [person for person, _ in (*known.by_email.values(), *known.by_name.values())]
        logged = rows.logged(session, people, read.span.since, read.span.until)
    judged = [judge(meeting, known, kept.get(meeting.uid), logged, today) for meeting in read.meetings]
    return MeetingPlan(standing_for_series(judged), read)


def apply(
    book: Book, plan: MeetingPlan, *, today: date, left_out: Collection[str] = frozenset()
) -> dict[Fate, int]:
    """Bring the meetings in as one step that undo takes back; return how many of each fate were.

    `left_out` are uids of meetings the user doesn't want.
    """
    taken = [one for one in plan.records if one.taken and one.meeting.uid not in left_out]
    if taken:
        with book.write(Op.IMPORT_MEETINGS, count=len(taken), file=", ".join(plan.read.files)) as session:
            concerned: set[int] = set()
            for one in taken:
                people = [presence.person for presence in one.people]
                touch = None
                if one.fate is Fate.GONE and one.kept is not None:
                    concerned |= rows.remove(session, one.kept)
                    continue
                if one.fate is Fate.TOUCH:
                    touch = _log(book, one.meeting, people, today)
                    concerned |= rows.settle_series(session, one.meeting.series, one.meeting.on)
                rows.keep(session, one.meeting, people, id_=one.kept, touch=touch)
                concerned |= set(people)
            rows.settle_people(session, concerned, today)
    return counted(taken)


def waiting(book: Book, *, today: date) -> tuple[MeetingLine, ...]:
    """Return the meetings that were and have no answer, the latest first."""
    with book.read() as session:
        return rows.waiting(session, today)


def ahead(book: Book, *, today: date) -> tuple[MeetingLine, ...]:
    """Return the meetings to come, the next first."""
    with book.read() as session:
        return rows.ahead(session, today)


def confirm(book: Book, meetings: Sequence[MeetingId], *, today: date) -> None:
    """Log these meetings as touches, in one step. Raises `NotFound`, `KeepwarmError` (FUTURE_TOUCH)."""
    with book.write(Op.CONFIRM_MEETINGS, count=len(meetings)) as session:
        for line in _found(book, meetings):
            people = [person for person, _ in line.people]
            touch = _log(book, line.meeting, people, today)
            rows.settle_one(session, line.id, touch)
            others = rows.settle_series(session, line.meeting.series, line.meeting.on)
            rows.settle_people(session, {*people, *others}, today)


def let_go(book: Book, meetings: Sequence[MeetingId], *, today: date) -> None:
    """Say that these meetings didn't happen, or don't count; they aren't asked about again. Raises `NotFound`."""
    with book.write(Op.LET_MEETINGS_GO, count=len(meetings)) as session:
        for line in _found(book, meetings):
            rows.settle_one(session, line.id, None)
            rows.settle_people(session, [person for person, _ in line.people], today)


def _found(book: Book, meetings: Sequence[MeetingId]) -> tuple[MeetingLine, ...]:
    with book.read() as session:
        found = rows.lines(session, meetings)
    for wanted in meetings:
        if all(line.id != wanted for line in found):
            raise NotFound("meeting", wanted)
    return found


def _log(book: Book, meeting: Meeting, people: Sequence[int], today: date) -> TouchId:
    draft = TouchDraft(tuple(people), touch_kind(meeting.title), meeting.on, meeting.title)  # type: ignore[arg-type]
    return touches.log(book, draft, today=today).touch


def _read(path: Path, span: Span, zone: tzinfo | None, progress: Progress) -> formats.ReadMeetings:
    try:
        with path.open("rb") as stream:
            return formats.read(_told(stream, progress), path.name, span, zone)
    except OSError as error:
        raise _unreadable(path, error) from error


def _size(path: Path) -> int:
    if is_held(path):  # an open book
        raise KeepwarmError(ErrorCode.FILE_UNKNOWN, path=str(path))
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _unreadable(path, error) from error
    if size > _MOST_MB << 20:
        raise KeepwarmError(ErrorCode.FILE_TOO_LARGE, path=str(path), limit_mb=_MOST_MB)
    return size


def _told(stream: BinaryIO, progress: Progress) -> Iterator[bytes]:
    """Yield the lines of a file, those without an end cut, and tell the progress."""
    for line in iter(lambda: stream.readline(_MOST_LINE), b""):
        progress.step(len(line))
        yield line


def _unreadable(path: Path, error: OSError) -> KeepwarmError:
    return KeepwarmError(ErrorCode.FILE_UNREADABLE, path=str(path), why=error.strerror or str(error))
