"""Evolution's data server on a message bus of its own: what Evolution, GNOME Calendar and the shell's clock show."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import icalendar

from tests.calendar_programs.routes import Route, Where, events, skipped

DRIVER = Path(__file__).with_name("evolution_driver.py")
_PACKAGES = "apt install evolution-data-server gir1.2-ecal-2.0 python3-gi dbus"
_NEEDED = "import gi; gi.require_version('ECal', '2.0'); from gi.repository import ECal"
_WAIT_SECONDS = 10


class Evolution:
    """The driver that runs, asked line by line."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self._program = program

    def ask(self, *what: str) -> Any:
        """Ask the driver; return its answer."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(json.dumps(what) + "\n")
        self._program.stdin.flush()
        answer = self._program.stdout.readline()
        if not answer:
            raise RuntimeError(f"Evolution's driver ended at {what[0]}")
        return json.loads(answer)

    def held(self, name: str) -> list[icalendar.Event]:
        """Return the events of a calendar."""
        return [event for text in self.ask("held", name) for event in events(text.encode())]


@contextlib.contextmanager
def routes(where: Where) -> Iterator[list[Route]]:
    """Yield the ways into Evolution: files imported again and again, the kept file and the address looked at."""
    python, session = _python(), shutil.which("dbus-run-session", path=where.path)
    if python is None or session is None:
        skipped("Evolution", _PACKAGES)
        yield []
        return
    home = where.home / "evolution"
    home.mkdir(mode=0o700)
    own = {
        "PATH": os.defpath, "HOME": str(home), "XDG_RUNTIME_DIR": str(home), "GSETTINGS_BACKEND": "memory",
        "LANG": "C.UTF-8", "TZ": "UTC",
    }  # fmt: skip
    program = subprocess.Popen(
        [session, "--", python, str(DRIVER)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=own, text=True,
    )  # fmt: skip
    try:
        yield _routes(Evolution(program), where)
    finally:
        program.kill() if program.stdin is None else program.stdin.close()
        program.wait(30)


def _routes(evolution: Evolution, where: Where) -> list[Route]:
    for name, kind, place in (
        ("by file", "local", ""),
        ("by changes", "local", ""),
        ("kept", "file", str(where.kept)),
        ("address", "webcal", where.address),
    ):
        evolution.ask("add", name, kind, place)

    def route(about: str, name: str, file: Path | None) -> Route:
        def send() -> None:
            if file is None:
                evolution.ask("refresh", name)
            elif file.exists():
                evolution.ask("import", name, str(file))

        return Route(about, send, lambda: evolution.held(name), patience=_WAIT_SECONDS if file is None else 0)

    return [
        route("Evolution, file again", "by file", where.whole),
        route("Evolution, only changes", "by changes", where.changes),
        route("Evolution, kept file", "kept", None),
        route("Evolution, address", "address", None),
    ]


def _python() -> str | None:
    """Return a Python that has the bindings: the system's, or this one."""
    for python in ("/usr/bin/python3", sys.executable):
        if (
            shutil.which(python)
            and not subprocess.run(
                [python, "-c", _NEEDED], capture_output=True, check=False, timeout=60
            ).returncode
        ):
            return python
    return None
