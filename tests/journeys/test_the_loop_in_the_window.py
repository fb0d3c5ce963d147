"""The whole loop as a newcomer does it in the window: drop a file, see people and companies, how often, log, undo, export."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from crm.app import browse, history, people, touches
from crm.app.books import Book
from crm.domain.cadence import parse_interval
from crm.domain.person import PersonDraft
from crm.domain.query import PeopleQuery
from crm.domain.touch import TouchDraft, TouchKind
from crm.gui.actions import Act
from crm.gui.checkins import set_every
from crm.gui.export.dialog import ExportDialog
from crm.gui.people.editor import PersonEditor
from crm.gui.session import Place
from crm.gui.window import Window
from crm.settings import ThemeChoice
from tests.builders import dump
from tests.journeys.conftest import TODAY


def page(window: Window) -> Any:
    """Return the page that shows."""
    return window.current_page()


def imported(window: Window, cards: Path) -> None:
    """Bring the cards in, as a user who agrees with everything."""
    window.import_files((cards,))
    page(window).review.foot.go.click()


def names(book: Book) -> list[str]:
    ids = browse.people_ids(book, PeopleQuery(), today=TODAY)
    return [row.name for row in browse.people_rows(book, ids, today=TODAY)]


def test_an_empty_book_welcomes_and_a_filled_one_opens_today(window: Window, book: Book) -> None:
    assert window.here == Place("first_run")
    people.add(book, PersonDraft("Ada Lovelace"), today=TODAY)
    window.open(book)
    assert window.here == Place("today")


def test_the_review_says_what_will_happen_and_saves_nothing(window: Window, cards: Path, book: Book) -> None:
    window.import_files((cards,))
    review = page(window).review
    assert review.foot.go.label == "Import 3 contacts"
    assert "3 people" in review.foot.summary
    assert [review.chips.chip(key)._count for key in ("all", "new", "update", "same", "failed")] == [
        4,
        3,
        0,
        0,
        1,
    ]
    assert names(book) == []


def test_a_record_can_be_left_out(window: Window, cards: Path, book: Book) -> None:
    window.import_files((cards,))
    review = page(window).review
    review.view.choose(2)
    review.toggle((2,))
    assert review.foot.go.label == "Import 2 contacts"
    review.foot.go.click()
    assert names(book) == ["Ada Lovelace", "Charles Babbage"]


def test_an_import_is_one_step_to_undo(window: Window, cards: Path, book: Book) -> None:
    before = dump(book)
    imported(window, cards)
    assert "Added 3" in page(window).done._counts.text()
    assert len(names(book)) == 3
    window.undo()
    assert dump(book) == before


def test_the_same_file_again_has_nothing_to_import(window: Window, cards: Path) -> None:
    imported(window, cards)
    window.import_files((cards,))
    assert not page(window).review.foot.go.isEnabled()
    assert "already here" in page(window).review.foot.summary


@pytest.mark.parametrize("content", [b"", b"a shopping list", b"\x89PNG\r\n\x1a\n" + b"\0" * 100])
def test_a_file_that_is_no_address_book_says_so_where_it_was_chosen(
    window: Window, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "wrong.vcf"
    file.write_bytes(content)
    window.import_files((file,))
    step = page(window)
    assert step._steps.currentWidget() is step.choose
    assert not step.choose._problem.isHidden()


def test_text_of_strangers_is_never_markup(window: Window, cards: Path, book: Book) -> None:
    imported(window, cards)
    eve = people.resolve(book, "<img src='file:///etc/passwd'>")
    window.go(Place("people", eve))
    shown = [label for label in window.findChildren(QLabel) if "<img" in label.text()]
    assert shown
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in shown)
    assert "<img" in window.windowTitle()


def test_logging_a_touch_takes_somebody_off_today_and_undo_brings_them_back(
    window: Window, cards: Path, book: Book
) -> None:
    imported(window, cards)
    ada = people.resolve(book, "Ada Lovelace")
    long_ago = TODAY - timedelta(days=48)
    touches.log(book, TouchDraft((ada,), TouchKind.COFFEE, long_ago, "the engine"), today=TODAY)
    assert window.session is not None
    set_every(window.session, (ada,), parse_interval("6 weeks"))
    window.go(Place("today"))
    assert [text for text in _texts(page(window)) if "48 days ago" in text]
    touches.log(book, TouchDraft((ada,), TouchKind.CALL, TODAY), today=TODAY)
    assert not [text for text in _texts(page(window)) if "48 days ago" in text]
    window.undo()
    assert [text for text in _texts(page(window)) if "48 days ago" in text]
    assert "Redo" in window.actions_[Act.REDO].text()
    window.redo()
    assert not [text for text in _texts(page(window)) if "48 days ago" in text]


def test_the_filter_finds_people_by_name_and_company(window: Window, cards: Path, book: Book) -> None:
    imported(window, cards)
    window.go(Place("people"))
    listing = page(window).list
    listing.filter.search("babb")
    assert len(listing.model.ids) == 1
    listing.filter.search("analytical")
    assert len(listing.model.ids) == 2
    listing.filter.search("zeb")
    assert listing._stack.currentWidget() is listing._unmatched
    assert "zeb" in listing._add_typed.label


def test_the_editor_saves_what_was_typed_and_undo_takes_it_back(
    window: Window, cards: Path, book: Book, qtbot: QtBot
) -> None:
    imported(window, cards)
    ada = people.resolve(book, "Ada Lovelace")
    window.go(Place("people", ada))
    before = dump(book)
    page(window).contact.acts.edit()
    (editor,) = window.findChildren(PersonEditor)
    editor._how_met.setText("At a soirée")
    editor._every.setText("6 weeks")
    editor._dates.lines[0].first.setText("10 December 1815")
    editor._tags.setText("Mentor, Alumni")
    with qtbot.waitSignal(editor.accepted):
        editor._save.click()
    saved = people.draft(book, ada)
    assert (saved.how_met, saved.tags) == ("At a soirée", ("Alumni", "Mentor"))
    assert saved.every == parse_interval("6 weeks")
    assert (saved.dates[0].on.year, saved.dates[0].on.month, saved.dates[0].on.day) == (1815, 12, 10)
    assert page(window).contact.card.draft == saved
    window.undo()
    assert dump(book) == before


def test_the_editor_refuses_where_it_was_typed_and_keeps_everything(
    window: Window, cards: Path, book: Book
) -> None:
    imported(window, cards)
    window.go(Place("people", people.resolve(book, "Ada Lovelace")))
    before = dump(book)
    page(window).contact.acts.edit()
    (editor,) = window.findChildren(PersonEditor)
    editor._every.setText("now and then")
    editor._save.click()
    assert editor.isVisible()
    assert "6 weeks" in editor._every.accessibleDescription()
    assert dump(book) == before
    editor.done(0)


def test_deleting_somebody_can_be_undone_and_the_page_follows(
    window: Window, cards: Path, book: Book
) -> None:
    imported(window, cards)
    ada = people.resolve(book, "Ada Lovelace")
    window.go(Place("people", ada))
    before = dump(book)
    page(window).contact.acts.delete((ada,))
    assert names(book).count("Ada Lovelace") == 0
    window.undo()
    assert dump(book) == before


def test_the_calendar_file_holds_the_check_ins_and_stays_the_same(
    window: Window, cards: Path, book: Book, tmp_path: Path
) -> None:
    imported(window, cards)
    assert window.session is not None
    set_every(window.session, (people.resolve(book, "Ada Lovelace"),), parse_interval("6 weeks"))
    file = tmp_path / "check-ins.ics"
    for _ in range(2):
        dialog = ExportDialog(window.session, window)
        dialog.save_to(file)
        first = file.read_bytes()
    assert file.read_bytes() == first
    (event,) = icalendar.Calendar.from_ical(first).walk("VEVENT")
    assert event["SUMMARY"] == "Check in: Ada Lovelace"
    assert event.walk("VALARM")


def test_nothing_planned_is_nothing_to_export(window: Window, cards: Path) -> None:
    imported(window, cards)
    assert window.session is not None
    assert not ExportDialog(window.session, window).save.isEnabled()


def test_back_and_forward_lead_where_one_was(window: Window, cards: Path, book: Book) -> None:
    imported(window, cards)
    ada = people.resolve(book, "Ada Lovelace")
    window.go(Place("companies"))
    window.go(Place("people", ada))
    window.back()
    assert window.here == Place("companies")
    window.forward()
    assert window.here == Place("people", ada)
    assert window.windowTitle() == "Ada Lovelace – People – Keepwarm"


def test_a_change_of_theme_and_back_leaves_the_same_picture(window: Window, cards: Path) -> None:
    imported(window, cards)
    window.go(Place("people"))
    window.set_theme(ThemeChoice.LIGHT)
    before = window.grab().toImage()
    window.set_theme(ThemeChoice.DARK)
    assert window.grab().toImage() != before
    window.set_theme(ThemeChoice.LIGHT)
    assert window.grab().toImage() == before


@pytest.mark.parametrize("scale", [0.9, 1.5, 2.0])
def test_text_of_another_size_keeps_the_place(window: Window, cards: Path, book: Book, scale: float) -> None:
    imported(window, cards)
    place = Place("people", people.resolve(book, "Ada Lovelace"))
    window.go(place)
    window.change_settings(replace(window.settings(), text_scale=scale))
    assert window.here == place
    assert "Ada Lovelace" in window.windowTitle()


@pytest.mark.parametrize("name", ["today", "people", "companies", "importing", "settings"])
def test_every_control_has_a_name(window: Window, cards: Path, name: str) -> None:
    imported(window, cards)
    window.go(Place(name))
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)
    nameless = [
        control
        for kind in kinds
        for control in window.findChildren(kind)
        if control.isVisible()
        and control.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (control.accessibleName() or (isinstance(control, QAbstractButton) and control.text()))
    ]
    assert nameless == []


def test_history_holds_what_the_window_did(window: Window, cards: Path, book: Book) -> None:
    imported(window, cards)
    assert [step.op.value for step in history.entries(book)] == ["import"]


def _texts(widget: Any) -> list[str]:
    """Return every text in sight, painted ones by their accessible names."""
    found = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return found + [b.accessibleName() for b in widget.findChildren(QAbstractButton) if b.isVisible()]
