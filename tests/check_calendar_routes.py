"""Live a year of check-ins and see what calendar programs hold of it: `python -m tests.check_calendar_routes [FOLDER]`.

Each month a file goes to khal by import, the kept file to Radicale by upload, and the subscription is asked; what is
planned from that day on must stand there just so: nothing twice, nothing gone by mistake, nothing that was moved away.
Programs are looked for on the PATH and in FOLDER (the `bin` of an environment with khal and radicale); what isn't there
is skipped and said so. Ends with 1 when anything differs.
"""

import contextlib
import http.client
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import IO

import icalendar

from crm import wording
from crm.app import calendar, checkins, feeds, people, touches
from crm.app.books import Book, open_book
from crm.app.calendar import ExportOptions
from crm.app.subscription import Subscription, new_token
from crm.domain.cadence import parse_interval
from crm.domain.feed import FeedDraft
from crm.domain.person import PersonDraft, PersonId
from crm.domain.touch import TouchDraft, TouchKind

START = date(2026, 3, 2)
MONTHS = 12
NAMES = (
    "Ada Lovelace",
    "Tomás Ferreira",
    "山田太郎",
    "Zoë; d'Arc, Ltd",
    "Łukasz \\n Öztürk",
    "Maya",
    "Noor",
    "Ines",
)
OPTIONS = ExportOptions(clock(9), UTC, alarms=(0, 10))
Held = dict[str, tuple[str, datetime]]  # by UID: title and start


@dataclass
class Route:
    """A way into a program: `send` what is new in the book, `held` what the program has then."""

    name: str
    send: Callable[[Path, bytes], None]
    held: Callable[[], list[icalendar.Event]]


def main(folder: str = "") -> int:
    """Live the year along every route that can be taken; return how many went wrong."""
    where = os.pathsep.join(part for part in (folder, os.environ.get("PATH", "")) if part)
    with tempfile.TemporaryDirectory() as temporary, contextlib.ExitStack() as held:
        home = Path(temporary)
        routes = [
            route for route in (_khal(home, where), held.enter_context(_radicale(home, where))) if route
        ]
        book = open_book(home / "book.keepwarm")
        held.callback(book.close)
        routes.append(held.enter_context(_subscription(book)))
        wrong = _live(book, home, routes)
    for name in ("Thunderbird", "Evolution"):
        sys.stdout.write(f"{name:<14} skipped: not driven by this script; see INTEROP for what they do\n")
    return wrong


def _live(book: Book, home: Path, routes: list[Route]) -> int:
    chance = random.Random(7)
    ids = [
        people.add(book, PersonDraft(display_name=name, every=parse_interval("6 weeks")), today=START)
        for name in NAMES
    ]
    feeds.add(book, FeedDraft("Keepwarm", str(home / "kept.ics"), alarms=(0, 10)))
    wrong: dict[str, list[str]] = {route.name: [] for route in routes}
    for month in range(MONTHS):
        today = START + timedelta(days=30 * month)
        _happen(book, ids, chance, today)
        exported = home / "check-ins.ics"
        calendar.export(book, exported, OPTIONS, today=today, words=wording.calendar_text)
        feeds.refresh(book, today=today, words=wording.calendar_text, zone=UTC)
        planned = calendar.planned(book, OPTIONS, today=today, words=wording.calendar_text)
        wanted = {entry.uid: (entry.summary, entry.starts_at) for entry in planned}
        for route in routes:
            route.send(exported, (home / "kept.ics").read_bytes())
            wrong[route.name] += [
                f"month {month}: {line}" for line in _differing(route.held(), wanted, today)
            ]
    for name, lines in wrong.items():
        words = "; ".join(lines[:4]) if lines else f"equal in all {MONTHS} months"
        sys.stdout.write(f"{name:<14} {words}\n")
    return sum(map(bool, wrong.values()))


def _happen(book: Book, ids: list[PersonId], chance: random.Random, today: date) -> None:
    """Let a month's life happen: touches, snoozes, skips, rests and returns."""
    for person in ids:
        what = chance.randrange(6)
        if what == 0:
            touches.log(book, TouchDraft((person,), TouchKind.CALL, today, "a; b, c\nd"), today=today)
        elif what == 1:
            with contextlib.suppress(Exception):  # whoever rests has no check-in to hide
                checkins.snooze(book, (person,), today + timedelta(days=chance.randrange(1, 60)), today=today)
        elif what == 2:
            checkins.rest(book, (person,), today=today)
        elif what == 3:
            checkins.resume(book, (person,), today=today)


def _differing(events: list[icalendar.Event], wanted: Held, today: date) -> list[str]:
    """Say what differs from what is planned; what was cancelled or lies behind doesn't count."""
    found: Held = {}
    for event in events:
        start = event.decoded("DTSTART").astimezone(UTC)
        if event.get("STATUS") == "CANCELLED" or start.date() < today:
            continue
        uid = str(event["UID"])
        if uid in found:
            return [f"{uid} is there twice"]
        found[uid] = (str(event["SUMMARY"]), start)
    missing = [f"{wanted[uid][0]!r} is missing" for uid in wanted if uid not in found]
    ghosts = [f"{found[uid][0]!r} is a ghost" for uid in found if uid not in wanted]
    other = [
        f"{found[uid]} isn't {wanted[uid]}" for uid in wanted if uid in found and found[uid] != wanted[uid]
    ]
    return [*missing, *ghosts, *other]


# --- the programs -----------------------------------------------------------------------------------------------------


def _khal(home: Path, where: str) -> Route | None:
    """Import each month's file into a calendar of khal's, as a user does with --batch."""
    khal = shutil.which("khal", path=where)
    if khal is None:
        sys.stdout.write("khal           skipped: not installed\n")
        return None
    vdir = home / "vdir"
    vdir.mkdir()
    config = home / "khal.conf"
    config.write_text(
        f"[calendars]\n[[keepwarm]]\npath = {vdir}\n[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\n"
        f"timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\n"
        f"longdatetimeformat = %Y-%m-%d %H:%M\n[sqlite]\npath = {home / 'khal.db'}\n"
    )

    def send(file: Path, _kept: bytes) -> None:
        asked = [khal, "-c", str(config), "import", "--batch", "-a", "keepwarm", str(file)]
        subprocess.run(asked, check=True, capture_output=True, timeout=120)

    return Route(
        "khal import",
        send,
        lambda: [event for file in sorted(vdir.glob("*.ics")) for event in _events(file.read_bytes())],
    )


@contextlib.contextmanager
def _radicale(home: Path, where: str) -> Iterator[Route | None]:
    """Put the kept file up as a whole calendar, as a program that publishes does."""
    radicale = shutil.which("radicale", path=where)
    if radicale is None:
        sys.stdout.write("Radicale       skipped: not installed\n")
        yield None
        return
    port = _free_port()
    asked = [
        radicale, "--server-hosts", f"127.0.0.1:{port}", "--auth-type", "none", "--storage-filesystem-folder",
        str(home / "collections"), "--logging-level", "info",
    ]  # fmt: skip
    server = subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        assert server.stderr is not None
        _await(server.stderr)

        def ask(method: str, body: bytes | None = None) -> bytes:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            headers = {"Content-Type": "text/calendar; charset=utf-8", "Authorization": "Basic dXNlcjp1c2Vy"}
            connection.request(method, "/user/keepwarm/", body, headers)
            answer = connection.getresponse()
            data = answer.read()
            connection.close()
            if answer.status >= 300:
                raise RuntimeError(f"{method}: {answer.status} {data[:200]!r}")
            return data

        yield Route("Radicale", lambda _file, kept: ask("PUT", kept) and None, lambda: _events(ask("GET")))
    finally:
        server.terminate()
        server.wait(10)


@contextlib.contextmanager
def _subscription(book: Book) -> Iterator[Route]:
    """Ask the address that programs subscribe to."""
    day = [START]

    def content() -> bytes:
        draft = FeedDraft("Keepwarm", "", alarms=(0, 10))
        return feeds.content(book, draft, today=day[0], words=wording.calendar_text, zone=UTC)

    served = Subscription(content, new_token())
    try:

        def held() -> list[icalendar.Event]:
            connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
            connection.request("GET", served.address.partition(str(served.port))[2])
            data = connection.getresponse().read()
            connection.close()
            return _events(data)

        def send(_file: Path, _kept: bytes) -> None:
            day[0] = day[0] + timedelta(days=30) if sent else day[0]
            sent.append(True)

        sent: list[bool] = []
        yield Route("subscription", send, held)
    finally:
        served.close()


def _events(data: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def _await(log: IO[bytes]) -> None:
    """Read what a server says until it is ready; the rest is read away, so that it never waits for a reader."""
    for line in log:
        if b"ready" in line:
            threading.Thread(target=log.read, daemon=True).start()
            return
    raise RuntimeError("Radicale didn't start")


if __name__ == "__main__":
    sys.exit(1 if main(*sys.argv[1:2]) else 0)
