"""Whatever a book went through, undoing all and redoing all passes every state it was in, also after reopening."""

import contextlib
import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from crm.domain.changes import Op
from crm.store import adding, derived, search
from crm.store.book import Book
from crm.store.opening import open_book
from crm.store.tables import (
    Company,
    ContactPoint,
    Person,
    PersonTag,
    Position,
    Preference,
    Tag,
    Touch,
    TouchPerson,
    journaled,
)

DAY = date(2026, 3, 1)
WORDS = (
    "Ada",
    "Łukasz",
    "naïve",
    "O'Brien",
    '"quoted"',
    "back\\slash",
    "new\nline",
    "表",
    "👩‍🚀",
    "é́",
    "",
    "007",
    "1e5",
    "null",
    "[1]",
    "\u2028",
)

State = tuple[tuple[object, ...], ...]


def dump(book: Book) -> dict[str, State]:
    """Return every row of every journaled table."""
    with book.read() as session:
        return {
            table: tuple(tuple(row) for row in session.execute(text(f"SELECT * FROM {table} ORDER BY id")))  # noqa: S608
            for table in journaled()
        }


def assert_search_is_current(book: Book) -> None:
    with book.read() as session:
        assert search.stale(session.connection()) == 0


class Player:
    """Plays random changes of every kind the journal must be able to take back."""

    def __init__(self, book: Book, seed: int) -> None:
        self.book = book
        self.random = random.Random(seed)
        self.actions: tuple[Callable[[Session], None], ...] = (
            self.add_person, self.add_person, self.add_company, self.edit_people, self.edit_json, self.bulk_update,
            self.delete_people, self.add_children, self.delete_children, self.merge_companies, self.delete_company,
            self.bulk_insert, self.bulk_insert_then_change, self.log_touch, self.delete_touch, self.swap_tags,
            self.tag_people, self.retag, self.replace_preference, self.add_and_remove, self.move_touch_people,
            self.merge_into_a_new_company, self.failing_part,
        )  # fmt: skip

    def play(self) -> bool:
        """Do one to four things in one write; return whether anything changed."""
        before = len(self.book.history(10_000))
        newest = self.book.next_step(undone=False)
        with self.book.write(Op.IMPORT, n=self.random.random()) as session:
            for action in self.random.choices(self.actions, k=self.random.randint(1, 4)):
                if self.random.random() < 0.3:
                    with self.book.write(Op.EDIT_PERSON):
                        action(session)
                else:
                    action(session)
                session.flush()
            session.flush()
            derived.settle(session, self.some(Person, 5), self.some(Company, 3))
        return self.book.next_step(undone=False) != newest or len(self.book.history(10_000)) != before

    def some(self, table: type, most: int) -> list[int]:
        with self.book.read() as session:
            ids = list(session.scalars(select(table.id)))
        return self.random.sample(ids, min(len(ids), self.random.randint(0, most)))

    def one(self, table: type) -> int | None:
        with self.book.read() as session:
            ids = list(session.scalars(select(table.id)))
        return self.random.choice(ids) if ids else None

    def words(self) -> str:
        return " ".join(self.random.choices(WORDS, k=3))

    def add_person(self, session: Session) -> None:
        name = self.words()
        person = Person(
            display_name=name, name_key=name, sort_key=name, added_on=DAY, nicknames=[self.words()]
        )
        session.add(person)
        session.flush()
        self._children(session, person.id)
        derived.settle(session, [person.id])

    def add_company(self, session: Session) -> None:
        name = self.words()
        session.add(Company(name=name, name_key=name, sort_key=name, every_count=3, every_unit="week"))

    def edit_people(self, session: Session) -> None:
        for person_id in self.some(Person, 3):
            person = session.get_one(Person, person_id)
            person.notes, person.starred, person.met_on = self.words(), not person.starred, DAY
            person.revision += 1

    def edit_json(self, session: Session) -> None:
        for person_id in self.some(Person, 3):
            session.get_one(Person, person_id).nicknames = [self.words(), "{}", json.dumps(self.words())]
            derived.settle(session, [person_id])

    def bulk_update(self, session: Session) -> None:
        days = timedelta(days=self.random.randint(1, 90))
        session.execute(
            update(Person)
            .where(Person.id % 2 == 0)
            .values(snoozed_until=DAY + days, revision=Person.revision + 1)
        )

    def delete_people(self, session: Session) -> None:
        ids = self.some(Person, 4)
        companies = derived.companies_of(session, ids)
        session.execute(delete(Person).where(Person.id.in_(ids)))
        derived.settle(session, (), companies)

    def add_children(self, session: Session) -> None:
        for person_id in self.some(Person, 3):
            self._children(session, person_id)
            derived.settle(session, [person_id])

    def delete_children(self, session: Session) -> None:
        people = self.some(Person, 3)
        companies = derived.companies_of(session, people)
        session.execute(delete(ContactPoint).where(ContactPoint.person_id.in_(people)))
        session.execute(delete(Position).where(Position.person_id.in_(people)))
        derived.settle(session, people, companies)

    def merge_companies(self, session: Session) -> None:
        pair = self.some(Company, 2)
        if len(pair) == 2:
            self._merge(session, *pair)

    def merge_into_a_new_company(self, session: Session) -> None:
        old = self.one(Company)
        name = self.words()
        new = session.execute(
            insert(Company).values(name=name, name_key=name, sort_key=name).returning(Company.id)
        ).scalar_one()
        if old is not None:
            self._merge(session, new, old)

    def delete_company(self, session: Session) -> None:
        company = self.one(Company)
        people = list(session.scalars(select(Position.person_id).where(Position.company_id == company)))
        session.execute(delete(Company).where(Company.id == company))
        derived.settle(session, people)

    def bulk_insert(self, session: Session) -> None:
        self._bulk(session)

    def bulk_insert_then_change(self, session: Session) -> None:
        people = self._bulk(session)
        session.execute(update(Person).where(Person.id.in_(people[::2])).values(notes="changed", revision=7))
        session.execute(delete(Person).where(Person.id == people[1]))

    def log_touch(self, session: Session) -> None:
        people = self.some(Person, 3)
        day = DAY + timedelta(days=self.random.randint(0, 60))
        touch = Touch(kind="call", direction="out", touched_on=day, note=self.words())
        session.add(touch)
        session.flush()
        session.add_all(
            TouchPerson(touch_id=touch.id, person_id=p, kind="call", touched_on=day) for p in people
        )
        derived.settle(session, people)

    def delete_touch(self, session: Session) -> None:
        touch = self.one(Touch)
        people = list(session.scalars(select(TouchPerson.person_id).where(TouchPerson.touch_id == touch)))
        session.execute(delete(Touch).where(Touch.id == touch))
        derived.settle(session, people)

    def move_touch_people(self, session: Session) -> None:
        """Let two people of one touch change places: a unique pair meets itself on the way back."""
        touch = self.one(Touch)
        rows = session.execute(
            select(TouchPerson.id, TouchPerson.person_id).where(TouchPerson.touch_id == touch).limit(2)
        ).all()
        if len(rows) == 2:
            (first, ada), (second, bob) = rows
            session.execute(delete(TouchPerson).where(TouchPerson.id == first))
            session.execute(update(TouchPerson).where(TouchPerson.id == second).values(person_id=ada))
            derived.settle(session, [ada, bob])

    def swap_tags(self, session: Session) -> None:
        pair = self.some(Tag, 2)
        if len(pair) == 2:
            one, two = (session.get_one(Tag, tag) for tag in pair)
            keys = one.key, two.key
            one.key = "on the way"
            session.flush()
            two.key = keys[0]
            session.flush()
            one.key = keys[1]

    def tag_people(self, session: Session) -> None:
        name = self.words() + str(self.random.random())
        tag = Tag(name=name, key=name)
        session.add(tag)
        session.flush()
        people = self.some(Person, 4)
        session.add_all(PersonTag(person_id=person, tag_id=tag.id) for person in people)
        derived.settle(session, people)

    def retag(self, session: Session) -> None:
        """Remove tags and put the same ones again, under new ids."""
        pairs = session.execute(select(PersonTag.person_id, PersonTag.tag_id).limit(5)).all()
        for person, tag in pairs:
            session.execute(delete(PersonTag).where(PersonTag.person_id == person, PersonTag.tag_id == tag))
            session.execute(insert(PersonTag).values(person_id=person, tag_id=tag))
        derived.settle(session, [person for person, _ in pairs])

    def replace_preference(self, session: Session) -> None:
        """Use REPLACE, which deletes rows without asking triggers unless told to."""
        session.execute(
            insert(Preference).prefix_with("OR REPLACE").values(name="name", value=[self.words(), 3, None])
        )

    def add_and_remove(self, session: Session) -> None:
        name = self.words()
        company = Company(name=name, name_key=name, sort_key=name)
        session.add(company)
        session.flush()
        company.notes = "changed"
        session.flush()
        session.delete(company)

    def failing_part(self, session: Session) -> None:
        with contextlib.suppress(ZeroDivisionError), self.book.write(Op.IMPORT):
            self._bulk(session)
            _ = 1 / 0

    def _children(self, session: Session, person_id: int) -> None:
        session.add(
            ContactPoint(person_id=person_id, ord=0, kind="email", value=self.words(), types=["home"])
        )
        company = self.one(Company)
        if company is not None:
            session.add(Position(person_id=person_id, company_id=company, ord=0, title=self.words()))
        session.flush()

    def _merge(self, session: Session, keep: int, other: int) -> None:
        people = list(
            session.scalars(select(Position.person_id).where(Position.company_id.in_((keep, other))))
        )
        session.execute(
            text("UPDATE position SET company_id = :k WHERE company_id = :o"), {"k": keep, "o": other}
        )
        session.execute(delete(Company).where(Company.id == other))
        derived.settle(session, people, [keep])

    def _bulk(self, session: Session) -> range:
        connection = session.connection()
        names = [self.words() for _ in range(6)]
        people = adding.insert_many(
            connection,
            "person",
            ("display_name", "name_key", "sort_key", "family", "given", "additional", "prefix", "suffix", "nicknames",
             "notes", "how_met", "starred", "linkedin", "uid", "photo_sha", "photo_link", "standing", "added_on", "never",
             "resting", "snooze_count", "revision", "title", "email", "phone", "cadence_source", "cadence_name",
             "check_in_uid", "check_in_sequence"),
            [(n, n, n, "", "", "", "", "", "[]", n, "", 0, "", "", "", "", "active", "2026-03-01", 0, 0, 0, 0, "", "",
              "", "none", "", "", 0) for n in names],
        )  # fmt: skip
        adding.insert_many(
            connection,
            "contact_point",
            ("person_id", "ord", "kind", "value", "key", "label", "types", "preferred", "parts"),
            [(person, 0, "email", n, n, "", "[]", 0, "[]") for person, n in zip(people, names, strict=True)],
        )
        return people


@pytest.mark.parametrize("seed", range(4))
def test_undoing_all_and_redoing_all_passes_every_state_again(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "Contacts.keepwarm"
    book = open_book(path)
    states = [dump(book)]
    player = Player(book, seed)
    while len(states) < 80:
        if player.play():
            states.append(dump(book))
            assert_search_is_current(book)
    for number, expected in enumerate(reversed(states[:-1])):
        if number % 10 == 0:
            book.close()
            book = open_book(path)
        book.undo()
        assert dump(book) == expected
        assert_search_is_current(book)
    for number, expected in enumerate(states[1:]):
        if number % 10 == 0:
            book.close()
            book = open_book(path)
        book.redo()
        assert dump(book) == expected
        assert_search_is_current(book)
    with book.read() as session:
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    book.close()
