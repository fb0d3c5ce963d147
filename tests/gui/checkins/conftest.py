"""A session of a real book, and a window to hold what a test shows."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm.app.books import Book
from crm.gui.session import Session
from tests.gui.checkins.desk import Desk, a_session


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Return a window to hold what a test shows."""
    made = QWidget()
    made.resize(1280, 800)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def desk(book: Book) -> Desk:
    """Return services that remember."""
    return Desk(book)


@pytest.fixture
def session(desk: Desk, window: QWidget) -> Session:
    """Return a session of the book."""
    return a_session(desk, window)
