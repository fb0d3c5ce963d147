"""Events in the window: added, edited, whom one met, deleted; what was typed is never lost."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm.app import events
from crm.app.books import Book
from crm.domain.event import EventDraft, EventId
from crm.gui.events.dialogs import EventEditor, MetDialog
from crm.gui.events.page import EventsPage
from crm.gui.session import Place
from crm.gui.widgets.buttons import Button
from crm.gui.window import Window
from tests.builders import TODAY, a_person, dump
from tests.gui.windows import Desk, settle, words_of


@pytest.fixture
def window(desk: Desk, book: Book) -> Window:
    a_person(book, "Ada Lovelace")
    window = desk.open(book)
    window.go(Place("events"))
    return window


def page_of(window: Window) -> EventsPage:
    settle()
    page = window.current_page()
    assert isinstance(page, EventsPage)
    return page


def press(window: Window, words: str, qtbot: QtBot) -> None:
    (button,) = [one for one in window.findChildren(Button) if one.label == words and one.isVisible()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def test_an_event_is_added_and_named_first(window: Window, book: Book, qtbot: QtBot) -> None:
    page = page_of(window)
    qtbot.mouseClick(page._add_first, Qt.MouseButton.LeftButton)
    editor = window.findChild(EventEditor)
    assert editor is not None
    qtbot.mouseClick(editor.save, Qt.MouseButton.LeftButton)
    assert "Give the event a name." in words_of(editor)
    editor.name.setText("<b>Fair</b>")
    qtbot.mouseClick(editor.save, Qt.MouseButton.LeftButton)
    settle()
    assert [one.draft.name for one in events.events(book)] == ["<b>Fair</b>"]
    assert "<b>Fair</b>" in words_of(page)
    window.undo()
    settle()
    assert page._parts.currentIndex() == 1


def test_whom_one_met_is_kept_and_undone_as_one_step(window: Window, book: Book, qtbot: QtBot) -> None:
    event = events.add(book, EventDraft("Fair", held_on=TODAY - timedelta(days=1)), today=TODAY)
    page_of(window).refresh()
    settle()
    before = dump(book)
    press(window, "Who did you meet?", qtbot)
    dialog = window.findChild(MetDialog)
    assert dialog is not None
    assert not dialog.keep.isEnabled()
    dialog.names.setPlainText("Ada Lovelace\nZoë Ångström, Light Ltd")
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    settle()
    assert [name for _, name in events.row(book, event).met] == ["Ada Lovelace", "Zoë Ångström"]
    assert "Met Ada Lovelace and one other" in words_of(page_of(window))
    window.undo()
    assert dump(book) == before


def test_names_that_cannot_be_kept_stay_in_the_dialog(window: Window, book: Book, qtbot: QtBot) -> None:
    event = events.add(book, EventDraft("Fair", held_on=TODAY), today=TODAY)
    page_of(window).refresh()
    settle()
    press(window, "Who did you meet?", qtbot)
    dialog = window.findChild(MetDialog)
    assert dialog is not None
    dialog.names.setPlainText("Ana Lima")
    events.delete(book, EventId(int(event)))
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    settle()
    assert dialog.isVisible()
    assert dialog.names.toPlainText() == "Ana Lima"
    assert "No event has the number" in words_of(dialog)


def test_an_open_row_edits_and_what_came_of_it_shows(window: Window, book: Book, qtbot: QtBot) -> None:
    events.add(book, EventDraft("Fair", held_on=TODAY - timedelta(days=100)), today=TODAY)
    page = page_of(window)
    page.refresh()
    settle()
    row = page._were.rows[0]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Space)
    editor = window.findChild(EventEditor)
    assert editor is not None
    editor.came.setPlainText("Two good talks")
    qtbot.mouseClick(editor.save, Qt.MouseButton.LeftButton)
    settle()
    assert "Two good talks" in words_of(page)
