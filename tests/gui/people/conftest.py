"""The room of people in a whole window, on a book with a handful of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from crm.app.books import Book
from crm.domain.person import PersonId
from crm.gui.people.page import PeoplePage
from crm.gui.session import Place
from crm.gui.window import Window
from tests.builders import TODAY, a_person, a_touch
from tests.gui.windows import Desk

Show = Callable[..., PeoplePage]


@pytest.fixture
def ada(book: Book) -> PersonId:
    """Return Ada, who is overdue; the book holds three more."""
    ada = a_person(
        book, "Ada Lovelace", company="Orbital Labs", title="Director", email="ada@orbital.example",
        phone="+351 21 555 0100", every="6 weeks", tags=("Mentor",),
    )  # fmt: skip
    a_person(book, "Ben Okri", company="Orbital Labs")
    a_person(book, "Cleo Nile", company="Fernway", starred=True)
    a_person(book, "Zoë Ångström")
    a_touch(book, ada, on=TODAY - timedelta(days=70), note="the engine")
    return ada


@pytest.fixture
def window(desk: Desk, book: Book, ada: PersonId) -> Window:
    """Return a window on that book."""
    return desk.open(book)


@pytest.fixture
def page(window: Window) -> PeoplePage:
    """Return the room of people, as it is gone to from the sidebar."""
    window.go(Place("people"))
    shown = window.current_page()
    assert isinstance(shown, PeoplePage)
    return shown
