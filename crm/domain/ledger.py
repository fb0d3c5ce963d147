"""What calendars were told, and what to tell them next: events that are new, that moved, and that are gone."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum

from crm.domain.calendar import EXPORTED, CalendarEntry, EventKind


class Notice(StrEnum):
    """What was noticed of an event in the user's calendar, and what they said to it."""

    MOVED = "moved"
    DONE = "done"
    REMOVED = "removed"
    OVERRULED = "overruled"  # the book's word holds: the calendar is told anew
    LEFT = "left"  # it stays in the calendar as it is


@dataclass(frozen=True, slots=True)
class Sent:
    """An event as it last went out. `fresh`: the last export said that it is cancelled.

    A calendar on a server gave an `etag` for what it took; `notice` is what was seen there since, with where it stood.
    """

    uid: str
    sequence: int
    starts_at: datetime
    changed_at: datetime
    summary: str
    digest: str
    cancelled: bool = False
    fresh: bool = False
    kind: EventKind = EventKind.CHECK_IN
    etag: str = ""
    notice: Notice | None = None
    notice_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What exports for others said of an event: the highest number, and whether it stands in a calendar of theirs."""

    sequence: int
    stands: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """What calendars were told, by UID: by exports for the same people (`sent`, the last one `since_at`), and for others."""

    sent: Mapping[str, Sent] = field(default_factory=dict)
    since_at: datetime | None = None
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delta:
    """How many events an export changes. `since_at` is when the last one was, None when there was none.

    `kept` are the kinds that it leaves out while calendars hold some of them: those stay there as they are.
    """

    new: int = 0
    moved: int = 0
    gone: int = 0
    since_at: datetime | None = None
    kept: tuple[EventKind, ...] = ()

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
    planned: Iterable[CalendarEntry],
    ledger: Ledger,
    today: date,
    kinds: Collection[EventKind] = EXPORTED,
    others: Collection[str] = (),
) -> Outgoing:
    """Say what to write now, given what went out before.

    A calendar takes an event again only with a higher SEQUENCE (RFC 5545 3.8.7.4), so whatever differs gets one above
    all that any export said of it, an event that returns after it was cancelled included. What was planned for a day to
    come and isn't any more goes out once as cancelled; what lies behind stays in the calendar as it is. The same plan
    after the same ledger gives the same file.

    Nothing is cancelled because a choice left it out. Of other kinds than `kinds` nothing is said, and all that was
    said stays noted for the next export that holds them. `others` are the events that are planned, but not for these
    people: of those, what an export for others told stands.
    """
    entries = [numbered(entry, ledger) for entry in planned]
    told = {entry.uid for entry in entries}
    earlier = ledger.sent.values()
    asked = [one for one in earlier if one.kind in kinds and one.uid not in told]
    standing = [one for one in asked if not one.cancelled]
    left = [one for one in standing if one.uid in others and _stands_elsewhere(one, ledger)]
    over = [one for one in standing if not (one.uid in others and _stands_elsewhere(one, ledger))]
    start = datetime.combine(today, time(), UTC)
    gone = [_gone(one, ledger) for one in over if one.starts_at >= start]
    new = [entry for entry in entries if entry.uid not in ledger.sent or ledger.sent[entry.uid].cancelled]
    known = [entry for entry in entries if entry.uid in ledger.sent and not ledger.sent[entry.uid].cancelled]
    moved = [entry for entry in known if entry.sequence != ledger.sent[entry.uid].sequence]
    unasked = [one for one in earlier if one.kind not in kinds]
    holding = {one.kind for one in unasked if not one.cancelled and one.starts_at >= start}
    kept = tuple(kind for kind in EXPORTED if kind in holding)
    delta = Delta(len(new), len(moved), len(gone), ledger.since_at, kept)
    cancelled = [one for one in asked if one.cancelled]
    if delta.any or (over and not gone):
        cancelled = [replace(one, fresh=False) for one in cancelled]
    cancelled += gone
    return Outgoing(
        (*entries, *(_cancelled(one) for one in cancelled if one.fresh)),
        (*new, *moved, *map(_cancelled, gone)),
        (*map(as_sent, entries), *cancelled, *left, *unasked),
        delta,
    )


def digest(entry: CalendarEntry) -> str:
    """Return what tells whether an event says the same as before, its number and time stamps aside."""
    said = (
        entry.summary, entry.starts_at.isoformat(), entry.minutes, entry.description, entry.url, entry.categories,
        entry.alarms, entry.private, entry.whole_day, entry.busy,
    )  # fmt: skip
    return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()


def numbered(entry: CalendarEntry, ledger: Ledger) -> CalendarEntry:
    """Return the event with a number that calendars take it with, after what went out before."""
    before = ledger.sent.get(entry.uid)
    if before is not None and not before.cancelled and before.digest == digest(entry):
        return replace(entry, sequence=before.sequence, changed_at=before.changed_at)
    said_at = entry.changed_at if before is None else max(entry.changed_at, before.changed_at)
    return replace(entry, sequence=max(entry.sequence, _next(entry.uid, ledger)), changed_at=said_at)


def _next(uid: str, ledger: Ledger) -> int:
    """Return the number above all that were told of an event."""
    told = [said[uid].sequence for said in (ledger.sent, ledger.elsewhere) if uid in said]
    return max(told, default=-1) + 1


def _stands_elsewhere(one: Sent, ledger: Ledger) -> bool:
    return one.uid in ledger.elsewhere and ledger.elsewhere[one.uid].stands


def _gone(one: Sent, ledger: Ledger) -> Sent:
    return replace(one, sequence=_next(one.uid, ledger), cancelled=True, fresh=True)


def as_sent(entry: CalendarEntry) -> Sent:
    """Return how an event goes out."""
    said = digest(entry)
    return Sent(
        entry.uid, entry.sequence, entry.starts_at, entry.changed_at, entry.summary, said, kind=entry.kind
    )


def _cancelled(one: Sent) -> CalendarEntry:
    return CalendarEntry(
        one.uid, one.summary, one.starts_at, one.changed_at,
        sequence=one.sequence, alarms=(), cancelled=True, kind=one.kind,
    )  # fmt: skip
