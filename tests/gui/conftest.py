"""What tests of the window get: the look of 100 %, light, reduced motion, whatever a test before them chose."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm.app.books import Book
from crm.gui import theme
from crm.gui.theme import Look
from crm.gui.window import Window
from tests.builders import a_book, a_person
from tests.gui.windows import Desk

USUAL = Look("light", 1.0, high_contrast=False, reduce_motion=True)


@pytest.fixture(scope="session")
def icon_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder for the icons of the style sheet."""
    return tmp_path_factory.mktemp("icons")


@pytest.fixture
def dress(qapp: QApplication, icon_cache: Path) -> Callable[[Look], None]:
    """Return a function that gives the application a look; the next test has the usual one again."""

    def put_on(look: Look) -> None:
        if look != theme.look() or not qapp.styleSheet():
            theme.apply(qapp, look, cache=icon_cache)

    return put_on


@pytest.fixture(autouse=True)
def usual_look(dress: Callable[[Look], None], qapp: QApplication) -> Iterator[None]:
    """Start every test in the usual look, left to right, and close what it left open."""
    dress(USUAL)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    for window in qapp.topLevelWidgets():
        window.close()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Open an empty book, closed after the test."""
    opened = a_book(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Desk:
    """Return what opens whole windows."""
    return Desk(tmp_path, qtbot)


@pytest.fixture
def window(desk: Desk, book: Book) -> Window:
    """Return a window on a book that holds Ada Lovelace."""
    a_person(book)
    return desk.open(book)
