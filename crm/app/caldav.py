"""The calendar on a server: connecting to it, and telling it what changed.

What to do falls out of three states each time: the book, the ledger of what the server was told, and the server. So
whatever fails on the way is done by the next push, and nothing waits in a queue that could be lost.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, tzinfo

from crm import __version__
from crm.app import feeds, webdav
from crm.app.books import Book
from crm.app.caldav_server import CalendarServer, Stale
from crm.app.calendar import Words
from crm.app.passwords import Passwords
from crm.app.progress import Progress
from crm.app.webdav import Channel
from crm.domain.caldav import (
    Account,
    Act,
    Collection,
    Connection,
    PushState,
    Seen,
    Verdict,
    decide,
    stands,
)
from crm.domain.calendar import CalendarEntry
from crm.domain.changes import Op
from crm.domain.feed import FeedDraft
from crm.domain.ledger import Delta, Ledger, Sent, as_sent, numbered, reconcile
from crm.domain.preferences import MOST_ALARM_MINUTES
from crm.errors import ErrorCode, Invalid, KeepwarmError
from crm.store import caldav as rows
from crm.store import calendars

NEW_CALENDAR = "Keepwarm"
_TRIES = 3  # for an event that somebody changes at the same moment
_OF_ONE = frozenset({400, 403, 409, 413, 415, 422})  # refusals that may be of this event only


def account(address: str, user: str) -> Account:
    """Return an account as it was typed. Raises `KeepwarmError` (CALDAV_ADDRESS) for an address that isn't safe."""
    return Account(webdav.address(address), user.strip())


def calendars_of(account: Account, password: str) -> tuple[Collection, ...]:
    """Ask a server for the account's calendars. Raises `KeepwarmError`: not reached, refused, none there."""
    with _connecting(), Channel(account, password) as channel:
        return CalendarServer(channel).calendars()


def make(account: Account, password: str, name: str = NEW_CALENDAR) -> Collection:
    """Make a calendar on the server. Raises `KeepwarmError`."""
    with _connecting(), Channel(account, password) as channel:
        return CalendarServer(channel).make(name)


@contextmanager
def _connecting() -> Iterator[None]:
    """Let what fails say that nothing is connected yet."""
    try:
        yield
    except KeepwarmError as error:
        raise KeepwarmError(error.code, **{**error.params, "connecting": True}) from error


def connection(book: Book) -> Connection | None:
    """Return the calendar that the book is connected to."""
    with book.read() as session:
        return rows.connection(session)


def connect(book: Book, wanted: Connection) -> None:
    """Connect the book to a calendar, or change what it is told; the next push does so.

    Raises `KeepwarmError` (CALDAV_CONNECTED) when the book is connected to another one, `Invalid` for an alarm out of range.
    """
    if any(not 0 <= minutes <= MOST_ALARM_MINUTES for minutes in wanted.alarms):
        raise Invalid("alarms", max(wanted.alarms), "range")
    stood = connection(book)
    if stood is not None and stood.url != wanted.url:
        raise KeepwarmError(ErrorCode.CALDAV_CONNECTED, name=stood.name)
    op = Op.CONNECT_CALENDAR if stood is None else Op.CHANGE_CALENDAR
    with book.write(op, subject=wanted.name) as session:
        rows.keep(session, wanted)


def disconnect(book: Book, passwords: Passwords, *, remove: bool) -> None:
    """Connect the book to no calendar any more; with `remove` what it was told is taken out of it first.

    When the server fails at that, the book stays connected, and what is removed already is noted. Undo connects again,
    without the password.
    """
    stood = require(book)
    if remove:
        with Channel(stood.account, passwords.find(stood.account)) as channel:
            for uid in stands(told(book, stood)):
                CalendarServer(channel).remove(stood.url, uid)
                with book.write(Op.EXPORT_CALENDAR) as session:
                    calendars.forget_told(session, stood.scope, uid)
    with book.write(Op.DISCONNECT_CALENDAR, subject=stood.name) as session:
        rows.remove(session)
        calendars.forget_told(session, stood.scope)
    passwords.forget(stood.account)


def waiting(book: Book, *, today: date, words: Words, zone: tzinfo | None = None) -> Delta:
    """Return what the next push has to tell, and when the last one told everything. The server isn't asked."""
    stood = require(book)
    with book.read() as session:
        ledger = calendars.ledger(session, stood.scope)
    noted = {uid: one for uid, one in ledger.sent.items() if one.notice is None}
    asked = ledger.sent.keys() - noted.keys()
    entries = [one for one in planned(book, stood, today, words, zone) if one.uid not in asked]
    return reconcile(entries, replace(ledger, sent=noted), today).delta


def push(
    book: Book,
    passwords: Passwords,
    *,
    today: date,
    words: Words,
    zone: tzinfo | None = None,
    progress: Progress | None = None,
) -> PushState:
    """Tell the calendar what changed here, and note what the user changed there.

    What the server took is noted event by event. What stops a push, `progress` cancelled included, is in its state; the
    next one goes on from there. Raises `KeepwarmError` (CALDAV_UNCONNECTED).
    """
    stood = require(book)
    entries = {one.uid: one for one in planned(book, stood, today, words, zone)}
    try:
        password = passwords.find(stood.account)
    except KeepwarmError as error:
        return PushState(error=error)
    with Channel(stood.account, password) as channel:
        return _Push(book, CalendarServer(channel), stood, today, zone).run(entries, progress or Progress())


def require(book: Book) -> Connection:
    """Return the connection. Raises `KeepwarmError` (CALDAV_UNCONNECTED)."""
    stood = connection(book)
    if stood is None:
        raise KeepwarmError(ErrorCode.CALDAV_UNCONNECTED)
    return stood


def planned(
    book: Book, stood: Connection, today: date, words: Words, zone: tzinfo | None
) -> tuple[CalendarEntry, ...]:
    """Return the events that the calendar should hold."""
    draft = FeedDraft(stood.name, "", alarms=stood.alarms, detail=stood.detail, kinds=stood.kinds)
    return feeds.entries(book, draft, today, words, zone)


def told(book: Book, stood: Connection) -> Mapping[str, Sent]:
    """Return what the calendar was told, by UID."""
    with book.read() as session:
        return calendars.ledger(session, stood.scope).sent


class _Push:
    """One push on its way."""

    def __init__(
        self, book: Book, server: CalendarServer, stood: Connection, today: date, zone: tzinfo | None
    ) -> None:
        self._book, self._server, self._stood, self._url = book, server, stood, stood.url
        self._today, self._zone = today, zone
        self._state = PushState()

    def run(self, entries: Mapping[str, CalendarEntry], progress: Progress) -> PushState:
        """Go through all events; one that the server refuses stops no other, a server that fails stops all."""
        noted = told(self._book, self._stood)
        try:
            theirs = self._look(stands(noted))
            for uid in sorted({*entries, *stands(noted)}):
                progress.step()
                ours = numbered(entries[uid], Ledger(noted)) if uid in entries else None
                self._settle(uid, ours, noted.get(uid), theirs.get(uid))
        except KeepwarmError as error:
            return replace(self._state, error=error)
        if self._state.error is None:
            with self._book.write(Op.EXPORT_CALENDAR) as session:
                calendars.note_export(session, self._stood.scope)
        return self._state

    def _look(self, noted: Mapping[str, Sent]) -> dict[str, Seen]:
        """Return how what was told stands now; only what isn't as it was told is read."""
        etags = self._server.etags(self._url, tuple(noted))
        same = {uid: Seen(etag, noted[uid].starts_at) for uid, etag in etags.items() if etag == noted[uid].etag}  # fmt: skip
        changed = tuple(uid for uid in etags if uid not in same)
        return same | self._server.read(self._url, changed, self._zone)

    def _settle(self, uid: str, ours: CalendarEntry | None, noted: Sent | None, theirs: Seen | None) -> None:
        """Do what is to do about one event; look again where somebody changed it at the same moment."""
        for _ in range(_TRIES):
            verdict = decide(ours, noted, theirs, self._today, self._zone)
            try:
                self._do(verdict, ours, noted, theirs)
            except Stale:
                theirs = self._server.read(self._url, (uid,), self._zone).get(uid)
            except KeepwarmError as error:
                if not _is_of_one(error):
                    raise
                self._state = replace(self._state, error=self._state.error or error)
                return
            else:
                self._state = self._state.counting(verdict.act, fresh=theirs is None)
                return

    def _do(
        self, verdict: Verdict, ours: CalendarEntry | None, noted: Sent | None, theirs: Seen | None
    ) -> None:
        act = verdict.act
        if act is Act.PUT and ours is not None:
            self._keep(replace(as_sent(ours), etag=self._put(ours, noted, theirs)))
        elif act is Act.REMOVE and noted is not None:
            self._server.remove(self._url, noted.uid, theirs.etag if theirs else "")
            self._keep(replace(noted, sequence=noted.sequence + 1, cancelled=True, notice=None))
        elif act is Act.FORGET and noted is not None:
            with self._book.write(Op.EXPORT_CALENDAR) as session:
                calendars.forget_told(session, self._stood.scope, noted.uid)
        elif act is Act.ADOPT and ours is not None and noted is not None:
            self._keep(replace(as_sent(ours), etag=noted.etag))
        else:
            self._notice(verdict, ours, noted)

    def _put(self, ours: CalendarEntry, noted: Sent | None, theirs: Seen | None) -> str:
        """Put an event there and return the etag to know it by; one that the user touched stays known as touched."""
        from crm.formats import ical, pushed  # noqa: PLC0415 - the library takes a tenth of a second

        known_as = noted.etag if noted is not None and not noted.cancelled else ""
        if theirs is None or theirs.etag == known_as or theirs.starts_at is None:
            data = ical.render((ours,), version=__version__)
            return self._server.put(self._url, ours.uid, data, theirs.etag if theirs else "")
        self._server.put(self._url, ours.uid, pushed.retold(theirs.data, ours), theirs.etag)
        return known_as

    def _notice(self, verdict: Verdict, ours: CalendarEntry | None, noted: Sent | None) -> None:
        """Note what is to be asked, or that there is nothing to ask any more."""
        fresh = noted is None or noted.cancelled
        if fresh and ours is not None and verdict.act is Act.ASK:
            noted = as_sent(ours)  # it is there already, elsewhere, and nobody noted why
        if noted is None or (fresh and verdict.act is not Act.ASK):
            return
        if fresh or (noted.notice, noted.notice_at) != (verdict.notice, verdict.at):
            self._keep(replace(noted, notice=verdict.notice, notice_at=verdict.at))

    def _keep(self, one: Sent) -> None:
        with self._book.write(Op.EXPORT_CALENDAR) as session:
            calendars.keep_told(session, self._stood.scope, one)


def _is_of_one(error: KeepwarmError) -> bool:
    """Say whether a server refused just this event, and may take others."""
    return error.code is ErrorCode.CALDAV_REFUSED and error.params.get("status") in _OF_ONE
