"""A book, a session, and the page Interviews & lessons in a window."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm.app.books import Book
from crm.gui.lessons.page import LessonsPage
from crm.gui.session import Session
from tests.gui.checkins.desk import Desk, a_session


@pytest.fixture
def desk(book: Book) -> Desk:
    """Return services that remember."""
    return Desk(book)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Return a window to hold the page."""
    made = QWidget()
    made.resize(1100, 800)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def session(desk: Desk, window: QWidget) -> Session:
    """Return a session of the book."""
    return a_session(desk, window)


@pytest.fixture
def show_page(session: Session, window: QWidget, qtbot: QtBot) -> Callable[[str], LessonsPage]:
    """Return a function that opens the page at one of its parts, on the book as it is then."""

    def show(part: str) -> LessonsPage:
        page = LessonsPage(session, window)
        page.setGeometry(window.rect())
        page.show()
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        page.tabs.choose(part)
        return page

    return show
