"""Best way in on the page of a company: who leads there, asking, and where an introduction stands."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm.app import introductions, plans
from crm.app.books import Book
from crm.domain.introduction import IntroductionState
from crm.domain.person import PersonId
from crm.gui.companies.ways import AskDialog, WaysCard
from crm.gui.session import Place
from crm.gui.widgets.buttons import Button, ElidedLink
from crm.gui.window import Window
from tests.builders import TODAY, a_company, a_person
from tests.gui.windows import Desk, settle, words_of


@pytest.fixture
def there(book: Book) -> PersonId:
    return a_person(book, "Zoë <b>There</b>", company="Halden")


@pytest.fixture
def window(desk: Desk, book: Book, there: PersonId) -> Window:
    a_person(book, "Pia Pupil", introduced_by=there)
    window = desk.open(book)
    window.go(Place("companies", 1))
    settle()
    return window


def ways(window: Window) -> WaysCard:
    settle()
    found = window.current_page().findChild(WaysCard)
    assert isinstance(found, WaysCard)
    return found


def test_who_leads_there_is_listed_in_plain_text_and_opens(
    window: Window, qtbot: QtBot, there: PersonId
) -> None:
    said = words_of(ways(window))
    assert "Works there now" in said
    assert "Knows Zoë <b>There</b>" in said
    first = ways(window).findChildren(ElidedLink)[0]
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert window.here == Place("people", int(there))


def test_asking_makes_a_step_and_its_state_is_kept(
    window: Window, book: Book, qtbot: QtBot, there: PersonId
) -> None:
    (ask,) = [one for one in ways(window).findChildren(Button) if one.label == "Ask for an introduction"]
    qtbot.mouseClick(ask, Qt.MouseButton.LeftButton)
    dialog = window.findChild(AskDialog)
    assert dialog is not None
    assert dialog.to.text() == "Zoë <b>There</b>"
    (add,) = [one for one in dialog.findChildren(Button) if one.label == "Add the step"]
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    settle()
    (made,) = introductions.introductions(book)
    assert made.draft.to == there
    (step,) = plans.due(book, today=TODAY)
    assert step.title == "Ask Pia Pupil to introduce me to Zoë <b>There</b> at Halden"
    ways(window).moved.emit(int(made.id), IntroductionState.AGREED.value)
    assert "Agreed" in words_of(ways(window))
    window.undo()
    assert "Asked" in words_of(ways(window))


def test_a_company_without_anybody_says_what_to_do(desk: Desk, book: Book) -> None:
    company = a_company(book, "Nowhere")
    window = desk.open(book)
    window.go(Place("companies", int(company)))
    assert "You know no one here yet." in words_of(ways(window))
    (link,) = [one for one in ways(window).findChildren(Button) if one.label == "See events"]
    link.click()
    assert window.here == Place("events")


def test_similar_names_stand_behind_a_link_and_lead_there(window: Window, book: Book) -> None:
    other = a_company(book, "Haldem")
    a_company(book, "Halden AG")
    window.go(Place("companies", 1))
    assert "Haldem" not in words_of(ways(window))
    (link,) = [one for one in ways(window).findChildren(Button) if one.label.endswith("a similar name")]
    link.click()
    (name,) = [one for one in ways(window).findChildren(Button) if one.label == "Haldem"]
    name.click()
    assert window.here == Place("companies", int(other))
