"""How often, snooze, skip, rest: for one person and for many, and back again."""

from datetime import timedelta

import pytest

from crm.app import checkins, companies, history, people, preferences, touches
from crm.app.books import Book
from crm.domain.cadence import CadenceSource, DueState, Interval, Unit
from crm.domain.changes import Op
from crm.domain.person import PersonId, PersonRow, PositionDraft, Standing
from crm.domain.touch import TouchDraft, TouchKind
from crm.errors import Invalid, NotFound
from crm.store import derived
from tests.builders import TODAY, a_person, dump

WEEK = Interval(1, Unit.WEEK)
MONTH = Interval(1, Unit.MONTH)


def row(book: Book, person: PersonId) -> PersonRow:
    return people.card(book, person, today=TODAY).row


def last_step(book: Book) -> Op | None:
    step = history.can_undo(book)
    return step.op if step else None


def test_a_rule_of_their_own_plans_people(book: Book) -> None:
    ada, grace = a_person(book, "Ada"), a_person(book, "Grace")
    checkins.set_every(book, (ada, grace), WEEK, today=TODAY)
    assert {row(book, who).next_due_on for who in (ada, grace)} == {
        TODAY + timedelta(days=7),
        TODAY + timedelta(days=4),  # the Friday before: one a day, and no weekend
    }
    assert row(book, ada).cadence.source is CadenceSource.PERSON
    history.undo(book)
    assert row(book, ada).next_due_on is None


def test_the_same_rule_again_is_no_step(book: Book) -> None:
    ada = a_person(book, every="1 week")
    checkins.set_every(book, (ada,), WEEK, today=TODAY)
    assert last_step(book) is Op.ADD_PERSON


def test_never_is_stronger_than_every_rule_and_none_goes_back_to_them(book: Book) -> None:
    ada = a_person(book, tags=("mentor",))
    checkins.set_tag_every(book, "Mentor", MONTH, today=TODAY)
    checkins.set_every(book, (ada,), None, today=TODAY, never=True)
    assert (row(book, ada).state, row(book, ada).next_due_on) == (DueState.NONE, None)
    checkins.set_every(book, (ada,), None, today=TODAY)
    assert row(book, ada).cadence.source is CadenceSource.TAG
    assert row(book, ada).cadence.name == "mentor"


def test_the_rules_of_tag_company_and_book_reach_those_without_a_stronger_one(book: Book) -> None:
    tagged = a_person(book, "Tagged", company="Analytical", tags=("mentor",))
    there = a_person(book, "There", company="Analytical")
    other = a_person(book, "Other")
    own = a_person(book, "Own", every="3 days", company="Analytical", tags=("mentor",))
    checkins.set_book_every(book, Interval(1, Unit.YEAR), today=TODAY)
    checkins.set_company_every(book, companies.resolve(book, "Analytical"), MONTH, today=TODAY)
    checkins.set_tag_every(book, "mentor", WEEK, today=TODAY)
    sources = [row(book, who).cadence.source for who in (own, tagged, there, other)]
    assert sources == [CadenceSource.PERSON, CadenceSource.TAG, CadenceSource.COMPANY, CadenceSource.BOOK]
    assert preferences.get(book).every == Interval(1, Unit.YEAR)
    for _ in range(3):
        history.undo(book)
    assert [row(book, who).next_due_on for who in (tagged, there, other)] == [None] * 3


def test_a_company_rule_leaves_those_who_left_alone(book: Book) -> None:
    gone = a_person(book, positions=(PositionDraft("Analytical", current=False),))
    checkins.set_company_every(book, companies.resolve(book, "Analytical"), MONTH, today=TODAY)
    assert row(book, gone).next_due_on is None


def test_rules_for_what_isnt_there_are_refused(book: Book) -> None:
    with pytest.raises(NotFound):
        checkins.set_tag_every(book, "nothing", WEEK, today=TODAY)
    with pytest.raises(NotFound):
        checkins.set_company_every(book, companies.CompanyId(5), WEEK, today=TODAY)
    with pytest.raises(NotFound):
        checkins.set_every(book, (PersonId(5),), WEEK, today=TODAY)
    with pytest.raises(Invalid):
        checkins.set_book_every(book, Interval(0, Unit.DAY), today=TODAY)
    assert last_step(book) is None


def test_a_snooze_hides_until_its_day_and_moves_no_due_date(book: Book) -> None:
    ada = a_person(book, every="1 month", today=TODAY - timedelta(days=40))
    due = row(book, ada).next_due_on
    checkins.snooze(book, (ada,), TODAY + timedelta(days=3), today=TODAY)
    assert (row(book, ada).state, row(book, ada).next_due_on) == (DueState.SNOOZED, due)
    later = people.card(book, ada, today=TODAY + timedelta(days=3)).row
    assert later.state is DueState.OVERDUE
    checkins.unsnooze(book, (ada,), today=TODAY)
    assert row(book, ada).state is DueState.OVERDUE


def test_each_snooze_in_a_row_is_counted(book: Book) -> None:
    ada = a_person(book, every="1 week")
    for days in (1, 2, 3):
        checkins.snooze(book, (ada,), TODAY + timedelta(days=days), today=TODAY)
    assert people.card(book, ada, today=TODAY).snooze_count == 3


@pytest.mark.parametrize("days", [-1, 0, 91])
def test_a_snooze_lasts_one_to_ninety_days(book: Book, days: int) -> None:
    ada = a_person(book, every="1 week")
    with pytest.raises(Invalid) as caught:
        checkins.snooze(book, (ada,), TODAY + timedelta(days=days), today=TODAY)
    assert caught.value.params["field"] == "until"


def test_only_a_check_in_can_be_snoozed_or_skipped(book: Book) -> None:
    ada, grace = a_person(book, "Ada"), a_person(book, "Grace", every="1 week")
    archived = a_person(book, "Mary", every="1 week")
    people.archive(book, (archived,), Standing.ARCHIVED, today=TODAY)
    until = TODAY + timedelta(days=9)
    for alone in (ada, archived):
        with pytest.raises(Invalid):
            checkins.snooze(book, (alone,), until, today=TODAY)
        with pytest.raises(Invalid):
            checkins.skip(book, (alone,), today=TODAY)
    checkins.snooze(book, (ada, grace), until, today=TODAY)
    assert (row(book, ada).snoozed_until, row(book, grace).snoozed_until) == (None, until)
    step = history.can_undo(book)
    assert step is not None
    assert step.params["count"] == 1


def test_a_skip_is_no_touch_and_counts_from_today(book: Book) -> None:
    ada = a_person(book, every="1 month", today=TODAY - timedelta(days=90))
    checkins.snooze(book, (ada,), TODAY + timedelta(days=5), today=TODAY)
    checkins.skip(book, (ada,), today=TODAY)
    found = row(book, ada)
    assert (found.last_touch_on, found.next_due_on) == (None, MONTH.after(TODAY))
    assert found.snoozed_until is None
    assert touches.timeline(book, ada) == ()
    assert last_step(book) is Op.SKIP


def test_resting_stops_suggestions_until_resumed(book: Book) -> None:
    ada = a_person(book, every="1 week")
    due = row(book, ada).next_due_on
    checkins.rest(book, (ada,), today=TODAY)
    assert (row(book, ada).state, row(book, ada).next_due_on) == (DueState.RESTING, None)
    checkins.rest(book, (ada,), today=TODAY)
    checkins.resume(book, (ada,), today=TODAY)
    assert row(book, ada).next_due_on == due
    history.undo(book)
    history.undo(book)
    assert row(book, ada).next_due_on == due


def test_a_check_in_keeps_its_identity_while_it_moves_and_gets_another_once_renewed(book: Book) -> None:
    ada = a_person(book, every="1 week")

    def check_in() -> tuple[str, int]:
        with book.read() as session:
            uid, sequence = (
                session.connection()
                .exec_driver_sql("SELECT check_in_uid, check_in_sequence FROM person")
                .one()
            )
            return uid, sequence

    first = check_in()
    checkins.snooze(book, (ada,), TODAY + timedelta(days=30), today=TODAY)
    assert check_in() == (first[0], first[1] + 1)
    touches.log(book, TouchDraft((ada,), TouchKind.CALL, TODAY), today=TODAY + timedelta(days=1))
    assert check_in() == (first[0], first[1] + 2)  # the base is the same day: added today, touched today
    later = TODAY + timedelta(days=2)
    touches.log(book, TouchDraft((ada,), TouchKind.CALL, later), today=later)
    assert check_in()[0] != first[0]
    assert check_in()[1] == 0


def test_thousands_are_one_step(book: Book) -> None:
    people_ids = [a_person(book, f"Person {number}", company=f"Firm {number % 7}") for number in range(1200)]
    before = dump(book)
    checkins.set_every(book, people_ids, Interval(2, Unit.MONTH), today=TODAY)
    checkins.skip(book, people_ids, today=TODAY + timedelta(days=1))
    with book.read() as session:
        assert derived.wrong_people(session) == []
    history.undo(book)
    history.undo(book)
    assert dump(book) == before


def test_undo_and_redo_of_every_verb_give_equal_books(book: Book) -> None:
    ada = a_person(book, "Ada", company="Analytical", tags=("mentor",))
    company = companies.resolve(book, "Analytical")
    steps = [
        lambda: checkins.set_every(book, (ada,), WEEK, today=TODAY),
        lambda: checkins.set_tag_every(book, "mentor", MONTH, today=TODAY),
        lambda: checkins.set_company_every(book, company, MONTH, today=TODAY),
        lambda: checkins.set_book_every(book, MONTH, today=TODAY),
        lambda: checkins.snooze(book, (ada,), TODAY + timedelta(days=9), today=TODAY),
        lambda: checkins.unsnooze(book, (ada,), today=TODAY),
        lambda: checkins.skip(book, (ada,), today=TODAY),
        lambda: checkins.rest(book, (ada,), today=TODAY),
        lambda: checkins.resume(book, (ada,), today=TODAY),
        lambda: checkins.set_every(book, (ada,), None, today=TODAY, never=True),
    ]
    states = [dump(book)]
    for step in steps:
        step()
        assert dump(book) != states[-1]
        states.append(dump(book))
    for expected in reversed(states[:-1]):
        history.undo(book)
        assert dump(book) == expected
    for expected in states[1:]:
        history.redo(book)
        assert dump(book) == expected
