"""Calendar files: events to bytes that every calendar program reads alike (INTEROP.md 3.2), written with `icalendar`."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote

from icalendar import Alarm, Calendar, Event
from icalendar.prop import vCategory, vDatetime, vDuration, vText, vUri

from crm.domain.calendar import CalendarEntry
from crm.domain.folding import clean

MAX_UID_BYTES = 200
_NINE_THE_DAY_BEFORE = 15 * 60  # of a whole day; the one trigger that every program takes for the same moment
_OFTEN = timedelta(hours=1)  # how often a calendar may look at a file that is kept up to date
_END = b"END:VCALENDAR"
_URI_SIGNS = ":/?#[]@!$&'()*+,;=%-._~"
_MARK = "\ufeff"  # the byte order mark: readers drop it where a value starts with one


def render(entries: Iterable[CalendarEntry], *, version: str, name: str = "") -> bytes:
    """Return the calendar file of `entries`. The same entries give the same bytes, whatever their order.

    There is no METHOD: PUBLISH without an ORGANIZER breaks iTIP, and Outlook treats such files as invitations. `name`
    is for a calendar that is kept up to date; Outlook makes a new calendar of any file that has one.
    """
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", f"-//Keepwarm//Keepwarm {version}//EN")
    calendar.add("CALSCALE", "GREGORIAN")
    if name:
        calendar.add("NAME", _text(name))
        calendar.add("X-WR-CALNAME", _text(name))
        calendar.add("REFRESH-INTERVAL", vDuration(_OFTEN), parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", vDuration(_OFTEN))
    head, end, _ = bytes(calendar.to_ical(sorted=False)).rpartition(_END)
    ordered = sorted(entries, key=lambda each: (each.starts_at, each.uid))
    return b"".join((head, *map(_event_bytes, ordered), end, b"\r\n"))


@lru_cache(maxsize=1 << 14)
def _event_bytes(entry: CalendarEntry) -> bytes:
    """Return one event's lines; a file that is kept up to date has the same ones again and again."""
    return bytes(_event(entry).to_ical(sorted=False))


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("UID", _uid(entry.uid))
    event.add("DTSTAMP", _instant(entry.changed_at))
    event.add("LAST-MODIFIED", _instant(entry.changed_at))
    if entry.created_at is not None:
        event.add("CREATED", _instant(entry.created_at))
    event.add("SEQUENCE", entry.sequence)
    if entry.whole_day is None:
        event.add("DTSTART", _instant(entry.starts_at))
        event.add("DTEND", _instant(entry.starts_at + timedelta(minutes=entry.minutes)))
    else:
        event.add("DTSTART", entry.whole_day)
        event.add("DTEND", entry.whole_day + timedelta(days=1))
    event.add("SUMMARY", _text(entry.summary))
    description = _text(entry.description)
    if description:
        event.add("DESCRIPTION", description)
    if entry.url:
        event.add("URL", vUri(quote(_one_line(entry.url), safe=_URI_SIGNS)))
    categories = [line for line in map(_one_line, entry.categories) if line]
    if categories:
        event.add("CATEGORIES", _categories(categories))
    event.add("STATUS", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("TRANSP", "OPAQUE" if entry.busy else "TRANSPARENT")
    if entry.private:
        event.add("CLASS", "PRIVATE")
    for minutes in _alarms(entry):
        event.add_component(_alarm(minutes, entry.summary))
    return event


def _alarms(entry: CalendarEntry) -> list[int]:
    if entry.cancelled or not entry.alarms:
        return []
    if entry.whole_day is not None:
        return [_NINE_THE_DAY_BEFORE]
    return sorted({abs(minutes) for minutes in entry.alarms})


def _alarm(minutes: int, summary: str) -> Alarm:
    """Return an alarm `minutes` before the start; Outlook reads any sign as "before", so there are no others."""
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", _text(summary))
    alarm.add("TRIGGER", _Before(timedelta(minutes=minutes)))
    return alarm


class _Before(vDuration):
    """A trigger in minutes before the start. The library writes none as "P0D", which not every program reads."""

    def to_ical(self) -> bytes:
        return f"-PT{self.td // timedelta(minutes=1)}M".encode()


def _instant(at: datetime) -> vDatetime:
    """Return an instant in UTC. One without a zone would mean another moment on each machine."""
    if at.tzinfo is None:
        raise ValueError(at)
    return vDatetime(at.astimezone(UTC).replace(microsecond=0))


def _text(words: str) -> vText:
    """Return text that stays one property: whatever any program takes for a line's end becomes one the library escapes."""
    kept = clean(words).replace("\t", " ").replace(_MARK, "")
    return _Text("\n".join(kept.splitlines()).strip())


class _Text(vText):
    """Text escaped as RFC 5545 3.3.11 says. The library (7.3) takes a backslash before an N for a line break."""

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode()


def _categories(names: list[str]) -> vCategory:
    said = vCategory([])
    said.cats = [_Text(name) for name in names]
    return said


def _one_line(words: str) -> str:
    return " ".join(clean(words).split())


def _uid(uid: str) -> str:
    """Return the UID as it is; programs cut or refuse longer ones (Outlook: 202 bytes)."""
    line = "".join(clean(uid).split())
    if not line or len(line.encode()) > MAX_UID_BYTES:
        raise ValueError(uid)
    return line
