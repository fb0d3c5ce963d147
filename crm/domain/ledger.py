"""What calendars were told, and what to tell them next: events that are new, that moved, and that are gone."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from crm.domain.calendar import CalendarEntry


@dataclass(frozen=True, slots=True)
class Sent:
    """An event as it last went out. `fresh`: the last export said that it is cancelled."""

    uid: str
    sequence: int
    starts_at: datetime
    changed_at: datetime
    summary: str
    digest: str
    cancelled: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Delta:
    """How many events an export changes. `since_at` is when the last one was, None when there was none."""

    new: int = 0
    moved: int = 0
    gone: int = 0
    since_at: datetime | None = None

    @property
    def any(self) -> bool:
        """Say whether there is anything to tell."""
        return bool(self.new or self.moved or self.gone)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An export: `entries` is the whole file, `changes` only what differs from the last one, `sent` the next ledger."""

    entries: tuple[CalendarEntry, ...]
    changes: tuple[CalendarEntry, ...]
    sent: tuple[Sent, ...]
    delta: Delta

    @property
    def standing(self) -> tuple[CalendarEntry, ...]:
        """The events that take place: all but those that are only there to say that they are cancelled."""
        return tuple(entry for entry in self.entries if not entry.cancelled)


def reconcile(
    planned: Iterable[CalendarEntry], sent: Mapping[str, Sent], today: date, since_at: datetime | None = None
) -> Outgoing:
    """Say what to write now, given what went out before.

    A calendar takes an event again only with a higher SEQUENCE (RFC 5545 3.8.7.4), so whatever differs gets one, an
    event that returns after it was cancelled included. What was planned for a day to come and isn't any more goes out
    once as cancelled; what lies behind stays in the calendar as it is. The same plan after the same ledger gives the
    same file.
    """
    entries = [_numbered(entry, sent.get(entry.uid)) for entry in planned]
    kept = {entry.uid for entry in entries}
    new = [entry for entry in entries if entry.uid not in sent or sent[entry.uid].cancelled]
    moved = [
        entry
        for entry in entries
        if entry.uid in sent and not sent[entry.uid].cancelled and entry.sequence != sent[entry.uid].sequence
    ]
    start = datetime.combine(today, time(), UTC)
    over = [one for one in sent.values() if one.uid not in kept and not one.cancelled]
    gone = [
        replace(one, sequence=one.sequence + 1, cancelled=True, fresh=True)
        for one in over
        if one.starts_at >= start
    ]
    delta = Delta(len(new), len(moved), len(gone), since_at)
    cancelled = [one for one in sent.values() if one.cancelled and one.uid not in kept]
    if delta.any or (over and not gone):
        cancelled = [replace(one, fresh=False) for one in cancelled]
    cancelled += gone
    told = [_cancelled(one) for one in cancelled if one.fresh]
    return Outgoing(
        (*entries, *told),
        (*new, *moved, *map(_cancelled, gone)),
        (*(_sent(entry) for entry in entries), *cancelled),
        delta,
    )


def digest(entry: CalendarEntry) -> str:
    """Return what tells whether an event says the same as before, its number and time stamps aside."""
    said = (
        entry.summary, entry.starts_at.isoformat(), entry.minutes, entry.description, entry.url, entry.categories,
        entry.alarms, entry.private, entry.whole_day, entry.busy,
    )  # fmt: skip
    return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()


def _numbered(entry: CalendarEntry, before: Sent | None) -> CalendarEntry:
    if before is None:
        return entry
    if not before.cancelled and before.digest == digest(entry):
        return replace(entry, sequence=before.sequence, changed_at=before.changed_at)
    return replace(
        entry,
        sequence=max(entry.sequence, before.sequence + 1),
        changed_at=max(entry.changed_at, before.changed_at),
    )


def _sent(entry: CalendarEntry) -> Sent:
    return Sent(entry.uid, entry.sequence, entry.starts_at, entry.changed_at, entry.summary, digest(entry))


def _cancelled(one: Sent) -> CalendarEntry:
    return CalendarEntry(
        one.uid, one.summary, one.starts_at, one.changed_at, sequence=one.sequence, alarms=(), cancelled=True
    )
