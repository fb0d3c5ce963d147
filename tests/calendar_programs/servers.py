"""What speaks HTTP: the subscription as any program asks for it, and Radicale, by upload and by push."""

import contextlib
import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from crm import wording
from crm.app import caldav, caldav_offers
from crm.app.books import Book
from crm.app.caldav_server import event_url
from crm.app.passwords import Passwords
from crm.domain.caldav import Connection
from crm.domain.calendar import EventKind
from tests import calendar_server
from tests.calendar_programs.routes import Route, Where, events, skipped
from tests.calendar_server import Radicale

_MOVABLE = (EventKind.CHECK_IN, EventKind.STEP)


@contextlib.contextmanager
def routes(where: Where) -> Iterator[list[Route]]:
    """Yield the way of any program that subscribes, and the upload of the kept file as a whole calendar."""
    asking = Route("any program, address", lambda: None, lambda: events(_fetched(where.address)))
    if not calendar_server.is_installed():
        skipped("Radicale", "pip install radicale, where this runs")
        yield [asking]
        return
    home = where.home / "uploaded"
    home.mkdir()
    with calendar_server.radicale(home) as server:
        whole = f"{server.address}{calendar_server.USER}/whole/"
        uploading = Route(
            "Radicale, kept file",
            lambda: server.ask("PUT", whole, where.kept.read_bytes()),
            lambda: server.events(whole),
        )
        yield [asking, uploading]


@dataclass
class Pushed:
    """A calendar of Radicale's that the book is pushed to, and a user who changes it there."""

    book: Book
    server: Radicale
    url: str
    passwords: Passwords

    @property
    def route(self) -> Route:
        """What stands there after each month; `live` has pushed it already."""
        return Route("Radicale, push", lambda: None, lambda: self.server.events(self.url))

    def live(self, today: date) -> None:
        """Push; have the user move one event and tick off another there, and say yes to both."""
        self._push(today)
        standing = sorted(
            one.uid
            for one in caldav.told(self.book, caldav.require(self.book)).values()
            if one.kind in _MOVABLE and not one.cancelled and one.starts_at.date() > today
        )
        moved_to = datetime.combine(today + timedelta(days=11), time(9), UTC)
        for uid, said in zip(standing, ({"DTSTART": moved_to}, {"SUMMARY": "✓ done"}), strict=False):
            self.server.change(event_url(self.url, uid), **said)
        self._push(today)
        for offer in caldav_offers.offers(self.book, today=today, zone=UTC):
            caldav_offers.answer(self.book, offer.uid, offer.answers[0], today=today, zone=UTC)
        self._push(today)
        for event in self.server.events(self.url):
            if str(event["SUMMARY"]).startswith(
                "✓"
            ):  # what is done is the user's own; here plans are compared
                self.server.ask("DELETE", event_url(self.url, str(event["UID"])))

    def _push(self, today: date) -> None:
        state = caldav.push(self.book, self.passwords, today=today, words=wording.calendar_text, zone=UTC)
        if state.error is not None:
            raise state.error


@contextlib.contextmanager
def pushed(book: Book, home: Path) -> Iterator[Pushed | None]:
    """Connect the book to a calendar of a Radicale that runs until the end of the block; None where it isn't installed."""
    if not calendar_server.is_installed():
        yield None
        return
    folder = home / "pushed"
    folder.mkdir()
    with calendar_server.radicale(folder) as server:
        account, passwords = (
            caldav.account(server.address, calendar_server.USER),
            Passwords(folder / "passwords"),
        )
        passwords.keep(account, calendar_server.PASSWORD)
        made = caldav.make(account, calendar_server.PASSWORD)
        caldav.connect(book, Connection(account, made.url, made.name, alarms=(0, 10)))
        yield Pushed(book, server, made.url, passwords)


def _fetched(address: str) -> bytes:
    asked = urlsplit(address)
    connection = http.client.HTTPConnection(asked.hostname or "", asked.port, timeout=30)
    connection.request("GET", asked.path)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    if answer.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{address}: {answer.status}")
    return data
