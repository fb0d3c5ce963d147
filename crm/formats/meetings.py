"""Calendar files in: events as meetings, one at a time, with `icalendar`; repetitions with `dateutil`, both in bounds.

Hostile calendars: nothing is parsed before its size is known, rules that repeat by the second or may never yield are
read for their first occurrence only, and `VTIMEZONE`s, whose rules may run for ever, aren't read: zones go by name.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any
from urllib.parse import unquote

from dateutil.rrule import rrulestr
from icalendar import Event, vDDDLists, vDDDTypes, vRecur

from crm.domain.card import Problem, ProblemCode
from crm.domain.folding import clean
from crm.domain.meeting import Attendee, Meeting, Span, in_order

MAX_EVENT = 1 << 20  # bytes of one event: longer descriptions are attachments
MAX_LISTED = 200  # single dates of a series
MAX_ATTENDEES = 200
_TITLE = 300
_OLDEST_SERIES = timedelta(days=366 * 50)
_DAY = timedelta(days=1)
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_DATES = re.compile(rb"^(DTSTART|DTEND)[^:\r\n]*:(\d{8})", re.IGNORECASE | re.MULTILINE)
_REPEATS = re.compile(rb"^(RRULE|RDATE|RECURRENCE-ID)\b", re.IGNORECASE | re.MULTILINE)
# Parts with which each frequency yields again and again; others may search the calendar to its end and find nothing.
_BY_DAY = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY"})
_PARTS = {
    "DAILY": _BY_DAY,
    "WEEKLY": _BY_DAY,
    "MONTHLY": _BY_DAY | {"BYMONTHDAY", "BYSETPOS"},
    "YEARLY": _BY_DAY | {"BYMONTH", "BYMONTHDAY", "BYSETPOS"},
}
_NOT_PEOPLE = frozenset({"ROOM", "RESOURCE"})
_OURS = b"PRODID:-//KEEPWARM//"

# "/example.org/20240126_1/Europe/Lisbon": a vendor's prefix before a zone that everybody knows.
_VENDOR = re.compile(rb'(;TZID="?)/[^:;"]*?/((?:[A-Za-z_+-]+/)+[A-Za-z_+-]+)(?=[":;])', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReadMeetings:
    """What a calendar file held in a span. `events` counts all its events; `ours` says that Keepwarm wrote it."""

    meetings: tuple[Meeting, ...]
    problems: tuple[Problem, ...]
    events: int
    ours: bool = False


def is_calendar(head: bytes) -> bool:
    """Say whether a file that begins so is a calendar."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].upper() == b"BEGIN:VCALENDAR"


def read(lines: Iterable[bytes], file: str, span: Span, zone: tzinfo | None) -> ReadMeetings:
    """Read the meetings of `span` from the lines of a file. `zone` is the user's, None as the system has it: days and times without a zone are its."""
    reading = _Reading(file, span, zone)
    for line, block in _events(lines, reading):
        reading.events += 1
        if block is None:
            reading.problem(line, ProblemCode.TOO_LARGE)
        elif _may_concern(block, span):
            reading.read(line, block)
    return ReadMeetings(reading.result(), tuple(reading.problems), reading.events, reading.ours)


class _Reading:
    """One file on its way to meetings."""

    def __init__(self, file: str, span: Span, zone: tzinfo | None) -> None:
        self._file, self._span, self._zone = file, span, zone
        self.events = 0
        self.ours = False
        self.problems: list[Problem] = []
        self._meetings: list[Meeting] = []
        self._moved: dict[str, Meeting] = {}

    def problem(self, line: int, code: ProblemCode, detail: str = "", *, fatal: bool = True) -> None:
        """Note what couldn't be read."""
        self.problems.append(Problem(self._file, line, code, detail, fatal))

    def read(self, line: int, block: bytes) -> None:
        """Read one event, with its repetitions; whatever is wrong with it is one problem."""
        try:
            event: Any = Event.from_ical(_VENDOR.sub(rb"\1\2", block).decode("utf-8", "replace"))
            start = _moment(event, "DTSTART", self._zone)
        except Exception as error:  # noqa: BLE001 - one event of a stranger's file never ends the reading
            self.problem(line, ProblemCode.BROKEN, type(error).__name__)
            return
        if start is None:
            self.problem(line, ProblemCode.BAD_DATE)
            return
        first = self._meeting(event, start)
        if event.get("RECURRENCE-ID") is not None:
            at = _moment(event, "RECURRENCE-ID", self._zone) or start
            moved = replace(first, series=first.uid, **_when(start, self._zone))
            self._moved[_occurrence_uid(first.uid, at)] = moved
            return
        starts, whole = self._starts(event, start)
        if not whole:
            self.problem(line, ProblemCode.UNREADABLE_LINE, "RRULE", fatal=False)
        repeats = "RRULE" in event or "RDATE" in event
        for at in starts:
            if self._span.holds(_local_day(at, self._zone)):
                one = replace(first, **_when(at, self._zone))
                if repeats:
                    one = replace(one, uid=_occurrence_uid(first.uid, at), series=first.uid)
                self._meetings.append(one)

    def result(self) -> tuple[Meeting, ...]:
        """Return the meetings, each occurrence of a series as it was moved or cancelled by itself."""
        moved = {uid: replace(one, uid=uid) for uid, one in self._moved.items()}
        standing = [one for one in self._meetings if one.uid not in moved]
        return in_order([*standing, *(one for one in moved.values() if self._span.holds(one.on))])

    def _meeting(self, event: Event, start: date) -> Meeting:
        end = _moment(event, "DTEND", self._zone)
        minutes = 0
        if isinstance(start, datetime) and isinstance(end, datetime):
            minutes = max(0, int((end.astimezone(UTC) - start.astimezone(UTC)) / timedelta(minutes=1)))
        return Meeting(
            uid=_line(event.get("UID")) or f"{_line(event.get('SUMMARY'))}@{start.isoformat()}",
            title=_line(event.get("SUMMARY")),
            place=_line(event.get("LOCATION")),
            minutes=minutes,
            attendees=tuple(_attendees(event)),
            cancelled=_line(event.get("STATUS")).upper() == "CANCELLED",
            **_when(start, self._zone),
        )

    def _starts(self, event: Event, start: date) -> tuple[list[date], bool]:
        """Return the starts in the span, and whether the rule could be followed."""
        starts: list[date] = [start]
        whole = True
        rule = event.get("RRULE")
        if isinstance(rule, vRecur):
            try:
                starts = _repeated(rule, start, self._span)
            except (ValueError, TypeError, OverflowError):
                whole = False
        dropped = {_key(at) for at in _listed(event, "EXDATE", self._zone)}
        starts += islice(_listed(event, "RDATE", self._zone), MAX_LISTED)
        kept = {_key(at): at for at in starts if _key(at) not in dropped}
        return list(kept.values()), whole


def _events(lines: Iterable[bytes], reading: _Reading) -> Iterator[tuple[int, bytes | None]]:
    """Yield each event with the line it begins on; None for one too large to look at. An end left out is supplied."""
    block: list[bytes] | None = None
    began = size = depth = 0
    for number, line in enumerate(lines, 1):
        sign = line[:40].strip().upper()
        if sign == b"BEGIN:VEVENT":
            if block is not None:
                yield began, _ended(block, size, depth)
            block, began, size, depth = [], number, 0, 0
        elif block is None:
            reading.ours = reading.ours or sign.startswith(_OURS)
            continue
        elif sign.startswith(b"BEGIN:"):
            depth += 1
        elif sign.startswith(b"END:") and depth:
            depth -= 1
        elif sign in {b"END:VEVENT", b"END:VCALENDAR"}:
            yield began, _ended(block, size, 0)
            block = None
            continue
        size += len(line)
        if size <= MAX_EVENT:
            block.append(line)
    if block is not None:
        reading.problem(began, ProblemCode.MISSING_END, fatal=False)
        yield began, _ended(block, size, depth)


def _ended(block: list[bytes], size: int, depth: int) -> bytes | None:
    """Return an event's lines with its end; of parts that were never closed only what comes before them."""
    if size > MAX_EVENT:
        return None
    if depth:
        opened = next(n for n, line in enumerate(block[1:], 1) if line[:6].upper() == b"BEGIN:")
        block = block[:opened]
    return b"".join([*block, b"" if block[-1].endswith(b"\n") else b"\r\n", b"END:VEVENT\r\n"])


def _may_concern(block: bytes, span: Span) -> bool:
    """Say whether an event could be in the span: years of a calendar lie outside of it, and parsing takes time."""
    if _REPEATS.search(block):
        return True
    days = [match[2].decode() for match in _DATES.finditer(block)]
    low, high = (f"{day:%Y%m%d}" for day in (span.since - 2 * _DAY, span.until + 2 * _DAY))
    return not days or any(low <= day <= high for day in days)


def _repeated(rule: Any, start: date, span: Span) -> list[date]:
    """Return the starts by a rule in the span, at the clock time of the first; ValueError where it isn't followed.

    None of the parts that are followed makes more than one a day, so that the span is what bounds them.
    """
    said = {str(name).upper() for name in rule}
    frequency = str(rule.get("FREQ", [""])[0]).upper()
    first = (
        datetime.combine(start, time.min) if not isinstance(start, datetime) else start.replace(tzinfo=None)
    )
    if frequency not in _PARTS or not said <= _PARTS[frequency] or int(rule.get("INTERVAL", [1])[0]) < 1:
        raise ValueError(rule)
    end = datetime.combine(span.until + 2 * _DAY, time.min)
    begin = datetime.combine(span.since - 2 * _DAY, time.min)
    if begin - first > _OLDEST_SERIES:
        raise ValueError(start)
    parts = rule.copy()
    counted = parts.pop("COUNT", None)
    until = parts.pop("UNTIL", None)
    last = min(end, _wall(until[0], start)) if until else end
    found = rrulestr(parts.to_ical().decode(), dtstart=first).replace(until=last)
    most = int(counted[0]) if counted else None
    times = (at for at in islice(found, most) if at >= begin)
    zone = start.tzinfo if isinstance(start, datetime) else None
    return [at.replace(tzinfo=zone) if isinstance(start, datetime) else at.date() for at in times]


def _wall(until: date, start: date) -> datetime:
    """Return the end of a series on the clock that its start is told on."""
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max)
    zone = start.tzinfo if isinstance(start, datetime) else None
    return (
        until.astimezone(zone).replace(tzinfo=None) if until.tzinfo and zone else until.replace(tzinfo=None)
    )


def _moment(event: Event, name: str, zone: tzinfo | None) -> date | None:
    """Return a day, or an instant in the zone it is told in; one without a zone is told in the user's."""
    value = event.get(name)
    found = value.dt if isinstance(value, vDDDTypes) else None
    return _zoned(found, zone) if isinstance(found, date) else None


def _listed(event: Event, name: str, zone: tzinfo | None) -> Iterator[date]:
    lists = event.get(name, [])
    for one in lists if isinstance(lists, list) else [lists]:
        for value in one.dts if isinstance(one, vDDDLists) else ():
            at = value.dt[0] if isinstance(value.dt, tuple) else value.dt
            if isinstance(at, date):
                yield _zoned(at, zone)


def _zoned(at: date, zone: tzinfo | None) -> date:
    return at.replace(tzinfo=zone) if isinstance(at, datetime) and at.tzinfo is None else at


def _local_day(at: date, zone: tzinfo | None) -> date:
    if not isinstance(at, datetime):
        return at
    try:
        return at.astimezone(zone).date()
    except OverflowError:  # the first or last hours of the calendar
        return at.date()


def _when(at: date, zone: tzinfo | None) -> dict[str, Any]:
    day = _local_day(at, zone)
    if not isinstance(at, datetime):
        return {"on": day}
    with suppress(OverflowError):
        return {"on": day, "starts_at": at.astimezone(UTC)}
    return {"on": day}


def _key(at: date) -> str:
    """Return what tells one start from another, whatever zone it is told in."""
    if not isinstance(at, datetime):
        return at.isoformat()
    with suppress(OverflowError):
        return at.astimezone(UTC).isoformat()
    return at.isoformat()


def _occurrence_uid(uid: str, at: date) -> str:
    return f"{uid}/{_key(at)}"


def _attendees(event: Event) -> Iterator[Attendee]:
    """Yield who was invited and didn't decline, the organizer too, each once; rooms and lists aren't people."""
    seen: set[tuple[str, str]] = set()
    for name in ("ORGANIZER", "ATTENDEE"):
        found = event.get(name, [])
        for one in islice(found if isinstance(found, list) else [found], MAX_ATTENDEES):
            params = getattr(one, "params", {})
            if str(params.get("CUTYPE", "")).upper() in _NOT_PEOPLE:
                continue
            if str(params.get("PARTSTAT", "")).upper() == "DECLINED":
                continue
            attendee = Attendee(_address(str(one)), _line(params.get("CN")))
            key = (attendee.email, "" if attendee.email else attendee.name)
            if key not in seen and any(key):
                seen.add(key)
                yield attendee


def _address(value: str) -> str:
    """Return the address of "mailto:Ana%40x.example", folded; "" for anything else."""
    found = unquote(_MAILTO.sub("", clean(value), count=1)).strip().casefold()
    return found if "@" in found and " " not in found else ""


def _line(value: object) -> str:
    return " ".join(clean(str(value)).split())[:_TITLE] if value is not None else ""
