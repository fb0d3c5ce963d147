"""Possible duplicates in the review: side by side, a choice for each, several at once, by keys, and back again."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm.app import duplicates, people
from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.duplicates import Whose
from crm.domain.importplan import Choice
from crm.gui.importing.detail import DetailDialog
from crm.gui.importing.possible import PossibleCard
from crm.gui.importing.review import Review
from crm.gui.widgets.side_by_side import ChoiceBox
from crm.gui.window import Window
from tests.builders import a_person, dump
from tests.gui.importing.room import cards, counts, imported, listed
from tests.gui.windows import Desk, settle, words_of

BOB = "FN:Bob Meyer\nORG:Orbital\nTITLE:Analyst\nTEL:+49 30 5550100"
THOMAS = "FN:Thomas Ferreira\nORG:Lumen\nEMAIL:t.ferreira@mail.example"
NEW = "FN:Zoë Ångström"


@pytest.fixture
def window(desk: Desk, book: Book) -> Window:
    a_person(book, "Robert Meyer", company="Orbital", title="Lead")
    a_person(book, "Tom Ferreira", company="Lumen")
    return desk.open(book)


@pytest.fixture
def review(window: Window, tmp_path: Path) -> Review:
    return imported(window, cards(tmp_path, BOB, NEW, THOMAS)).review


def card(review: Review) -> PossibleCard:
    settle()
    found = review._detail.sheet.possible
    assert found is not None
    return found


def take(review: Review, words: str) -> None:
    boxes = card(review).findChildren(ChoiceBox)
    next(box for box in boxes if box.accessibleName().startswith(words)).click()


def test_possible_duplicates_stand_side_by_side_with_reasons(review: Review) -> None:
    assert counts(review) == {"all": "3", "new": "1", "possible": "2"}
    said = words_of(card(review))
    assert "Same company, short form of the name. Pick what to keep, or keep both." in said
    assert "1 of 2" in said
    assert "Already here" in said
    assert "In this file" in said


def test_merging_takes_what_was_chosen(review: Review, book: Book) -> None:
    take(review, "Title: Analyst")
    card(review).merge.click()
    assert counts(review) == {"all": "3", "new": "1", "update": "1", "possible": "1"}
    assert "Will be merged into Robert Meyer." in words_of(card(review))
    review.foot.go.click()
    draft = people.draft(book, people.resolve(book, "Robert Meyer"))
    assert [(one.title, one.company) for one in draft.positions] == [("Analyst", "Orbital")]
    assert [point.value for point in draft.contacts] == ["+49 30 5550100"]


def test_a_field_can_be_chosen_after_the_merge_too(review: Review, book: Book) -> None:
    card(review).merge.click()
    take(review, "Name: Bob")
    review.foot.go.click()
    assert people.resolve(book, "Bob Meyer")
    assert len(people.draft(book, people.resolve(book, "Bob Meyer")).positions) == 1


def test_a_choice_is_taken_back(review: Review, book: Book) -> None:
    before, lines = dump(book), review._plan.lines if review._plan else ()
    card(review).both.click()
    assert counts(review)["possible"] == "1"
    card(review).back.click()
    assert counts(review)["possible"] == "2"
    card(review).skip.click()
    QTest.keyClick(review.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert review._plan is not None
    assert review._plan.lines == lines
    assert dump(book) == before


def test_ctrl_z_takes_back_a_tick_too_and_leaves_the_book_alone(review: Review, book: Book) -> None:
    before = dump(book)
    QTest.keyClick(review.view, Qt.Key.Key_Space)
    assert review._plan is not None
    assert not review._plan.lines[0].included
    QTest.keyClick(review.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert review._plan.lines[0].included
    assert dump(book) == before


def test_keys_go_through_the_duplicates(review: Review) -> None:
    review.view.setFocus()
    QTest.keyClick(review.view, Qt.Key.Key_G)
    QTest.keyClick(review.view, Qt.Key.Key_D)
    assert review.view.current_id == 2
    assert "2 of 2" in words_of(card(review))
    QTest.keyClick(review.view, Qt.Key.Key_B)
    assert counts(review) == {"all": "3", "new": "2", "update": "1"}


def test_several_are_chosen_at_once(review: Review, book: Book) -> None:
    review.view.selectAll()
    settle()
    bar, chips = review.deciding.bar, review.chips
    assert bar.isVisible()
    assert bar.mapTo(review, bar.rect().topLeft()).y() > chips.mapTo(review, chips.rect().topLeft()).y()
    assert "2 possible duplicates" in words_of(review.deciding.bar)
    review.deciding.bar.button(Choice.MERGE).click()
    assert counts(review) == {"all": "3", "new": "1", "update": "2"}
    review.deciding.bar.button(None).click()
    assert counts(review) == {"all": "3", "new": "1", "possible": "2"}
    review.deciding.bar.button(Choice.KEEP_BOTH).click()
    review.foot.go.click()
    assert duplicates.find(book, Whose.PEOPLE, Progress()) == ()


def test_always_skipped_they_are_left_out_of_later_imports(
    window: Window, review: Review, book: Book, tmp_path: Path
) -> None:
    card(review).never.click()
    review.foot.go.click()
    assert len(duplicates.find(book, Whose.PEOPLE, Progress())) == 1  # the other one was added
    again = imported(window, cards(tmp_path, BOB, NEW, name="again.vcf")).review
    assert again._plan is not None
    assert not again._plan.lines[0].included


def test_undecided_they_leave_the_chip_one_by_one(review: Review) -> None:
    review.chips.chip("possible").click()
    assert listed(review) == ["Bob Meyer", "Thomas Ferreira"]
    card(review).both.click()
    assert listed(review) == ["Thomas Ferreira"]
    assert "2 of 2" in words_of(card(review))


def test_in_a_narrow_window_the_dialog_chooses_and_goes_on(window: Window, review: Review) -> None:
    window.resize(900, 700)
    settle()
    review._more.click()
    opened = window.findChildren(DetailDialog)[-1]
    assert opened.sheet.possible is not None
    opened.sheet.possible.following.click()
    assert review.view.current_id == 2
    review._more.click()
    opened = window.findChildren(DetailDialog)[-1]
    assert opened.sheet.possible is not None
    opened.sheet.possible.both.click()
    assert counts(review)["possible"] == "1"
