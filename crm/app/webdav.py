"""Requests to a server that we trust with a password and with nothing else.

Only over https (http to this computer alone), only to the host that was named or one beside it, with bounds on time and
size. The password is in no address, no log and no error.
"""

import base64
import contextlib
import http.client
import ipaddress
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from crm import __version__
from crm.domain.caldav import Account
from crm.errors import ErrorCode, KeepwarmError

SECONDS = 30.0  # for a server to say anything at all
_WHOLE_SECONDS = 180.0  # for a whole answer
_MOST_BYTES = 64 << 20
_CHUNK = 1 << 16
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 307, 308})
_HTTP, _HTTPS = 80, 443
_SHORT_LABEL = 3  # "co.uk": a name that many share


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered, and from which address."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def good(self) -> bool:
        """Say whether it did as it was asked."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES


@dataclass(slots=True)
class Channel:
    """Talks to one account's server; connections are kept open between requests."""

    account: Account
    password: str = field(repr=False)
    seconds: float = SECONDS
    _open: dict[tuple[str, str], http.client.HTTPConnection] = field(default_factory=dict, repr=False)

    def ask(
        self, method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send a request, following redirects to where the password may go.

        Raises `KeepwarmError`: address not allowed, server not reached, password refused.
        """
        for _ in range(_MOST_REDIRECTS):
            require_allowed(url, self.account.server)
            reply = self._once(method, urlsplit(url), body, headers or {})
            if reply.status not in _REDIRECTS or not reply.headers.get("location"):
                return self._accepted(reply)
            url = urljoin(url, reply.headers["location"])
        raise self._unreachable("redirected again and again")

    def close(self) -> None:
        """Hang up."""
        for connection in self._open.values():
            connection.close()
        self._open.clear()

    def __enter__(self) -> "Channel":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _accepted(self, reply: Reply) -> Reply:
        if reply.status == HTTPStatus.UNAUTHORIZED:
            raise KeepwarmError(ErrorCode.CALDAV_PASSWORD, host=self._host, user=self.account.user)
        return reply

    def _once(self, method: str, url: SplitResult, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Send it; once more where a connection that was kept open had been closed at the other end meanwhile."""
        key = (url.scheme, url.netloc)
        kept = self._open.pop(key, None)
        connection = kept or self._connect(url)
        try:
            reply = self._exchange(connection, method, url, body, headers)
        except (OSError, http.client.HTTPException, ValueError) as error:
            connection.close()
            if kept is not None and isinstance(error, http.client.RemoteDisconnected | ConnectionError):
                return self._once(method, url, body, headers)
            raise self._unreachable(_why(error)) from error
        self._open[key] = connection
        return reply

    def _connect(self, url: SplitResult) -> http.client.HTTPConnection:
        host, port = url.hostname or "", url.port
        if url.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=self.seconds, context=ssl.create_default_context())  # fmt: skip
        return http.client.HTTPConnection(host, port, timeout=self.seconds)

    def _exchange(
        self,
        used: http.client.HTTPConnection,
        method: str,
        url: SplitResult,
        body: bytes,
        headers: Mapping[str, str],
    ) -> Reply:
        token = base64.b64encode(f"{self.account.user}:{self.password}".encode()).decode()
        sent = {
            "Authorization": f"Basic {token}",
            "User-Agent": f"Keepwarm/{__version__}",
            "Content-Length": str(len(body)),
            **headers,
        }
        used.request(method, urlunsplit(("", "", url.path or "/", url.query, "")), body or None, sent)
        answer = used.getresponse()
        with contextlib.closing(answer):  # which the library doesn't do by itself for what is read in chunks
            data = _whole(answer)
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(answer.status, urlunsplit(url), named, data)

    @property
    def _host(self) -> str:
        return urlsplit(self.account.server).hostname or ""

    def _unreachable(self, why: str) -> KeepwarmError:
        return KeepwarmError(ErrorCode.CALDAV_UNREACHABLE, host=self._host, why=why)


def address(typed: str) -> str:
    """Return the address that was meant: https unless it says otherwise. Raises `KeepwarmError` for one that isn't safe."""
    words = typed.strip()
    url = words if "://" in words else f"https://{words}"
    with contextlib.suppress(ValueError):
        parts = urlsplit(url)
        if parts.hostname and parts.port != 0 and not parts.username and url.isprintable() and " " not in url:
            require_allowed(url, url)
            return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", "", ""))
    raise KeepwarmError(ErrorCode.CALDAV_ADDRESS, address=words)


def require_allowed(url: str, first: str) -> None:
    """Refuse an address that the password mustn't go to: not encrypted, or of somebody else than `first`.

    A host beside it is allowed (iCloud keeps calendars at another one than it answers at), under a name that is theirs.
    """
    try:
        parts, named = urlsplit(url), urlsplit(first)
        host, known = (parts.hostname or "").lower(), (named.hostname or "").lower()
        safe = parts.scheme == "https" or (parts.scheme == "http" == named.scheme and _is_here(host))
        same = host == known and _port(parts) == _port(named)
        beside = _port(parts) == _HTTPS and host.endswith(f".{_theirs(known)}")
    except ValueError:
        safe = same = beside = False
    if not safe or not (same or beside):
        raise KeepwarmError(ErrorCode.CALDAV_ADDRESS, address=url)


def _whole(answer: http.client.HTTPResponse) -> bytes:
    """Return what a server says, as long as it is neither too much nor takes for ever. Raises `HTTPException`."""
    parts, size, until = [], 0, time.monotonic() + _WHOLE_SECONDS
    while chunk := answer.read1(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > _MOST_BYTES or time.monotonic() > until:
            raise http.client.HTTPException("too much")
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return b"".join(parts)


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message or "certificate"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return (error.strerror if isinstance(error, OSError) else "") or "no answer that can be read"


def _port(parts: SplitResult) -> int:
    return parts.port or (_HTTPS if parts.scheme == "https" else _HTTP)


def _theirs(host: str) -> str:
    """Return the name that the hosts beside one share: "icloud.com" for "caldav.icloud.com"."""
    labels = host.split(".")
    above = labels[1:]
    shared = len(above) < 2 or (len(above) == 2 and len(above[0]) <= _SHORT_LABEL and len(above[1]) == 2)
    return host if shared or _is_address(host) else ".".join(above)


def _is_address(host: str) -> bool:
    with contextlib.suppress(ValueError):
        return bool(ipaddress.ip_address(host))
    return False


def _is_here(host: str) -> bool:
    """Say whether a host is this computer."""
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"
