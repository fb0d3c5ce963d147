"""Too much on one day: as many as the user set, the rest below, and one button that spreads it out."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm.app import planning, preferences
from crm.app import today as app
from crm.app.books import Book
from crm.gui.actions import Act
from crm.gui.checkins.away import AwayDialog
from crm.gui.session import Place
from crm.gui.today.page import TodayPage
from crm.gui.window import Window
from tests.builders import TODAY, a_person, a_touch
from tests.gui.windows import Desk, settle

Show = Callable[[], TodayPage]


def late(book: Book, count: int) -> None:
    for number in range(count):
        a_person(book, f"Late {number}", every="30 days", today=TODAY - timedelta(days=90))


def page_of(window: Window) -> TodayPage:
    settle()
    page = window.current_page()
    assert isinstance(page, TodayPage)
    return page


def test_more_than_eight_overdue_are_offered_to_be_spread_out(
    book: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    late(book, 12)
    window = Desk(tmp_path, qtbot).open(book)
    page = page_of(window)
    assert page._overload._text.text() == "12 check-ins are overdue. Spread them over the next 3 weeks?"
    qtbot.mouseClick(page._overload._action, Qt.MouseButton.LeftButton)
    settle()
    assert app.agenda(book, today=TODAY).overdue == 0
    assert not page._overload.isVisible()
    window.undo()
    settle()
    assert app.agenda(book, today=TODAY).overdue == 12


def test_not_now_holds_for_the_day(book: Book, show_page: Show) -> None:
    late(book, 9)
    page = show_page()
    assert page._overload.isVisible()
    page._overload._close.click()
    page.refresh()
    assert not page._overload.isVisible()


def test_few_overdue_are_no_overload(book: Book, show_page: Show) -> None:
    late(book, 8)
    assert not show_page()._overload.isVisible()


def test_once_the_day_is_done_the_rest_is_no_duty(book: Book, show_page: Show) -> None:
    late(book, 5)
    for name in ("One", "Two", "Three"):
        a_touch(book, a_person(book, name))
    page = show_page()
    assert page._check_ins.card.rows == ()
    assert page._check_ins._done.isVisible()
    assert page._check_ins._done._body.text() == "5 more could do with a word, if you like."
    assert len(page._check_ins.also.rows) == 5
    assert page.primary_focus() is page._check_ins.also.line


def test_time_away_is_said_in_ones_own_words(book: Book, tmp_path: Path, qtbot: QtBot) -> None:
    a_person(book, "Soon", every="1 week")
    window = Desk(tmp_path, qtbot).open(book)
    window.actions_[Act.AWAY].trigger()
    dialog = window.findChild(AwayDialog)
    dialog._day.set_value(TODAY)
    dialog._on_free_clicked()
    assert preferences.get(book).quiet == ()
    until = TODAY + timedelta(weeks=3)
    dialog._day.set_value(until)
    dialog._on_free_clicked()
    assert preferences.get(book).quiet[0].until_on == until
    assert planning.outlook(book, today=TODAY).weeks[0].standing == 0


def test_nothing_overdue_is_said_and_changes_nothing(book: Book, tmp_path: Path, qtbot: QtBot) -> None:
    a_person(book, "Ada")
    window = Desk(tmp_path, qtbot).open(book)
    before = book.next_step(undone=False)
    window.actions_[Act.SPREAD].trigger()
    settle()
    assert book.next_step(undone=False) == before
    window.actions_[Act.MAKE_PLAN].trigger()
    assert window.here == Place("planning")
