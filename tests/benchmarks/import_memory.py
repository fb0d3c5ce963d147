"""An import of very many contacts, phase by phase: peak memory, CPU, the longest time that progress stood still.

Each size runs in a process of its own: `python tests/benchmarks/import_memory.py [contacts …] [--typical | --csv]
[--pictures KB] [--cancel]` from the project's folder. Without a number: 10,000 and 200,000 plain cards. 1 GB is
4,000,000 plain cards, 1,300,000 typical ones of 19 properties, 6,000,000 rows (hours on a slow machine), or 10,000 cards
with pictures of 75 KB. `--cancel` also cancels each phase in the middle of each of its stretches.
"""

import argparse
import base64
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

from read_vcards import card_of  # noqa: E402

from crm.app import batches, importing  # noqa: E402
from crm.app.books import Book, open_book  # noqa: E402
from crm.app.progress import Progress  # noqa: E402
from crm.errors import Cancelled  # noqa: E402

TODAY = date(2026, 3, 2)
_LOOK_S = 0.02
_Result = TypeVar("_Result")
_GOOGLE = (
    "First Name,Last Name,Nickname,Organization Name,Organization Title,Birthday,Notes,Labels,E-mail 1 - Label,"
    "E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Formatted,Website 1 - Value\n"
)


class Contact(NamedTuple):
    """An invented person."""

    number: int
    given: str
    family: str
    company: str
    email: str
    phone: str


def invented(contacts: int) -> Iterator[Contact]:
    """Yield people whose names and companies come as often as in life: a few very often, most seldom."""
    chance = random.Random(3)

    def words(number: int, syllables: int) -> list[str]:
        sounds = [one + two for one in "bdfghjklmnprstvwz" for two in ("a", "e", "i", "o", "u", "ai", "ou")]
        return ["".join(chance.choices(sounds, k=syllables)).title() for _ in range(number)]

    names, families, companies = words(3000, 2), words(150_000, 3), words(60_000, 3)

    def one_of(known: list[str]) -> str:
        return known[int(len(known) * chance.random() ** 2.2)]

    for n in range(contacts):
        given, family, company = one_of(names), one_of(families), one_of(companies)
        email = f"{given}.{family}{n % 100}@{company}.example".lower()
        yield Contact(n, given, family, company, email, f"+4917{chance.randrange(10**8):08d}")


def write_cards(path: Path, contacts: int, picture_kb: int) -> None:
    """Write plain cards, each with a picture if one is wanted."""
    chance = random.Random(4)
    with path.open("w", encoding="utf-8", newline="\r\n") as out:
        for one in invented(contacts):
            out.write(
                f"BEGIN:VCARD\nVERSION:3.0\nN:{one.family};{one.given};;;\nFN:{one.given} {one.family}\n"
                f"ORG:{one.company}\nTITLE:Engineer\nEMAIL;TYPE=WORK:{one.email}\nTEL;TYPE=CELL:{one.phone}\n"
                f"NOTE:Met {one.number} at the fair\nUID:u-{one.number}\n"
            )
            if picture_kb:
                text = base64.b64encode(b"\xff\xd8\xff\xe0" + chance.randbytes(picture_kb << 10)).decode()
                folded = "\n ".join(text[start : start + 74] for start in range(0, len(text), 74))
                out.write(f"PHOTO;ENCODING=b;TYPE=JPEG:\n {folded}\n")
            out.write("END:VCARD\n")


def write_typical(path: Path, contacts: int) -> None:
    """Write cards of 19 properties."""
    chance = random.Random(5)
    with path.open("w", encoding="utf-8", newline="") as out:
        for one in invented(contacts):
            out.write(card_of((one.given, one.family, one.company), one.number, chance))


def write_rows(path: Path, contacts: int) -> None:
    """Write a table with Google's columns."""
    with path.open("w", encoding="utf-8", newline="\r\n") as out:
        out.write(_GOOGLE)
        for one in invented(contacts):
            out.write(
                f"{one.given},{one.family},,{one.company},Engineer,,Met {one.number} at the fair,* myContacts,"
                f"* Work,{one.email},Mobile,{one.phone},,\n"
            )


def report(what: str, work: Callable[[Progress], _Result], *, cancel: Book | None = None) -> _Result:
    """Do something; print the CPU seconds, the peak of memory so far and how long progress stood still at most.

    With `cancel`, the book, it is cancelled first in the middle of each of its stretches: how long did it go on then?
    """
    stretch = 0 if cancel is None else 1
    while True:
        before = time.process_time()
        with watched(Progress(), cancel_in=stretch) as watch:
            try:
                result = work(watch.progress)
                break
            except Cancelled:
                took = time.perf_counter() - watch.asked
        left = tidied(cancel) if cancel else ""
        print(f"  {what:<8} cancelled in stretch {stretch} within {took:4.2f} s{left}", flush=True)
        stretch += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = time.process_time() - before
    saving = f", saving {watch.saving:.1f} s" if watch.saving else ""
    print(
        f"  {what:<8} {seconds:7.1f} s   peak {peak:5.0f} MB   still {watch.still:4.1f} s{saving}", flush=True
    )
    return result


def tidied(book: Book) -> str:
    """Empty the -wal beside a book, as the window does after a cancel; say how much it was and how long that took."""
    left, since = beside(book), time.perf_counter()
    if not left:
        return ""
    book.checkpoint()
    took = time.perf_counter() - since
    return f", then {left:,.0f} MB beside the book became {beside(book):,.0f} in {took:.1f} s"


class watched:  # noqa: N801 - read as a verb
    """Watches progress from a thread of its own: how long it stood still at most, how long it was saving in the end.

    Cancels in the middle of a stretch if asked to; 1 is the first one.
    """

    def __init__(self, progress: Progress, *, cancel_in: int = 0) -> None:
        self.progress, self.still, self.saving, self.stretch, self.asked = progress, 0.0, 0.0, 0, 0.0
        self._cancel_in = cancel_in
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "watched":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        seen, since = (0, 0), time.perf_counter()
        while not self._ended.wait(_LOOK_S):
            now, there = time.perf_counter(), (self.progress.total, self.progress.done)
            if self.progress.is_finishing:
                self.saving = now - since
            else:
                self.still = max(self.still, now - since)
            if there != seen:
                self.stretch += there[0] > 0 and (there[0] != seen[0] or there[1] < seen[1])
                seen, since = there, now
            if self.stretch == self._cancel_in and not self.asked and there[1] > there[0] / 2:
                self.asked = now
                self.progress.cancel()


def import_file(path: Path, *, cancel: bool) -> None:
    """Read, plan, apply, and take it back in each way there is, in this process."""
    book = open_book(path.with_suffix(".keepwarm"))
    bring_in(book, path, cancel=cancel)
    print(f"  book {book.path.stat().st_size / 1e6:,.0f} MB and beside it {beside(book):,.0f} MB", flush=True)
    report("undo", lambda _progress: book.undo())
    report("redo", lambda _progress: book.redo())
    report("unimport", lambda _progress: batches.undo(book, batches.list_batches(book)[0].id))
    book.close()


def bring_in(book: Book, path: Path, *, cancel: bool) -> None:
    """Import a file."""
    of = book if cancel else None
    with report("read", lambda progress: importing.read_files([path], progress), cancel=of) as read:
        plan = report("plan", lambda progress: importing.plan(book, read, progress, today=TODAY), cancel=of)
        report("apply", lambda progress: importing.apply(book, plan, progress, today=TODAY), cancel=of)


def beside(book: Book) -> float:
    """Return the MB of the -wal beside a book."""
    wal = book.path.with_name(book.path.name + "-wal")
    return wal.stat().st_size / 1e6 if wal.exists() else 0.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("contacts", nargs="*", type=int)
    parser.add_argument("--pictures", type=int, default=0, metavar="KB")
    parser.add_argument("--typical", action="store_true")
    parser.add_argument("--csv", action="store_true")
    parser.add_argument("--cancel", action="store_true")
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.file is not None:
        import_file(options.file, cancel=options.cancel)
        return
    for contacts in options.contacts or (10_000, 200_000):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / ("contacts.csv" if options.csv else "contacts.vcf")
            if options.csv:
                write_rows(path, contacts)
            elif options.typical:
                write_typical(path, contacts)
            else:
                write_cards(path, contacts, options.pictures)
            print(f"{contacts:,} contacts, {path.stat().st_size / 1e6:,.0f} MB", flush=True)
            again = ["--cancel"] if options.cancel else []
            subprocess.run([sys.executable, __file__, "--file", str(path), *again], check=True)


if __name__ == "__main__":
    main()
