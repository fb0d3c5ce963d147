"""What was noticed at a company, on its page: keeping by keyboard, steps, opportunities, links; and what else it shows."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm.app import history, lessons, opportunities, plans, watch
from crm.app.books import Book
from crm.domain.company import CompanyId
from crm.domain.lesson import FeedbackDraft
from crm.domain.opportunity import OpportunityDraft
from crm.domain.watch import NoticedDraft, NoticedKind
from crm.gui.companies.noticed import NoticedCard
from crm.gui.companies.noticing import NoticedDialog, StepDialog
from crm.gui.companies.page import CompaniesPage
from crm.gui.session import Place
from crm.gui.widgets.buttons import Button, IconButton
from tests.builders import TODAY, a_company, a_person
from tests.gui.checkins.desk import Desk
from tests.gui.windows import settle, words_of

Open = Callable[[], CompaniesPage]


@pytest.fixture
def orbital(book: Book) -> CompanyId:
    company = a_company(book, "Orbital")
    a_person(book, "Ana <b>Lima</b>", company="Orbital")
    return company


def shown(open_page: Open, company: int) -> tuple[CompaniesPage, NoticedCard]:
    page = open_page()
    page.open_company(company)
    settle()
    return page, page.company.noticed


def button(where: QWidget, label: str) -> Button:
    return next(one for one in where.findChildren(Button) if one.label == label)


def dialog(page: CompaniesPage, kind: type) -> QWidget:
    return next(one for one in page.window().findChildren(kind) if one.isVisible())


def test_n_and_enter_keep_a_note_and_the_cursor_stays_for_the_next(
    book: Book, orbital: CompanyId, open_page: Open, qtbot: QtBot, desk: Desk
) -> None:
    page, card = shown(open_page, orbital)
    page.company.setFocus()
    qtbot.keyClick(page.company, Qt.Key.Key_N)
    assert card.line.hasFocus()
    assert not card.keep.isVisible()
    qtbot.keyClicks(card.line, "<b>Series C</b> https://news.example/c")
    assert card.keep.isVisible()
    card.day.line.setText("yesterday")
    qtbot.keyClick(card.line, Qt.Key.Key_Return)
    settle()
    (kept,) = watch.noticed(book, orbital)
    assert (kept.draft.text, kept.draft.link) == ("<b>Series C</b>", "https://news.example/c")
    assert (TODAY - kept.draft.on).days == 1
    assert desk.toasts == ["Noted at Orbital."]
    assert card.line.text() == ""
    assert card.line.hasFocus()
    assert "<b>Series C</b>" in words_of(card)
    history.undo(book)
    page.refresh()
    settle()
    assert "Series C" not in words_of(card)


def test_esc_empties_the_line_before_it_leaves_the_page(
    orbital: CompanyId, open_page: Open, qtbot: QtBot
) -> None:
    page, card = shown(open_page, orbital)
    card.start()
    qtbot.keyClicks(card.line, "half a")
    qtbot.keyClick(card.line, Qt.Key.Key_Escape)
    assert (card.line.text(), page.record) == ("", orbital)
    qtbot.keyClick(card.line, Qt.Key.Key_Escape)
    assert page.record is None


def test_a_day_to_come_is_refused_in_place(
    book: Book, orbital: CompanyId, open_page: Open, qtbot: QtBot
) -> None:
    _, card = shown(open_page, orbital)
    card.line.setText("News")
    card.day.line.setText("2026-12-01")
    qtbot.keyClick(card.line, Qt.Key.Key_Return)
    assert watch.noticed(book) == ()
    assert "isn’t a day up to today" in words_of(card)


def test_a_step_names_whom_it_is_with_unless_its_title_was_written(
    book: Book, orbital: CompanyId, open_page: Open, qtbot: QtBot
) -> None:
    watch.notice(book, NoticedDraft(orbital, "Series C", TODAY), today=TODAY)
    page, card = shown(open_page, orbital)
    button(card, "Next step…").click()
    step = dialog(page, StepDialog)
    assert isinstance(step, StepDialog)
    assert step.title.text() == "Take up the news about Orbital: Series C"
    step.who.setCurrentIndex(1)
    step.who.chosen.emit(step.who.value)
    assert step.title.text() == "Write to Ana <b>Lima</b> about Orbital: Series C"
    step.day.line.setText("tomorrow")
    button(step, "Add the step").click()
    settle()
    (made,) = plans.due(book, today=TODAY, days=1)
    assert (made.title, made.name) == ("Write to Ana <b>Lima</b> about Orbital: Series C", "Ana <b>Lima</b>")
    assert "Write to Ana <b>Lima</b> about Orbital: Series C, tomorrow" in words_of(card)


def test_an_opening_becomes_an_opportunity_and_is_gone_to(
    book: Book, orbital: CompanyId, open_page: Open, desk: Desk
) -> None:
    draft = NoticedDraft(orbital, "Analyst", TODAY, NoticedKind.OPENING)
    watch.notice(book, draft, today=TODAY)
    page, card = shown(open_page, orbital)
    button(card, "Make it an opportunity").click()
    settle()
    (row,) = opportunities.board(book, today=TODAY)
    assert desk.places[-1] == Place("opportunities", int(row.id))
    page.refresh()
    settle()
    assert "Analyst" in words_of(page.company.roles)
    assert [one.label for one in card.findChildren(Button) if one.label == "Make it an opportunity"] == []


def test_only_web_addresses_open(
    book: Book, orbital: CompanyId, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    for number, link in enumerate(("https://a.example/x", "javascript:alert(1)", "file:///etc/passwd")):
        watch.notice(book, NoticedDraft(orbital, f"n{number}", TODAY, link=link), today=TODAY)
    _, card = shown(open_page, orbital)
    for one in card.findChildren(Button):
        if one.accessibleName().startswith("Read"):
            one.click()
    assert [url.toString() for url in opened] == ["https://a.example/x"]


def test_a_note_is_corrected_and_deleted(book: Book, orbital: CompanyId, open_page: Open) -> None:
    watch.notice(book, NoticedDraft(orbital, "Series B", TODAY), today=TODAY)
    page, card = shown(open_page, orbital)
    asked: list[tuple[int, QPoint]] = []
    card.menu_requested.connect(lambda which, spot: asked.append((which, spot)))
    more = next(one for one in card.findChildren(IconButton) if "Series B" in one.accessibleName())
    more.click()
    assert asked[0][0] == 1
    (row,) = watch.noticed(book)
    page.company.watching.edit(row)
    editor = dialog(page, NoticedDialog)
    assert isinstance(editor, NoticedDialog)
    editor.text.setText("Series C")
    button(editor, "Save").click()
    settle()
    assert "Series C" in words_of(card)
    page.company.watching.delete(watch.noticed(book)[0])
    settle()
    assert watch.noticed(book) == ()


def test_the_page_shows_its_opportunities_and_what_was_learned(
    book: Book, orbital: CompanyId, open_page: Open, desk: Desk
) -> None:
    role = opportunities.add(book, OpportunityDraft("Analyst", "Orbital"), today=TODAY)
    lessons.record_feedback(book, FeedbackDraft("More depth", TODAY, role), today=TODAY)
    page, _ = shown(open_page, orbital)
    assert "“More depth”" in words_of(page.company.learned)
    page.company.roles.card.opened.emit(int(role))
    assert desk.places[-1] == Place("opportunities", int(role))


def test_a_company_without_any_shows_neither(orbital: CompanyId, open_page: Open) -> None:
    page, card = shown(open_page, orbital)
    assert card.isVisible()
    assert not page.company.roles.isVisible()
    assert not page.company.learned.isVisible()
