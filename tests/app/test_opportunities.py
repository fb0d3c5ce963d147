"""Opportunities: stages and their history, how they end, rounds, and taking it all back."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crm.app import companies, interviews, opportunities, people, plans
from crm.app.books import Book
from crm.domain.interview import InterviewDraft
from crm.domain.opportunity import (
    Ending,
    OpportunityDraft,
    OpportunityId,
    Perspective,
    Role,
    RolePerson,
    Stage,
)
from crm.errors import Ambiguous, Invalid, NotFound
from tests.builders import TODAY, a_company, a_person, a_touch, dump

YESTERDAY = TODAY - timedelta(days=1)


def add(book: Book, title: str = "Analyst", company: str = "Analytical", **fields: object) -> OpportunityId:
    return opportunities.add(book, OpportunityDraft(title, company, **fields), today=TODAY)  # type: ignore[arg-type]


def test_an_opportunity_keeps_what_was_said_and_makes_its_company(book: Book) -> None:
    ada = a_person(book)
    which = add(
        book, "  Senior\tAnalyst ", source="LinkedIn", salary="60k", people=(RolePerson(ada, Role.REFERRER),)
    )
    card = opportunities.card(book, which, today=TODAY)
    assert (card.row.title, card.row.company, card.row.stage) == ("Senior Analyst", "Analytical", Stage.SAVED)
    assert (card.draft.source, card.draft.salary, card.row.referrer) == ("LinkedIn", "60k", "Ada Lovelace")
    assert card.row.faces == ("Ada Lovelace",)
    assert card.row.next is None


@pytest.mark.parametrize("draft", [OpportunityDraft(" ", "Analytical"), OpportunityDraft("Analyst", " .")])
def test_title_and_company_are_needed(book: Book, draft: OpportunityDraft) -> None:
    with pytest.raises(Invalid):
        opportunities.add(book, draft, today=TODAY)


def test_stages_keep_their_history(book: Book) -> None:
    which = add(book)
    opportunities.move(book, which, Stage.APPLIED, today=TODAY, on=YESTERDAY)
    opportunities.move(book, which, Stage.OFFER, today=TODAY)
    card = opportunities.card(book, which, today=TODAY)
    assert [(move.stage, move.on) for move in card.moves] == [
        (Stage.SAVED, TODAY),
        (Stage.APPLIED, YESTERDAY),
        (Stage.OFFER, TODAY),
    ]
    assert (card.row.stage, card.row.since_on, card.row.applied_on) == (Stage.OFFER, TODAY, YESTERDAY)


def test_closing_says_how_and_a_no_offers_a_plan(book: Book) -> None:
    which = add(book)
    with pytest.raises(Invalid):
        opportunities.move(book, which, Stage.CLOSED, today=TODAY)
    assert opportunities.move(book, which, Stage.CLOSED, today=TODAY, ending=Ending.FILLED).offers_plan
    assert opportunities.card(book, which, today=TODAY).row.ending is Ending.FILLED
    assert not opportunities.move(book, which, Stage.CLOSED, today=TODAY, ending=Ending.ACCEPTED).offers_plan


def test_a_move_to_where_it_stands_or_to_a_day_to_come_changes_nothing(book: Book) -> None:
    which = add(book)
    before = dump(book)
    opportunities.move(book, which, Stage.SAVED, today=TODAY)
    with pytest.raises(Invalid):
        opportunities.move(book, which, Stage.APPLIED, today=TODAY, on=TODAY + timedelta(days=1))
    assert dump(book) == before


def test_silence_is_a_question_after_a_week(book: Book) -> None:
    which = add(book)
    opportunities.move(book, which, Stage.APPLIED, today=TODAY)
    row = opportunities.card(book, which, today=TODAY).row
    assert not row.unanswered(TODAY + timedelta(days=7))
    assert row.unanswered(TODAY + timedelta(days=8))


def test_each_action_is_one_step_of_undo(book: Book) -> None:
    which = add(book)
    before = dump(book)
    interviews.add(book, which, InterviewDraft(TODAY), today=TODAY)
    opportunities.move(book, which, Stage.CLOSED, today=TODAY, ending=Ending.NOT_SELECTED)
    plans.start(book, plan := plans.preview(book, "after_no", which, today=TODAY), plan.steps, today=TODAY)
    for _ in range(3):
        book.undo()
    assert dump(book) == before


def test_a_round_moves_what_was_applied_for_to_interviewing(book: Book) -> None:
    ada = a_person(book)
    which = add(book)
    interviews.add(book, which, InterviewDraft(TODAY + timedelta(days=3), people=(ada,)), today=TODAY)
    row = opportunities.card(book, which, today=TODAY).row
    assert (row.stage, row.rounds) == (Stage.INTERVIEWING, 1)
    assert row.next is not None
    assert (row.next.round, row.next.on) == (1, TODAY + timedelta(days=3))


def test_rounds_are_numbered_by_day_and_keep_their_zone(book: Book) -> None:
    which = add(book)
    later = interviews.add(book, which, InterviewDraft(TODAY + timedelta(days=9)), today=TODAY)
    starts = datetime(2026, 3, 5, 14, 0, tzinfo=ZoneInfo("Europe/Lisbon"))
    sooner = interviews.add(book, which, InterviewDraft(starts.date(), starts), today=TODAY)
    assert interviews.row(book, sooner).number == 1
    assert interviews.row(book, later).number == 2
    stored = interviews.row(book, sooner).draft.starts_at
    assert stored == starts
    assert stored is not None
    assert str(stored.tzinfo) == "Europe/Lisbon"


def test_how_it_went_is_asked_once_it_is_over_until_something_is_written(book: Book) -> None:
    which = add(book)
    starts = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    one = interviews.add(book, which, InterviewDraft(TODAY, starts, minutes=45), today=TODAY)
    assert interviews.unwritten(book, now=starts + timedelta(minutes=44), today=TODAY) == ()
    over = starts + timedelta(minutes=45)
    assert [row.id for row in interviews.unwritten(book, now=over, today=TODAY)] == [one]
    interviews.edit(book, one, InterviewDraft(TODAY, starts, 45, went=4, enjoyed="the whiteboard"))
    assert interviews.unwritten(book, now=over, today=TODAY) == ()


@pytest.mark.parametrize("fields", [{"went": 6}, {"minutes": 0}])
def test_a_round_refuses_impossible_figures(book: Book, fields: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        interviews.add(book, add(book), InterviewDraft(TODAY, **fields), today=TODAY)  # type: ignore[arg-type]


def test_merged_companies_keep_their_opportunities_and_a_deleted_one_leaves_them(book: Book) -> None:
    which = add(book, company="Orbital")
    keep = a_company(book, "Orbital Labs")
    companies.merge(book, keep, [companies.resolve(book, "Orbital")], today=TODAY)
    assert [row.id for row in opportunities.of_company(book, keep, today=TODAY)] == [which]
    companies.delete(book, [keep], today=TODAY)
    assert opportunities.card(book, which, today=TODAY).row.company == ""


def test_a_person_who_goes_leaves_the_opportunity(book: Book) -> None:
    ada = a_person(book)
    which = add(book, people=(RolePerson(ada, Role.RECRUITER),))
    people.delete(book, [ada])
    assert opportunities.card(book, which, today=TODAY).draft.people == ()


def test_it_is_found_by_number_title_and_company(book: Book) -> None:
    one, other = add(book, "Analyst"), add(book, "Analyst", "Orbital")
    assert opportunities.resolve(book, f"#{one}") == one
    assert opportunities.resolve(book, "analyst orb") == other
    with pytest.raises(Ambiguous):
        opportunities.resolve(book, "analyst")
    with pytest.raises(NotFound):
        opportunities.resolve(book, "pilot")


def test_deleting_takes_rounds_and_steps_along_and_comes_back_whole(book: Book) -> None:
    which = add(book)
    interviews.add(book, which, InterviewDraft(TODAY), today=TODAY)
    plans.add_step(book, which, "Send the portfolio", TODAY, today=TODAY)
    before = dump(book)
    opportunities.delete(book, [which])
    assert opportunities.board(book, today=TODAY) == ()
    assert plans.due(book, today=TODAY) == ()
    book.undo()
    assert dump(book) == before


def test_a_second_chance_is_told_a_month_before_with_whom_to_talk_to_first(book: Book) -> None:
    ben = a_person(book, "Ben Okri")
    draft = OpportunityDraft("Analyst", "Orbital", people=(RolePerson(ben, Role.HIRING_MANAGER),))
    which = opportunities.add(book, draft, today=TODAY)
    opportunities.move(book, which, Stage.CLOSED, today=TODAY, ending=Ending.NOT_SELECTED)
    opens_on = date(TODAY.year, TODAY.month + 6, TODAY.day)
    assert opportunities.second_chances(book, today=opens_on - timedelta(days=31)) == ()
    (chance,) = opportunities.second_chances(book, today=opens_on - timedelta(days=30))
    assert (chance.opens_on, chance.contact) == (opens_on, (ben, "Ben Okri"))
    assert opportunities.second_chances(book, today=opens_on + timedelta(days=1)) == ()
    opportunities.add(book, OpportunityDraft("Lead", "Orbital"), today=TODAY)
    assert opportunities.second_chances(book, today=opens_on) == ()


def test_a_second_chance_without_anybody_of_its_rounds_starts_with_the_warmest_there(book: Book) -> None:
    a_person(book, "Ada", company="Orbital")
    cleo = a_person(book, "Cleo", company="Orbital")
    a_touch(book, cleo)
    which = opportunities.add(book, OpportunityDraft("Analyst", "Orbital"), today=TODAY)
    opportunities.move(book, which, Stage.CLOSED, today=TODAY, ending=Ending.NO_REPLY)
    (chance,) = opportunities.second_chances(book, today=TODAY + timedelta(days=170))
    assert chance.contact == (cleo, "Cleo")


def test_perspective_counts_what_became_of_applications(book: Book) -> None:
    assert opportunities.perspective(book) == Perspective()
    for number in range(10):
        opportunities.add(
            book, OpportunityDraft(f"Role {number}", "Orbital"), today=TODAY, stage=Stage.APPLIED
        )
    first, second = (row.id for row in opportunities.board(book, today=TODAY)[:2])
    interviews.add(book, first, InterviewDraft(TODAY), today=TODAY)
    interviews.add(book, second, InterviewDraft(TODAY), today=TODAY)
    opportunities.move(book, first, Stage.OFFER, today=TODAY)
    seen = opportunities.perspective(book)
    assert (seen, seen.tells) == (Perspective(10, 2, 1), True)
    saved = opportunities.add(book, OpportunityDraft("Lead", "Fernway"), today=TODAY)
    interviews.add(book, saved, InterviewDraft(TODAY), today=TODAY)
    assert opportunities.perspective(book) == Perspective(11, 3, 1)
    assert (seen.per_interview, seen.per_offer) == (5, 2)


def test_cards_stand_where_they_were_put_until_they_move_on(book: Book) -> None:
    one, two, three = (add(book, name) for name in ("One", "Two", "Three"))

    def order(stage: Stage = Stage.SAVED) -> list[OpportunityId]:
        return [row.id for row in opportunities.board(book, today=TODAY) if row.stage is stage]

    opportunities.put_beside(book, three, one, below=False, today=TODAY)
    assert order() == [three, one, two]
    opportunities.put_beside(book, three, one, below=True, today=TODAY)
    assert order() == [one, three, two]
    book.undo()
    book.undo()
    assert order() == [one, two, three]
    book.redo()
    new = add(book, "New")
    assert order() == [three, one, two, new]
    opportunities.move(book, three, Stage.APPLIED, today=TODAY)
    with pytest.raises(Invalid, match="column"):
        opportunities.put_beside(book, three, one, below=True, today=TODAY)
    for which in (one, two):
        opportunities.move(book, which, Stage.CLOSED, today=TODAY, ending=Ending.WITHDREW)
    assert order(Stage.CLOSED) == [two, one]
    opportunities.put_beside(book, two, one, below=True, today=TODAY)
    opportunities.move(book, new, Stage.CLOSED, today=TODAY, ending=Ending.WITHDREW)
    assert order(Stage.CLOSED) == [new, one, two]


def test_one_may_apply_again_on_the_day_the_user_said(book: Book) -> None:
    which = add(book)
    with pytest.raises(Invalid, match="open"):
        opportunities.set_reapply(book, which, TODAY, today=TODAY)
    opportunities.move(book, which, Stage.CLOSED, today=TODAY, ending=Ending.NOT_SELECTED)
    assert opportunities.card(book, which, today=TODAY).row.opens_on == date(2026, 9, 2)
    assert opportunities.second_chances(book, today=TODAY) == ()
    with pytest.raises(Invalid, match="before_closing"):
        opportunities.set_reapply(book, which, YESTERDAY, today=TODAY)
    soon = TODAY + timedelta(days=30)
    opportunities.set_reapply(book, which, soon, today=TODAY)
    assert [one.opens_on for one in opportunities.second_chances(book, today=TODAY)] == [soon]
    opportunities.set_reapply(book, which, None, today=TODAY)
    assert opportunities.second_chances(book, today=TODAY) == ()
    book.undo()
    opportunities.move(book, which, Stage.APPLIED, today=TODAY)
    opportunities.move(book, which, Stage.CLOSED, today=TODAY, ending=Ending.NO_REPLY)
    assert opportunities.card(book, which, today=TODAY).row.opens_on == date(2026, 9, 2)
