"""The page of one company: people now and before, touches, notes, how often, the keyboard."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from crm.app import checkins, companies, history
from crm.app.books import Book
from crm.domain.company import CompanyId
from crm.domain.person import ContactKind, ContactPoint, PersonId, PositionDraft
from crm.domain.touch import TouchKind
from crm.gui.actions import Act
from crm.gui.checkins import LogTouchDialog
from crm.gui.companies.company_menus import CompanyEveryDialog
from crm.gui.companies.page import CompaniesPage
from crm.gui.companies.people_here import SHOWN
from crm.gui.companies.recent import SHOWN as TOUCHES_SHOWN
from crm.gui.session import Place, Session
from crm.gui.theme import Look
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.timeline import TimelineEntry
from tests.builders import TODAY, a_company, a_person, a_touch, interval
from tests.gui.checkins.desk import Desk

Open = Callable[[], CompaniesPage]


@pytest.fixture
def orbital(book: Book) -> CompanyId:
    """Two people there now, one before, a touch with one of them."""
    company = a_company(
        book,
        "Orbital Labs",
        industry="Earth observation",
        place="Lisbon",
        site="orbitallabs.example",
        notes="Series C in June.",
        contacts=(ContactPoint(ContactKind.EMAIL, "hello@orbitallabs.example"),),
    )
    ada = a_person(book, "Ada Lovelace", company="Orbital Labs", title="Director", every="2 months")
    a_person(book, "Ben Okri", company="Orbital Labs")
    left = PositionDraft("Orbital Labs", "Fellow", until_on=date(2024, 5, 1), current=False)
    a_person(book, "Grace Hopper", positions=(left,))
    a_touch(book, ada, on=TODAY - timedelta(days=12), note="Platform team")
    return company


def cards(page: CompaniesPage) -> list[str]:
    """Return the names on the cards that show."""
    return [card.person.name for card in page.company.people.grid.cards]


def stats(page: CompaniesPage) -> list[tuple[str, str]]:
    return [(cell.stat.value, cell.stat.sub) for cell in page.company.stats._cells]


def open_menu(page: CompaniesPage) -> QMenu:
    """Return the menu that shows."""
    return next(menu for menu in page.findChildren(QMenu) if menu.isVisible())


def choose(page: CompaniesPage, words: str) -> None:
    """Choose an item of the open menu."""
    menu = open_menu(page)
    next(action for action in menu.actions() if action.text().split("\t")[0] == words).trigger()
    menu.close()


def dialog(kind: type[QWidget]) -> QWidget:
    """Return the dialog that is open."""
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def test_it_shows_who_what_and_when(book: Book, orbital: CompanyId, open_page: Open) -> None:
    page = open_page()
    page.open_company(orbital)
    assert cards(page) == ["Ada Lovelace", "Ben Okri"]
    assert stats(page) == [
        ("2 people", "1 used to work here"),
        ("Ada Lovelace", "New, 1 touch with people here"),
        ("12 days ago", "Ada Lovelace, call"),
        ("No rule", "People follow their own rules"),
    ]
    assert page.company.notes.words.text() == "Series C in June."
    assert page.company.contacts.isVisible()
    assert page.company.accessibleName() == "Company: Orbital Labs"


def test_a_card_says_all_of_a_person(book: Book, orbital: CompanyId, open_page: Open) -> None:
    page = open_page()
    page.open_company(orbital)
    ada = page.company.people.grid.cards[0]
    assert ada.accessibleName() == "Ada Lovelace. Director. New, last touch 12 days ago. 18 Apr"
    assert ada.log.accessibleName() == "Log a touch with Ada Lovelace"


def test_past_shows_who_left_and_now_comes_back(
    book: Book, orbital: CompanyId, open_page: Open, qtbot: QtBot
) -> None:
    page = open_page()
    page.open_company(orbital)
    page.company.setFocus()
    qtbot.keyClick(page.company, Qt.Key.Key_2)
    assert cards(page) == ["Grace Hopper"]
    assert "Until 1 May 2024" in page.company.people.grid.cards[0].accessibleName()
    qtbot.keyClick(page.company, Qt.Key.Key_1)
    assert cards(page) == ["Ada Lovelace", "Ben Okri"]


def test_another_company_begins_with_now(book: Book, orbital: CompanyId, open_page: Open) -> None:
    other = a_company(book, "Fernway")
    page = open_page()
    page.open_company(orbital)
    page.company.people.switch_to("past")
    page.open_company(other)
    assert page.company.people.switch.current == "now"


def test_nobody_there_asks_for_those_who_left(book: Book, orbital: CompanyId, open_page: Open) -> None:
    company = a_company(book, "Kestrel")
    left = PositionDraft("Kestrel", "Fellow", until_on=date(2024, 5, 1), current=False)
    a_person(book, "Joan Clarke", positions=(left,))
    page = open_page()
    page.open_company(company)
    people = page.company.people
    assert people._empty._title.text() == "You don’t know anyone here yet"
    people.see_past.click()
    assert cards(page) == ["Joan Clarke"]
    assert not people._empty_card.isVisible()


def test_a_card_opens_its_person_by_click_and_enter(
    book: Book, orbital: CompanyId, open_page: Open, desk: Desk, qtbot: QtBot
) -> None:
    page = open_page()
    page.open_company(orbital)
    first, second = page.company.people.grid.cards
    with qtbot.waitSignal(page.person_chosen) as heard:
        first.click()
    assert heard.args == [first.person.id]
    assert desk.places[-1] == Place("people", first.person.id)
    page.company.setFocus()
    qtbot.keyClick(page.company, Qt.Key.Key_Down)
    qtbot.keyClick(first, Qt.Key.Key_J)
    assert second.hasFocus()
    with qtbot.waitSignal(page.person_chosen) as heard:
        qtbot.keyClick(second, Qt.Key.Key_Return)
    assert heard.args == [second.person.id]


def test_tab_reaches_one_card_and_its_buttons(book: Book, orbital: CompanyId, open_page: Open) -> None:
    page = open_page()
    page.open_company(orbital)
    first, second = page.company.people.grid.cards
    tab = Qt.FocusPolicy.TabFocus
    assert all(part.focusPolicy() & tab for part in (first, first.log, first.more))
    assert not any(part.focusPolicy() & tab for part in (second, second.log, second.more))


def test_log_touch_on_a_card_names_the_person(book: Book, orbital: CompanyId, open_page: Open) -> None:
    page = open_page()
    page.open_company(orbital)
    page.company.people.grid.cards[1].log.click()
    assert dialog(LogTouchDialog).windowTitle() == "Log a touch with Ben Okri"


def test_log_a_touch_asks_with_whom(book: Book, orbital: CompanyId, open_page: Open) -> None:
    page = open_page()
    page.open_company(orbital)
    page.company.head.log.click()
    choose(page, "Ben Okri")
    assert dialog(LogTouchDialog).windowTitle() == "Log a touch with Ben Okri"


def test_a_touch_logged_elsewhere_shows_and_keeps_the_focus(
    book: Book, orbital: CompanyId, open_page: Open, qtbot: QtBot
) -> None:
    page = open_page()
    page.open_company(orbital)
    grid = page.company.people.grid
    grid.focus(1)
    a_touch(book, PersonId(grid.cards[1].person.id), kind=TouchKind.COFFEE)
    assert stats(page)[2] == ("Today", "Ben Okri, coffee")
    assert grid.focused is not None
    assert grid.focused.name == "Ben Okri"


def test_the_target_chip_and_t_turn_it(
    book: Book, orbital: CompanyId, open_page: Open, desk: Desk, qtbot: QtBot
) -> None:
    page = open_page()
    page.open_company(orbital)
    page.company.head.target.click()
    assert companies.draft(book, orbital).target
    page.company.setFocus()
    qtbot.keyClick(page.company, Qt.Key.Key_T)
    assert not companies.draft(book, orbital).target
    assert not page.company.head.target.isChecked()


def test_how_often_is_chosen_from_the_fact_and_undone(
    book: Book, orbital: CompanyId, open_page: Open, desk: Desk
) -> None:
    page = open_page()
    page.open_company(orbital)
    page.company.stats.cell_chosen.emit("every", QPoint())
    choose(page, "Every 6 weeks")
    assert companies.draft(book, orbital).every == interval("6 weeks")
    assert stats(page)[3] == ("Every 6 weeks", "For people here")
    assert desk.toasts == ["Every 6 weeks: people at Orbital Labs."]
    history.undo(book)
    assert stats(page)[3][0] == "No rule"


def test_how_often_can_be_typed(book: Book, orbital: CompanyId, open_page: Open) -> None:
    page = open_page()
    page.open_company(orbital)
    page.company.plan_here()
    choose(page, "Custom…")
    opened = dialog(CompanyEveryDialog)
    assert isinstance(opened, CompanyEveryDialog)
    opened.line.setText("soon")
    opened._press_primary()
    assert opened.isVisible()
    opened.line.setText("5 weeks")
    opened._press_primary()
    assert companies.draft(book, orbital).every == interval("5 weeks")


def test_notes_are_saved_on_ctrl_enter_and_kept_on_leaving(
    book: Book, orbital: CompanyId, open_page: Open, desk: Desk, qtbot: QtBot
) -> None:
    page = open_page()
    page.open_company(orbital)
    notes = page.company.notes
    notes.pencil.click()
    notes.area.setPlainText("<b>Hiring</b> again")
    qtbot.keyClick(notes.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert companies.draft(book, orbital).notes == "<b>Hiring</b> again"
    assert notes.words.text() == "<b>Hiring</b> again"
    assert notes.words.textFormat() is Qt.TextFormat.PlainText
    notes.pencil.click()
    notes.area.setPlainText("Frozen")
    page.company.back.click()
    assert companies.draft(book, orbital).notes == "Frozen"
    assert len(desk.toasts) == 2


def test_notes_being_written_are_not_replaced(book: Book, orbital: CompanyId, open_page: Open) -> None:
    page = open_page()
    page.open_company(orbital)
    notes = page.company.notes
    notes.pencil.click()
    notes.area.setPlainText("Half a")
    checkins.set_company_every(book, orbital, interval("6 weeks"), today=TODAY)
    assert notes.area.isVisible()
    assert notes.area.toPlainText() == "Half a"


def test_notes_go_to_the_company_they_were_written_for(
    book: Book, orbital: CompanyId, open_page: Open
) -> None:
    other = a_company(book, "Fernway")
    page = open_page()
    page.open_company(orbital)
    page.company.notes.pencil.click()
    page.company.notes.area.setPlainText("About Orbital")
    page.open_company(other)
    assert companies.draft(book, orbital).notes == "About Orbital"
    assert companies.draft(book, other).notes == ""


def test_unchanged_notes_write_nothing(book: Book, orbital: CompanyId, open_page: Open, desk: Desk) -> None:
    page = open_page()
    page.open_company(orbital)
    page.company.notes.pencil.click()
    page.company.notes.keep()
    assert desk.toasts == []


def test_next_and_previous_follow_the_list(
    book: Book, orbital: CompanyId, open_page: Open, session: Session
) -> None:
    first = a_company(book, "Fernway")
    page = open_page()
    page.open_company(orbital)
    assert not page.company.next.isEnabled()
    page.company.previous.click()
    assert page.record == first
    session.actions[Act.NEXT].trigger()
    assert page.record == orbital


def test_j_and_k_on_the_page_step_through_the_list(
    book: Book, orbital: CompanyId, open_page: Open, qtbot: QtBot
) -> None:
    first = a_company(book, "Fernway")
    page = open_page()
    page.open_company(first)
    page.company.setFocus()
    qtbot.keyClick(page.company, Qt.Key.Key_J)
    assert page.record == orbital
    qtbot.keyClick(page.company, Qt.Key.Key_K)
    assert page.record == first


def test_someone_snoozed_is_not_said_to_be_back_on_the_day_they_were_due(
    book: Book, orbital: CompanyId, open_page: Open
) -> None:
    page = open_page()
    page.open_company(orbital)
    ada = PersonId(page.company.people.grid.cards[0].person.id)
    checkins.snooze(book, [ada], TODAY + timedelta(days=20), today=TODAY)
    assert page.company.people.grid.cards[0].accessibleName().endswith(". Snoozed")


def test_esc_goes_back_to_the_row_in_the_list(
    book: Book, orbital: CompanyId, open_page: Open, desk: Desk, qtbot: QtBot
) -> None:
    a_company(book, "Fernway")
    page = open_page()
    page.open_company(orbital)
    page.company.people.grid.focus(0)
    qtbot.keyClick(page.company.people.grid.cards[0], Qt.Key.Key_Escape)
    assert desk.places[-1] == Place("companies")
    assert page.listing.view.current_id == orbital


def test_a_company_that_is_gone_gives_way_to_the_list(
    book: Book, orbital: CompanyId, open_page: Open, desk: Desk
) -> None:
    page = open_page()
    page.open_company(orbital)
    companies.delete(book, [orbital], today=TODAY)
    assert page.record is None
    assert desk.errors == []


def test_add_person_names_the_company(book: Book, orbital: CompanyId, open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    page.open_company(orbital)
    with qtbot.waitSignal(page.add_person_requested) as heard:
        page.company.people.add.click()
    assert heard.args == ["Orbital Labs"]


def test_of_many_people_sixty_show_until_asked(book: Book, open_page: Open, qtbot: QtBot) -> None:
    everyone = 2 * SHOWN + 9
    for number in range(everyone):
        a_person(book, f"Person {number:03}", company="Globex")
    page = open_page()
    page.open_company(page.listing.ids[0])
    people = page.company.people
    assert len(people.grid.cards) == SHOWN
    first = people.grid.cards[0]
    assert people.more.label == f"Show all {everyone}"
    people.more.click()
    qtbot.waitUntil(lambda: len(people.grid.cards) == everyone)
    assert not people.more.isVisible()
    assert people.grid.cards[0] is first


def test_of_many_touches_a_few_show_until_asked(
    book: Book, orbital: CompanyId, open_page: Open, qtbot: QtBot
) -> None:
    page = open_page()
    page.open_company(orbital)
    person = PersonId(page.company.people.grid.cards[0].person.id)
    for back in range(TOUCHES_SHOWN + 3):
        a_touch(book, person, on=TODAY - timedelta(days=back))
    touches = page.company.touches

    def shown() -> int:
        return len([one for one in touches.findChildren(TimelineEntry) if not one.isHidden()])

    qtbot.waitUntil(lambda: shown() == TOUCHES_SHOWN)
    touches.more.click()
    qtbot.waitUntil(lambda: shown() == TOUCHES_SHOWN + 4)


def test_every_control_of_the_page_has_a_name(book: Book, orbital: CompanyId, open_page: Open) -> None:
    page = open_page()
    page.open_company(orbital)
    for widget in page.company.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            found = QAccessible.queryAccessibleInterface(widget)
            assert found.text(QAccessible.Text.Name), widget


@pytest.mark.parametrize(("scale", "width"), [(1.0, 1180), (1.0, 700), (1.5, 964), (2.0, 640)])
def test_nothing_is_cut_off_when_it_reflows(
    book: Book,
    orbital: CompanyId,
    open_page: Open,
    window: QWidget,
    dress: Callable[[Look], None],
    scale: float,
    width: int,
) -> None:
    dress(Look("light", scale, reduce_motion=True))
    page = open_page()
    page.open_company(orbital)
    # From wide to narrow, as a user drags the window's edge.
    window.resize(1500, 800)
    window.resize(width, 800)
    assert window.width() == width
    view = page.company._scroll.viewport()
    for part in (page.company.head.log, page.company.head.more, *page.company.people.grid.cards):
        left = part.mapTo(view, QPoint(0, 0)).x()
        assert left >= 0
        assert left + part.width() <= view.width(), part


def test_labels_are_plain(book: Book, orbital: CompanyId, open_page: Open) -> None:
    page = open_page()
    page.open_company(orbital)
    for label in page.findChildren(PlainLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
