"""The suggested plan in the window: looked over, changed, started, taken back."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm.app import planning, preferences
from crm.app.books import Book
from crm.domain.cadence import Interval, Unit
from crm.gui.planning.page import SHOWN, PlanPage
from crm.gui.planning.pick_line import PickLine
from crm.gui.session import Place
from crm.gui.widgets.fields import CheckBox, Select
from crm.gui.window import Window
from tests.builders import TODAY, a_person, dump
from tests.gui.windows import Desk, settle

PEOPLE = 30


@pytest.fixture
def window(desk: Desk, book: Book) -> Window:
    for number in range(PEOPLE):
        a_person(book, f"Person {number:02}", title="Recruiter", company=f"Firm {number}")
    return desk.open(book)


def page_of(window: Window) -> PlanPage:
    window.go(Place("planning"))
    settle()
    page = window.current_page()
    assert isinstance(page, PlanPage)
    return page


def lines(page: PlanPage) -> list[PickLine]:
    return [row for row in page._card.rows if isinstance(row, PickLine)]


def test_a_plan_starts_as_it_stands_and_is_one_step_back(window: Window, book: Book, qtbot: QtBot) -> None:
    page = page_of(window)
    before = dump(book)
    first, second = lines(page)[:2]
    qtbot.mouseClick(first.findChild(CheckBox), Qt.MouseButton.LeftButton)
    often = second.findChild(Select)
    often.choose(Interval(1, Unit.YEAR))
    often.activated.emit(often.currentIndex())
    kept = {int(one.person): one for one in page.choices()}
    assert len(kept) == PEOPLE - 1
    qtbot.mouseClick(page._start, Qt.MouseButton.LeftButton)
    settle()
    assert window.here.page == "today"
    outlook = planning.outlook(book, today=TODAY)
    assert outlook.needed == pytest.approx(28 * 7 / 42 + 7 / kept[second.key].every.days())
    window.undo()
    assert dump(book) == before


def test_more_a_week_picks_more_and_shows_it(desk: Desk, book: Book) -> None:
    for number in range(60):
        a_person(book, f"Person {number:02}", title="Recruiter", company=f"Firm {number}")
    page = page_of(desk.open(book))
    few = len(page.choices())
    page._paces.chosen.emit("12")
    settle()
    assert len(page.choices()) > few
    assert preferences.get(book).per_week == 5, "nothing is saved before the plan starts"


def test_the_rest_of_the_picks_is_behind_a_link(window: Window, qtbot: QtBot) -> None:
    page = page_of(window)
    assert len(lines(page)) == SHOWN
    qtbot.mouseClick(page._more, Qt.MouseButton.LeftButton)
    assert len(lines(page)) == PEOPLE
    assert page._more.isHidden()


def test_what_was_chosen_stays_when_the_book_changes(window: Window, book: Book, qtbot: QtBot) -> None:
    page = page_of(window)
    out = lines(page)[0]
    key = out.key
    qtbot.mouseClick(out.findChild(CheckBox), Qt.MouseButton.LeftButton)
    a_person(book, "Somebody else")
    settle()
    assert key not in {int(one.person) for one in page.choices()}


def test_a_full_week_says_so_and_offers_more(desk: Desk, book: Book) -> None:
    for number in range(10):
        a_person(book, f"Planned {number}", every="1 week")
    a_person(book, "Rae", title="Recruiter", company="Orbital")
    page = page_of(desk.open(book))
    assert "10 a week already" in page._lead.text()
    assert page._foot.isHidden()
    page._paces.chosen.emit("12")
    settle()
    assert [line.pick.row.name for line in lines(page)] == ["Rae"]


def test_nobody_to_suggest_leads_to_the_people(desk: Desk, book: Book, qtbot: QtBot) -> None:
    a_person(book, "Ada")
    window = desk.open(book)
    page = page_of(window)
    assert page._nobody.isVisible()
    qtbot.mouseClick(page._people, Qt.MouseButton.LeftButton)
    assert window.here == Place("people", show="no_plan")


def test_the_import_ends_with_the_plan(desk: Desk, book: Book) -> None:
    a_person(book, "Rae", title="Recruiter", company="Orbital")
    window = desk.open(book)
    window.go(Place("importing"))
    window.current_page().done._plan.click()  # type: ignore[union-attr]
    settle()
    shown = window.current_page()
    assert isinstance(shown, PlanPage)
    assert [line.pick.row.name for line in lines(shown)] == ["Rae"]
