"""The three hints: told once, at the third time, one at a time, and not to who knows the key."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm.app import checkins, history, touches
from crm.app.books import Book
from crm.domain.touch import TouchDraft, TouchKind
from crm.gui.actions import Act
from crm.gui.frame import Frame
from crm.gui.widgets.banner import Banner
from crm.gui.widgets.buttons import IconButton
from crm.gui.window import Window
from tests.builders import TODAY, a_book, a_person, interval
from tests.gui.windows import USUAL, Desk, nav, saved, settle


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """One person to check in with today."""
    opened = a_book(tmp_path)
    ada = a_person(opened, "Ada")
    checkins.set_every(opened, (ada,), interval("1 day"), today=TODAY)
    touches.log(opened, TouchDraft((ada,), TouchKind.CALL, TODAY.replace(day=1)), today=TODAY)
    yield opened
    opened.close()


def hint(window: Window) -> str:
    settle()
    banner = window.findChild(Frame).hint  # type: ignore[union-attr]
    assert isinstance(banner, Banner)
    return banner._text.text() if banner.isVisible() else ""


def switch(window: Window, *pages: str) -> None:
    for page in pages:
        nav(window, page).click()


def log_by_mouse(window: Window) -> None:
    session = window.session
    assert session is not None
    draft = TouchDraft((1,), TouchKind.CALL, TODAY)  # type: ignore[arg-type]
    session.do(lambda: touches.log(session.book, draft, today=TODAY), session.bus)
    settle()


def dismiss(window: Window) -> None:
    banner = window.findChild(Frame).hint  # type: ignore[union-attr]
    next(one for one in banner.findChildren(IconButton) if one.accessibleName() == "Dismiss").click()


def test_the_third_switch_of_pages_tells_of_the_palette_once(desk: Desk, book: Book) -> None:
    window = desk.open(book)
    switch(window, "people", "people", "companies")
    assert hint(window) == ""
    switch(window, "opportunities")
    assert "Ctrl+K finds" in hint(window)
    switch(window, "people")
    assert "Ctrl+K finds" in hint(window)
    dismiss(window)
    assert hint(window) == ""
    switch(window, "companies", "people", "companies", "people")
    assert hint(window) == ""
    assert saved(desk).hint_palette == -1
    window.close()


def test_who_opens_the_palette_is_not_told_of_it(desk: Desk, book: Book) -> None:
    window = desk.open(book)
    window.actions_[Act.PALETTE].trigger()
    switch(window, "people", "companies", "people", "companies")
    assert hint(window) == ""


def test_the_third_touch_without_the_key_tells_of_it_and_using_it_ends_the_hint(
    desk: Desk, book: Book
) -> None:
    window = desk.open(book)
    for _ in range(2):
        log_by_mouse(window)
    window.undo()
    assert hint(window) == ""
    log_by_mouse(window)
    assert hint(window).startswith("L logs a touch")
    frame = window.findChild(Frame)
    assert frame is not None
    assert frame.toast.isVisible()
    assert frame.toast.geometry().bottom() <= frame.hint.mapTo(frame, frame.hint.rect().topLeft()).y()
    window.actions_[Act.LOG_TOUCH].trigger()
    assert hint(window) == ""


def test_hints_wait_for_one_another(desk: Desk, book: Book) -> None:
    desk.settings = replace(USUAL, hint_palette=2, hint_snooze=2)
    window = desk.open(book)
    switch(window, "people", "today")
    assert "Ctrl+K" in hint(window)
    dismiss(window)
    switch(window, "people", "today")
    assert "S puts a check-in off" in hint(window)


def test_letters_that_are_off_are_not_told(desk: Desk, book: Book) -> None:
    desk.settings = replace(USUAL, single_key_shortcuts=False, hint_log=2)
    window = desk.open(book)
    log_by_mouse(window)
    assert hint(window) == ""
    assert history.can_undo(book) is not None


def test_a_hint_is_dismissed_by_keyboard_and_covers_nothing(desk: Desk, book: Book, qtbot: QtBot) -> None:
    desk.settings = replace(USUAL, hint_palette=2)
    window = desk.open(book)
    switch(window, "people")
    frame = window.findChild(Frame)
    assert frame is not None
    page = window.current_page()
    assert page is not None
    assert (
        page.mapTo(frame, page.rect().bottomLeft()).y()
        <= frame.hint.mapTo(frame, frame.hint.rect().topLeft()).y()
    )
    close = next(one for one in frame.hint.findChildren(IconButton) if one.accessibleName() == "Dismiss")
    close.setFocus(Qt.FocusReason.TabFocusReason)
    assert close.hasFocus()
    qtbot.keyClick(close, Qt.Key.Key_Space)
    assert hint(window) == ""
