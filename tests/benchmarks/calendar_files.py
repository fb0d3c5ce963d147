"""Print how long calendar files take: `python -m tests.benchmarks.calendar_files [people] [fuzzed]`.

2,000 people with check-ins: the first writing of a kept file, and one after one touch (issue: at most 200 ms); 10,000
events in one file (at most 5 s); then fuzzed records, none of which may add a line or break a fold.
"""

import random
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from crm import wording
from crm.app import feeds, people, touches
from crm.app.books import open_book
from crm.domain.cadence import parse_interval
from crm.domain.calendar import CalendarEntry
from crm.domain.changes import Op
from crm.domain.feed import FeedDraft
from crm.domain.person import PersonDraft
from crm.domain.touch import TouchDraft, TouchKind
from crm.formats import ical

TODAY = date(2026, 3, 2)
_LETTERS = "abc ,;:\\\"'\r\n\t\0\x1b\x85\u2028\u202eäß漢😀éé%^={}BEGIN:VEVENT"
_STEADY = {"BEGIN", "END", "UID", "DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY",
           "DESCRIPTION", "URL", "CATEGORIES", "STATUS", "TRANSP", "CLASS", "ACTION", "TRIGGER"}  # fmt: skip


def kept_file(count: int) -> None:
    """Keep a file of so many people's check-ins through one touch."""
    with tempfile.TemporaryDirectory() as folder:
        book = open_book(Path(folder) / "book.keepwarm")
        every = parse_interval("3 months")
        with book.write(Op.SAMPLE):
            ids = [
                people.add(book, PersonDraft(display_name=f"Person {number}", every=every), today=TODAY)
                for number in range(count)
            ]
        feeds.add(book, FeedDraft("Keepwarm", str(Path(folder) / "kept.ics")))
        for what in ("first", "nothing changed", "after a touch", "after another"):
            if what.startswith("after"):
                touches.log(book, TouchDraft((ids.pop(),), TouchKind.CALL, TODAY), today=TODAY)
            start, worked = time.perf_counter(), time.process_time()
            (state,) = feeds.refresh(book, today=TODAY, words=wording.calendar_text)
            took, worked = time.perf_counter() - start, time.process_time() - worked
            print(
                f"{state.events:,} events, {what}: {took * 1000:,.0f} ms ({worked * 1000:,.0f} ms of it work), written: {state.written}"
            )
        book.close()


def one_file(count: int) -> None:
    """Render so many events that nobody rendered before."""
    entries = [
        entry(f"{number}@keepwarm", f"Check in: Person {number}", "Notes, of a few words; " * 4)
        for number in range(count)
    ]
    start, worked = time.perf_counter(), time.process_time()
    data = ical.render(entries, version="0")
    took, worked = time.perf_counter() - start, time.process_time() - worked
    print(f"{count:,} events: {took:.2f} s ({worked:.2f} s of it work), {len(data) / 1e6:.1f} MB")


def fuzzed(count: int) -> None:
    """Render random texts one by one and look at every line."""
    chance = random.Random(7)
    start = time.perf_counter()
    for number in range(count):
        said = ["".join(chance.choices(_LETTERS, k=chance.randrange(90))) for _ in range(4)]
        one = replace(entry(f"{number}@keepwarm", said[0], said[1]), url=said[2], categories=(said[3], "x"))
        lines = ical.render([one], version="0").split(b"\r\n")
        assert all(len(line) <= 75 for line in lines)
        whole = b"\n".join(lines).replace(b"\n ", b"").decode().split("\n")
        inside = whole[whole.index("BEGIN:VEVENT") : whole.index("END:VEVENT") + 1]
        names = [line.partition(":")[0].partition(";")[0] for line in inside]
        assert set(names) <= _STEADY, names
        assert names.count("BEGIN") == 2, inside
    print(f"{count:,} fuzzed records: no line added, {time.perf_counter() - start:.0f} s")


def entry(uid: str, summary: str, description: str) -> CalendarEntry:
    """Return an event."""
    at = datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(minutes=len(uid))
    return CalendarEntry(uid, summary, at, at, description=description)


def main() -> None:
    """Print all figures."""
    asked = [int(one) for one in sys.argv[1:]]
    kept_file(asked[0] if asked else 2000)
    one_file(10_000)
    fuzzed(asked[1] if len(asked) > 1 else 100_000)


if __name__ == "__main__":
    main()
