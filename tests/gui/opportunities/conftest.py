"""A whole window on a book with a few opportunities."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from crm.app import interviews, opportunities
from crm.app.books import Book
from crm.domain.interview import InterviewDraft
from crm.domain.opportunity import OpportunityDraft, OpportunityId, Role, RolePerson, Stage
from crm.gui.opportunities.page import OpportunitiesPage
from crm.gui.session import Place
from crm.gui.window import Window
from tests.builders import TODAY, a_person
from tests.gui.windows import Desk, settle

Open = Callable[..., OpportunitiesPage]


@pytest.fixture
def analyst(book: Book) -> OpportunityId:
    """Applied for nine days ago; Ada decides there."""
    ada = a_person(book, email="ada@engines.example")
    on = TODAY - timedelta(days=9)
    draft = OpportunityDraft("Analyst", "Orbital Labs", people=(RolePerson(ada, Role.HIRING_MANAGER),))
    return opportunities.add(book, draft, today=on, stage=Stage.APPLIED)


@pytest.fixture
def lead(book: Book) -> OpportunityId:
    """Saved today, a round with Ben in three days."""
    ben = a_person(book, "Ben Okri")
    made = opportunities.add(book, OpportunityDraft("Lead", "Fernway"), today=TODAY)
    interviews.add(book, made, InterviewDraft(TODAY + timedelta(days=3), people=(ben,)), today=TODAY)
    return made


@pytest.fixture
def open_page(desk: Desk, book: Book) -> Open:
    """Return a function that opens the room in a window; a test fills the book first."""

    def show(record: int | None = None) -> OpportunitiesPage:
        a_person(book, "Zoe")
        window = desk.open(book, size=(1440, 900))
        window.go(Place("opportunities", record))
        settle()
        page = window.current_page()
        assert isinstance(page, OpportunitiesPage)
        return page

    return show


def window_of(page: OpportunitiesPage) -> Window:
    window = page.window()
    assert isinstance(window, Window)
    return window
