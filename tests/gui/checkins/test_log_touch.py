"""Logging a touch: what is saved, which problems are told where, how people are found."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm.app import people, touches
from crm.app.books import Book
from crm.domain.person import PersonId
from crm.domain.touch import Direction, TouchDraft, TouchKind, TouchRow
from crm.gui.checkins import LogTouchDialog
from crm.gui.session import Session
from crm.gui.widgets.buttons import IconButton
from crm.gui.widgets.dialogs import Dialog
from tests.builders import TODAY, a_person
from tests.gui.checkins.desk import Desk

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(session: Session, window: QWidget, *who: tuple[int, str]) -> LogTouchDialog:
    window.show()
    dialog = LogTouchDialog(session, who, window)
    dialog.open()
    return dialog


def timeline(book: Book, person: PersonId) -> tuple[TouchRow, ...]:
    return touches.timeline(book, person)


def save(dialog: LogTouchDialog) -> None:
    QTest.keyClick(dialog._note, Qt.Key.Key_Return, CTRL)


@pytest.fixture
def ada(book: Book) -> PersonId:
    return a_person(book, "Ada Lovelace", every="6 weeks")


def test_ctrl_enter_saves_what_was_written(
    session: Session, desk: Desk, window: QWidget, book: Book, ada: PersonId
) -> None:
    dialog = opened(session, window, (ada, "Ada Lovelace"))
    dialog._kinds.chip("coffee").click()
    dialog._note.setPlainText("the engine <b>again</b>")
    save(dialog)
    (touch,) = timeline(book, ada)
    assert (touch.kind, touch.on, touch.note) == (TouchKind.COFFEE, TODAY, "the engine <b>again</b>")
    assert touch.direction is Direction.TOGETHER
    assert len(desk.toasts) == 1
    assert "Ada Lovelace" in desk.toasts[0]
    assert not dialog.isVisible()


def test_the_day_is_read_in_words_and_shown_in_full(
    session: Session, window: QWidget, book: Book, ada: PersonId
) -> None:
    dialog = opened(session, window, (ada, "Ada"))
    dialog._day.line.setText("last tue")
    dialog._day.line.editingFinished.emit()
    assert dialog._day.line.text() == "Tuesday 24 February"
    save(dialog)
    assert timeline(book, ada)[0].on == date(2026, 2, 24)


def test_a_day_as_we_show_it_can_be_edited(session: Session, window: QWidget, ada: PersonId) -> None:
    dialog = opened(session, window, (ada, "Ada"))
    dialog._day.line.setText("Tuesday 17 February")
    assert dialog._day.value == date(2026, 2, 17)


@pytest.mark.parametrize("words", ["tomorrow", "2027-01-01", "soonish", ""])
def test_a_day_to_come_or_no_day_is_told_under_the_field(
    session: Session, window: QWidget, book: Book, ada: PersonId, words: str
) -> None:
    dialog = opened(session, window, (ada, "Ada"))
    dialog._day.line.setText(words)
    save(dialog)
    assert timeline(book, ada) == ()
    assert dialog.isVisible()
    assert dialog._day_field._below.isVisible()
    assert dialog._day.line.accessibleDescription() == dialog._day_field._below.text() != ""


def test_the_direction_follows_the_kind_until_it_is_chosen(
    session: Session, window: QWidget, ada: PersonId
) -> None:
    dialog = opened(session, window, (ada, "Ada"))
    dialog._kinds.chip("email").click()
    assert dialog._directions.direction is Direction.SENT
    dialog._directions.chip("heard").click()
    dialog._kinds.chip("coffee").click()
    assert dialog._directions.direction is Direction.HEARD


def test_somebody_more_is_found_by_name_and_chosen_with_enter(
    session: Session, window: QWidget, book: Book, ada: PersonId
) -> None:
    charles = a_person(book, "Charles Babbage", company="Analytical")
    dialog = opened(session, window, (ada, "Ada"))
    QTest.keyClicks(dialog._who.line, "babb")
    QTest.keyClick(dialog._who.line, Qt.Key.Key_Return)
    assert dialog._who.people == (ada, charles)
    assert dialog._who.line.text() == ""
    assert dialog.isVisible()
    save(dialog)
    assert [person for person, _ in timeline(book, charles)[0].people] == [ada, charles]


def test_a_name_nobody_was_chosen_for_is_asked_about(
    session: Session, window: QWidget, book: Book, ada: PersonId
) -> None:
    dialog = opened(session, window, (ada, "Ada"))
    QTest.keyClicks(dialog._who.line, "zzz")
    save(dialog)
    assert timeline(book, ada) == ()
    assert dialog._who.line.accessibleDescription()


def test_nobody_left_is_a_problem_of_its_own(
    session: Session, window: QWidget, book: Book, ada: PersonId
) -> None:
    dialog = opened(session, window, (ada, "Ada"))
    next(iter(dialog._who.findChildren(IconButton))).click()
    assert dialog._who.people == ()
    save(dialog)
    assert timeline(book, ada) == ()
    assert dialog._who_field._below.isVisible()


def test_a_touch_that_stands_is_corrected(
    session: Session, desk: Desk, window: QWidget, book: Book, ada: PersonId
) -> None:
    touches.log(book, TouchDraft((ada,), TouchKind.EMAIL, TODAY - timedelta(days=3), "hi"), today=TODAY)
    dialog = LogTouchDialog(session, (), window, touch=timeline(book, ada)[0])
    window.show()
    dialog.open()
    assert dialog._who.people == (ada,)
    assert dialog._note.toPlainText() == "hi"
    dialog._note.setPlainText("hello")
    save(dialog)
    (touch,) = timeline(book, ada)
    assert (touch.note, touch.on, touch.kind) == ("hello", TODAY - timedelta(days=3), TouchKind.EMAIL)
    assert desk.toasts


def test_somebody_deleted_meanwhile_is_told_and_the_words_stay(
    session: Session, window: QWidget, book: Book, ada: PersonId
) -> None:
    dialog = opened(session, window, (ada, "Ada"))
    dialog._note.setPlainText("long words")
    people.delete(book, [ada])
    save(dialog)
    assert dialog.isVisible()
    assert dialog.note.isVisible()
    assert dialog._note.toPlainText() == "long words"
    assert dialog._save.isEnabled()


def test_a_hostile_name_is_shown_letter_by_letter(session: Session, window: QWidget, qtbot: QtBot) -> None:
    name = "<img src=x>&amp;\u202eevil"
    dialog = opened(session, window, (1, name))
    assert dialog.windowTitle() == "Log a touch with <img src=x>&amp;evil"
    qtbot.addWidget(dialog)


def test_esc_asks_before_it_throws_a_note_away(session: Session, window: QWidget, ada: PersonId) -> None:
    dialog = opened(session, window, (ada, "Ada"))
    dialog._note.setPlainText("half a page")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    question = dialog.findChildren(Dialog)[0]
    question.accept()
    assert not dialog.isVisible()


def test_esc_closes_at_once_where_nothing_was_written(
    session: Session, window: QWidget, book: Book, ada: PersonId
) -> None:
    dialog = opened(session, window, (ada, "Ada"))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert timeline(book, ada) == ()


def test_arrows_move_between_kinds(session: Session, window: QWidget, ada: PersonId, qtbot: QtBot) -> None:
    dialog = opened(session, window, (ada, "Ada"))
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog._kinds.chip("call").setFocus()
    QTest.keyClick(dialog._kinds.chip("call"), Qt.Key.Key_Right)
    assert dialog._kinds.kind is TouchKind.EMAIL
    assert dialog._directions.direction is Direction.SENT
