"""The calendar at an address on this computer: other programs here may look at it, none may change it (RELIABILITY 2.8).

It listens on 127.0.0.1 only. Whoever asks must know the token, name this machine, and not be a web page.
"""

import hashlib
import hmac
import secrets
import socket
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from crm.errors import ErrorCode, KeepwarmError

_HERE = "127.0.0.1"
_TOKEN_BYTES = 24  # 192 bits: nobody guesses it
_SECONDS = 5.0  # for a whole request: whoever sends it drop by drop is hung up on
_MOST_AT_ONCE = 32
_POLL = 0.25  # seconds until the end of serving is noticed

Content = Callable[[], bytes]


def new_token() -> str:
    """Return a token that nobody can guess; whoever had another one is out."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


class Subscription:
    """A calendar that programs on this computer subscribe to. `content` is asked at each request, on other threads."""

    def __init__(self, content: Content, token: str, port: int = 0) -> None:
        """Listen on a port, on any free one for 0. Raises `KeepwarmError` (PORT_TAKEN)."""
        try:
            self._server = _Server((_HERE, port), _Answerer)
        except OSError as error:
            raise KeepwarmError(ErrorCode.PORT_TAKEN, port=port) from error
        self._server.content, self._server.path = content, f"/{token}.ics"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_POLL,), name="subscription", daemon=True)  # fmt: skip
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    @property
    def address(self) -> str:
        """What to subscribe to."""
        return f"http://{_HERE}:{self.port}{self._server.path}"

    def close(self) -> None:
        """Answer nobody any more; the port is free."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    """Serves one path."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = False
    content: Content
    path: str

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._places = threading.BoundedSemaphore(_MOST_AT_ONCE)

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        late = threading.Timer(_SECONDS, _hang_up, (request,))
        late.daemon = True
        late.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            late.cancel()
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever hung up is gone; nothing else can go wrong there that anybody could mend."""


class _Answerer(BaseHTTPRequestHandler):
    """Answers GET and HEAD of the one path; everything else is refused without a word about what is here."""

    server_version = "Keepwarm"
    sys_version = ""
    timeout = _SECONDS
    server: _Server

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._refuse_method
        raise AttributeError(name)

    def log_message(self, *_: Any) -> None:
        """The address is a secret: it goes into no log."""

    def _answer(self, *, body: bool) -> None:
        if not self._from_here():
            self._refuse(HTTPStatus.FORBIDDEN)
            return
        if not hmac.compare_digest(self.path.encode(), self.server.path.encode()):
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        try:
            data = self.server.content()
        except KeepwarmError:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
        known = {one.strip().removeprefix("W/") for one in self.headers.get("If-None-Match", "").split(",")}
        if tag in known or "*" in known:
            self._head(HTTPStatus.NOT_MODIFIED, {"ETag": tag})
            return
        said = {"ETag": tag, "Content-Type": "text/calendar; charset=utf-8", "Content-Length": str(len(data))}
        self._head(HTTPStatus.OK, said)
        if body:
            self.wfile.write(data)

    def _from_here(self) -> bool:
        """Say whether a program on this computer asks. A web page could have its own name resolved to here."""
        hosts = self.headers.get_all("Host") or []
        port = self.server.server_address[1]
        if len(hosts) != 1 or hosts[0] not in {f"{_HERE}:{port}", f"localhost:{port}"}:
            return False
        return "Origin" not in self.headers and self.headers.get("Sec-Fetch-Site", "none") == "none"

    def _refuse_method(self) -> None:
        self._head(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD", "Content-Length": "0"})

    def _refuse(self, status: HTTPStatus) -> None:
        self._head(status, {"Content-Length": "0"})

    def _head(self, status: HTTPStatus, headers: dict[str, str]) -> None:
        self.send_response(status)
        always = {
            "Cache-Control": "private, no-cache",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Connection": "close",
        }
        for name, value in {**headers, **always}.items():
            self.send_header(name, value)
        self.end_headers()


def _hang_up(request: socket.socket) -> None:
    try:
        request.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # gone already
