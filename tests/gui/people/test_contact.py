"""The page of one person: what it shows, what its buttons and menu do, undo, back and forward."""

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from crm.app import people, touches
from crm.app.books import Book
from crm.domain.person import PersonId, Standing
from crm.domain.touch import Direction, TouchDraft, TouchKind
from crm.gui import links
from crm.gui.actions import Act
from crm.gui.checkins import LogTouchDialog
from crm.gui.messages import DraftDialog
from crm.gui.people.page import PeoplePage
from crm.gui.people.touch_editor import TouchEditor
from crm.gui.session import Place
from crm.gui.widgets.timeline import TimelineEntry
from crm.gui.window import Window
from tests.builders import TODAY, a_person, a_touch, dump
from tests.gui.windows import Desk, press, settle, toast_of, words_of


@pytest.fixture
def opened(window: Window, page: PeoplePage, ada: PersonId) -> PeoplePage:
    """Return the room with Ada's page open."""
    window.go(Place("people", ada))
    return page


def choose(page: PeoplePage, words: str) -> None:
    """Choose an item of the menu of everything else."""
    page.contact.acts.more(QPoint(0, 0))
    menu = next(one for one in page.window().findChildren(QMenu) if one.isVisible())
    next(action for action in menu.actions() if action.text().split("\t")[0] == words).trigger()
    menu.close()


def test_it_says_who_and_how_things_stand(opened: PeoplePage, window: Window) -> None:
    said = words_of(opened.contact)
    for words in ("Ada Lovelace", "Director at", "the engine", "Mentor"):
        assert words in said, words
    assert opened.contact._stats._cells[0].stat.value == "70 days ago"
    assert window.windowTitle() == "Ada Lovelace – People – Keepwarm"
    assert opened.contact.accessibleName() == "Contact: Ada Lovelace"


def test_warmth_says_what_it_is_made_of_to_the_pointer_the_keyboard_and_the_ear(
    qtbot: QtBot, opened: PeoplePage
) -> None:
    cell = opened.contact._stats._cells[3]
    assert (cell.stat.value, cell.accessibleName()) == ("New", "Warmth: New")
    assert "1 touch so far." in cell.toolTip()
    assert "Last one 70 days ago." in cell.accessibleDescription()
    cell.setFocus()
    qtbot.keyClick(cell, Qt.Key.Key_Space)
    assert "1 touch so far." in QToolTip.text()
    QToolTip.hideText()


def test_whose_turn_it_is_shows_under_the_facts(opened: PeoplePage, book: Book, ada: PersonId) -> None:
    assert "Nobody’s turn · Together 22 Dec 2025" in words_of(opened.contact)
    wrote = TouchDraft((ada,), TouchKind.EMAIL, TODAY, "", Direction.HEARD)
    touches.log(book, wrote, today=TODAY)
    settle()
    assert "Your turn · They reached out 2 Mar · Together 22 Dec 2025" in words_of(opened.contact)


def test_buttons_that_lead_nowhere_say_why(opened: PeoplePage, window: Window, book: Book) -> None:
    assert opened.contact._call.isEnabled()
    window.go(Place("people", people.resolve(book, "Ben Okri")))
    assert not opened.contact._call.isEnabled()
    assert "No phone number yet" in opened.contact._call.toolTip()
    assert opened.contact._write.isEnabled()


def test_e_opens_a_draft_and_the_call_a_number(
    opened: PeoplePage, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(links, "open_link", lambda url: heard.append(url.toString() if url else ""))
    window.actions_[Act.WRITE].trigger()
    draft = next(one for one in window.findChildren(DraftDialog) if one.isVisible())
    assert "Ada" in draft.message.body
    draft.reject()
    opened.contact._call.click()
    assert heard == ["tel:+351215550100"]


def test_a_touch_logged_from_the_page_shows_at_its_top(opened: PeoplePage, window: Window) -> None:
    opened.contact._log.click()
    dialog = window.findChild(LogTouchDialog)
    assert dialog is not None
    dialog._note.setPlainText("spoke of the referral")
    dialog._save.click()
    settle()
    first = opened.contact.findChildren(TimelineEntry)[0]
    assert "spoke of the referral" in words_of(first)
    assert "Touch logged" in toast_of(window)


def test_a_touch_deleted_from_the_timeline_comes_back_with_undo(
    opened: PeoplePage, window: Window, book: Book, ada: PersonId
) -> None:
    before = dump(book)
    touch = touches.timeline(book, ada)[0]
    opened.contact.acts.delete_touch(touch)
    assert "the engine" not in words_of(opened.contact)
    window.undo()
    assert dump(book) == before
    settle()
    assert "the engine" in words_of(opened.contact)


def test_the_star_goes_on_and_off(opened: PeoplePage, book: Book, ada: PersonId) -> None:
    opened.contact._star.click()
    assert people.card(book, ada, today=TODAY).row.starred
    opened.contact._star.click()
    assert not people.card(book, ada, today=TODAY).row.starred


def test_a_tag_is_taken_away_from_the_menu(opened: PeoplePage, book: Book, ada: PersonId) -> None:
    choose(opened, "Remove tag Mentor")
    assert people.card(book, ada, today=TODAY).draft.tags == ()


def test_archiving_leaves_the_list_and_can_be_taken_back(
    opened: PeoplePage, window: Window, book: Book, ada: PersonId
) -> None:
    choose(opened, "Archive")
    assert people.card(book, ada, today=TODAY).row.standing is Standing.ARCHIVED
    assert ada not in opened.list.model.ids
    window.go(Place("people", ada))
    choose(opened, "Bring back")
    assert people.card(book, ada, today=TODAY).row.standing is Standing.ACTIVE


def test_deleting_shows_nobody_and_undo_brings_everything_back(
    opened: PeoplePage, window: Window, book: Book, ada: PersonId
) -> None:
    before = dump(book)
    choose(opened, "Delete")
    assert opened.contact.card is None or opened.contact.card.row.id != ada
    assert "Ada Lovelace" in toast_of(window)
    window.undo()
    assert dump(book) == before
    window.go(Place("people", ada))
    assert "Ada Lovelace" in words_of(opened.contact)


def test_the_email_address_is_copied(opened: PeoplePage, window: Window) -> None:
    choose(opened, "Copy email address")
    assert QGuiApplication.clipboard().text() == "ada@orbital.example"
    assert toast_of(window) == "Email address copied."


def test_back_and_forward_go_where_one_was(
    opened: PeoplePage, window: Window, book: Book, ada: PersonId, qtbot: QtBot
) -> None:
    ben = people.resolve(book, "Ben Okri")
    window.go(Place("people", ben))
    press(window, "Alt+Left", qtbot)
    assert opened.contact.card is not None
    assert opened.contact.card.row.id == ada
    press(window, "Alt+Right", qtbot)
    assert opened.contact.card.row.id == ben


def test_the_company_is_a_way_on_and_colleagues_too(opened: PeoplePage, window: Window, book: Book) -> None:
    assert "Also at Orbital Labs" in words_of(opened.contact)
    opened.contact._company.click()
    assert window.here.page == "companies"
    window.back()
    opened.contact.person_chosen.emit(people.resolve(book, "Ben Okri"))
    assert window.here == Place("people", people.resolve(book, "Ben Okri"))


def test_in_a_narrow_window_the_page_stands_alone_and_esc_leads_back(
    window: Window, page: PeoplePage, ada: PersonId, qtbot: QtBot
) -> None:
    window.resize(800, 700)
    settle()
    window.go(Place("people", ada))
    assert not page.list.isVisible()
    assert page.contact._back.isVisible()
    page.contact.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.list.isVisible()


def test_a_long_timeline_shows_its_latest_part_first(window: Window, page: PeoplePage, book: Book) -> None:
    grace = a_person(book, "Grace Hopper")
    for day in range(60):
        a_touch(book, grace, on=TODAY - timedelta(days=day), note=f"talk {day}")
    window.go(Place("people", grace))
    settle()
    count = partial(page.contact.findChildren, TimelineEntry)
    assert len(count()) == 51  # fifty and how the person came into the book
    page.contact._timeline._on_more_clicked()
    settle()
    assert len(count()) == 61


def test_text_of_strangers_is_shown_as_it_stands(window: Window, page: PeoplePage, book: Book) -> None:
    eve = a_person(book, "<b>Eve</b>", notes="<img src='file:///etc/passwd'>", how_met="<a href='x'>y</a>")
    window.go(Place("people", eve))
    labels = [one for one in page.findChildren(QLabel) if "<" in one.text()]
    assert labels
    assert {one.textFormat() for one in labels} == {Qt.TextFormat.PlainText}


def test_a_person_deleted_by_another_program_leaves_nobody(
    desk: Desk, opened: PeoplePage, book: Book, ada: PersonId
) -> None:
    people.delete(book, (ada,))
    settle()
    assert opened._right.currentWidget() is not opened.contact or opened.contact.card.row.id != ada  # type: ignore[union-attr]


def edit_first(page: PeoplePage) -> TouchEditor:
    """Open the newest touch where it stands."""
    timeline = page.contact._timeline
    timeline._edit(timeline._shown()[0])
    return next(one for one in timeline.findChildren(TouchEditor) if one.isVisible())


def test_a_touch_is_corrected_where_it_stands_and_undone(
    opened: PeoplePage, window: Window, book: Book, ada: PersonId
) -> None:
    before = dump(book)
    editor = edit_first(opened)
    editor._note.setPlainText("the loom")
    editor._direction.choose(Direction.HEARD.value)
    editor._save.click()
    touch = touches.timeline(book, ada)[0]
    assert (touch.note, touch.direction) == ("the loom", Direction.HEARD)
    settle()
    assert "the loom" in words_of(opened.contact)
    window.undo()
    assert dump(book) == before


def test_leaving_an_open_touch_with_escape_changes_nothing(
    qtbot: QtBot, opened: PeoplePage, book: Book
) -> None:
    before = dump(book)
    editor = edit_first(opened)
    editor._note.setPlainText("typed")
    qtbot.keyClick(editor._note, Qt.Key.Key_Escape)
    assert dump(book) == before
    settle()
    assert "the engine" in words_of(opened.contact)


def test_a_day_to_come_is_refused_at_its_field(opened: PeoplePage) -> None:
    editor = edit_first(opened)
    editor._day.set_value(TODAY + timedelta(days=1))
    editor.save()
    assert "still to come" in words_of(editor)


def test_what_is_being_corrected_outlives_other_changes_and_is_kept_on_leaving(
    opened: PeoplePage, window: Window, book: Book, ada: PersonId
) -> None:
    editor = edit_first(opened)
    editor._note.setPlainText("half a thought")
    a_touch(book, ada, on=TODAY, note="another")
    settle()
    assert editor._note.toPlainText() == "half a thought"
    window.go(Place("people", people.resolve(book, "Ben Okri")))
    settle()
    assert "half a thought" in [one.note for one in touches.timeline(book, ada)]


def test_notes_read_as_markdown_and_are_written_in_place(
    opened: PeoplePage, book: Book, ada: PersonId
) -> None:
    opened.contact._tabs.choose("notes")
    opened.contact._on_tab_chosen("notes")
    notes = opened.contact._notes
    assert notes._none.isVisible()
    notes._edit.click()
    notes._text.setPlainText("likes **tea**\n<b>x</b>")
    notes._on_text_submitted()
    settle()
    assert people.draft(book, ada).notes == "likes **tea**\n<b>x</b>"
    assert notes._view.isVisible()
    assert notes._view.toPlainText() == "likes tea\n<b>x</b>"
