"""Taking back and doing again: what the history says, and that stored dates are right after anything at all."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from crm.app import checkins, companies, history, preferences, touches
from crm.app.books import Book, open_book
from crm.domain.cadence import Interval, Unit
from crm.domain.changes import Op
from crm.domain.person import PersonId
from crm.domain.preferences import BookPreferences
from crm.domain.touch import COUNTING_KINDS, TouchDraft, TouchId, TouchKind
from crm.errors import ErrorCode, Invalid, KeepwarmError
from crm.store import derived
from crm.store import preferences as rows
from tests.builders import TODAY, a_book, a_person, dump


def test_nothing_was_done_in_a_new_book(book: Book) -> None:
    assert (history.can_undo(book), history.can_redo(book), history.entries(book)) == (None, None, ())
    for act, code in ((history.undo, ErrorCode.NOTHING_TO_UNDO), (history.redo, ErrorCode.NOTHING_TO_REDO)):
        with pytest.raises(KeepwarmError) as caught:
            act(book)
        assert caught.value.code is code


def test_undo_says_what_it_took_back_and_redo_what_it_did_again(book: Book) -> None:
    ada = a_person(book, "Ada")
    checkins.rest(book, (ada,), today=TODAY)
    undone = history.undo(book)
    assert (undone.op, undone.params["subject"], undone.undone) == (Op.REST, "Ada", True)
    assert [(step.op, step.undone) for step in history.entries(book)] == [
        (Op.REST, True),
        (Op.ADD_PERSON, False),
    ]
    again = history.can_redo(book)
    assert again is not None
    assert again.op is Op.REST
    assert history.redo(book).undone is False
    assert history.can_redo(book) is None


def test_the_history_survives_closing_the_book(tmp_path: Path) -> None:
    book = a_book(tmp_path)
    empty = dump(book)
    checkins.rest(book, (a_person(book, "Ada"),), today=TODAY)
    done = dump(book)
    book.close()
    book = open_book(book.path)
    assert [step.op for step in history.entries(book, 1)] == [Op.REST]
    history.undo(book)
    history.undo(book)
    assert dump(book) == empty
    book.close()
    book = open_book(book.path)
    history.redo(book)
    history.redo(book)
    assert dump(book) == done
    book.close()


def test_settings_of_the_book_are_kept_and_taken_back(book: Book) -> None:
    assert preferences.get(book) == BookPreferences()
    chosen = BookPreferences(Interval(6, Unit.WEEK), per_day=4, alarms=(60, 0, 60), name=" Ada ")
    preferences.save(book, chosen, today=TODAY)
    assert preferences.get(book) == BookPreferences(
        Interval(6, Unit.WEEK), per_day=4, alarms=(0, 60), name="Ada"
    )
    preferences.save(book, chosen, today=TODAY)
    assert len(history.entries(book)) == 1
    history.undo(book)
    assert preferences.get(book) == BookPreferences()


def test_a_default_for_how_often_moves_whoever_follows_it(book: Book) -> None:
    ada, grace = a_person(book, "Ada"), a_person(book, "Grace", every="1 day")
    preferences.save(book, BookPreferences(Interval(1, Unit.WEEK)), today=TODAY)
    due = {TODAY + timedelta(days=7), TODAY + timedelta(days=1)}
    with book.read() as session:
        found = session.connection().exec_driver_sql("SELECT next_due_on FROM person").scalars()
        assert {date.fromisoformat(on) for on in found} == due
    assert ada != grace


@pytest.mark.parametrize(
    "wrong", [{"per_day": 0}, {"per_week": 0}, {"alarms": (-1,)}, {"every": Interval(0, Unit.DAY)}]
)
def test_settings_out_of_range_are_refused(book: Book, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        preferences.save(book, BookPreferences(**wrong), today=TODAY)


def test_a_setting_that_cant_be_understood_is_the_default(book: Book) -> None:
    with book.write(Op.SETTINGS) as session:
        rows.save(
            session, {"per_day": "many", "check_in_at": "late", "alarms": 5, "per_week": 7, "later": {}}
        )
    assert preferences.get(book) == BookPreferences(per_week=7)


INTERVALS = st.none() | st.builds(Interval, st.integers(1, 9), st.sampled_from(Unit))
DAYS = st.integers(0, 400)
SOME = st.sets(st.integers(0, 3), min_size=1)
NAMES = ("Ada", "Grace", "Mary", "Zoë")


class Weeks(RuleBasedStateMachine):
    """Weeks of anything a user may do to four people; the clock only goes forward."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.book = a_book(Path(self.folder.name))
        self.today = TODAY
        self.dumps: list[dict[str, Any]] = []
        self.undone: list[dict[str, Any]] = []

    @initialize()
    def people(self) -> None:
        companies_of = ("Analytical", "Navy", "Analytical", "")
        self.who = [
            a_person(self.book, name, company=company, tags=("mentor",) if number % 2 else (), today=TODAY)
            for number, (name, company) in enumerate(zip(NAMES, companies_of, strict=True))
        ]
        self.company = companies.resolve(self.book, "Analytical")

    def some(self, numbers: set[int]) -> tuple[PersonId, ...]:
        return tuple(self.who[number] for number in sorted(numbers))

    def touch_ids(self) -> list[TouchId]:
        with self.book.read() as session:
            return list(session.connection().exec_driver_sql("SELECT id FROM touch ORDER BY id").scalars())

    def act(self, verb: Any, *args: Any, **named: Any) -> None:
        before = dump(self.book)
        steps = [step.id for step in history.entries(self.book) if not step.undone]
        try:
            verb(self.book, *args, today=self.today, **named)
        except Invalid:
            assert dump(self.book) == before
            return
        if [step.id for step in history.entries(self.book) if not step.undone] != steps:
            self.dumps.append(before)
            self.undone.clear()
        else:
            assert dump(self.book) == before

    @rule(numbers=SOME, ago=DAYS, kind=st.sampled_from(TouchKind))
    def log(self, numbers: set[int], ago: int, kind: TouchKind) -> None:
        self.act(touches.log, TouchDraft(self.some(numbers), kind, self.today - timedelta(days=ago)))

    @precondition(lambda self: self.touch_ids())
    @rule(which=st.integers(0, 99), numbers=SOME, ago=DAYS, kind=st.sampled_from(TouchKind))
    def edit(self, which: int, numbers: set[int], ago: int, kind: TouchKind) -> None:
        ids = self.touch_ids()
        touch = TouchDraft(self.some(numbers), kind, self.today - timedelta(days=ago), "again")
        self.act(touches.edit, ids[which % len(ids)], touch)

    @precondition(lambda self: self.touch_ids())
    @rule(which=st.integers(0, 99))
    def delete(self, which: int) -> None:
        ids = self.touch_ids()
        self.act(touches.delete, ids[which % len(ids)])

    @rule(numbers=SOME, every=INTERVALS, never=st.booleans())
    def set_every(self, numbers: set[int], every: Interval | None, never: bool) -> None:
        self.act(checkins.set_every, self.some(numbers), every, never=never)

    @rule(every=INTERVALS)
    def set_tag_every(self, every: Interval | None) -> None:
        self.act(checkins.set_tag_every, "mentor", every)

    @rule(every=INTERVALS)
    def set_company_every(self, every: Interval | None) -> None:
        self.act(checkins.set_company_every, self.company, every)

    @rule(every=INTERVALS)
    def set_book_every(self, every: Interval | None) -> None:
        self.act(checkins.set_book_every, every)

    @rule(numbers=SOME, ahead=st.integers(1, 90))
    def snooze(self, numbers: set[int], ahead: int) -> None:
        self.act(checkins.snooze, self.some(numbers), self.today + timedelta(days=ahead))

    @rule(
        numbers=SOME, verb=st.sampled_from([checkins.unsnooze, checkins.skip, checkins.rest, checkins.resume])
    )
    def wait(self, numbers: set[int], verb: Any) -> None:
        self.act(verb, self.some(numbers))

    @precondition(lambda self: self.dumps)
    @rule()
    def undo(self) -> None:
        self.undone.append(dump(self.book))
        history.undo(self.book)
        assert dump(self.book) == self.dumps.pop()

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        self.dumps.append(dump(self.book))
        history.redo(self.book)
        assert dump(self.book) == self.undone.pop()

    @rule(days=st.integers(1, 60))
    def sleep(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule()
    def reopen(self) -> None:
        self.book.close()
        self.book = open_book(self.book.path)

    @invariant()
    def what_is_stored_is_what_it_computes_to(self) -> None:
        with self.book.read() as session:
            assert derived.wrong_people(session) == []
            assert derived.wrong_companies(session) == []

    @invariant()
    def the_last_touch_is_the_newest_that_counts(self) -> None:
        counting = {kind.value for kind in COUNTING_KINDS}
        with self.book.read() as session:
            connection = session.connection()
            stored = dict(map(tuple, connection.exec_driver_sql("SELECT id, last_touch_on FROM person")))
            rows = connection.exec_driver_sql(
                "SELECT x.person_id, t.touched_on, t.kind, x.touched_on, x.kind"
                " FROM touch_person x JOIN touch t ON t.id = x.touch_id"
            ).all()
        assert all(
            (on, kind) == (repeated_on, repeated_kind) for _, on, kind, repeated_on, repeated_kind in rows
        )
        newest: dict[int, str] = {}
        for person, on, kind, *_ in rows:
            if kind in counting:
                newest[person] = max(on, newest.get(person, ""))
        assert stored == {person: newest.get(person) for person in stored}

    def teardown(self) -> None:
        self.book.close()
        self.folder.cleanup()


TestWeeks = Weeks.TestCase
TestWeeks.settings = settings(max_examples=15, stateful_step_count=30)
