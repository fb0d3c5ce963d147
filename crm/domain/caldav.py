"""A calendar on a server: what it was told, what it holds now, what the book plans, and what follows from the three."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo
from enum import StrEnum

from crm.domain.calendar import USUAL, CalendarEntry, Detail, EventKind, starts_at
from crm.domain.ledger import Notice, Sent, digest
from crm.domain.schedule import Scheduled
from crm.errors import KeepwarmError

SERVERS = "caldav "
"""How the ledger's names for calendars on servers begin."""

_TO_DO = frozenset({EventKind.CHECK_IN, EventKind.STEP})


@dataclass(frozen=True, slots=True)
class Account:
    """Whose calendars, and where. The password is no part of it."""

    server: str
    user: str


@dataclass(frozen=True, slots=True)
class Collection:
    """A calendar on a server. Some may only be read."""

    url: str
    name: str
    writable: bool = True


@dataclass(frozen=True, slots=True)
class Connection:
    """The calendar that the book's plans are pushed to, and what of them. `alarms` are minutes before the start.

    Meetings are read from the calendars in `meetings`.
    """

    account: Account
    url: str
    name: str
    kinds: tuple[EventKind, ...] = USUAL
    alarms: tuple[int, ...] = (0,)
    detail: Detail = Detail.FULL
    meetings: tuple[Collection, ...] = ()

    @property
    def scope(self) -> str:
        """The ledger's name for what this calendar was told."""
        return f"{SERVERS}{self.url}"


@dataclass(frozen=True, slots=True)
class Seen:
    """An event as the server has it now. `starts_at` is None when it can't be read; `done` says that it is ticked off."""

    etag: str
    starts_at: datetime | None
    done: bool = False
    cancelled: bool = False
    data: bytes = b""


class Act(StrEnum):
    """What to do about one event."""

    NOTHING = "nothing"
    PUT = "put"
    REMOVE = "remove"
    FORGET = "forget"  # it is over: the calendar may do with it what it likes
    ADOPT = "adopt"  # the calendar says already what the book says
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do about one event; of something to ask, what was noticed and where the event stands there."""

    act: Act
    notice: Notice | None = None
    at: datetime | None = None


class Answer(StrEnum):
    """What the user says to an offer."""

    MOVE = "move"  # the calendar's day holds
    LOG = "log"  # a touch, or a step that is done
    SKIP = "skip"
    PUT_BACK = "put_back"  # the book's day holds
    REMOVE = "remove"
    LEAVE = "leave"  # as it is in the calendar


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that was changed in the calendar, and what may follow here. `item` is None when nothing stands here any more.

    `both`: it was moved here as well, to another day.
    """

    uid: str
    notice: Notice
    title: str
    item: Scheduled | None
    here_on: date | None
    there_on: date | None
    there_at: datetime | None
    answers: tuple[Answer, ...]
    both: bool = False


@dataclass(frozen=True, slots=True)
class PushState:
    """A push that ended: what the calendar was told, what it asks, and what stopped it. The rest goes with the next one."""

    new: int = 0
    moved: int = 0
    gone: int = 0
    asked: int = 0
    error: KeepwarmError | None = None

    def counting(self, act: Act, *, fresh: bool = False) -> "PushState":
        """Return the state with one more event dealt with; `fresh`: the calendar didn't hold it before."""
        put = act is Act.PUT
        return replace(
            self,
            new=self.new + (put and fresh),
            moved=self.moved + (put and not fresh),
            gone=self.gone + (act is Act.REMOVE),
            asked=self.asked + (act is Act.ASK),
        )


def decide(
    ours: CalendarEntry | None, told: Sent | None, theirs: Seen | None, today: date, zone: tzinfo | None
) -> Verdict:
    """Say what to do about an event that stands in the book, was told, or is on the server.

    What only the book changed is pushed; what only the calendar changed is offered; what both changed is asked. An
    event whose etag isn't the told one was touched by the user: it is theirs from then on, and only ever moved.
    """
    if told is None or told.cancelled:
        return _begin(ours, theirs, zone)
    answered = _answered(ours, told, theirs)
    if answered is not None:
        return answered
    if theirs is None or theirs.cancelled or theirs.starts_at is None:
        unread = theirs is not None and not theirs.cancelled
        return Verdict(Act.NOTHING) if unread else _vanished(ours, told)
    begins = starts_at(today, time(), zone)
    if theirs.etag == told.etag:
        return _untouched(ours, told, begins)
    if ours is None:
        return _touched_and_over(told, theirs, theirs.starts_at, begins, zone)
    return _touched(ours, told, theirs, theirs.starts_at, zone)


def place(at: datetime, entry: CalendarEntry | None, zone: tzinfo | None) -> datetime | date:
    """Return what counts as an event's place: of a round that has its hour the moment, of all else the day."""
    return at if entry is not None and entry.busy else at.astimezone(zone).date()


def answers(notice: Notice, kind: EventKind | None, there_on: date | None, today: date) -> tuple[Answer, ...]:
    """Return what may be said to an offer, the likeliest first. `kind` None: nothing stands here any more."""
    if kind is None:
        return (Answer.REMOVE, Answer.LEAVE)
    if notice is Notice.DONE:
        return (Answer.LOG, Answer.SKIP, Answer.PUT_BACK)
    if notice is Notice.REMOVED:
        return (
            (Answer.LOG, Answer.SKIP, Answer.PUT_BACK, Answer.LEAVE)
            if kind in _TO_DO
            else (Answer.LEAVE, Answer.PUT_BACK)
        )
    if there_on is not None and there_on >= today:
        return (Answer.MOVE, Answer.PUT_BACK)
    return (Answer.LOG, Answer.PUT_BACK) if kind in _TO_DO else (Answer.PUT_BACK, Answer.LEAVE)


def stands(told: Mapping[str, Sent]) -> dict[str, Sent]:
    """Return what a server was told and holds, as far as we know."""
    return {uid: one for uid, one in told.items() if not one.cancelled}


def _begin(ours: CalendarEntry | None, theirs: Seen | None, zone: tzinfo | None) -> Verdict:
    """Return what to do about an event that nobody noted as told; it may be there if an answer of the server was lost."""
    if ours is None:
        return Verdict(Act.NOTHING)
    if theirs is None or theirs.cancelled or theirs.starts_at is None:
        return Verdict(Act.PUT)
    if place(theirs.starts_at, ours, zone) == place(ours.starts_at, ours, zone):
        return Verdict(Act.PUT)
    return Verdict(Act.ASK, Notice.MOVED, theirs.starts_at)


def _answered(ours: CalendarEntry | None, told: Sent, theirs: Seen | None) -> Verdict | None:
    """Return what the user said, if the calendar still stands as it did when they said it."""
    gone = theirs is None or theirs.cancelled
    at = None if theirs is None or gone else theirs.starts_at
    if told.notice not in (Notice.OVERRULED, Notice.LEFT) or at != told.notice_at:
        return None
    if told.notice is Notice.OVERRULED and not (ours is None and gone):
        return Verdict(Act.REMOVE if ours is None else Act.PUT)
    return Verdict(Act.FORGET if ours is None else Act.NOTHING, told.notice, told.notice_at)


def _vanished(ours: CalendarEntry | None, told: Sent) -> Verdict:
    if ours is None:
        return Verdict(Act.FORGET)
    if ours.kind is EventKind.DATE:  # it can't be done, nor let go: whoever deletes it doesn't want to see it
        return Verdict(Act.NOTHING, told.notice, told.notice_at)
    return Verdict(Act.ASK, Notice.REMOVED)


def _untouched(ours: CalendarEntry | None, told: Sent, begins: datetime) -> Verdict:
    if ours is None:
        return Verdict(Act.REMOVE if told.starts_at >= begins else Act.FORGET)
    return Verdict(Act.NOTHING if digest(ours) == told.digest else Act.PUT)


def _touched_and_over(
    told: Sent, theirs: Seen, at: datetime, begins: datetime, zone: tzinfo | None
) -> Verdict:
    if theirs.done or min(told.starts_at, at) < begins:
        return Verdict(Act.FORGET)
    if place(at, None, zone) == place(told.starts_at, None, zone):
        return Verdict(Act.REMOVE)
    return Verdict(Act.ASK, Notice.MOVED, at)


def _touched(ours: CalendarEntry, told: Sent, theirs: Seen, at: datetime, zone: tzinfo | None) -> Verdict:
    if theirs.done and ours.kind in _TO_DO:
        return Verdict(Act.ASK, Notice.DONE, at)
    there = place(at, ours, zone)
    if there == place(ours.starts_at, ours, zone):
        return Verdict(Act.NOTHING if digest(ours) == told.digest else Act.ADOPT)
    if there == place(told.starts_at, ours, zone):
        return Verdict(Act.PUT)
    if ours.kind is EventKind.DATE:
        return Verdict(Act.NOTHING)
    return Verdict(Act.ASK, Notice.MOVED, at)
