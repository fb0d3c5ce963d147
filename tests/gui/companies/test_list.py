"""The list of companies: filter, chips, sort, rows, empty states, the keyboard."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from crm.app import history, importing, opportunities
from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.changes import Op
from crm.domain.company import CompanyDraft
from crm.domain.opportunity import OpportunityDraft
from crm.domain.query import CompanySort
from crm.gui.actions import Act
from crm.gui.companies.listing import CompanyList
from crm.gui.companies.page import CompaniesPage
from crm.gui.session import Place, Session
from crm.store import companies as rows
from tests.builders import TODAY, a_company, a_person, a_touch
from tests.gui.checkins.desk import Desk
from tests.gui.windows import words_of

Open = Callable[[], CompaniesPage]
HOSTILE = "<img src=x onerror=alert(1)> & <b>Co</b>\u202egnp.exe"


@pytest.fixture
def filled(book: Book) -> Book:
    """Three companies: one with two people, one target without anybody, one more."""
    ada = a_person(book, "Ada Lovelace", company="Orbital Labs")
    a_person(book, "Ben Okri", company="Orbital Labs")
    a_person(book, "Cleo Nile", company="Fernway")
    a_company(book, "Kestrel Analytics", target=True, industry="Data")
    a_touch(book, ada, on=TODAY - timedelta(days=12))
    return book


def names(page: CompaniesPage) -> list[str]:
    """Return the names listed, in their order."""
    model = page.listing.model
    found = [model.row_at(at) for at in range(model.rowCount())]
    return [row.name for row in found if row is not None]


def said(page: CompaniesPage, at: int) -> str:
    """Return what a screen reader says of a row."""
    model = page.listing.model
    return str(model.data(model.index(at, 0), Qt.ItemDataRole.AccessibleTextRole))


def type_into(qtbot: QtBot, page: CompaniesPage, words: str) -> None:
    page.listing.filter.setFocus()
    qtbot.keyClicks(page.listing.filter, words)
    qtbot.keyClick(page.listing.filter, Qt.Key.Key_Return)


def menus_of(widget: QWidget) -> Iterator[QMenu]:
    yield from (menu for menu in widget.findChildren(QMenu) if menu.isVisible())


def test_companies_are_listed_by_name_with_their_number(filled: Book, open_page: Open) -> None:
    page = open_page()
    assert names(page) == ["Fernway", "Kestrel Analytics", "Orbital Labs"]
    assert page.listing._count.text() == "3"
    assert page.title() == "Companies"


def test_a_row_is_said_as_one_sentence(filled: Book, open_page: Open) -> None:
    page = open_page()
    assert said(page, 2) == "Orbital Labs. 2 people. Last touch 12 days ago."
    assert said(page, 1) == "Kestrel Analytics, target company, Data. Nobody yet. No touch yet."


def test_the_filter_narrows_and_esc_widens(filled: Book, open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    type_into(qtbot, page, "orb")
    assert names(page) == ["Orbital Labs"]
    qtbot.keyClick(page.listing.filter, Qt.Key.Key_Escape)
    assert len(names(page)) == 3


def test_chips_count_and_choose(filled: Book, open_page: Open) -> None:
    page = open_page()
    chips = page.listing.chips
    assert [chips.chip(key).accessibleName() for key in ("all", "target", "empty")] == [
        "All, 3",
        "Target, 1",
        "Nobody yet, 1",
    ]
    chips.chip("target").click()
    assert names(page) == ["Kestrel Analytics"]
    chips.chip("all").click()
    assert len(names(page)) == 3


def test_the_window_can_ask_for_a_chip(filled: Book, open_page: Open) -> None:
    page = open_page()
    page.show_only("target")
    assert names(page) == ["Kestrel Analytics"]
    assert page.listing.chips.current == "target"


def test_sorting_by_people_begins_with_the_most(filled: Book, open_page: Open) -> None:
    page = open_page()
    page.listing.sort(CompanySort.PEOPLE)
    assert names(page)[0] == "Orbital Labs"
    assert page.listing.sorting.accessibleName() == "Sort: People"
    page.listing.sort(CompanySort.LAST_TOUCH)
    assert names(page)[0] == "Orbital Labs"


def test_nothing_that_matches_offers_to_add_it(filled: Book, open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    type_into(qtbot, page, "zeb")
    assert not page.listing.view.isVisible()
    assert page.listing._add_typed.label == "Add “zeb”"
    page.listing._on_clear_clicked()
    assert page.listing.view.isVisible()
    assert page.listing.filter.text() == ""


def test_targets_without_anybody_and_companies_with_openings_have_chips(
    filled: Book, open_page: Open
) -> None:
    opportunities.add(filled, OpportunityDraft("Analyst", "Fernway"), today=TODAY)
    page = open_page()
    for key, expected in (("target_empty", ["Kestrel Analytics"]), ("openings", ["Fernway"])):
        chip = page.listing.chips.chip(key)
        assert chip.accessibleName().endswith(", 1")
        chip.click()
        assert names(page) == expected


def test_after_an_import_the_company_with_most_people_is_named_once(
    filled: Book, open_page: Open, desk: Desk, tmp_path: Path, session: Session
) -> None:
    page = open_page()
    assert not page.listing.aha.isVisible()
    cards = tmp_path / "cards.vcf"
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nORG:<b>Zuse</b>\nEND:VCARD\n"
    cards.write_text("".join(card.format(name=name) for name in ("Ira Ek", "Jo Berg", "Ka Dahl")), "utf-8")
    plan = importing.plan(filled, importing.read_files((cards,), Progress()), Progress(), today=TODAY)
    importing.apply(filled, plan, Progress(), today=TODAY)
    page.refresh()
    assert "You know 3 people at <b>Zuse</b>." in words_of(page.listing.aha)
    page.refresh()
    assert page.listing.aha.isVisible()
    again = CompanyList(session, page)
    again.refresh()
    assert again.aha.isHidden()
    page.listing.aha.acted.emit()
    assert page.title().startswith("<b>Zuse</b>")
    assert not page.listing.aha.isVisible()


def test_an_empty_book_says_so_and_offers_to_add(open_page: Open) -> None:
    page = open_page()
    assert page.listing._none.isVisible()
    assert not page.listing.view.isVisible()


def test_enter_and_a_click_open_a_company(
    filled: Book, open_page: Open, desk: Desk, qtbot: QtBot, window: QWidget
) -> None:
    page = open_page()
    view = page.listing.view
    qtbot.keyClick(view, Qt.Key.Key_J)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert page.title() == "Kestrel Analytics – Companies"
    qtbot.keyClick(page.company, Qt.Key.Key_Escape)
    assert page.record is None
    assert desk.places[-1] == Place("companies")
    spot = view.visualRect(page.listing.model.index(2, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert page.title() == "Orbital Labs – Companies"


def test_a_click_with_ctrl_selects_and_opens_nothing(filled: Book, open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    view = page.listing.view
    page.listing.view.choose(page.listing.ids[0])
    spot = view.visualRect(page.listing.model.index(2, 0)).center()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, control, spot)
    assert page.record is None
    assert len(page.listing.selected) == 2


def test_t_makes_those_selected_targets_and_back(filled: Book, open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    page.listing.view.choose(page.listing.ids[0])
    qtbot.keyClick(page.listing.view, Qt.Key.Key_T)
    assert said(page, 0).startswith("Fernway, target company")
    assert page.listing.chips.chip("target").accessibleName() == "Target, 2"
    qtbot.keyClick(page.listing.view, Qt.Key.Key_T)
    assert said(page, 0).startswith("Fernway. ")


def test_letters_are_letters_in_the_filter(filled: Book, open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    before = history.entries(filled)
    type_into(qtbot, page, "t12")
    assert page.listing.filter.text() == "t12"
    assert history.entries(filled) == before


def test_del_deletes_and_undo_brings_back(
    filled: Book, open_page: Open, desk: Desk, session: Session, qtbot: QtBot
) -> None:
    page = open_page()
    page.listing.view.choose(page.listing.ids[0])
    session.actions[Act.DELETE].trigger()
    assert names(page) == ["Kestrel Analytics", "Orbital Labs"]
    assert desk.toasts == ["Deleted Fernway."]
    history.undo(filled)
    assert len(names(page)) == 3


def test_slash_goes_to_the_filter_and_down_to_the_list(
    filled: Book, open_page: Open, session: Session, qtbot: QtBot
) -> None:
    page = open_page()
    session.actions[Act.FILTER].trigger()
    assert page.listing.filter.hasFocus()
    qtbot.keyClick(page.listing.filter, Qt.Key.Key_Down)
    assert page.listing.view.hasFocus()


def test_a_letter_goes_to_the_company_of_that_beginning(filled: Book, open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    qtbot.keyClick(page.listing.view, Qt.Key.Key_O)
    assert page.listing.view.current_id == page.listing.ids[2]


def test_what_another_room_writes_shows_and_keeps_the_row(filled: Book, open_page: Open) -> None:
    page = open_page()
    page.listing.view.choose(page.listing.ids[2])
    a_company(filled, "Aardvark")
    assert names(page)[0] == "Aardvark"
    assert page.listing.view.current_id == page.listing.ids[3]


def test_a_hidden_page_catches_up_when_it_shows(filled: Book, open_page: Open) -> None:
    page = open_page()
    page.hide()
    a_company(filled, "Aardvark")
    assert len(page.listing.ids) == 3
    page.show()
    assert len(page.listing.ids) == 4


def test_hostile_names_are_shown_letter_by_letter(book: Book, open_page: Open) -> None:
    a_company(book, HOSTILE)
    page = open_page()
    assert "<img src=x onerror=alert(1)>" in said(page, 0)
    page.open_company(page.listing.ids[0])
    assert page.company.head._name.text().startswith("<img src=x onerror=alert(1)> & <b>Co</b>")
    assert page.company.head._name.textFormat() is Qt.TextFormat.PlainText
    assert "\u202e" not in page.company.head._name.text()


def test_the_menu_of_a_row_names_its_verbs(filled: Book, open_page: Open) -> None:
    page = open_page()
    page._on_menu_requested(page.listing.ids[0], QPoint(10, 10))
    menu = next(menus_of(page))
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert words == ["Open", "Target company, or no longer", "Edit…", "Merge with…", "Delete"]
    menu.close()


def test_ten_thousand_companies_open_and_scroll(book: Book, open_page: Open, qtbot: QtBot) -> None:
    with book.write(Op.IMPORT) as session:
        for number in range(10_000):
            rows.insert(session, CompanyDraft(f"Company {number:05}"))
    page = open_page()
    assert len(page.listing.ids) == 10_000
    assert page.listing._count.text() == "10,000"
    qtbot.keyClick(page.listing.view, Qt.Key.Key_End)
    qtbot.keyClick(page.listing.view, Qt.Key.Key_Return)
    assert page.title() == "Company 09999 – Companies"
    assert not page.company.next.isEnabled()


def test_every_control_of_the_list_has_a_name(filled: Book, open_page: Open) -> None:
    page = open_page()
    for widget in page.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            found = QAccessible.queryAccessibleInterface(widget)
            assert found.text(QAccessible.Text.Name), widget
