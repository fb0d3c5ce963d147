"""Live a year of check-ins and see what calendar programs hold of it: `python -m tests.check_calendar_routes [FOLDER]`.

Each month a file goes to khal by import, the kept file to Radicale by upload, the book to another calendar of Radicale's
by push, and the subscription is asked; what is planned from that day on must stand there just so: nothing twice,
nothing gone by mistake, nothing that was moved away. In the pushed calendar the user moves and ticks off events too,
and says yes to each offer. khal is looked for on the PATH and in FOLDER (the `bin` of an environment that has it),
Radicale where this runs; what isn't there is skipped and said so. Ends with 1 when anything differs.
"""

import contextlib
import http.client
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import icalendar

from crm import wording
from crm.app import caldav, caldav_offers, calendar, checkins, feeds, people, touches
from crm.app.books import Book, open_book
from crm.app.caldav_server import event_url
from crm.app.calendar import ExportOptions
from crm.app.passwords import Passwords
from crm.app.subscription import Subscription, new_token
from crm.domain.cadence import parse_interval
from crm.domain.caldav import Connection
from crm.domain.feed import FeedDraft
from crm.domain.person import PersonDraft, PersonId
from crm.domain.touch import TouchDraft, TouchKind
from tests import calendar_server
from tests.calendar_server import Radicale

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
        book = open_book(home / "book.keepwarm")
        held.callback(book.close)
        routes = [route for route in (_khal(home, where),) if route]
        routes += held.enter_context(_radicale(home, book))
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
        _told(book, home, today)
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
def _radicale(home: Path, book: Book) -> Iterator[list[Route]]:
    """Put the kept file up as a whole calendar, as a program that publishes does; push to another one."""
    if not calendar_server.is_installed():
        sys.stdout.write("Radicale       skipped: not installed\n")
        yield []
        return
    with calendar_server.radicale(home) as server:
        whole = f"{server.address}{calendar_server.USER}/whole/"
        upload = Route(
            "Radicale",
            lambda _file, kept: server.ask("PUT", whole, kept) and None,
            lambda: server.events(whole),
        )
        yield [upload, _push(home, book, server)]


def _push(home: Path, book: Book, server: Radicale) -> Route:
    account, passwords = caldav.account(server.address, calendar_server.USER), Passwords(home / "passwords")
    passwords.keep(account, calendar_server.PASSWORD)
    made = caldav.make(account, calendar_server.PASSWORD)
    caldav.connect(book, Connection(account, made.url, made.name, alarms=(0, 10)))
    return Route("CalDAV push", lambda _file, _kept: None, lambda: server.events(made.url))


def _told(book: Book, home: Path, today: date) -> None:
    """Push; have the user move one event and tick off another there, and say yes to both."""
    passwords = Passwords(home / "passwords")
    stood = caldav.connection(book)
    if stood is None:
        return
    passwords.keep(stood.account, calendar_server.PASSWORD)

    def push() -> None:
        state = caldav.push(book, passwords, today=today, words=wording.calendar_text, zone=UTC)
        assert state.error is None, state.error

    push()
    server = Radicale(home, int(stood.account.server.rpartition(":")[2].strip("/")))
    standing = sorted(
        one.uid for one in caldav.told(book).values() if not one.cancelled and one.starts_at.date() > today
    )
    for uid, said in zip(standing, ({"DTSTART": _moved(today)}, {"SUMMARY": "✓ done"}), strict=False):
        server.change(event_url(stood.url, uid), **said)
    push()
    for offer in caldav_offers.offers(book, today=today, zone=UTC):
        caldav_offers.answer(book, offer.uid, offer.answers[0], today=today, zone=UTC)
    push()
    for event in server.events(stood.url):
        if str(event["SUMMARY"]).startswith(
            "✓"
        ):  # what is done is the user's own; here only plans are compared
            server.ask("DELETE", event_url(stood.url, str(event["UID"])))


def _moved(today: date) -> datetime:
    return datetime.combine(today + timedelta(days=11), clock(9), UTC)


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


if __name__ == "__main__":
    sys.exit(1 if main(*sys.argv[1:2]) else 0)
