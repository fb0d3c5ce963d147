"""The room of opportunities: moved by drag, keys and menu; closed with a kind plan; told and undone."""

from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from crm import wording
from crm.app import history, interviews, lessons, opportunities, plans
from crm.app.books import Book
from crm.domain.changes import Op
from crm.domain.interview import InterviewDraft
from crm.domain.lesson import LessonDraft
from crm.domain.opportunity import Ending, OpportunityDraft, OpportunityId, OpportunityRow, Stage
from crm.domain.plan import StepState
from crm.gui.checkins import LogTouchDialog
from crm.gui.checkins.day_dialog import DayDialog
from crm.gui.checkins.step_dialog import StepDialog
from crm.gui.lessons.brief import BriefDialog
from crm.gui.opportunities.closing import ClosingDialog
from crm.gui.opportunities.column import CardList
from crm.gui.opportunities.editor import OpportunityEditor
from crm.gui.opportunities.page import OpportunitiesPage
from crm.gui.opportunities.panel import PEOPLE, ROUNDS
from crm.gui.opportunities.plan_preview import PlanDialog
from crm.gui.opportunities.round_editor import RoundDialog
from crm.gui.widgets.dialogs import Dialog
from tests.builders import TODAY, a_person
from tests.gui.opportunities.conftest import Open, window_of
from tests.gui.windows import nav, settle, toast_of, words_of

Kind = TypeVar("Kind", bound=QWidget)


def dialog(kind: type[Kind]) -> Kind:
    """Return the dialog that is open."""
    settle()
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def cards(page: OpportunitiesPage, stage: Stage) -> list[int]:
    return list(page.board.columns[stage].model.ids)


def row(book: Book, which: int) -> OpportunityRow:
    return opportunities.card(book, OpportunityId(which), today=TODAY).row


def menu_item(page: OpportunitiesPage, words: str) -> None:
    """Choose a line of the menu that shows."""
    menu = next(menu for menu in page.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text().split("\t")[0] == words).trigger()
    menu.close()


def button_named(within: QWidget, name: str) -> QAbstractButton:
    settle()
    shown = (one for one in within.findChildren(QAbstractButton) if one.isVisible())
    return next(one for one in shown if one.accessibleName() == name)


def test_without_any_it_says_what_to_do(open_page: Open) -> None:
    page = open_page()
    assert "Add the first role you’re curious about." in words_of(page)
    page._first.click()
    editor = dialog(OpportunityEditor)
    editor.save.click()
    assert "Give it a title." in words_of(editor)
    editor.title.setText("Analyst")
    editor.company.setText("Orbital Labs")
    editor.save.click()
    assert toast_of(window_of(page)) == "Added Analyst."
    assert len(cards(page, Stage.SAVED)) == 1


def test_cards_stand_in_their_stage_and_say_what_comes_next(
    open_page: Open, analyst: OpportunityId, lead: OpportunityId
) -> None:
    page = open_page()
    assert cards(page, Stage.APPLIED) == [analyst]
    assert cards(page, Stage.INTERVIEWING) == [lead]
    column = page.board.columns[Stage.APPLIED]
    said = column.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Analyst, Orbital Labs. Applied. No next step."
    assert nav(window_of(page), "opportunities").accessibleName().endswith("2")


def test_silence_is_asked_about_and_leads_to_the_longest(open_page: Open, analyst: OpportunityId) -> None:
    page = open_page()
    assert "1 application has had no reply for more than 7 days" in words_of(page.silence)
    page.silence.acted.emit()
    assert page.panel.isVisible()
    page.silence.dismissed.emit()
    page.refresh()
    assert not page.silence.isVisible()


def test_keys_move_a_card_and_the_keyboard_follows_it(
    open_page: Open, book: Book, analyst: OpportunityId, qtbot: QtBot
) -> None:
    page = open_page()
    focus = page.primary_focus()
    focus.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(focus, Qt.Key.Key_Right, both)
    assert row(book, analyst).stage is Stage.INTERVIEWING
    settle()
    assert page.board.columns[Stage.INTERVIEWING].cards.hasFocus()
    assert page.board.current == analyst
    assert toast_of(window_of(page)) == "Analyst, Orbital Labs: Interviewing."
    window_of(page).undo()
    assert row(book, analyst).stage is Stage.APPLIED


def test_the_menu_moves_a_card(open_page: Open, book: Book, analyst: OpportunityId, qtbot: QtBot) -> None:
    page = open_page()
    page.primary_focus().setFocus()
    qtbot.keyClick(page.primary_focus(), Qt.Key.Key_M)
    menu_item(page, "Offer")
    assert row(book, analyst).stage is Stage.OFFER


def test_a_card_let_go_in_another_column_moves(open_page: Open, book: Book, analyst: OpportunityId) -> None:
    page = open_page()
    target = page.board.columns[Stage.OFFER].cards
    data = QMimeData()
    data.setData("application/x-keepwarm-opportunity", str(analyst).encode())
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )  # fmt: skip
    target.dropEvent(drop)
    assert row(book, analyst).stage is Stage.OFFER


@pytest.mark.parametrize("said", [b"", b"x", b"-1", b"999"])
def test_anything_else_let_go_changes_nothing(
    open_page: Open, book: Book, analyst: OpportunityId, said: bytes
) -> None:
    page = open_page()
    before = history.entries(book)
    data = QMimeData()
    data.setData("application/x-keepwarm-opportunity", said)
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )  # fmt: skip
    page.board.columns[Stage.OFFER].cards.dropEvent(drop)
    assert history.entries(book) == before


def test_arrows_go_to_the_next_column_with_a_card(
    open_page: Open, analyst: OpportunityId, lead: OpportunityId, qtbot: QtBot
) -> None:
    page = open_page()
    page.primary_focus().setFocus()
    qtbot.keyClick(page.primary_focus(), Qt.Key.Key_Right)
    assert page.board.current == lead
    selected = [column.cards.selected_ids for column in page.board.columns.values()]
    assert sum(map(len, selected)) <= 1


def test_closing_asks_how_and_a_no_plans_kind_steps(
    open_page: Open, book: Book, analyst: OpportunityId
) -> None:
    page = open_page()
    page.move_to(analyst, Stage.CLOSED)
    closing = dialog(ClosingDialog)
    assert closing.ending is Ending.NOT_SELECTED
    closing.save.click()
    plan = dialog(PlanDialog)
    assert "They said no. The relationship is still yours." in words_of(plan)
    first = plan.lines[0]
    first.tick.setChecked(False)
    assert plan.lines[1].day is not None
    plan.lines[1].day.set_value(date(2026, 5, 4))
    plan.save.click()
    steps = plans.of_opportunity(book, analyst)
    assert len(steps) == len(plan.lines) - 1
    assert any(step.due_on == date(2026, 5, 4) and step.edited for step in steps)
    assert page.panel.isVisible()
    assert page.panel.steps.isVisible()


def test_closing_otherwise_plans_nothing(open_page: Open, book: Book, analyst: OpportunityId) -> None:
    page = open_page()
    page.move_to(analyst, Stage.CLOSED)
    closing = dialog(ClosingDialog)
    closing.endings[Ending.WITHDREW].setChecked(True)
    closing.save.click()
    assert row(book, analyst).ending is Ending.WITHDREW
    assert not [
        one for one in QApplication.topLevelWidgets() if isinstance(one, PlanDialog) and one.isVisible()
    ]


def test_a_day_that_is_none_stops_the_plan(open_page: Open, book: Book, analyst: OpportunityId) -> None:
    opportunities.move(book, analyst, Stage.CLOSED, today=TODAY, ending=Ending.FILLED)
    page = open_page(analyst)
    page.panel.plan.click()
    plan = dialog(PlanDialog)
    assert plan.lines[0].day is not None
    plan.lines[0].day.line.setText("someday")
    plan.save.click()
    assert plan.isVisible()
    assert "“someday” isn’t a day." in words_of(plan)
    assert plans.of_opportunity(book, analyst) == ()


def test_steps_are_ticked_skipped_moved_and_taken_back(
    open_page: Open, book: Book, analyst: OpportunityId
) -> None:
    for title in ("One", "Two", "Three"):
        plans.add_step(book, analyst, title, TODAY, today=TODAY)
    page = open_page(analyst)
    lines = page.panel.steps.rows
    lines[0].tick.click()  # type: ignore[attr-defined]
    assert plans.of_opportunity(book, analyst)[0].state is StepState.DONE
    assert toast_of(window_of(page)) == "Done: One."
    page.panel.steps.acted.emit("skip", lines[1].key)
    page.panel.steps.acted.emit("redate", lines[2].key)
    asked = dialog(DayDialog)
    asked.day.set_value(date(2026, 3, 20))
    next(b for b in asked.findChildren(QAbstractButton) if b.text() == "Save step").click()
    states = {step.title: (step.state, step.due_on) for step in plans.of_opportunity(book, analyst)}
    assert states["Two"][0] is StepState.SKIPPED
    assert states["Three"] == (StepState.OPEN, date(2026, 3, 20))
    page.panel.steps.acted.emit("reopen", lines[0].key)
    page.panel.steps.acted.emit("delete", lines[1].key)
    assert [step.title for step in plans.of_opportunity(book, analyst)] == ["One", "Three"]


def test_a_step_with_somebody_leads_to_logging_a_touch(
    open_page: Open, book: Book, analyst: OpportunityId
) -> None:
    opportunities.move(book, analyst, Stage.CLOSED, today=TODAY, ending=Ending.NOT_SELECTED)
    plan = plans.preview(book, "after_no", analyst, today=TODAY)
    plans.start(book, plan, plan.steps, today=TODAY)
    page = open_page(analyst)
    page.panel.steps.acted.emit("log", page.panel.steps.rows[0].key)
    assert "Log a touch with Ada Lovelace" in dialog(LogTouchDialog).windowTitle()


def test_a_step_is_added_by_hand(open_page: Open, book: Book, analyst: OpportunityId, qtbot: QtBot) -> None:
    page = open_page()
    page.primary_focus().setFocus()
    qtbot.keyClick(page.primary_focus(), Qt.Key.Key_N)
    asked = dialog(StepDialog)
    save = next(b for b in asked.findChildren(QAbstractButton) if b.text() == "Save step")
    save.click()
    assert "Say what is to be done." in words_of(asked)
    asked.title.setText("Send the portfolio")
    save.click()
    (step,) = plans.of_opportunity(book, analyst)
    assert (step.title, step.due_on) == ("Send the portfolio", date(2026, 3, 3))


def test_a_round_is_added_and_written_about(open_page: Open, book: Book, analyst: OpportunityId) -> None:
    page = open_page(analyst)
    page.panel.choose(ROUNDS)
    page.panel.add_round.click()
    asked = dialog(RoundDialog)
    asked.save.click()
    assert "Say on which day" in words_of(asked)
    asked.day.set_value(TODAY)
    asked.clock.setText("9:99")
    asked.save.click()
    assert "Write the time as 14:30." in words_of(asked)
    asked.clock.setText("09:30")
    asked.save.click()
    assert toast_of(window_of(page)) == "Added a round at Orbital Labs."
    (line,) = page.panel.rounds.rows
    assert "How did it go?" in line.accessibleName()
    page.panel.rounds.opened.emit(line.key)
    asked = dialog(RoundDialog)
    asked.went.choose(4)
    asked.save.click()
    assert "Well" in page.panel.rounds.rows[0].accessibleName()


def test_people_are_listed_once_with_their_roles(open_page: Open, lead: OpportunityId) -> None:
    page = open_page(lead)
    page.panel.choose(PEOPLE)
    assert [line.accessibleName() for line in page.panel.people.rows] == ["Ben Okri, Round 1"]


def test_the_table_shows_the_same_in_any_order(
    open_page: Open, analyst: OpportunityId, lead: OpportunityId
) -> None:
    page = open_page()
    page.views._segments["table"].click()
    assert page.primary_focus() is page.table.view
    assert list(page.table.model.ids) == [analyst, lead]
    page.table.view.sorted_by.emit("title", True)
    assert list(page.table.model.ids) == [lead, analyst]
    words = [page.table.model.index(0, at).data() for at in range(5)]
    assert words == ["Lead", "Fernway", "Interviewing", "Round 1", "5 Mar"]
    for column in page.table.model.columns:
        page.table.view.sorted_by.emit(column.sort_key, False)
        assert len(page.table.model.ids) == 2


def test_escape_closes_the_panel_and_deleting_can_be_undone(
    open_page: Open, book: Book, analyst: OpportunityId, qtbot: QtBot
) -> None:
    page = open_page(analyst)
    assert window_of(page).windowTitle() == "Analyst – Opportunities – Keepwarm"
    page.delete()
    assert not page.panel.isVisible()
    assert cards(page, Stage.APPLIED) == []
    window_of(page).undo()
    assert cards(page, Stage.APPLIED) == [analyst]
    page.open_opportunity(analyst)
    page.panel.setFocus()
    qtbot.keyClick(page.panel, Qt.Key.Key_Escape)
    assert not page.panel.isVisible()


def test_a_thousand_cards_paint_only_what_shows(open_page: Open, book: Book) -> None:
    with book.write(Op.SAMPLE):
        for number in range(1000):
            opportunities.add(book, OpportunityDraft(f"Role {number}", f"Company {number % 50}"), today=TODAY)
    page = open_page()
    column = page.board.columns[Stage.SAVED]
    assert column.model.rowCount() == 1000
    assert len(column.findChildren(CardList)) == 1  # one view, no widget a card


def test_everything_has_a_name(open_page: Open, analyst: OpportunityId) -> None:
    page = open_page(analyst)
    unnamed = [
        button
        for button in page.findChildren(QAbstractButton)
        if button.isVisible() and not (button.accessibleName() or button.text())
    ]
    assert unnamed == []
    assert wording.stage(Stage.OFFER) == page.board.columns[Stage.OFFER].cards.accessibleName()


def test_an_offer_asks_whether_the_steps_after_an_earlier_no_still_fit(
    open_page: Open, book: Book, analyst: OpportunityId, lead: OpportunityId
) -> None:
    opportunities.move(book, analyst, Stage.CLOSED, today=TODAY, ending=Ending.NOT_SELECTED)
    plan = plans.preview(book, "after_no", analyst, today=TODAY)
    plans.start(book, plan, plan.steps, today=TODAY)
    page = open_page()
    page.move_to(lead, Stage.OFFER)
    asked = next(one for one in window_of(page).findChildren(Dialog) if one.isVisible())
    assert "The people stay in touch either way." in words_of(asked)
    assert {one.state for one in plans.of_opportunity(book, analyst)} == {StepState.OPEN}
    next(b for b in asked.findChildren(QAbstractButton) if b.text().startswith("Let ")).click()
    assert {one.state for one in plans.of_opportunity(book, analyst)} == {StepState.SKIPPED}


def test_a_round_ahead_offers_its_brief(open_page: Open, lead: OpportunityId) -> None:
    page = open_page(lead)
    page.panel.choose(ROUNDS)
    settle()
    button_named(page, "Brief…: Round 1").click()
    settle()
    (shown,) = (one for one in page.window().findChildren(BriefDialog) if one.isVisible())
    assert "Ben Okri" in words_of(shown)


def a_plan(book: Book, which: OpportunityId) -> None:
    opportunities.move(book, which, Stage.CLOSED, today=TODAY, ending=Ending.NOT_SELECTED)
    plan = plans.preview(book, "after_no", which, today=TODAY)
    plans.start(book, plan, plan.steps, today=TODAY)


def test_taking_a_no_back_first_names_the_steps_that_go(
    open_page: Open, book: Book, analyst: OpportunityId
) -> None:
    a_plan(book, analyst)
    steps = plans.of_opportunity(book, analyst)
    plans.done(book, steps[0].id, today=TODAY)
    page = open_page()
    page.move_to(analyst, Stage.OFFER)
    asked = dialog(Dialog)
    assert "Take the no back?" in words_of(asked)
    assert f"{len(steps) - 1} steps of its plan go with it" in words_of(asked)
    assert "•  Check in with Ada Lovelace (3×)" in words_of(asked)
    assert steps[0].title not in words_of(asked)
    assert row(book, analyst).stage is Stage.CLOSED
    asked.accept()
    settle()
    assert row(book, analyst).stage is Stage.OFFER
    assert len(plans.of_opportunity(book, analyst)) == 1


def test_how_it_ended_is_changed_and_says_what_goes(
    open_page: Open, book: Book, analyst: OpportunityId
) -> None:
    a_plan(book, analyst)
    page = open_page()
    page.move_to(analyst, Stage.CLOSED)
    closing = dialog(ClosingDialog)
    assert closing.ending is Ending.NOT_SELECTED
    closing.endings[Ending.ACCEPTED_OTHER].setChecked(True)
    assert "•  Write down what you learned" in words_of(closing)
    closing.save.click()
    settle()
    assert row(book, analyst).ending is Ending.ACCEPTED_OTHER
    assert plans.of_opportunity(book, analyst) == ()
    page.move_to(analyst, Stage.CLOSED)
    before = history.can_undo(book)
    dialog(ClosingDialog).save.click()
    settle()
    assert history.can_undo(book) == before


def test_the_plan_is_looked_over_by_its_lines_and_each_step_may_be_left_out(
    open_page: Open, book: Book, lead: OpportunityId
) -> None:
    ada = a_person(book)
    held = InterviewDraft(TODAY, people=(*interviews.of_opportunity(book, lead)[0].draft.people, ada))
    interviews.add(book, lead, held, today=TODAY)
    opportunities.move(book, lead, Stage.CLOSED, today=TODAY, ending=Ending.NOT_SELECTED)
    page = open_page(lead)
    page.panel.plan.click()
    plan = dialog(PlanDialog)
    assert len(plan.groups) == 12
    assert "12 small steps keep this door open." in words_of(plan)
    assert "Send Ben Okri and Ada Lovelace a thank-you note" in words_of(plan)
    thanks = next(group for group in plan.groups if group.lines[0].tick.accessibleName().startswith("Send"))
    assert not thanks.lines[1].isVisible()
    thanks.fold.click()
    assert thanks.lines[1].isVisible()
    thanks.lines[1].tick.click()
    assert thanks.tick.isChecked()
    engage = next(group for group in plan.groups if "posts" in group.lines[0].tick.accessibleName())
    engage.tick.click()
    plan.save.click()
    titles = [step.title for step in plans.of_opportunity(book, lead)]
    assert titles.count("Send Ben Okri a thank-you note") == 1
    assert "Send Ada Lovelace a thank-you note" not in titles
    assert not [title for title in titles if "posts" in title]


def test_a_round_gone_by_asks_which_lessons_helped(open_page: Open, book: Book, lead: OpportunityId) -> None:
    lessons.add(book, LessonDraft("Numbers first"), today=TODAY)
    interviews.add(book, lead, InterviewDraft(TODAY, name="Call"), today=TODAY)
    page = open_page(lead)
    (held, _ahead) = interviews.of_opportunity(book, lead)
    dialog = RoundDialog(window_of(page).session, lead, held, page.window())
    dialog.open()
    button_named(dialog, "Say which lessons helped").click()
    settle()
    (brief,) = (one for one in page.window().findChildren(BriefDialog) if one.isVisible())
    button_named(brief, "Used: Numbers first").click()
    assert lessons.every(book)[0].helped == 1
