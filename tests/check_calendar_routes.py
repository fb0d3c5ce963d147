"""Live a year of check-ins and see what calendar programs hold of it: `python -m tests.check_calendar_routes [FOLDER]`.

Each month what is new goes to every program along every way there is: the whole file imported again, only what changed,
the kept file, the address, the push. What is planned from that day on must stand there just so, with its alarms: nothing twice,
nothing gone by mistake, nothing that was moved away. Programs are looked for on the PATH and in FOLDER; what isn't
there is skipped and said so. In the pushed calendar the user moves and ticks off events too, and says yes to each offer.
Ends with 1 when anything differs that the program isn't known for.

FOLDER is where `check_calendars --install` put khal, or the folder of Thunderbird's tarball.
"""

import contextlib
import os
import random
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import icalendar

from crm import wording
from crm.app import calendar, checkins, events, feeds, interviews, opportunities, people, plans, touches
from crm.app.books import Book, open_book
from crm.app.calendar import ExportOptions
from crm.app.subscription import Subscription, new_token
from crm.domain.cadence import parse_interval
from crm.domain.event import EventDraft, EventId
from crm.domain.feed import FeedDraft
from crm.domain.interview import InterviewDraft
from crm.domain.opportunity import OpportunityDraft
from crm.domain.person import PersonDraft, PersonId
from crm.domain.plan import StepId
from crm.domain.touch import TouchDraft, TouchKind
from crm.errors import KeepwarmError
from tests.calendar_programs import evolution, khal, servers, thunderbird
from tests.calendar_programs.routes import Route, Where
from tests.calendar_programs.servers import Pushed

START = date(2026, 3, 2)
MONTHS = 12
MONTH = timedelta(days=30)
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
FEED = FeedDraft("Keepwarm", "", alarms=(0, 10))
Event = tuple[str, date, int]  # title, start, number of alarms


@dataclass
class Life:
    """The book that is lived in, and the day."""

    book: Book
    today: date = START
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    people: list[PersonId] = field(default_factory=list)
    steps: list[StepId] = field(default_factory=list)
    fairs: list[EventId] = field(default_factory=list)

    def begin(self) -> None:
        """Add everybody, an interview that has an hour, and one that has only a day."""
        every = parse_interval("6 weeks")
        self.people = [
            people.add(self.book, PersonDraft(display_name=name, every=every), today=START) for name in NAMES
        ]
        role = opportunities.add(self.book, OpportunityDraft("Engineer", "Acme"), today=START)
        at = datetime(2026, 8, 20, 14, tzinfo=UTC)
        for draft in (InterviewDraft(at.date(), at), InterviewDraft(at.date() + MONTH)):
            interviews.add(self.book, role, draft, today=START)

    def live(self) -> None:
        """Let a month's life happen: touches, snoozes, rests and returns; steps and events come, move and are done."""
        for person in self.people:
            self._happen(person)
        soon = self.today + timedelta(days=self.chance.randrange(5, 80))
        match self.chance.randrange(3):
            case 0:
                self.steps.append(
                    plans.add_step(self.book, None, "Polish the résumé", soon, today=self.today)
                )
                self.fairs.append(
                    events.add(self.book, EventDraft("Career fair", held_on=soon), today=self.today)
                )
            case 1 if self.steps:
                with contextlib.suppress(KeepwarmError):  # the user may have ticked it off in the calendar
                    plans.done(self.book, self.steps.pop(), today=self.today)
                events.delete(self.book, self.fairs.pop())
            case 2 if self.steps:
                with contextlib.suppress(KeepwarmError):
                    plans.redate(self.book, self.steps[-1], soon)
                fair = EventDraft("Career fair", held_on=soon)
                events.edit(self.book, self.fairs[-1], fair, today=self.today)

    def _happen(self, person: PersonId) -> None:
        match self.chance.randrange(6):
            case 0:
                draft = TouchDraft((person,), TouchKind.CALL, self.today, "a; b, c\nd")
                touches.log(self.book, draft, today=self.today)
            case 1:
                until = self.today + timedelta(days=self.chance.randrange(1, 60))
                with contextlib.suppress(KeepwarmError):  # whoever rests has no check-in to hide
                    checkins.snooze(self.book, (person,), until, today=self.today)
            case 2:
                checkins.rest(self.book, (person,), today=self.today)
            case 3:
                checkins.resume(self.book, (person,), today=self.today)

    def write(self, where: Where) -> None:
        """Write what is new as a user does by hand: only the changes, then the whole file; the kept one writes itself."""
        where.changes.unlink(missing_ok=True)
        for path in (where.changes, where.whole):
            calendar.export(
                self.book, path, OPTIONS, today=self.today, words=wording.calendar_text,
                only_changes=path == where.changes,
            )  # fmt: skip
        feeds.refresh(self.book, today=self.today, words=wording.calendar_text, zone=UTC)

    def served(self) -> bytes:
        """Return what the address answers."""
        return feeds.content(self.book, FEED, today=self.today, words=wording.calendar_text, zone=UTC)

    def wanted(self) -> dict[str, Event]:
        """Return what must stand in every calendar, by UID."""
        planned = calendar.planned(self.book, OPTIONS, today=self.today, words=wording.calendar_text)
        return {
            one.uid: (one.summary, one.whole_day, min(len(one.alarms), 1))
            if one.whole_day
            else (one.summary, one.starts_at, len(one.alarms))
            for one in planned
        }


def main(folder: str = "") -> int:
    """Live the year along every way that can be taken; return how many went wrong."""
    given = [str(Path(folder) / "bin"), folder] if folder else []
    path = os.pathsep.join([*given, os.environ.get("PATH", ""), os.defpath])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary, contextlib.ExitStack() as held:
        home = Path(temporary)
        book = open_book(home / "book.keepwarm")
        held.callback(book.close)
        life = Life(book)
        life.begin()
        feeds.add(book, FeedDraft(FEED.name, str(home / "kept.ics"), alarms=FEED.alarms))
        served = Subscription(life.served, new_token())
        held.callback(served.close)
        where = Where(home, path, home / "whole.ics", home / "changes.ics", home / "kept.ics", served.address)
        feeds.refresh(book, today=START, words=wording.calendar_text, zone=UTC)
        routes = [
            route
            for program in (servers, khal, evolution, thunderbird)
            for route in held.enter_context(program.routes(where))
        ]
        pushed = held.enter_context(servers.pushed(book, home))
        return _follow(life, where, pushed, [*routes, pushed.route] if pushed else routes)


def _follow(life: Life, where: Where, pushed: Pushed | None, routes: list[Route]) -> int:
    differing: dict[str, list[str]] = {route.name: [] for route in routes}
    for month in range(MONTHS):
        life.today = START + MONTH * month
        life.live()
        if pushed is not None:
            pushed.live(life.today)
        life.write(where)
        wanted = life.wanted()
        for route in routes:
            route.send()
            found = _settled(route, wanted, life.today)
            differing[route.name] += [f"month {month + 1}: {line}" for line in found]
    for route in routes:
        lines = differing[route.name]
        words = "; ".join(lines[:3]) if lines else f"equal in all {MONTHS} months"
        known = f"differs, as known: {route.known} ({len(lines)} times)" if lines and route.known else words
        sys.stdout.write(f"{route.name:<28} {known}\n")
    return sum(bool(differing[route.name]) and not route.known for route in routes)


def _settled(route: Route, wanted: dict[str, Event], today: date) -> list[str]:
    """Say what differs once the program has had the time it may take."""
    pause, until = threading.Event(), time.monotonic() + route.patience
    while (lines := _differing(route.held(), wanted, today)) and time.monotonic() < until:
        pause.wait(0.2)
    return lines


def _differing(held: list[icalendar.Event], wanted: dict[str, Event], today: date) -> list[str]:
    """Say what differs from what is planned; what was cancelled or lies behind doesn't count."""
    found: dict[str, Event] = {}
    for event in held:
        start = event.decoded("DTSTART")
        if isinstance(start, datetime):
            start = start.astimezone(UTC)
        if event.get("STATUS") == "CANCELLED" or _day(start) < today:
            continue
        uid = str(event["UID"])
        if uid in found:
            return [f"{uid} is there twice"]
        found[uid] = (str(event["SUMMARY"]), start, len(event.walk("VALARM")))
    missing = [f"{wanted[uid][0]!r} is missing" for uid in wanted if uid not in found]
    ghosts = [f"{found[uid][0]!r} is a ghost" for uid in found if uid not in wanted]
    other = [
        f"{found[uid]} isn't {wanted[uid]}" for uid in wanted if uid in found and found[uid] != wanted[uid]
    ]
    return [*missing, *ghosts, *other]


def _day(start: date) -> date:
    return start.date() if isinstance(start, datetime) else start


if __name__ == "__main__":
    sys.exit(1 if main(*sys.argv[1:2]) else 0)
