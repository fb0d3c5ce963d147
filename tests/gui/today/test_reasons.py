"""Why now on the page: a row without a check-in, what can be done with it, and silencing a reason."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from crm.app import checkins, plans
from crm.app.books import Book
from crm.domain.person import DateKind, ImportantDate, PartialDate, PersonId
from crm.domain.reasons import Rule
from crm.gui.today.check_in_line import CheckInLine
from crm.gui.today.page import TodayPage
from tests.builders import TODAY, a_person, a_touch
from tests.gui.checkins.desk import Desk

Show = Callable[[], TodayPage]


@pytest.fixture
def maya(book: Book) -> PersonId:
    """Add somebody without a plan whose birthday is tomorrow."""
    day = PartialDate(month=3, day=3)
    person = a_person(
        book,
        "Maya",
        email="maya@example.org",
        dates=(ImportantDate(DateKind.BIRTHDAY, day),),
        today=TODAY - timedelta(days=300),
    )
    a_touch(book, person, on=TODAY - timedelta(days=100), note="the platform team")
    plans.add_step(book, None, "Send the article", TODAY, today=TODAY, person=person)
    return person


def only_line(page: TodayPage) -> CheckInLine:
    (line,) = page._check_ins.card.rows
    assert isinstance(line, CheckInLine)
    return line


def test_a_row_gives_every_reason_the_strongest_first(book: Book, maya: PersonId, show_page: Show) -> None:
    page = show_page()
    assert only_line(page).accessibleName() == (
        "Maya. Today. You meant to: Send the article · Birthday tomorrow · last touch 100 days ago: call,"
        " the platform team."
    )
    assert not page._check_ins._no_plan.isVisible()


def test_skipping_a_row_without_a_check_in_lets_its_reasons_go(
    book: Book, desk: Desk, maya: PersonId, show_page: Show
) -> None:
    page = show_page()
    page.primary_focus().setFocus()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_S)
    assert desk.toasts == ["No check-in is planned with Maya yet. Skip lets this reason go."]
    QTest.keyClick(focus, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    assert page._check_ins.card.rows == ()
    assert all(mute.until_on is not None for mute in checkins.muted(book, maya))
    book.undo()
    page.refresh()
    only_line(page)


def test_a_reason_is_silenced_from_the_menu(book: Book, maya: PersonId, show_page: Show) -> None:
    page = show_page()
    only_line(page).more_asked.emit(page.mapToGlobal(page.rect().center()))
    menu = next(one for one in page.findChildren(QMenu) if one.isVisible())
    next(one for one in menu.actions() if one.text() == "No reason for me: Birthday").trigger()
    assert [(mute.rule, mute.until_on) for mute in checkins.muted(book, maya)] == [(Rule.BIRTHDAY, None)]
    assert "Birthday" not in only_line(page).accessibleName()
