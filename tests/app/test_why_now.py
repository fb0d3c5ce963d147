"""Why now in a book: each rule suggests exactly whom it should, and mutes are kept, undone and told."""

from datetime import date, timedelta
from typing import Any

import pytest

from crm import wording
from crm.app import (
    checkins,
    companies,
    history,
    introductions,
    opportunities,
    people,
    planning,
    plans,
    today,
    touches,
)
from crm.app.books import Book
from crm.domain.agenda import CheckInRow
from crm.domain.cadence import DueState, Interval, Unit
from crm.domain.changes import Op
from crm.domain.introduction import IntroductionDraft
from crm.domain.news import News, NewsKind
from crm.domain.opportunity import OpportunityDraft, Stage
from crm.domain.person import DateKind, ImportantDate, PartialDate, PersonId, PositionDraft, Standing
from crm.domain.reasons import Mute, Rule
from crm.domain.touch import TouchDraft, TouchKind
from crm.errors import Invalid
from crm.store import news
from tests.builders import TODAY, a_draft, a_person

LONG_AGO = TODAY - timedelta(days=900)


def days(number: int) -> timedelta:
    return timedelta(days=number)


def known(book: Book, name: str = "Ada", **fields: Any) -> PersonId:
    """Add someone last touched a hundred days ago, without a plan."""
    person = a_person(book, name, today=LONG_AGO, **fields)
    log(book, person, TODAY - days(100))
    return person


def log(book: Book, person: PersonId, on: date = TODAY) -> None:
    touches.log(book, TouchDraft((person,), TouchKind.CALL, on), today=TODAY)


def suggested(book: Book, on: date = TODAY) -> tuple[CheckInRow, ...]:
    return today.agenda(book, today=on).check_ins


def rules(book: Book, on: date = TODAY) -> list[tuple[str, list[Rule]]]:
    return [(row.person.name, [reason.rule for reason in row.reasons]) for row in suggested(book, on)]


def with_promise(book: Book) -> None:
    plans.add_step(book, None, "Ask again after September", TODAY, today=TODAY - days(30), person=known(book))


def with_step(book: Book) -> None:
    role = opportunities.add(book, OpportunityDraft("Engineer", "Acme"), today=TODAY)
    plans.add_step(book, role, "Send the portfolio", TODAY - days(1), today=TODAY, person=known(book))


def with_birthday(book: Book) -> None:
    known(book, dates=(ImportantDate(DateKind.BIRTHDAY, PartialDate(month=3, day=4)),))


def with_work_anniversary(book: Book) -> None:
    known(book, positions=(PositionDraft("Acme", "Engineer", from_on=date(2023, 3, 3)),))


def with_date(book: Book) -> None:
    known(book, dates=(ImportantDate(DateKind.ANNIVERSARY, PartialDate(month=3, day=1)),))


def with_check_in(book: Book) -> None:
    known(book, every="2 months")


def with_chosen_day(book: Book) -> None:
    planning.plan_check_in(book, (known(book),), TODAY, today=TODAY - days(9))


def with_nothing_since_adding(book: Book) -> None:
    a_person(book, "Ada", every="6 weeks", today=LONG_AGO)


def with_application(book: Book) -> None:
    known(book, company="Acme")
    role = opportunities.add(book, OpportunityDraft("Engineer", "Acme"), today=TODAY)
    opportunities.move(book, role, Stage.APPLIED, today=TODAY - days(2))


def with_move(book: Book) -> None:
    person = known(book)
    moved = News(NewsKind.MOVED, PositionDraft("Acme"), PositionDraft("Globex", "Engineer"))
    with book.write(Op.IMPORT) as session:
        batch = session.connection().exec_driver_sql(
            "INSERT INTO import_batch (files, imported_at, read, new, updated, same, failed, left_out)"
            " VALUES ('[]', '2026-02-28 00:00:00', 1, 0, 0, 0, 0, 0) RETURNING id"
        )
        news.add(session, int(batch.scalar_one()), TODAY - days(2), [(person, "LinkedIn", moved)])


def with_silence(book: Book) -> None:
    person = known(book)
    for ago in (130, 160, 190):
        log(book, person, TODAY - days(ago))


def with_target(book: Book) -> None:
    held = PositionDraft("Acme", "Engineer", until_on=TODAY - days(400), current=False)
    known(book, positions=(held,))
    companies.target(book, [companies.resolve(book, "Acme")], True)


BOOKS = {
    Rule.PROMISE: with_promise,
    Rule.STEP: with_step,
    Rule.BIRTHDAY: with_birthday,
    Rule.WORK_ANNIVERSARY: with_work_anniversary,
    Rule.DATE: with_date,
    Rule.CHECK_IN: with_check_in,
    Rule.CHOSEN: with_chosen_day,
    Rule.NEVER: with_nothing_since_adding,
    Rule.APPLIED: with_application,
    Rule.MOVED: with_move,
    Rule.QUIET: with_silence,
    Rule.TARGET: with_target,
}


@pytest.mark.parametrize("rule", Rule)
def test_each_rule_suggests_somebody_in_a_book_that_fires_it_alone(book: Book, rule: Rule) -> None:
    known(book, "Nobody's reason")
    BOOKS[rule](book)
    assert rules(book) == [("Ada", [rule])]


@pytest.mark.parametrize("rule", Rule)
def test_resting_and_snoozing_hide_every_reason(book: Book, rule: Rule) -> None:
    BOOKS[rule](book)
    (row,) = suggested(book)
    checkins.rest(book, (row.person.id,), today=TODAY)
    assert suggested(book) == ()
    book.undo()
    people.archive(book, (row.person.id,), Standing.ARCHIVED, today=TODAY)
    assert suggested(book) == ()


def test_a_promise_kept_late_is_overdue_and_a_birthday_gone_by_is_not(book: Book) -> None:
    plans.add_step(book, None, "Ask again", TODAY - days(1), today=TODAY - days(9), person=known(book))
    (row,) = suggested(book)
    assert (row.due_on, row.state) == (TODAY - days(1), DueState.OVERDUE)
    assert (row.planned, row.promised, row.step_only) == (False, True, False)
    with_date(book)
    (_, row) = suggested(book)
    assert (row.due_on, row.state) == (TODAY, DueState.DUE)
    assert (row.planned, row.promised, row.step_only) == (False, False, False)


def test_a_step_of_a_plan_is_a_next_step_and_no_check_in_unless_more_speaks_for_it(book: Book) -> None:
    with_step(book)
    card = today.agenda(book, today=TODAY)
    assert [row.step_only for row in card.check_ins] == [True]
    assert (card.asked, card.also) == ((), ())
    checkins.set_every(book, (card.check_ins[0].person.id,), Interval(2, Unit.MONTH), today=TODAY)
    (row,) = today.agenda(book, today=TODAY).asked
    assert {reason.rule for reason in row.reasons} == {Rule.STEP, Rule.CHECK_IN}


def test_steps_of_plans_never_crowd_out_check_ins(book: Book) -> None:
    for number in range(4):
        plans.add_step(
            book,
            opportunities.add(book, OpportunityDraft(f"Role {number}", "Acme"), today=TODAY),
            "Write",
            TODAY - days(9),
            today=TODAY - days(9),
            person=known(book, f"Interviewer {number}"),
        )
    with_check_in(book)
    card = today.agenda(book, today=TODAY, limit=2)
    assert [row.person.name for row in card.asked] == ["Ada"]


def test_of_many_where_one_applied_the_two_touched_last_are_suggested(book: Book) -> None:
    for ago in (100, 40, 70, 10):
        person = a_person(book, f"Touched {ago} days ago", company="Acme", today=LONG_AGO)
        log(book, person, TODAY - days(ago))
    a_person(book, "Never touched", company="Acme", today=LONG_AGO)
    role = opportunities.add(book, OpportunityDraft("Engineer", "Acme"), today=TODAY)
    opportunities.move(book, role, Stage.APPLIED, today=TODAY - days(2))
    assert {name for name, _ in rules(book)} == {"Touched 10 days ago", "Touched 40 days ago"}


def test_who_once_worked_at_a_target_is_suggested_while_nobody_is_there_and_nobody_asked(book: Book) -> None:
    with_target(book)
    (row,) = suggested(book)
    said = "Worked at Acme until 2025, a target where you know nobody now"
    assert wording.why_now(row, TODAY).startswith(said)
    acme = companies.resolve(book, "Acme")
    introductions.ask(book, IntroductionDraft(acme, row.person.id), title="Ask", today=TODAY)
    assert [rule for _, rule in rules(book)] == [[Rule.PROMISE]]
    book.undo()
    a_person(book, "Zoe", company="Acme", today=TODAY)
    assert rules(book) == []


def test_a_muted_reason_is_gone_until_it_may_speak_again(book: Book) -> None:
    with_birthday(book)
    (row,) = suggested(book)
    checkins.mute(book, (row.person.id,), (Mute(Rule.BIRTHDAY),))
    assert suggested(book) == ()
    assert [one.rule for one in checkins.muted(book, row.person.id)] == [Rule.BIRTHDAY]
    book.undo()
    assert len(suggested(book)) == 1
    history.redo(book)
    checkins.unmute(book, (row.person.id,), Rule.BIRTHDAY)
    assert len(suggested(book)) == 1
    assert checkins.muted(book, row.person.id) == ()


def test_a_reason_let_go_this_time_comes_back_next_year(book: Book) -> None:
    with_birthday(book)
    (row,) = suggested(book)
    checkins.mute(book, (row.person.id,), (Mute(Rule.BIRTHDAY, row.due_on),))
    assert suggested(book) == ()
    assert rules(book, TODAY + days(365)) == [("Ada", [Rule.BIRTHDAY])]


def test_muting_twice_keeps_what_was_said_last(book: Book) -> None:
    with_birthday(book)
    (row,) = suggested(book)
    checkins.mute(book, (row.person.id,), (Mute(Rule.BIRTHDAY),))
    checkins.mute(book, (row.person.id,), (Mute(Rule.BIRTHDAY, TODAY),))
    (one,) = checkins.muted(book, row.person.id)
    assert one.until_on == TODAY


def test_a_check_in_is_not_muted(book: Book) -> None:
    with_check_in(book)
    (row,) = suggested(book)
    with pytest.raises(Invalid):
        checkins.mute(book, (row.person.id,), (Mute(Rule.CHECK_IN),))


def test_the_days_ahead_tell_what_is_dated(book: Book) -> None:
    known(book, "Due in five", every="105 days")
    known(book, "Birthday in six", dates=(ImportantDate(DateKind.BIRTHDAY, PartialDate(month=3, day=8)),))
    plans.add_step(book, None, "Write", TODAY + days(2), today=TODAY, person=known(book, "Promised"))
    known(book, "Nothing")
    found = today.ahead(book, today=TODAY, days=7)
    assert [row.person.name for row in found] == ["Promised", "Due in five", "Birthday in six"]
    assert all(TODAY < row.due_on <= TODAY + days(7) for row in found)
    assert rules(book) == [("Due in five", [Rule.CHECK_IN])]


def test_a_page_of_suggestions_counts_those_it_leaves_out(book: Book) -> None:
    for number in range(5):
        people.add(
            book,
            a_draft(
                f"Star {number}",
                starred=True,
                dates=(ImportantDate(DateKind.BIRTHDAY, PartialDate(month=3, day=2)),),
            ),
            today=TODAY,
        )
    card = today.agenda(book, today=TODAY, limit=3)
    assert (len(card.check_ins), card.more) == (3, 2)


def test_merging_people_keeps_what_was_silenced_for_either(book: Book) -> None:
    ada, double = known(book), known(book, "Ada L.")
    checkins.mute(book, (ada, double), (Mute(Rule.BIRTHDAY),))
    checkins.mute(book, (double,), (Mute(Rule.MOVED),))
    people.merge(book, ada, (double,), today=TODAY)
    assert {mute.rule for mute in checkins.muted(book, ada)} == {Rule.BIRTHDAY, Rule.MOVED}
    book.undo()
    assert [mute.rule for mute in checkins.muted(book, ada)] == [Rule.BIRTHDAY]
