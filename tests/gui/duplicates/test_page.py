"""The page of duplicates in a whole window: found, side by side, merged with choices, kept apart, undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm.app import companies, duplicates, people
from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.duplicates import Whose
from crm.gui.actions import Act
from crm.gui.duplicates.page import DuplicatesPage
from crm.gui.session import Place
from crm.gui.widgets.side_by_side import ChoiceBox
from crm.gui.window import Window
from tests.builders import TODAY, a_company, a_person, a_touch, dump
from tests.gui.windows import Desk, settle, toast_of, words_of


@pytest.fixture
def window(desk: Desk, book: Book) -> Window:
    robert = a_person(book, "Robert Meyer", company="Orbital", title="Lead", phone="+49 30 5550100")
    a_person(book, "Bob Meyer", company="Orbital", title="Analyst", email="bob@mail.example")
    a_touch(book, robert)
    a_company(book, "Orbital GmbH")
    return desk.open(book)


def opened(window: Window, show: str = "") -> DuplicatesPage:
    if show:
        window.go(Place("duplicates", show=show))
    else:
        window.actions_[Act.DUPLICATES].trigger()
    settle()
    page = window.current_page()
    assert isinstance(page, DuplicatesPage)
    return page


def listed(page: DuplicatesPage) -> list[tuple[str, ...]]:
    return [cluster.names for cluster in page._clusters]


def choose(page: DuplicatesPage, words: str) -> None:
    box = next(one for one in page.pane.findChildren(ChoiceBox) if one.accessibleName().startswith(words))
    box.click()


def test_who_may_be_the_same_is_listed_with_reasons(window: Window) -> None:
    page = opened(window)
    assert listed(page) == [("Robert Meyer", "Bob Meyer")]
    said = words_of(page)
    assert "1 possible duplicate. Nothing is merged until you say so." in said
    assert "Same company, short form of the name" in said
    assert page.pane.merge.label == "Merge into Robert Meyer"


def test_merging_keeps_what_was_chosen_and_undo_restores_every_byte(window: Window, book: Book) -> None:
    before = dump(book)
    page = opened(window)
    choose(page, "Name: Bob")
    choose(page, "Title: Analyst")
    assert page.pane.merge.label == "Merge into Bob Meyer"
    page.pane.merge.click()
    settle()
    assert listed(page) == []
    assert "Nobody in your book looks like somebody else" in words_of(page)
    person = people.resolve(book, "Bob Meyer")
    draft = people.draft(book, person)
    assert [(one.title, one.company) for one in draft.positions] == [("Analyst", "Orbital")]
    assert len(draft.contacts) == 2
    assert "Merged" in toast_of(window)
    window.undo()
    assert dump(book) == before
    assert len(listed(page)) == 1


def test_not_the_same_is_remembered(window: Window, book: Book) -> None:
    page = opened(window)
    page.pane.apart.click()
    settle()
    assert listed(page) == []
    assert duplicates.find(book, Whose.PEOPLE, Progress()) == ()


def test_one_of_three_can_be_excluded(window: Window, book: Book) -> None:
    third = a_person(book, "Robert Meyer", company="Orbital")
    page = opened(window)
    assert len(listed(page)[0]) == 3
    found = page.pane.found
    assert found is not None
    at = next(at for at, one in enumerate(found.members) if one.id == third)
    page.pane.columns._ticks[at].click()
    assert "stays apart" in words_of(page.pane)
    page.pane.merge.click()
    settle()
    assert listed(page) == []
    assert people.draft(book, third).display_name == "Robert Meyer"


def test_companies_have_their_own_list(window: Window, book: Book) -> None:
    page = opened(window)
    page.whose._segments["company"].click()
    settle()
    assert listed(page) == [("Orbital", "Orbital GmbH")]
    page.pane.merge.click()
    settle()
    assert companies.resolve(book, "Orbital")
    assert listed(page) == []


def test_people_chosen_in_the_list_come_first(window: Window, book: Book) -> None:
    other = a_person(book, "Zoë Ångström")
    page = opened(window, f"person:1,{other}")
    assert listed(page)[0] == ("Robert Meyer", "Zoë Ångström")
    assert "Chosen by you" in describe_first(page)
    page.pane.merge.click()
    settle()
    assert people.draft(book, people.resolve(book, "Robert Meyer")).nicknames == ("Zoë Ångström",)


def test_everything_can_be_done_from_the_keyboard(window: Window, book: Book) -> None:
    page = opened(window)
    assert page.view.hasFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert page.pane.merge.hasFocus()
    QTest.keyClick(page.pane.merge, Qt.Key.Key_Space)
    settle()
    assert listed(page) == []
    assert len(people.draft(book, people.resolve(book, "Robert Meyer")).contacts) == 2


def test_the_selection_in_people_is_merged_there(window: Window, book: Book) -> None:
    window.go(Place("people"))
    listing = window.current_page().list  # type: ignore[union-attr]
    listing.view.selectAll()
    settle()
    listing.bulk.merge.click()
    settle()
    page = window.current_page()
    assert isinstance(page, DuplicatesPage)
    assert set(listed(page)[0]) == {"Robert Meyer", "Bob Meyer"}


def test_the_selection_in_companies_is_merged_there(window: Window, book: Book) -> None:
    window.go(Place("companies"))
    page = window.current_page()
    page.listing.view.selectAll()  # type: ignore[union-attr]
    page.merge_selected()  # type: ignore[union-attr]
    settle()
    shown = window.current_page()
    assert isinstance(shown, DuplicatesPage)
    assert set(listed(shown)[0]) == {"Orbital", "Orbital GmbH"}


def test_a_new_duplicate_shows_without_asking(window: Window, book: Book) -> None:
    page = opened(window)
    a_person(book, "Ana Lima", email="ana@x.example", today=TODAY)
    a_person(book, "Ana Lima", email="ana@x.example", today=TODAY)
    settle()
    assert ("Ana Lima", "Ana Lima") in listed(page)


def describe_first(page: DuplicatesPage) -> str:
    return str(page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
