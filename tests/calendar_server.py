"""A real Radicale on this computer, for tests: started, stopped and started again on the same files and port."""

import contextlib
import http.client
import importlib.util
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO

import icalendar

USER, PASSWORD = "ada", "app password"


def is_installed() -> bool:
    return importlib.util.find_spec("radicale") is not None


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@dataclass
class Radicale:
    """`files` is its storage: looked at and changed there, as another program's change would be."""

    folder: Path
    port: int = field(default_factory=_free_port)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        users = self.folder / "users"
        users.write_text(f"{USER}:{PASSWORD}\n")
        asked = [
            sys.executable, "-m", "radicale", "--config", "", "--server-hosts", f"127.0.0.1:{self.port}",
            "--auth-type", "htpasswd", "--auth-htpasswd-filename", str(users), "--auth-htpasswd-encryption", "plain",
            "--auth-delay", "0", "--storage-filesystem-folder", str(self.folder / "collections"),
            "--logging-level", "info",
        ]  # fmt: skip
        self._process = subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        assert self._process.stderr is not None
        _await(self._process.stderr)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            if self._process.stderr is not None:
                self._process.stderr.close()
            self._process = None

    def ask(self, method: str, url: str, body: bytes | None = None) -> bytes:
        """Do as the user's own calendar program would."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        token = icalendar.vBinary(f"{USER}:{PASSWORD}").to_ical().decode()
        headers = {"Content-Type": "text/calendar; charset=utf-8", "Authorization": f"Basic {token}"}
        connection.request(method, url.removeprefix(self.address.rstrip("/")), body, headers)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        assert answer.status < 300, (method, url, answer.status, data[:200])
        return data

    def change(self, url: str, **said: object) -> None:
        """Change what an event says, as the user does in their calendar program; `STATUS="CANCELLED"`."""
        event = icalendar.Calendar.from_ical(self.ask("GET", url))
        for name, value in said.items():
            for component in event.walk("VEVENT"):
                component.pop(name, None)
                component.add(name, value)
        self.ask("PUT", url, event.to_ical())

    def events(self, calendar: str) -> list[icalendar.Event]:
        return list(icalendar.Calendar.from_ical(self.ask("GET", calendar)).walk("VEVENT"))


@contextlib.contextmanager
def radicale(folder: Path) -> Iterator[Radicale]:
    """Run one until the end of the block."""
    server = Radicale(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@dataclass
class Fuse:
    """Stands before a server and burns through after some PUTs and DELETEs: what comes then isn't passed on (or, `late`,
    is passed on and the answer is lost)."""

    port: int
    left: int
    late: bool = False
    _server: ThreadingHTTPServer | None = None

    def __enter__(self) -> str:
        fuse = self

        class Passing(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                fuse.left -= self.command in ("PUT", "DELETE")
                if fuse.left < 0 and not fuse.late:
                    self._say(500, {}, b"")
                    return
                connection = http.client.HTTPConnection("127.0.0.1", fuse.port, timeout=30)
                connection.request(self.command, self.path, body, dict(self.headers))
                answer = connection.getresponse()
                data = answer.read()
                connection.close()
                if fuse.left < 0:
                    self.close_connection = True
                    return
                told = {
                    name: value for name, value in answer.getheaders() if name.lower() in ("etag", "location")
                }
                self._say(answer.status, told, data)

            def _say(self, status: int, headers: dict[str, str], data: bytes) -> None:
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(data))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            do_PUT = do_DELETE = do_PROPFIND = do_REPORT = do_GET = _pass  # noqa: N815 - named by the protocol

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Passing)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def __exit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()


def _await(log: IO[bytes]) -> None:
    """Read what a server says until it is ready; the rest is read away, so that it never waits for a reader."""
    said = []
    for line in log:
        said.append(line)
        if b"ready" in line:
            threading.Thread(target=_read_away, args=(log,), daemon=True).start()
            return
    raise RuntimeError(b"".join(said).decode())


def _read_away(log: IO[bytes]) -> None:
    with contextlib.suppress(OSError, ValueError):
        while log.read(1 << 12):
            pass
