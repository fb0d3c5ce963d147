"""Interviews and lessons as their user meets them: what is ahead, how it went, what was learned and practised."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from crm.app import interviews, lessons, opportunities, plans, touches
from crm.app.books import Book
from crm.domain.interview import InterviewDraft
from crm.domain.lesson import FeedbackDraft, LessonDraft
from crm.domain.opportunity import Ending, OpportunityDraft, OpportunityId, Stage
from crm.domain.plan import StepState
from crm.domain.touch import TouchDraft, TouchKind
from crm.gui.lessons import FeedbackDialog, LessonDialog, PracticeDialog
from crm.gui.lessons.brief import BriefDialog
from crm.gui.lessons.dialogs import PlanPracticeDialog
from crm.gui.lessons.page import INTERVIEWS, LESSONS, LessonsPage
from crm.gui.session import Place, Session
from tests.builders import TODAY, a_person, a_touch
from tests.gui.checkins.desk import Desk
from tests.gui.windows import settle
from tests.gui.windows import words_of as words_now

Show = Callable[[str], LessonsPage]
Kind = TypeVar("Kind", bound=QWidget)


def dialog(kind: type[Kind], within: QWidget) -> Kind:
    settle()
    return next(one for one in within.window().findChildren(kind) if one.isVisible())


def button(within: QWidget, name: str) -> QAbstractButton:
    settle()
    found = (one for one in within.findChildren(QAbstractButton) if one.isVisible())
    return next(one for one in found if one.accessibleName() == name)


def words_of(within: QWidget) -> str:
    settle()
    return words_now(within)


def sentences(page: LessonsPage) -> list[str]:
    return [line.accessibleName() for card in page.cards for line in card.rows]


def an_opportunity(book: Book) -> OpportunityId:
    return opportunities.add(book, OpportunityDraft("Analyst", "Orbital"), today=TODAY)


def test_without_any_both_parts_say_what_to_do(show_page: Show, desk: Desk) -> None:
    page = show_page(INTERVIEWS)
    assert "No interviews yet" in words_of(page)
    button(page, "Open the board").click()
    assert desk.places == [Place("opportunities")]
    page.tabs.choose(LESSONS)
    assert "even one line" in words_of(page)


def test_rounds_ahead_lead_to_their_brief_and_those_past_to_writing(
    show_page: Show, book: Book, desk: Desk
) -> None:
    which = an_opportunity(book)
    ada = a_person(book, "Ada")
    held = InterviewDraft(TODAY - timedelta(days=9), went=4, repeat="The story", change="Numbers first")
    interviews.add(book, which, held, today=TODAY)
    interviews.add(book, which, InterviewDraft(TODAY - timedelta(days=2)), today=TODAY)
    interviews.add(book, which, InterviewDraft(TODAY + timedelta(days=2), people=(ada,)), today=TODAY)
    lessons.record_feedback(book, FeedbackDraft("More depth", TODAY, which, ada), today=TODAY)
    lessons.add(book, LessonDraft("Numbers first"), today=TODAY)
    page = show_page(INTERVIEWS)
    assert [line.split(". ")[0] for line in sentences(page)] == ["Orbital, Analyst"] * 3
    assert "Well · Repeat: The story · Change: Numbers first" in sentences(page)[2]
    button(page, "Prepare: Orbital, Analyst").click()
    brief = dialog(BriefDialog, page)
    assert "Ada You haven’t talked yet" in words_of(brief)
    assert "More depth" in words_of(brief)
    button(brief, "Used: Numbers first").click()
    assert lessons.every(book)[0].helped == 1
    button(page, "Write it down: Orbital, Analyst").click()
    assert desk.places == [Place("opportunities", which, "rounds")]


def test_a_brief_is_saved_as_a_page_and_says_why_it_cannot_be(
    show_page: Show, book: Book, desk: Desk, tmp_path: Path
) -> None:
    ada = a_person(book, "Ada")
    a_touch(book, ada, note="secret")
    interviews.add(book, an_opportunity(book), InterviewDraft(TODAY, people=(ada,)), today=TODAY)
    page = show_page(INTERVIEWS)
    button(page, "Prepare: Orbital, Analyst").click()
    brief = dialog(BriefDialog, page)
    assert "secret" in words_of(brief)
    brief.save_to(book.path)
    assert "is a Keepwarm book" in brief.note.text()
    brief.save_to(tmp_path / "brief.pdf")
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF-")
    assert desk.toasts == ["Saved brief.pdf."]


def test_a_lesson_is_kept_edited_and_deleted(show_page: Show, book: Book) -> None:
    page = show_page(LESSONS)
    page.add.click()
    asked = dialog(LessonDialog, page)
    asked.save.click()
    assert "One line will do." in words_of(asked)
    asked.words.setText("Numbers first")
    asked.tags.setText("numbers, , case study")
    asked.save.click()
    assert "Seen once: numbers" in words_of(page)
    page.cards[0].opened.emit(page.cards[0].rows[0].key)
    asked = dialog(LessonDialog, page)
    assert asked.tags.text() == "numbers, case study"
    asked.words.setText("Numbers, then the story")
    asked.save.click()
    (kept,) = lessons.every(book)
    assert (kept.draft.text, kept.draft.tags) == ("Numbers, then the story", ("numbers", "case study"))
    line = page.cards[0].rows[0]
    page.cards[0].menu_requested.emit(line.key, line.mapToGlobal(line.rect().center()))
    shown = next(one for one in page.findChildren(QMenu) if one.isVisible())
    next(action for action in shown.actions() if action.text() == "Delete").trigger()
    shown.close()
    assert lessons.every(book) == ()


def test_a_lesson_is_practised_with_somebody(show_page: Show, book: Book) -> None:
    lessons.add(book, LessonDraft("Numbers first"), today=TODAY)
    ada = a_person(book, "Ada")
    page = show_page(LESSONS)
    button(page, "Practise this: Numbers first").click()
    asked = dialog(PlanPracticeDialog, page)
    asked.who.add_person(ada, "Ada")
    asked.save.click()
    (step,) = plans.due(book, today=TODAY, days=7)
    assert (step.title, step.name) == ("Practise: Numbers first", "Ada")


def test_practice_is_logged(show_page: Show, book: Book) -> None:
    lessons.add(book, LessonDraft("Numbers first"), today=TODAY)
    page = show_page(LESSONS)
    button(page, "Log practice").click()
    asked = dialog(PracticeDialog, page)
    asked.save.click()
    assert "Say what you practised." in words_of(asked)
    asked.topic.setText("Numbers")
    asked.went.choose(4)
    asked.save.click()
    assert any("Numbers. 2 Mar · Well" in line for line in sentences(page))


def test_feedback_is_kept_with_its_lesson(session: Session, window: QWidget, book: Book) -> None:
    which, ada = an_opportunity(book), a_person(book, "Ada")
    window.show()
    asked = FeedbackDialog(session, which, ((ada, "Ada"),), window)
    asked.open()
    asked.save.click()
    assert "Write down what they said." in words_of(asked)
    asked.words.setPlainText("More depth")
    asked.lesson.setText("Numbers first")
    asked.save.click()
    (said,) = lessons.feedback(book, which)
    assert (said.draft.text, said.name) == ("More depth", "Ada")
    assert [one.given_by for one in lessons.every(book)] == ["Ada"]


def test_everything_has_a_name(show_page: Show, book: Book) -> None:
    lessons.add(book, LessonDraft("Numbers first"), today=TODAY)
    page = show_page(LESSONS)
    for one in page.findChildren(QAbstractButton):
        assert one.accessibleName(), one


def test_where_one_may_apply_again_soon_leads_to_that_role(show_page: Show, book: Book, desk: Desk) -> None:
    on = TODAY - timedelta(days=170)
    which = opportunities.add(book, OpportunityDraft("Analyst", "Orbital"), today=on, stage=Stage.APPLIED)
    opportunities.move(book, which, Stage.CLOSED, today=on, ending=Ending.FILLED)
    page = show_page(INTERVIEWS)
    assert "1 application so far" in words_of(page)
    assert "you may apply again" in sentences(page)[0]
    page.cards[0].opened.emit(which)
    assert desk.places == [Place("opportunities", which, "steps")]


def test_a_second_chance_is_one_click_from_a_check_in(show_page: Show, book: Book, desk: Desk) -> None:
    long_ago = TODAY - timedelta(days=170)
    ada = a_person(book, "Ada", company="Orbital")
    which = opportunities.add(
        book, OpportunityDraft("Analyst", "Orbital"), today=long_ago, stage=Stage.APPLIED
    )
    interviews.add(book, which, InterviewDraft(long_ago, people=(ada,)), today=long_ago)
    opportunities.move(book, which, Stage.CLOSED, today=long_ago, ending=Ending.FILLED)
    nobody = opportunities.add(book, OpportunityDraft("Lead", "Fernway"), today=long_ago, stage=Stage.APPLIED)
    opportunities.move(book, nobody, Stage.CLOSED, today=long_ago, ending=Ending.FILLED)
    page = show_page(INTERVIEWS)
    button(page, "Find a way in: Fernway, Lead").click()
    assert desk.places[-1].page == "companies"
    button(page, "Plan check-in: Orbital, Analyst").click()
    (step,) = plans.of_opportunity(book, which)
    assert (step.title, step.person) == ("Check in with Ada before you apply at Orbital again", ada)
    assert step.due_on == TODAY + timedelta(days=1)
    assert "Check in with Ada before you apply at Orbital again · Tomorrow" in words_of(page)
    touches.log(
        book, TouchDraft((ada,), TouchKind.CALL, TODAY + timedelta(days=1)), today=TODAY + timedelta(days=1)
    )
    assert plans.row(book, step.id).state is StepState.DONE
