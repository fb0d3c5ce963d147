"""What tests of the window get: the look of 100 %, light, reduced motion, whatever a test before them chose."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm.gui import theme
from crm.gui.theme import Look

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
