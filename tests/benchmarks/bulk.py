"""Print how long it takes to do something to everybody and to undo it: `python -m tests.benchmarks.bulk [--people 10000]`."""

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from crm.app import checkins, history, people
from crm.app.books import Book
from crm.domain.cadence import Interval, Unit
from crm.domain.person import PersonId, Standing
from crm.store import derived
from tests.benchmarks.today import TODAY, generate


def main() -> None:
    """Generate a book and measure every verb of the bar, then its undo."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=10_000)
    number = options.parse_args().people
    with tempfile.TemporaryDirectory() as folder:
        book = generate(Path(folder), number)
        with book.read() as session:
            ids = [PersonId(one) for one in derived.everyone(session)]
        print(f"{len(ids):,} people")
        for name, verb in verbs(book, ids).items():
            print(f"{name:<10} {_seconds(verb)}   undo {_seconds(lambda: history.undo(book))}")
            if name == "tag":
                history.redo(book)
        book.close()


def verbs(book: Book, ids: list[PersonId]) -> dict[str, Callable[[], object]]:
    """Return what the bar does, by name."""
    often, until = Interval(6, Unit.WEEK), TODAY + timedelta(days=14)
    return {
        "how often": lambda: checkins.set_every(book, ids, often, today=TODAY),
        "tag": lambda: people.tag(book, ids, "Everybody", today=TODAY),
        "untag": lambda: people.untag(book, ids, "Everybody", today=TODAY),
        "snooze": lambda: checkins.snooze(book, ids, until, today=TODAY),
        "archive": lambda: people.archive(book, ids, Standing.ARCHIVED, today=TODAY),
        "delete": lambda: people.delete(book, ids),
    }


def _seconds(verb: Callable[[], object]) -> str:
    """Return the time on the wall and, as other programs may be running, the processor's."""
    started, used = time.perf_counter(), time.process_time()
    verb()
    return f"{time.perf_counter() - started:5.2f} s ({time.process_time() - used:5.2f} s)"


if __name__ == "__main__":
    main()
