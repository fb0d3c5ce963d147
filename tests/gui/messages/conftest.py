"""A book and a session for a dialog."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm.app.books import Book
from crm.gui.session import Session
from tests.gui.checkins.desk import Desk, a_session


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Return a window to hold the dialog."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def session(book: Book, window: QWidget) -> Session:
    """Return a session of the book."""
    return a_session(Desk(book), window)
