"""Print how long Today and its verbs take on a generated book: `python -m tests.benchmarks.today [--people 100000]`."""

import argparse
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from crm.app import checkins, history, learning, today, touches
from crm.app.books import Book, open_book
from crm.domain.changes import Op
from crm.domain.person import PersonId
from crm.domain.touch import TouchDraft, TouchKind
from crm.store import adding, derived, search

TODAY = date(2026, 3, 2)
GIVEN = ("Ada", "Grace", "Mary", "Zoë", "Ingrid", "Tomás", "Maya", "Noor")
FAMILY = ("Lovelace", "Hopper", "Somerville", "Łukasiewicz", "Solheim", "Ferreira", "Chen", "Haddad")


def generate(folder: Path, people: int) -> Book:
    """Make a book: a company for ten people, two touches a person, half of the people with a rule of their own."""
    chance = random.Random(7)
    book = open_book(folder / "book.keepwarm")
    with book.write(Op.SAMPLE) as session:
        connection = session.connection()
        firms = adding.insert_many(
            connection,
            "company",
            ("name", "name_key", "sort_key", "site", "industry", "size", "place", "notes", "target", "uid", "revision",
             "people", "past_people"),
            [(f"Firm {n}", f"firm {n}", f"firm {n}", "", "", "", "", "", 0, "", 0, 0, 0) for n in range(people // 10)],
        )  # fmt: skip
        persons = adding.insert_many(
            connection, "person", _PERSON, [_person(chance, n) for n in range(people)]
        )
        adding.insert_many(
            connection,
            "position",
            ("person_id", "company_id", "ord", "title", "department", "current"),
            [(person, chance.choice(firms), 0, "Engineer", "", 1) for person in persons],
        )
        days = [(TODAY - timedelta(days=chance.randrange(400))).isoformat() for _ in range(2 * people)]
        rows = adding.insert_many(
            connection,
            "touch",
            ("kind", "direction", "touched_on", "note"),
            [("call", "together", on, "talked about the platform team") for on in days],
        )
        adding.insert_many(
            connection,
            "touch_person",
            ("touch_id", "person_id", "kind", "touched_on"),
            [
                (touch, persons[n % people], "call", on)
                for n, (touch, on) in enumerate(zip(rows, days, strict=True))
            ],
        )
        adding.insert_many(
            connection,
            "important_date",
            ("person_id", "ord", "kind", "label", "month", "day", "text"),
            [
                (person, 0, "birthday", "", chance.randrange(1, 13), chance.randrange(1, 29), "")
                for person in persons
            ],
        )
        derived.settle(session, persons, firms)
        search.add_range(connection, "person", persons)
        search.add_range(connection, "company", firms)
    book.checkpoint()
    return book


_PERSON = (
    "display_name", "name_key", "sort_key", "family", "given", "additional", "prefix", "suffix", "nicknames", "notes",
    "how_met", "starred", "linkedin", "uid", "photo_sha", "photo_link", "standing", "added_on", "every_count",
    "every_unit", "never", "resting", "snooze_count", "revision", "title", "email", "phone", "cadence_source",
    "cadence_name", "check_in_uid", "check_in_sequence",
)  # fmt: skip


def _person(chance: random.Random, number: int) -> tuple[object, ...]:
    given, family = chance.choice(GIVEN), chance.choice(FAMILY)
    name = f"{given} {family} {number}"
    every = (chance.randrange(2, 30), "week") if number % 2 else (None, None)
    return (
        name, name.lower(), name.lower(), family, given, "", "", "", "[]", "", "", 0, "", str(uuid.UUID(int=number)), "",
        "", "active", "2024-01-01", *every, 0, 0, 0, 0, "", "", "", "none", "", "", 0,
    )  # fmt: skip


def measure(what: str, act: Callable[[], object], times: int = 50) -> None:
    """Run `act` many times and print the middle and the slow end."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    print(f"{what:<34} p50 {statistics.median(taken):8.2f} ms   p95 {taken[int(0.95 * (times - 1))]:8.2f} ms")


def main() -> None:
    """Generate a book and measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=10_000)
    people = options.parse_args().people
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        book = generate(Path(folder), people)
        print(f"{people:,} people, made in {time.perf_counter() - started:.1f} s")
        run(book, people)
        book.close()


def run(book: Book, people: int) -> None:
    """Measure the page, the verbs of its rows, and verbs for everyone at once."""
    chance = random.Random(11)

    def anyone() -> tuple[PersonId]:
        return (PersonId(chance.randrange(1, people, 2) + 1),)

    soon = TODAY + timedelta(days=7)
    measure("Today, one page", lambda: today.agenda(book, today=TODAY))
    measure("the seven days ahead", lambda: today.ahead(book, today=TODAY, days=7))
    few = [PersonId(number) for number in range(2, 22, 2)]
    measure("offers of another interval to ten", lambda: learning.offers(book, few, today=TODAY))
    measure("the number beside Today", lambda: today.asked(book, today=TODAY))
    measure(
        "log a touch", lambda: touches.log(book, TouchDraft(anyone(), TouchKind.CALL, TODAY), today=TODAY)
    )
    measure("snooze", lambda: checkins.snooze(book, anyone(), soon, today=TODAY))
    measure("undo", lambda: history.undo(book))
    measure("redo", lambda: history.redo(book), 20)
    most = [PersonId(number) for number in range(1, min(people, 10_000) + 1)]
    measure(f"snooze {len(most):,} people", lambda: checkins.snooze(book, most, soon, today=TODAY), 1)
    measure(f"undo of {len(most):,} people", lambda: history.undo(book), 1)
    measure(f"skip {len(most):,} people", lambda: checkins.skip(book, most, today=TODAY), 1)


if __name__ == "__main__":
    main()
