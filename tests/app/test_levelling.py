"""Levelling in the book: check-ins under the caps, stored, stable, explained, and one step back."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from crm.app import checkins, history, people, preferences, touches, upkeep
from crm.app.books import Book
from crm.domain.cadence import DueState, Interval, Unit
from crm.domain.levelling import Why
from crm.domain.person import PersonId
from crm.domain.touch import TouchDraft, TouchKind
from crm.domain.workdays import Quiet
from crm.errors import Invalid
from crm.store.tables import Person
from tests.builders import TODAY, a_person, dump

QUARTER = Interval(90, Unit.DAY)


def crowd(book: Book, count: int, every: Interval = QUARTER) -> list[PersonId]:
    ids = [a_person(book, f"Person {number}") for number in range(count)]
    checkins.set_every(book, ids, every, today=TODAY)
    return ids


def placed(book: Book) -> dict[int, tuple[date, str]]:
    with book.read() as session:
        query = select(Person.id, Person.next_due_on, Person.placed_why).where(
            Person.next_due_on.is_not(None)
        )
        return {row.id: (row.next_due_on, row.placed_why) for row in session.execute(query)}


def per_week(book: Book) -> Counter[int]:
    return Counter((on.toordinal() - 1) // 7 for on, _ in placed(book).values())  # day 1 was a Monday


def test_sixty_people_on_one_day_are_five_a_week_and_one_step_of_undo(
    book: Book,
) -> None:
    crowd(book, 60)
    days = Counter(on for on, _ in placed(book).values())
    assert len(placed(book)) == 60
    assert max(days.values()) <= 3
    assert max(per_week(book).values()) <= 5
    assert upkeep.check(book).ok
    history.undo(book)
    assert placed(book) == {}


def test_touching_one_person_moves_nobody_else(book: Book) -> None:
    ids = crowd(book, 20)
    before, tomorrow = placed(book), TODAY + timedelta(days=1)
    touches.log(book, TouchDraft((ids[3],), TouchKind.CALL, tomorrow), today=tomorrow)
    checkins.set_every(book, (ids[4],), Interval(2, Unit.WEEK), today=TODAY)
    a_person(book, "Somebody new", every="90 days")
    after = placed(book)
    assert {who for who in before if before[who] != after[who]} == {ids[3], ids[4]}


def test_doing_it_again_moves_nobody(book: Book) -> None:
    ids = crowd(book, 20)
    before = placed(book)
    for later in range(3):
        checkins.set_every(book, ids, QUARTER, today=TODAY + timedelta(days=later))
        people.tag(book, ids, "Friends", today=TODAY + timedelta(days=later))
        people.untag(book, ids, "Friends", today=TODAY + timedelta(days=later))
    assert placed(book) == before


def test_other_caps_level_what_is_ahead_anew_in_the_same_step(book: Book) -> None:
    crowd(book, 30)
    before = dump(book)
    kept = preferences.get(book)
    preferences.save(book, replace(kept, per_day=1, per_week=3), today=TODAY)
    assert max(per_week(book).values()) <= 3
    assert upkeep.check(book).ok
    history.undo(book)
    assert dump(book) == before


def test_quiet_dates_and_days_off_stay_free(book: Book) -> None:
    quiet = Quiet(TODAY + timedelta(days=20), TODAY + timedelta(days=60))
    kept = replace(preferences.get(book), quiet=(quiet,), weekdays=(0, 1, 1, 1, 1, 0, 0))
    preferences.save(book, kept, today=TODAY)
    crowd(book, 40)
    assert preferences.get(book) == kept
    days = {on for on, _ in placed(book).values()}
    assert not [on for on in days if on in quiet or on.weekday() in {0, 5, 6}]


def test_public_holidays_stay_free(book: Book) -> None:
    pytest.importorskip("holidays")
    preferences.save(book, replace(preferences.get(book), country="DE"), today=TODAY)
    good_friday = date(2026, 4, 3)
    ada = a_person(book, every=Interval((good_friday - TODAY).days, Unit.DAY))
    assert placed(book)[ada] == (good_friday - timedelta(days=1), Why.HOLIDAY)


def test_a_day_that_lies_behind_is_not_moved_so_it_stays_overdue(book: Book) -> None:
    ada = a_person(book, today=TODAY - timedelta(days=100))
    checkins.set_every(book, (ada,), QUARTER, today=TODAY)
    assert people.card(book, ada, today=TODAY).row.state is DueState.OVERDUE


@pytest.mark.parametrize(
    "wrong",
    [
        {"per_day": 0},
        {"weekdays": (0.0,) * 7},
        {"quiet": (Quiet(TODAY, TODAY - timedelta(days=1)),)},
    ],
)
def test_settings_that_cannot_be_are_refused(book: Book, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        preferences.save(book, replace(preferences.get(book), **wrong), today=TODAY)  # type: ignore[arg-type]
