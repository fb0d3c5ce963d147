"""A calendar server: which calendars an account has, a new one, and the events that we keep in one."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from http import HTTPStatus
from urllib.parse import quote, unquote, urljoin, urlsplit

from crm.app import webdav
from crm.app.webdav import Channel, Reply
from crm.domain.caldav import Collection, Seen
from crm.domain.folding import clean
from crm.domain.meeting import Span
from crm.errors import ErrorCode, KeepwarmError
from crm.formats import pushed
from crm.formats import webdav as xml
from crm.formats.webdav import CALDAV, DAV, Resource

_XML = {"Content-Type": "application/xml; charset=utf-8"}
_ICS = {"Content-Type": "text/calendar; charset=utf-8"}
_AT_ONCE = 100  # events in one question
_MOST_CALENDARS = 200
_NAME = 120
_WRITE = frozenset({f"{DAV}{name}" for name in ("all", "write", "write-content", "bind")})


class Stale(Exception):
    """The event isn't any more as we saw it; whoever wants to change it looks at it again first."""


@dataclass(frozen=True, slots=True)
class CalendarServer:
    """Asks one account's server. Everything raises `KeepwarmError` when it isn't reached or doesn't do as it is asked."""

    channel: Channel

    def calendars(self) -> tuple[Collection, ...]:
        """Return the account's calendars of events. Raises `KeepwarmError` (CALDAV_NONE) where no account keeps any."""
        found = [one for home in self._homes() for one in self._collections(home, "1")]
        unique = {one.url: one for one in found}
        return tuple(list(unique.values())[:_MOST_CALENDARS])

    def make(self, name: str) -> Collection:
        """Make a new calendar beside the others."""
        home = self._homes()[0]
        url = urljoin(home if home.endswith("/") else f"{home}/", f"keepwarm-{uuid.uuid4().hex[:8]}/")
        self._done(self.channel.ask("MKCALENDAR", url, xml.new_calendar(name), _XML))
        return Collection(url, name)

    def etags(self, calendar: str, uids: Sequence[str]) -> dict[str, str]:
        """Return the etag of each of these events that is there."""
        return {uid: etag for uid, etag, _ in self._events(calendar, uids, ("d:getetag",))}

    def read(self, calendar: str, uids: Sequence[str], zone: tzinfo | None) -> dict[str, Seen]:
        """Return how these events stand; those that aren't there are left out."""
        found = self._events(calendar, uids, ("d:getetag", "c:calendar-data"))
        return {uid: pushed.seen(etag, data, zone) for uid, etag, data in found}

    def put(self, calendar: str, uid: str, data: bytes, etag: str) -> str:
        """Put an event there, in the place of the one that has `etag`; "" for a new one. Returns its etag. Raises `Stale`."""
        condition = {"If-Match": etag} if etag else {"If-None-Match": "*"}
        reply = self.channel.ask("PUT", event_url(calendar, uid), data, _ICS | condition)
        if reply.status in (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.CONFLICT):
            raise Stale
        self._done(reply)
        return reply.headers.get("etag") or self.etags(calendar, (uid,)).get(uid, "")

    def remove(self, calendar: str, uid: str, etag: str = "") -> None:
        """Remove an event, whichever it is without an `etag`; one that isn't there is removed already. Raises `Stale`."""
        condition = {"If-Match": etag} if etag else {}
        reply = self.channel.ask("DELETE", event_url(calendar, uid), headers=condition)
        if reply.status == HTTPStatus.PRECONDITION_FAILED:
            raise Stale
        if reply.status not in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
            self._done(reply)

    def between(self, calendar: str, span: Span) -> Iterator[bytes]:
        """Yield the events of some days, as calendars."""
        reply = self._report(calendar, xml.events_between(span))
        return (one.props.said(f"{CALDAV}calendar-data").encode() for one in reply)

    # --- finding calendars --------------------------------------------------------------------------------------------

    def _homes(self) -> tuple[str, ...]:
        """Return where the account keeps its calendars (RFC 6764, RFC 4791 6.2.1), or the one that was named."""
        typed = self.channel.account.server
        for start in (typed, urljoin(typed, "/.well-known/caldav"), urljoin(typed, "/")):
            wanted = ("d:current-user-principal", "c:calendar-home-set", "d:resourcetype")
            for url, props in self._properties(start, "0", wanted):
                principal = props.said(f"{DAV}current-user-principal", f"{DAV}href")
                homes = self._home_set(urljoin(url, principal)) if principal else ()
                homes = homes or _hrefs(url, props)
                if homes:
                    return homes
                if props.find(f"{DAV}resourcetype", f"{CALDAV}calendar") is not None:
                    return (url,)
        raise KeepwarmError(ErrorCode.CALDAV_NONE, host=self._host)

    def _home_set(self, principal: str) -> tuple[str, ...]:
        found = self._properties(principal, "0", ("c:calendar-home-set",))
        return tuple(home for url, props in found for home in _hrefs(url, props))

    def _collections(self, home: str, depth: str) -> Iterator[Collection]:
        wanted = ("d:displayname", "d:resourcetype", "d:current-user-privilege-set", "c:supported-calendar-component-set")  # fmt: skip
        for url, props in self._properties(home, depth, wanted):
            if props.find(f"{DAV}resourcetype", f"{CALDAV}calendar") is None or not _holds_events(props):
                continue
            named = " ".join(clean(props.said(f"{DAV}displayname")).split())[:_NAME]
            yield Collection(url, named or unquote(url.rstrip("/").rpartition("/")[2]), _may_write(props))

    def _properties(self, url: str, depth: str, names: Sequence[str]) -> Iterator[tuple[str, xml.Node]]:
        """Yield the addresses and properties that a server tells of; nothing where it knows no such address."""
        reply = self.channel.ask("PROPFIND", url, xml.propfind(*names), _XML | {"Depth": depth})
        if reply.status == HTTPStatus.MULTI_STATUS:
            for one in self._read(reply):
                yield self._absolute(reply.url, one.href), one.props
        elif reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self._done(reply)

    # --- asking -------------------------------------------------------------------------------------------------------

    def _events(
        self, calendar: str, uids: Sequence[str], names: Sequence[str]
    ) -> Iterator[tuple[str, str, bytes]]:
        """Yield the UID, the etag and the data of these events, as far as they are there."""
        for first in range(0, len(uids), _AT_ONCE):
            urls = {event_url(calendar, uid): uid for uid in uids[first : first + _AT_ONCE]}
            by_path = {_path(url): uid for url, uid in urls.items()}  # servers quote paths as they like
            hrefs = [urlsplit(url).path for url in urls]
            for one in self._report(calendar, xml.multiget(hrefs, *names)):
                uid = by_path.get(_path(urljoin(calendar, one.href)))
                etag = one.props.said(f"{DAV}getetag")
                if uid is not None and etag:
                    yield uid, etag, one.props.said(f"{CALDAV}calendar-data").encode()

    def _report(self, calendar: str, body: bytes) -> Iterable[Resource]:
        reply = self.channel.ask("REPORT", calendar, body, _XML | {"Depth": "1"})
        self._done(reply)
        return self._read(reply)

    def _read(self, reply: Reply) -> tuple[Resource, ...]:
        try:
            return xml.multistatus(reply.body)
        except xml.NotXml as error:
            raise KeepwarmError(ErrorCode.CALDAV_NONE, host=self._host) from error

    def _absolute(self, base: str, href: str) -> str:
        url = urljoin(base, href)
        webdav.require_allowed(url, self.channel.account.server)
        return url

    def _done(self, reply: Reply) -> None:
        if not reply.good:
            raise KeepwarmError(ErrorCode.CALDAV_REFUSED, host=self._host, status=int(reply.status))

    @property
    def _host(self) -> str:
        return urlsplit(self.channel.account.server).hostname or ""


def event_url(calendar: str, uid: str) -> str:
    """Return where an event of ours is in a calendar."""
    return urljoin(calendar if calendar.endswith("/") else f"{calendar}/", f"{quote(uid, safe='@')}.ics")


def _path(url: str) -> str:
    return unquote(urlsplit(url).path)


def _hrefs(url: str, props: xml.Node) -> tuple[str, ...]:
    homes = props.find(f"{CALDAV}calendar-home-set")
    return tuple(urljoin(url, one.text.strip()) for one in homes.all(f"{DAV}href")) if homes else ()


def _holds_events(props: xml.Node) -> bool:
    """Say whether a calendar takes events; one that doesn't say takes all."""
    kinds = props.find(f"{CALDAV}supported-calendar-component-set")
    return kinds is None or not kinds.children or "VEVENT" in {one.label for one in kinds.children}


def _may_write(props: xml.Node) -> bool:
    granted = props.find(f"{DAV}current-user-privilege-set")
    if granted is None:
        return True
    return any(one.name in _WRITE for privilege in granted.children for one in privilege.children)
