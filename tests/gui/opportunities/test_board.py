"""The board: filtered without losing anything, its cards in the user's own order."""

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from crm.app import opportunities, plans
from crm.app.books import Book
from crm.domain.opportunity import Ending, OpportunityDraft, OpportunityId, Stage
from crm.gui.opportunities.column import CardList
from crm.gui.opportunities.page import OpportunitiesPage
from tests.builders import TODAY
from tests.gui.opportunities.conftest import Open, window_of
from tests.gui.opportunities.test_page import cards, menu_item
from tests.gui.windows import settle, words_of


def add(book: Book, *titles: str) -> list[OpportunityId]:
    return [opportunities.add(book, OpportunityDraft(one, f"{one} Labs"), today=TODAY) for one in titles]


def counts(page: OpportunitiesPage) -> list[int]:
    return [len(cards(page, stage)) for stage in Stage]


def drop(column: CardList, card: int, spot: QPointF) -> None:
    data = QMimeData()
    data.setData("application/x-keepwarm-opportunity", str(card).encode())
    event = QDropEvent(
        spot, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    column.dropEvent(event)
    settle()


def test_words_company_ending_and_idleness_filter_board_and_table(open_page: Open, book: Book) -> None:
    one, two, _three = add(book, "Analyst", "Buyer", "Curator")
    opportunities.move(book, one, Stage.CLOSED, today=TODAY, ending=Ending.WITHDREW)
    plans.add_step(book, two, "Call", TODAY, today=TODAY)
    page = open_page()
    page.focus_filter()
    bar = page.filters
    assert bar.idle.accessibleName() == "No next step, 1"
    bar.field.search("buy")
    assert counts(page) == [1, 0, 0, 0, 0]
    assert list(page.table.model.ids) == [two]
    bar.field.search("")
    bar.stages.choose(Ending.WITHDREW)
    bar.stages.chosen.emit(Ending.WITHDREW)
    assert counts(page) == [0, 0, 0, 0, 1]
    assert [stage for stage, column in page.board.columns.items() if column.isVisible()] == [Stage.CLOSED]
    bar.idle.click()
    assert "Nothing fits this filter" in words_of(page)
    page._unmatched.click()
    assert counts(page) == [2, 0, 0, 0, 1]
    bar.companies.choose(page._rows[two].company_id)
    bar.companies.chosen.emit(None)
    assert counts(page) == [1, 0, 0, 0, 0]
    page.filter.click()
    assert counts(page) == [2, 0, 0, 0, 1]
    assert not bar.isVisible()


def test_cards_change_places_by_keys_menu_and_drag(open_page: Open, book: Book, qtbot: QtBot) -> None:
    one, two, three = add(book, "One", "Two", "Three")
    page = open_page()
    column = page.board.columns[Stage.SAVED].cards
    page.board.choose(three, focus=True)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(column, Qt.Key.Key_Up, both)
    settle()
    assert cards(page, Stage.SAVED) == [one, three, two]
    assert page.board.current == three
    qtbot.keyClick(column, Qt.Key.Key_Up, both)
    qtbot.keyClick(column, Qt.Key.Key_Up, both)
    settle()
    assert cards(page, Stage.SAVED) == [three, one, two]
    page.board.menu_requested.emit(three, page.mapToGlobal(page.rect().center()))
    menu_item(page, "Move down")
    settle()
    assert cards(page, Stage.SAVED) == [one, three, two]
    first = column.visualRect(column.model().index(0, 0))
    drop(column, two, QPointF(first.center().x(), first.top() + 5))
    assert cards(page, Stage.SAVED) == [two, one, three]
    drop(column, two, QPointF(5, column.viewport().height() - 5))
    assert cards(page, Stage.SAVED) == [one, three, two]
    window_of(page).undo()
    settle()
    assert cards(page, Stage.SAVED) == [two, one, three]


def test_under_a_filter_a_card_passes_the_one_that_shows(open_page: Open, book: Book) -> None:
    one, two, three = add(book, "Head one", "Two", "Head three")
    page = open_page()
    page.focus_filter()
    page.filters.field.search("head")
    page.board.choose(three)
    page.put(-1)
    settle()
    assert cards(page, Stage.SAVED) == [three, one]
    page.filters.clear()
    assert cards(page, Stage.SAVED) == [three, one, two]
