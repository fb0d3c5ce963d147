"""Too much on one day: as many as the user set, the rest below, and one button that spreads it out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm.app import planning, preferences
from crm.app import today as app
from crm.app.books import Book
from crm.domain.workdays import Quiet
from crm.gui.actions import Act
from crm.gui.checkins.away import AwayDialog
from crm.gui.session import Place
from crm.gui.today.page import TodayPage
from crm.gui.widgets.pill import Pill
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
        a_touch(book, a_person(book, name, every="30 days"))
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
    dialog.day.set_value(TODAY)
    dialog._on_take_clicked()
    assert preferences.get(book).quiet == ()
    until = TODAY + timedelta(weeks=3)
    dialog.day.set_value(until)
    dialog._on_take_clicked()
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


def test_the_week_has_a_cap_too(book: Book, show_page: Show) -> None:
    late(book, 2)
    monday = TODAY
    preferences.save(book, replace(preferences.get(book), per_week=2), today=TODAY)
    for name in ("One", "Two"):
        a_touch(book, a_person(book, name, every="30 days", today=TODAY - timedelta(days=90)), on=monday)
    page = show_page()
    page._session.services.today = TODAY + timedelta(days=1)  # type: ignore[attr-defined]
    page.refresh()
    assert page._check_ins._done._title.text() == "That’s enough for this week."
    assert len(page._check_ins.also.rows) == 2


def test_what_may_wait_is_never_red(book: Book, show_page: Show) -> None:
    late(book, 5)
    page = show_page()
    assert {pill._tag.tone for pill in page._check_ins.also.findChildren(Pill)} == {"neutral"}
    assert {pill._tag.tone for pill in page._check_ins.card.findChildren(Pill)} == {"bad"}


def test_overdue_check_ins_are_rescheduled_from_the_head_of_the_list(
    book: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    late(book, 5)
    window = Desk(tmp_path, qtbot).open(book)
    page = page_of(window)
    page._check_ins.reschedule.click()
    settle()
    assert app.agenda(book, today=TODAY).overdue == 0
    assert not page._check_ins.reschedule.isVisible()


def test_while_away_nothing_is_asked_until_one_is_back(book: Book, show_page: Show) -> None:
    late(book, 12)
    until = TODAY + timedelta(days=9)
    preferences.save(book, replace(preferences.get(book), quiet=(Quiet(TODAY, until),)), today=TODAY)
    page = show_page()
    assert page.isAncestorOf(page._check_ins._free)
    assert page._check_ins._free._title.text() == "You keep the days free until Wednesday 11 March."
    assert page._check_ins._free._body.text() == "Check-ins wait until you’re back."
    assert not page._overload.isVisible()
    assert not page._check_ins.also.isVisible()
    assert app.asked(book, today=TODAY) == 0
    page._check_ins.back.click()
    assert preferences.get(book).quiet == ()
    assert len(page._check_ins.card.rows) == 3
    assert app.asked(book, today=TODAY) == 3


def test_a_day_off_asks_for_nobody(book: Book, show_page: Show) -> None:
    late(book, 1)
    page = show_page()
    page._session.services.today = TODAY + timedelta(days=5)  # type: ignore[attr-defined]
    page.refresh()
    assert page._check_ins._free._title.text() == "You keep Saturdays free."
    assert page._check_ins._free._body.text() == "1 more could do with a word, if you like."
    assert not page._check_ins.back.isVisible()
