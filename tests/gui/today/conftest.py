"""A book, a session of it, and the page Today in a window of the usual size."""

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm.app.books import Book
from crm.gui.session import Session
from crm.gui.today.page import TodayPage
from tests.gui.checkins.desk import Desk, a_session


@pytest.fixture
def desk(book: Book) -> Desk:
    """Return services that remember."""
    return Desk(book)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Return a window to hold the page."""
    made = QWidget()
    made.resize(1280, 900)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def session(desk: Desk, window: QWidget) -> Session:
    """Return a session of the book."""
    return a_session(desk, window)


@pytest.fixture
def show_page(session: Session, window: QWidget, qtbot: QtBot) -> Callable[[], TodayPage]:
    """Return a function that opens the page on the book as it is then."""

    def show() -> TodayPage:
        page = TodayPage(session, window, clock=lambda: datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001 - the user's own clock
        page.setGeometry(window.rect())
        page.show()
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return page

    return show
