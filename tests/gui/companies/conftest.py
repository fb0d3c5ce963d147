"""A session of a real book, and the page of companies in a window that goes where it is told."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm.app.books import Book
from crm.gui.actions import When
from crm.gui.companies.page import CompaniesPage
from crm.gui.session import Place, Session
from tests.gui.checkins.desk import Desk, a_session


class GoingDesk(Desk):
    """Services that take the page where it asks to go, as the window does."""

    page: CompaniesPage | None = None

    def navigate(self, place: Place) -> None:
        super().navigate(place)
        if self.page is None or place.page != "companies":
            return
        if place.record is None:
            self.page.close_record()
        else:
            self.page.open_company(place.record)
        self.page.primary_focus().setFocus()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Return a window to hold what a test shows."""
    made = QWidget()
    made.resize(1192, 860)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def desk(book: Book) -> Desk:
    """Return services that remember."""
    return GoingDesk(book)


@pytest.fixture
def session(desk: Desk, window: QWidget) -> Session:
    """Return a session of the book."""
    made = a_session(desk, window)
    made.actions.set_state({When.RECORD, When.PERSON, When.CHECK_IN})
    return made


@pytest.fixture
def open_page(
    session: Session, desk: GoingDesk, window: QWidget, qtbot: QtBot
) -> Callable[[], CompaniesPage]:
    """Return a function that shows the page; a test fills the book first."""

    def show() -> CompaniesPage:
        page = desk.page = CompaniesPage(session)
        layout = QVBoxLayout(window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        window.show()
        window.activateWindow()
        page.primary_focus().setFocus()
        qtbot.waitUntil(page.primary_focus().hasFocus)
        return page

    return show
