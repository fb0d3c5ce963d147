"""Talking to a server that is trusted with a password and with nothing else."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from crm.app import webdav
from crm.app.caldav_server import CalendarServer
from crm.app.webdav import Channel
from crm.domain.caldav import Account
from crm.errors import ErrorCode, KeepwarmError


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """Answer every request so."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answer(self)

        do_PROPFIND = do_REPORT = do_PUT = _answer  # noqa: N815 - named by the protocol

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def say(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    for name, value in {**headers, "Content-Length": str(len(body))}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def failed(address: str) -> KeepwarmError:
    with (
        Channel(Account(address, "ada"), "secret", seconds=5) as channel,
        pytest.raises(KeepwarmError) as error,
    ):
        CalendarServer(channel).calendars()
    assert "secret" not in repr((error.value, channel))
    return error.value


@pytest.mark.parametrize(
    "typed",
    ["http://cal.example/", "ftp://cal.example/", "", "https://", "https://ada:pw@cal.example/", "https://a b/",
     "https://cal.example:0x/", "file:///etc/passwd", "http://127.0.0.1.evil.example/", "https://[::1/"],
)  # fmt: skip
def test_an_address_that_would_give_the_password_away_is_refused(typed: str) -> None:
    with pytest.raises(KeepwarmError) as error:
        webdav.address(typed)
    assert error.value.code is ErrorCode.CALDAV_ADDRESS


def test_what_is_typed_without_a_scheme_is_encrypted() -> None:
    assert webdav.address(" cloud.example.org ") == "https://cloud.example.org/"
    assert webdav.address("localhost:5232/ada/") == "https://localhost:5232/ada/"
    assert webdav.address("http://localhost:5232") == "http://localhost:5232/"


@pytest.mark.parametrize(
    ("first", "url", "allowed"),
    [
        ("https://caldav.icloud.com/", "https://p42-caldav.icloud.com/1/", True),
        ("https://caldav.icloud.com/", "https://icloud.com.evil.example/", False),
        ("https://cal.example.org/", "http://cal.example.org/", False),
        ("https://cal.example.org/", "https://cal.example.org:8443/", False),
        ("https://cloud.co.uk/", "https://evil.co.uk/", False),
        ("https://posteo.de:8443/", "https://posteo.de:8443/x/", True),
        ("https://posteo.de/", "https://posteo.de:443/x/", True),
        ("https://posteo.de/", "https://evil.de/", False),
        ("https://192.168.1.20/", "https://10.168.1.20/", False),
        ("http://127.0.0.1:1/", "http://127.0.0.1:2/", False),
        ("https://cal.example.org/", "http://127.0.0.1/", False),
    ],
)
def test_the_password_goes_to_the_host_that_was_named_and_those_beside_it(
    first: str, url: str, allowed: bool
) -> None:
    if allowed:
        webdav.require_allowed(url, first)
    else:
        with pytest.raises(KeepwarmError):
            webdav.require_allowed(url, first)


def test_a_redirect_to_somebody_else_is_not_followed() -> None:
    asked = []
    with (
        serving(lambda handler: (asked.append(1), say(handler, 200))) as elsewhere,  # type: ignore[arg-type]
        serving(lambda handler: say(handler, 302, Location=elsewhere)) as address,
    ):
        assert failed(address).code is ErrorCode.CALDAV_ADDRESS
    assert asked == []
    with serving(lambda handler: say(handler, 302, Location="/again")) as address:
        assert failed(address).code is ErrorCode.CALDAV_UNREACHABLE


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1/x"><a/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY a "ha">]><a/>'.encode("utf-16"),
        b"<a>" * 5000,
        b"not xml",
        b"",
        b"<html/>",
        b'<d:multistatus xmlns:d="DAV:"><d:response>',
    ],
)
def test_an_answer_that_is_no_calendar_or_a_bomb_is_no_calendar(body: bytes) -> None:
    with serving(lambda handler: say(handler, 207, body)) as address:
        assert failed(address).code is ErrorCode.CALDAV_NONE


def test_an_answer_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webdav, "_MOST_BYTES", 1 << 16)
    with serving(lambda handler: say(handler, 207, b" " * (1 << 18))) as address:
        assert failed(address).code is ErrorCode.CALDAV_UNREACHABLE


def test_homes_of_somebody_else_are_not_asked() -> None:
    body = (
        b'<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response><d:href>/</d:href><d:propstat>'
        b"<d:prop><c:calendar-home-set><d:href>https://evil.example/</d:href></c:calendar-home-set></d:prop>"
        b"<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>"
    )
    with serving(lambda handler: say(handler, 207, body)) as address:
        assert failed(address).code is ErrorCode.CALDAV_ADDRESS
