"""Next steps for the search on Today: what is due, what is ahead, what is still to be written down."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QAbstractButton

from crm.app import interviews, opportunities, plans
from crm.app.books import Book
from crm.domain.interview import InterviewDraft
from crm.domain.opportunity import Ending, OpportunityDraft, OpportunityId, Stage
from crm.domain.plan import StepState
from crm.gui.session import Place
from crm.gui.today.page import TodayPage
from tests.builders import TODAY, a_person
from tests.gui.checkins.desk import Desk

Show = Callable[[], TodayPage]


def an_opportunity(book: Book) -> OpportunityId:
    draft = OpportunityDraft("Analyst", "Orbital Labs")
    return opportunities.add(book, draft, today=TODAY - timedelta(days=30), stage=Stage.APPLIED)


def sentences(page: TodayPage) -> list[str]:
    return [row.accessibleName() for row in page._search.card.rows]


def button(page: TodayPage, name: str) -> QAbstractButton:
    return next(one for one in page._search.findChildren(QAbstractButton) if one.accessibleName() == name)


def test_without_a_search_the_section_is_not_there(show_page: Show) -> None:
    assert not show_page()._search.isVisible()


def test_steps_due_by_tomorrow_are_listed_and_lead_to_their_plan(
    show_page: Show, book: Book, desk: Desk
) -> None:
    which = an_opportunity(book)
    for title, days in (("Send the portfolio", 0), ("Call back", 1), ("Much later", 2)):
        plans.add_step(book, which, title, TODAY + timedelta(days=days), today=TODAY)
    page = show_page()
    assert sentences(page) == [
        "Send the portfolio. Analyst · Orbital Labs. Due today",
        "Call back. Analyst · Orbital Labs. Due tomorrow",
    ]
    button(page, "Open: Send the portfolio").click()
    assert desk.places == [Place("opportunities", which, "steps")]


def test_a_tick_does_a_step_and_the_section_leaves_with_the_last(show_page: Show, book: Book) -> None:
    step = plans.add_step(book, an_opportunity(book), "Send the portfolio", TODAY, today=TODAY)
    page = show_page()
    button(page, "Done: Send the portfolio").click()
    assert plans.row(book, step).state is StepState.DONE
    assert not page._search.isVisible()


def test_a_round_that_is_over_asks_how_it_went(show_page: Show, book: Book, desk: Desk) -> None:
    which = an_opportunity(book)
    for days in (-1, 1):
        held = InterviewDraft(TODAY + timedelta(days=days), name="Case study")
        interviews.add(book, which, held, today=TODAY)
    page = show_page()
    assert sentences(page) == [
        "How did Orbital Labs go? Round 1: Case study · Analyst",
        "Interview with Orbital Labs. Round 2: Case study · Analyst. Tomorrow",
    ]
    button(page, "Write it down, 2 min: How did Orbital Labs go?").click()
    assert desk.places == [Place("opportunities", which, "rounds")]


def test_how_it_went_is_asked_until_it_is_let_be(show_page: Show, book: Book) -> None:
    interviews.add(book, an_opportunity(book), InterviewDraft(TODAY - timedelta(days=1)), today=TODAY)
    page = show_page()
    button(page, "Don’t ask again: How did Orbital Labs go?").click()
    assert sentences(page) == []
    page.refresh()
    assert sentences(page) == []


def test_a_second_chance_is_told_a_week_before_until_somebody_is_to_be_talked_to(
    show_page: Show, book: Book, desk: Desk
) -> None:
    ada = a_person(book, "Ada", company="Orbital Labs")
    which = an_opportunity(book)
    opportunities.move(book, which, Stage.CLOSED, today=TODAY, ending=Ending.FILLED)
    opportunities.set_reapply(book, which, TODAY + timedelta(days=8), today=TODAY)
    page = show_page()
    assert sentences(page) == []
    opportunities.set_reapply(book, which, TODAY + timedelta(days=7), today=TODAY)
    assert sentences(page) == [
        "A second chance at Orbital Labs. From 9 Mar you may apply again. Talk to Ada first."
    ]
    page._search.card.opened.emit(page._search.card.rows[0].key)
    assert desk.places == [Place("opportunities", which, "steps")]
    button(page, "Plan check-in: A second chance at Orbital Labs").click()
    assert [step.person for step in plans.of_opportunity(book, which)] == [ada]
    assert sentences(page)[0].startswith("Check in with Ada before you apply at Orbital Labs again")
