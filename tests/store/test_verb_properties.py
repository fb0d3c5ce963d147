"""Random days of using the app: after every verb, undo and redo the book is what it was, and computes to what it says."""

import contextlib
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from crm.app import batches, checkins, companies, importing, people, planning, preferences, touches, upkeep
from crm.app.books import Book, open_book
from crm.app.progress import Progress
from crm.domain.person import Standing
from crm.domain.touch import TouchDraft, TouchKind
from crm.errors import ErrorCode, KeepwarmError
from crm.store import derived, search
from crm.store.batches import RECORDED, own_columns, ranges_of, within
from crm.store.tables import Company, ImportBatch, Person, Tag, Touch
from tests import builders

COMPANIES = ("Acme", "ACME ", "Zürcher Söhne", "Globex", "Initech", "")
EXPECTED = frozenset(
    {
        ErrorCode.NOT_FOUND,
        ErrorCode.INVALID,
        ErrorCode.FUTURE_TOUCH,
        ErrorCode.AMBIGUOUS,
        ErrorCode.IMPORT_UNDONE,
    }
)
STEPS = 70


class User:
    """Somebody who does anything, to anyone, in any order."""

    def __init__(self, book: Book, seed: int) -> None:
        self.book = book
        self.dice = random.Random(seed)
        self.today = date(2026, 3, 2)
        self.verbs: tuple[Callable[[], object], ...] = (
            self.add, self.add, self.add, self.edit, self.edit, self.delete, self.archive, self.star, self.tag, self.tag,
            self.untag, self.add_company, self.edit_company, self.merge, self.merge_people, self.delete_companies, self.target, self.log,
            self.log, self.log, self.edit_touch, self.delete_touch, self.every, self.tag_every, self.company_every,
            self.book_every, self.snooze, self.unsnooze, self.skip, self.rest, self.resume, self.bring_in, self.bring_in,
            self.bring_in, self.take_back, self.plan_day, self.spread, self.go_away, self.start_plan, self.caps,
        )  # fmt: skip

    def act(self) -> None:
        """Do something; what the rules refuse is refused."""
        self.today += timedelta(days=self.dice.randint(0, 9))
        try:
            self.dice.choice(self.verbs)()
        except KeepwarmError as error:
            if error.code not in EXPECTED:
                raise

    def some(self, table: type, most: int = 4) -> tuple[int, ...]:
        with self.book.read() as session:
            ids = list(session.scalars(select(table.id)))
        return tuple(self.dice.sample(ids, min(len(ids), self.dice.randint(1, most))))

    def one(self, table: type) -> int:
        return (*self.some(table, 1), 0)[0]

    def interval(self) -> object:
        return builders.interval(self.dice.choice(("2 weeks", "1 month", "90 days", "1 year", None)))

    def _draft(self) -> object:
        number = self.dice.randint(0, 999)
        return builders.a_draft(
            f"Person {number} Łukasz",
            company=self.dice.choice(COMPANIES),
            title=self.dice.choice(("Engineer", "")),
            email=[f"{number}@example.org"] * self.dice.randint(0, 2),
            every=self.dice.choice((None, "3 weeks")),
            tags=tuple(self.dice.sample(("Friends", "Work", "Ärzte"), self.dice.randint(0, 2))),
        )

    def _touch(self) -> TouchDraft:
        on = self.today - timedelta(days=self.dice.randint(-1, 200))
        kind = self.dice.choice(list(TouchKind))
        return TouchDraft(kind=kind, on=on, people=self.some(Person), note="talked about tea")

    def add(self) -> None:
        people.add(self.book, self._draft(), today=self.today)

    def edit(self) -> None:
        people.edit(self.book, self.one(Person), self._draft(), today=self.today)

    def delete(self) -> None:
        people.delete(self.book, self.some(Person, 3))

    def archive(self) -> None:
        people.archive(self.book, self.some(Person), self.dice.choice(list(Standing)), today=self.today)

    def star(self) -> None:
        people.star(self.book, self.some(Person), self.dice.random() < 0.5)

    def tag(self) -> None:
        people.tag(
            self.book, self.some(Person), self.dice.choice(("Friends", "work", "New")), today=self.today
        )

    def untag(self) -> None:
        people.untag(
            self.book, self.some(Person), self.dice.choice(("Friends", "Work", "New")), today=self.today
        )

    def add_company(self) -> None:
        builders.a_company(self.book, f"Company {self.dice.randint(0, 99)}", every=self.interval())

    def edit_company(self) -> None:
        company = self.one(Company)
        draft = companies.draft(self.book, company)
        changed = type(draft)(f"{draft.name} {self.dice.randint(0, 9)}", every=self.interval())
        companies.edit(self.book, company, changed, today=self.today)

    def merge(self) -> None:
        keep, *others = (*self.some(Company), 0)
        companies.merge(self.book, keep, [other for other in others if other], today=self.today)

    def merge_people(self) -> None:
        keep, *others = (*self.some(Person, 3), 0)
        people.merge(self.book, keep, [other for other in others if other], today=self.today)

    def delete_companies(self) -> None:
        companies.delete(self.book, self.some(Company, 2), today=self.today)

    def target(self) -> None:
        companies.target(self.book, self.some(Company), self.dice.random() < 0.5)

    def log(self) -> None:
        touches.log(self.book, self._touch(), today=self.today)

    def edit_touch(self) -> None:
        touches.edit(self.book, self.one(Touch), self._touch(), today=self.today)

    def delete_touch(self) -> None:
        touches.delete(self.book, self.one(Touch), today=self.today)

    def every(self) -> None:
        checkins.set_every(
            self.book, self.some(Person), self.interval(), today=self.today, never=self.dice.random() < 0.2
        )

    def tag_every(self) -> None:
        with self.book.read() as session:
            names = list(session.scalars(select(Tag.name)))
        checkins.set_tag_every(
            self.book, self.dice.choice([*names, "Nobody's"]), self.interval(), today=self.today
        )

    def company_every(self) -> None:
        checkins.set_company_every(self.book, self.one(Company), self.interval(), today=self.today)

    def book_every(self) -> None:
        checkins.set_book_every(self.book, self.interval(), today=self.today)

    def snooze(self) -> None:
        until = self.today + timedelta(days=self.dice.randint(0, 95))
        checkins.snooze(self.book, self.some(Person), until, today=self.today)

    def unsnooze(self) -> None:
        checkins.unsnooze(self.book, self.some(Person), today=self.today)

    def skip(self) -> None:
        checkins.skip(self.book, self.some(Person), today=self.today)

    def rest(self) -> None:
        checkins.rest(self.book, self.some(Person), today=self.today)

    def bring_in(self) -> None:
        """Import cards, some of people who are there."""
        text = "".join(self._card() for _ in range(self.dice.randint(1, 12)))
        file = self.book.path.with_name("cards.vcf")
        file.write_text(text, encoding="utf-8", newline="")
        with importing.read_files((file,), Progress()) as read:
            plan = importing.plan(self.book, read, Progress(), today=self.today)
            importing.apply(self.book, plan, Progress(), today=self.today)

    def plan_day(self) -> None:
        on = self.today + timedelta(days=self.dice.randint(-1, 40))
        planning.plan_check_in(self.book, self.some(Person), on, today=self.today)

    def spread(self) -> None:
        planning.spread(self.book, today=self.today)

    def go_away(self) -> None:
        planning.away(self.book, self.today + timedelta(days=self.dice.randint(0, 20)), today=self.today)

    def start_plan(self) -> None:
        picks = planning.suggest(self.book, today=self.today).picks
        chosen = [pick.choice for pick in picks if self.dice.random() < 0.8]
        planning.start(self.book, chosen, today=self.today, per_week=self.dice.choice((None, 3, 8)))

    def caps(self) -> None:
        kept = preferences.get(self.book)
        changed = replace(kept, per_day=self.dice.randint(1, 4), per_week=self.dice.randint(1, 9))
        preferences.save(self.book, changed, today=self.today)

    def take_back(self) -> None:
        """Undo some import, be it long ago."""
        batches.undo(self.book, self.one(ImportBatch))

    def _card(self) -> str:
        number = self.dice.randint(0, 60)
        lines = [
            "BEGIN:VCARD", "VERSION:3.0", f"FN:Person {number} Łukasz", f"N:Łukasz;Person {number};;;",
            f"EMAIL:{number}@example.org", f"ORG:{self.dice.choice(COMPANIES)}", f"TITLE:{self.dice.choice(('CTO', ''))}",
            f"CATEGORIES:{self.dice.choice(('Friends', 'Ärzte', ''))}", f"NOTE:{self.dice.choice(('tea', 'PyCon', ''))}",
            "END:VCARD", "",
        ]  # fmt: skip
        return "\r\n".join(lines)

    def resume(self) -> None:
        checkins.resume(self.book, self.some(Person), today=self.today)


def assert_computes(book: Book) -> None:
    with book.read() as session:
        assert derived.wrong_people(session) == []
        assert derived.wrong_companies(session) == []
        assert search.stale(session.connection()) == 0


@pytest.mark.parametrize("seed", range(3))
def test_any_days_of_verbs_are_undone_and_redone_through_every_state(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "Contacts.keepwarm"
    book = open_book(path)
    user = User(book, seed)
    states = [builders.dump(book)]
    while len(states) <= STEPS:
        newest = book.next_step(undone=False)
        user.act()
        assert_computes(book)
        if book.next_step(undone=False) == newest:
            assert builders.dump(book) == states[-1]
        else:
            states.append(builders.dump(book))
    for backwards in (True, False):
        expected = states[-2::-1] if backwards else states[1:]
        for number, state in enumerate(expected):
            if number % 15 == 0:
                book.close()
                book = open_book(path)
            _ = book.undo() if backwards else book.redo()
            assert builders.dump(book) == state
            assert_computes(book)
    assert upkeep.check(book).ok
    book.close()


def says(book: Book) -> dict[str, dict[int, tuple[object, ...]]]:
    """Return what every row says, by table and id, without what is computed."""
    with book.read() as session:
        return {
            table: {
                row[0]: tuple(row)
                for row in session.execute(text(f"SELECT id, {', '.join(own_columns(table))} FROM {table}"))  # noqa: S608
            }
            for table in RECORDED
        }


@pytest.mark.parametrize("seed", range(6))
def test_after_any_days_an_import_undone_at_once_leaves_what_was_there(seed: int, tmp_path: Path) -> None:
    book = open_book(tmp_path / "Contacts.keepwarm")
    user = User(book, seed)
    for _ in range(STEPS):
        user.act()
    before = says(book)
    user.bring_in()
    batches.undo(book, batches.list_batches(book)[0].id)
    assert says(book) == before
    assert_computes(book)
    book.close()


@pytest.mark.parametrize("seed", range(6))
def test_undoing_an_import_never_takes_away_what_the_user_made_since(seed: int, tmp_path: Path) -> None:
    book = open_book(tmp_path / "Contacts.keepwarm")
    user = User(book, seed)
    for _ in range(STEPS // 3):
        user.act()
    user.bring_in()
    batch = batches.list_batches(book)[0].id
    for _ in range(STEPS // 2):
        user.act()
    before = says(book)
    with book.read() as session:
        added = ranges_of(session, batch)
        changed = set(map(tuple, session.execute(text("SELECT tbl, row_id FROM import_changed"))))
    with contextlib.suppress(KeepwarmError):
        batches.undo(book, batch)
    after = says(book)
    for table, rows in before.items():
        for id_, row in rows.items():
            if not within(added.get(table, ()), id_) and (table, id_) not in changed:
                assert after[table].get(id_) == row, table
    assert_computes(book)
    with book.read() as session:
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
    book.close()
