"""Today: who is on it and who isn't, in which order, with which reasons and numbers."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from crm.app import checkins, people, today, touches
from crm.app.books import Book
from crm.domain.agenda import TodayCard
from crm.domain.cadence import CadenceSource, DueState, Interval, Unit
from crm.domain.person import PersonId, Standing
from crm.domain.touch import TouchDraft, TouchKind
from tests.builders import TODAY, a_person


def days(number: int) -> timedelta:
    return timedelta(days=number)


def known(book: Book, name: str, *, due_in: int, often: int = 30, **fields: Any) -> PersonId:
    """Add someone last touched so that they are due in so many days."""
    person = a_person(book, name, every=Interval(often, Unit.DAY), today=TODAY - days(1000), **fields)
    log(book, person, on=TODAY + days(due_in - often))
    return person


def log(
    book: Book, *who: PersonId, on: date = TODAY, kind: TouchKind = TouchKind.COFFEE, note: str = ""
) -> None:
    touches.log(book, TouchDraft(who, kind, on, note), today=TODAY)


def agenda(book: Book, **options: Any) -> TodayCard:
    return today.agenda(book, **{"today": TODAY, **options})


def names(card: TodayCard) -> list[str]:
    return [row.person.name for row in card.check_ins]


def test_an_empty_book_has_an_empty_day(book: Book) -> None:
    card = agenda(book)
    assert (card.check_ins, card.more, card.people, card.planned, card.next_up) == ((), 0, 0, 0, None)
    assert [load.check_ins for load in card.week] == [0] * 7


def test_overdue_comes_first_then_today_then_soon(book: Book) -> None:
    known(book, "Soon", due_in=3)
    known(book, "Today", due_in=0)
    known(book, "Overdue", due_in=-2)
    known(book, "Fine", due_in=20)
    card = agenda(book)
    assert names(card) == ["Overdue", "Today", "Soon"]
    assert [row.state for row in card.check_ins] == [DueState.OVERDUE, DueState.DUE, DueState.SOON]
    assert (card.overdue, card.due, card.more) == (1, 1, 0)


def test_the_overdue_are_ordered_by_their_own_interval(book: Book) -> None:
    known(book, "Yearly", due_in=-40, often=365)
    known(book, "Weekly", due_in=-6, often=7)
    assert names(agenda(book)) == ["Weekly", "Yearly"]


def test_however_many_periods_were_missed_there_is_one_row(book: Book) -> None:
    known(book, "Weekly", due_in=-70, often=7)
    assert names(agenda(book)) == ["Weekly"]


def test_soon_means_within_a_month_even_for_rare_check_ins(book: Book) -> None:
    known(book, "Later", due_in=50, often=365)
    known(book, "Soon", due_in=25, often=365)
    assert names(agenda(book)) == ["Soon"]


def test_the_reason_says_the_rule_and_what_was_last(book: Book) -> None:
    ada = a_person(
        book, "Ada", every="6 weeks", email="ada@example.org", phone="+44 20", today=TODAY - days(99)
    )
    log(book, ada, on=TODAY - days(48), note="the platform team")
    (row,) = agenda(book).check_ins
    reason = row.reason
    assert (reason.every, reason.source) == (Interval(6, Unit.WEEK), CadenceSource.PERSON)
    assert (reason.last_touch_on, reason.last_kind) == (TODAY - days(48), TouchKind.COFFEE)
    assert reason.last_note == "the platform team"
    assert (row.due_on, row.email, row.phone) == (TODAY - days(6), "ada@example.org", "+44 20")
    assert (reason.added_on, reason.imported, reason.snoozed_from) == (TODAY - days(99), False, None)


@pytest.mark.parametrize("standing", [Standing.ARCHIVED, Standing.DECEASED, Standing.LEFT])
def test_those_out_of_suggestions_stay_off(book: Book, standing: Standing) -> None:
    person = known(book, "Ada", due_in=-2)
    people.archive(book, (person,), standing, today=TODAY)
    card = agenda(book)
    assert (card.check_ins, card.losing_touch, card.people, card.planned) == ((), (), 0, 0)


def test_a_resting_person_stays_off_today(book: Book) -> None:
    checkins.rest(book, (known(book, "Ada", due_in=-2),), today=TODAY)
    assert agenda(book).check_ins == ()


def test_a_snoozed_person_stays_off_today_until_their_day(book: Book) -> None:
    ada = known(book, "Ada", due_in=-2)
    checkins.snooze(book, (ada,), TODAY + days(3), today=TODAY)
    assert agenda(book).check_ins == ()
    (row,) = agenda(book, today=TODAY + days(3)).check_ins
    assert (row.due_on, row.reason.snoozed_from) == (TODAY - days(2), TODAY - days(2))
    card = agenda(book, today=TODAY + days(3))
    assert (card.overdue, card.due) == (1, 0)


def test_someone_snoozed_before_their_day_is_not_soon(book: Book) -> None:
    ada = known(book, "Ada", due_in=3)
    checkins.snooze(book, (ada,), TODAY + days(2), today=TODAY)
    assert agenda(book).check_ins == ()


def test_a_page_is_as_long_as_asked_and_says_how_many_more(book: Book) -> None:
    for number in range(5):
        known(book, f"Overdue {number}", due_in=-number - 1)
    known(book, "Soon", due_in=2)
    card = agenda(book, limit=3)
    assert names(card) == ["Overdue 4", "Overdue 3", "Overdue 2"]
    assert card.more == 3


def test_done_today_lists_touches_not_notes_the_last_logged_first(book: Book) -> None:
    ada = a_person(book, "Ada")
    log(book, ada, kind=TouchKind.CALL)
    log(book, ada, kind=TouchKind.EMAIL)
    log(book, ada, kind=TouchKind.NOTE)
    log(book, ada, on=TODAY - days(1))
    card = agenda(book)
    assert [touch.kind for touch in card.done] == [TouchKind.EMAIL, TouchKind.CALL]
    assert card.done[0].people == ((ada, "Ada"),)


def test_the_week_counts_each_day_and_the_overdue_on_today(book: Book) -> None:
    wednesday = TODAY + days(2)
    for due_in in (-5, 1, 2, 4, 4, 7):
        known(book, f"Due in {due_in}", due_in=due_in)
    card = agenda(book, today=wednesday)
    assert [load.on for load in card.week] == [TODAY + days(number) for number in range(7)]
    assert [load.check_ins for load in card.week] == [0, 0, 3, 1, 1, 0, 0]  # two on one day are levelled


def test_the_rhythm_counts_touches_of_six_weeks_without_notes(book: Book) -> None:
    ada = a_person(book, "Ada")
    for ago in (0, 1, 7, 8, 35, 36):
        log(book, ada, on=TODAY - days(ago))
    log(book, ada, kind=TouchKind.NOTE)
    card = agenda(book)
    assert [week.from_on for week in card.rhythm] == [TODAY - days(7 * ago) for ago in (5, 4, 3, 2, 1, 0)]
    assert [week.touches for week in card.rhythm] == [1, 0, 0, 1, 2, 1]


def test_losing_touch_shows_the_latest_three_who_are_not_suggested_already(book: Book) -> None:
    for number in range(5):
        person = a_person(book, f"Silent {number}", today=TODAY - days(900))
        log(book, person, on=TODAY - days(300 + number))
    known(book, "Overdue", due_in=-100)
    never = a_person(book, "Never", never=True, today=TODAY - days(900))
    log(book, never, on=TODAY - days(250))
    card = agenda(book)
    assert [person.name for person in card.losing_touch] == ["Silent 0", "Silent 1", "Silent 2"]
    assert card.losing_touch_total == 7


def test_a_done_day_says_who_is_next(book: Book) -> None:
    known(book, "Later", due_in=20)
    known(book, "Ingrid", due_in=15)
    card = agenda(book)
    assert card.next_up is not None
    assert (card.next_up.person.name, card.next_up.due_on) == ("Ingrid", TODAY + days(15))
    known(book, "Now", due_in=0)
    assert agenda(book).next_up is None


def test_people_and_plans_are_counted(book: Book) -> None:
    known(book, "Ada", due_in=3)
    a_person(book, "Grace")
    card = agenda(book)
    assert (card.people, card.planned) == (2, 1)


@pytest.fixture
def plans(book: Book) -> Iterator[list[str]]:
    """Collect how SQLite goes about each statement that the book's readers run."""
    found: list[str] = []

    def explain(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        raw = connection.connection.driver_connection
        found.extend(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    event.listen(book._reader, "before_cursor_execute", explain)
    yield found
    event.remove(book._reader, "before_cursor_execute", explain)


def test_no_part_of_today_reads_a_whole_table_or_sorts(book: Book, plans: list[str]) -> None:
    log(book, known(book, "Ada", due_in=-3))
    plans.clear()
    agenda(book)
    assert any("ix_person_due" in step for step in plans)
    assert any("ix_person_losing" in step for step in plans)
    assert any("ix_touch_on" in step for step in plans)
    tables = ("person", "touch", "company", "position", "important_date", "step", "opportunity", "muted")
    whole = tuple(f"SCAN {table}" for table in tables)
    assert any("ix_person_quiet" in step for step in plans)
    assert any("ix_position_day" in step for step in plans)
    assert any("ix_important_date_day" in step for step in plans)
    assert [step for step in plans if step.startswith(whole) or ("TEMP B-TREE" in step)] == []
