"""The review: what happens to each record and why, chips, search, ticks by key, click and the head's one tick."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from crm.app.books import Book
from crm.gui.importing.detail import DetailDialog
from crm.gui.importing.head import Ticked
from crm.gui.importing.review import Review
from crm.gui.window import Window
from tests.builders import a_person
from tests.gui.importing.room import ADA, CHARLES, ENGINES, NOBODY, cards, counts, imported, listed
from tests.gui.windows import settle, words_of


@pytest.fixture
def review(window: Window, book: Book, tmp_path: Path) -> Review:
    """Return the review of a file with somebody known, somebody new, a company and a card that says nothing."""
    a_person(book, "Grace Hopper", email="grace@navy.example")
    grace = "FN:Grace Hopper\nEMAIL:grace@navy.example\nTEL:+1 202 555 0143"
    return imported(window, cards(tmp_path, CHARLES, grace, ENGINES, NOBODY)).review


def said(review: Review) -> str:
    settle()
    return words_of(review._detail)


def test_each_record_has_a_fate(review: Review) -> None:
    assert counts(review) == {"all": "4", "new": "2", "update": "1", "failed": "1"}
    assert listed(review)[:3] == ["Charles Babbage", "Grace Hopper", "Difference Works"]


def test_chips_list_one_fate(review: Review) -> None:
    review.chips.chip("update").click()
    assert listed(review) == ["Grace Hopper"]
    review.chips.chip("failed").click()
    assert listed(review) == ["(no name)"]
    review.chips.chip("all").click()
    assert len(listed(review)) == 4


def test_a_new_record_shows_what_it_says(review: Review) -> None:
    review.view.choose(0)
    assert "Nobody in your book matches" in said(review)
    assert "Analytical Engines" in said(review)


def test_an_update_shows_whom_it_is_taken_for_why_and_what_changes(review: Review) -> None:
    review.view.choose(1)
    words = said(review)
    assert "In your book Grace Hopper" in words
    assert "overwrites nothing" in words
    assert "What changes" in words
    assert "+1 202 555 0143" in words


def test_what_can_not_be_read_says_why_and_has_no_tick(review: Review) -> None:
    review.view.choose(3)
    assert "phone.vcf, line" in said(review)
    review.toggle((3,))
    assert review.foot.go.label == "Import 3 contacts"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("babb", ["Charles Babbage"]),
        ("navy", ["Grace Hopper"]),
        ("engines", ["Charles Babbage"]),
        ("zzz", []),
    ],
)
def test_the_search_finds_by_name_company_and_email(
    review: Review, qtbot: QtBot, words: str, found: list[str]
) -> None:
    qtbot.keyClicks(review.search, words)
    qtbot.keyClick(review.search, Qt.Key.Key_Return)
    assert listed(review) == found
    assert review._none.isVisible() is (not found)


def test_a_search_counts_within_the_chip(review: Review, qtbot: QtBot) -> None:
    review.chips.chip("new").click()
    qtbot.keyClicks(review.search, "grace")
    qtbot.keyClick(review.search, Qt.Key.Key_Return)
    assert listed(review) == []


def test_one_tick_leaves_out_all_that_is_listed(review: Review) -> None:
    review.chips.chip("new").click()
    review.head.tick.click()
    assert review.head.tick.ticked is Ticked.NOTHING
    assert review.foot.go.label == "Import 1 contact"
    review.chips.chip("all").click()
    assert review.head.tick.ticked is Ticked.SOME
    review.head.tick.click()
    assert review.foot.go.label == "Import 3 contacts"


def test_a_click_on_the_tick_ticks_and_beside_it_chooses(review: Review, qtbot: QtBot) -> None:
    row = review.view.visualRect(review.model.index(0, 0))
    spot = QPoint(row.left() + 20, row.center().y())
    qtbot.mouseClick(review.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert review.foot.go.label == "Import 2 contacts"
    spot = QPoint(row.left() + 200, review.view.visualRect(review.model.index(2, 0)).center().y())
    qtbot.mouseClick(review.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert review.view.current_id == 2
    assert review.foot.go.label == "Import 2 contacts"


def test_space_turns_over_all_that_is_selected(review: Review, qtbot: QtBot) -> None:
    review.view.select_ids((0, 1, 2, 3))
    qtbot.keyClick(review.view, Qt.Key.Key_Space)
    assert not review.foot.go.isEnabled()
    assert review.foot.summary.startswith("Nothing is ticked")
    qtbot.keyClick(review.view, Qt.Key.Key_Space)
    assert review.foot.go.label == "Import 3 contacts"


def test_a_tick_keeps_the_place_in_the_list(review: Review) -> None:
    review.view.choose(2)
    review.toggle((2,))
    assert review.view.current_id == 2
    assert "Left out" in said(review)


def test_a_screen_reader_hears_the_whole_row(review: Review) -> None:
    heard = review.model.data(review.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Charles Babbage, Analytical Engines. New. Ticked."


def test_where_there_is_no_room_details_are_a_dialog(window: Window, review: Review) -> None:
    window.resize(900, 700)
    settle()
    assert not review._detail.isVisible()
    review._more.click()
    dialog = window.findChild(DetailDialog)
    assert dialog is not None
    assert "Charles Babbage" in words_of(dialog)


def test_two_records_of_one_person_are_one(window: Window, tmp_path: Path) -> None:
    review = imported(window, cards(tmp_path, ADA, ADA + "\nTEL:+44 20 7946 0000", name="twice.vcf")).review
    assert review.foot.summary.startswith("1 person")
    review.view.choose(1)
    assert "Earlier in this file" in said(review)


def test_names_of_strangers_are_never_markup(window: Window, tmp_path: Path) -> None:
    page = imported(window, cards(tmp_path, "FN:<b>Eve</b>\nTITLE:<img src='file:///etc/passwd'>"))
    settle()
    shown = [label for label in page.findChildren(QLabel) if "<" in label.text()]
    assert shown
    assert {label.textFormat() for label in shown} == {Qt.TextFormat.PlainText}
