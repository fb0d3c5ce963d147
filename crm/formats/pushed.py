"""An event as a calendar server holds it: what of it matters to us, and the same event at another time."""

import re
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any

from icalendar import Event, vDatetime

from crm.domain.caldav import Seen
from crm.domain.calendar import CalendarEntry, starts_at
from crm.domain.folding import clean

MAX_EVENT = 1 << 20
# Only the event is parsed: the rules of a zone beside it may run for ever.
_EVENT = re.compile(rb"^BEGIN:VEVENT\r?\n.*?^END:VEVENT\r?$", re.DOTALL | re.IGNORECASE | re.MULTILINE)
_OF_A_SERIES = re.compile(rb"^RECURRENCE-ID\b", re.IGNORECASE | re.MULTILINE)
_TICKS = ("✓", "✔", "☑", "✅", "[x]", "[X]", "done:", "Done:", "DONE:")
_TIMES = ("DTSTART", "DTEND", "DURATION", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "STATUS")


def seen(etag: str, data: bytes, zone: tzinfo | None) -> Seen:
    """Read what a server holds of an event; one that can't be read has no start. Raises nothing."""
    try:
        event: Any = Event.from_ical(_block(data).decode("utf-8", "replace"))
        at = event.decoded("DTSTART")
        if not isinstance(at, datetime):
            start = starts_at(at, time(), zone)
        else:
            start = at.astimezone(UTC) if at.tzinfo else starts_at(at.date(), at.time(), zone)
        cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
    except Exception:  # noqa: BLE001 - whatever a stranger's event makes the library raise
        return Seen(etag, None, data=data)
    return Seen(etag, start, _ticked(event), cancelled, data)


def retold(data: bytes, entry: CalendarEntry) -> bytes:
    """Return the user's version of an event at our time and no longer ticked off; all else that they wrote stays.

    Raises `ValueError` when there is no event in it that can be read.
    """
    block = _block(data)
    event: Any = Event.from_ical(block.decode("utf-8", "replace"))
    for name in _TIMES:
        event.pop(name, None)
    if entry.whole_day is None:
        event.add("DTSTART", vDatetime(entry.starts_at))
        event.add("DTEND", vDatetime(entry.starts_at + timedelta(minutes=entry.minutes)))
    else:
        event.add("DTSTART", entry.whole_day)
        event.add("DTEND", entry.whole_day + timedelta(days=1))
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", vDatetime(entry.changed_at.replace(microsecond=0)))
    event.add("STATUS", "CONFIRMED")
    if _ticked(event):
        event.pop("SUMMARY")
        event.add("SUMMARY", clean(entry.summary))
    return data.replace(block, bytes(event.to_ical(sorted=False)).rstrip(), 1)


def _ticked(event: Any) -> bool:
    return clean(str(event.get("SUMMARY", ""))).strip().startswith(_TICKS)


def _block(data: bytes) -> bytes:
    """Return the lines of the event itself, not of one of a series that was moved by itself."""
    blocks = (match[0] for match in _EVENT.finditer(data[:MAX_EVENT]))
    found = next((block for block in blocks if not _OF_A_SERIES.search(block)), None)
    if found is None:
        raise ValueError("no event")
    return found
