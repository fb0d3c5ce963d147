"""The calendar at an address: real HTTP on loopback. Programs of this computer may read it, web pages and strangers not."""

import http.client
import socket
from collections.abc import Iterator

import pytest

from crm.app.subscription import Subscription, new_token
from crm.errors import ErrorCode, KeepwarmError

TOKEN = "a-token-that-nobody-guesses"


class Calendar:
    """What is served; may change, or fail."""

    def __init__(self) -> None:
        self.data = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
        self.error: KeepwarmError | None = None

    def __call__(self) -> bytes:
        if self.error is not None:
            raise self.error
        return self.data


@pytest.fixture
def calendar() -> Calendar:
    """Return what is served."""
    return Calendar()


@pytest.fixture
def served(calendar: Calendar) -> Iterator[Subscription]:
    """Return a running subscription."""
    made = Subscription(calendar, TOKEN)
    yield made
    made.close()


def ask(
    served: Subscription, method: str = "GET", path: str = f"/{TOKEN}.ics", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    connection.request(method, path, headers={name.replace("_", "-"): said for name, said in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_the_address_gives_the_calendar(served: Subscription, calendar: Calendar) -> None:
    assert served.address == f"http://127.0.0.1:{served.port}/{TOKEN}.ics"
    answer, body = ask(served)
    assert (answer.status, body) == (200, calendar.data)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in answer.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_what_is_known_is_not_sent_again_until_it_changes(served: Subscription, calendar: Calendar) -> None:
    tag = ask(served)[0].headers["ETag"]
    answer, body = ask(served, If_None_Match=tag)
    assert (answer.status, body) == (304, b"")
    calendar.data += b"more"
    answer, body = ask(served, If_None_Match=tag)
    assert (answer.status, body) == (200, calendar.data)
    assert answer.headers["ETag"] != tag


def test_head_tells_the_length_and_nothing_more(served: Subscription, calendar: Calendar) -> None:
    answer, body = ask(served, "HEAD")
    assert (answer.status, answer.headers["Content-Length"], body) == (200, str(len(calendar.data)), b"")


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "MKCALENDAR"])
def test_nothing_can_be_written(served: Subscription, method: str) -> None:
    answer, _ = ask(served, method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path", ["/", "/favicon.ico", f"/{TOKEN}", f"/{TOKEN}.ics?x=1", f"/x/../{TOKEN}.ics", "*"]
)
def test_whoever_does_not_know_the_token_finds_nothing(served: Subscription, path: str) -> None:
    answer, body = ask(served, path=path)
    assert (answer.status, body) == (404, b"")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:80"},
        {"Host": "127.0.0.1"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_a_web_page_gets_nothing(served: Subscription, headers: dict[str, str]) -> None:
    answer, body = ask(served, **headers)
    assert (answer.status, body) == (403, b"")


def test_a_request_without_or_with_two_hosts_gets_nothing(served: Subscription) -> None:
    for hosts in ("", f"Host: 127.0.0.1:{served.port}\r\nHost: evil.example\r\n"):
        with socket.create_connection(("127.0.0.1", served.port), timeout=10) as raw:
            raw.sendall(f"GET /{TOKEN}.ics HTTP/1.1\r\n{hosts}\r\n".encode())
            assert b" 403 " in raw.recv(200)


def test_garbage_and_idle_connections_keep_nobody_waiting(served: Subscription) -> None:
    idle = [socket.create_connection(("127.0.0.1", served.port), timeout=10) for _ in range(10)]
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as raw:
        raw.sendall(b"\x00\xff\r\n" * 10)
    assert ask(served)[0].status == 200
    for one in idle:
        one.close()


def test_a_calendar_that_can_not_be_read_now_says_so_and_comes_back(
    served: Subscription, calendar: Calendar
) -> None:
    calendar.error = KeepwarmError(ErrorCode.BOOK_BUSY, path="x")
    assert ask(served)[0].status == 503
    calendar.error = None
    assert ask(served)[0].status == 200


def test_a_closed_address_is_gone_and_its_port_can_be_had_again(calendar: Calendar) -> None:
    first = Subscription(calendar, TOKEN)
    port = first.port
    first.close()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=10)
    again = Subscription(calendar, new_token(), port)
    assert ask(again)[0].status == 404
    again.close()


def test_a_port_that_is_taken_is_told(calendar: Calendar, served: Subscription) -> None:
    with pytest.raises(KeepwarmError) as raised:
        Subscription(calendar, TOKEN, served.port)
    assert raised.value.code is ErrorCode.PORT_TAKEN


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 32
