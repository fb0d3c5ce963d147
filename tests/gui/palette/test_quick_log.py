"""A touch in one sentence, in a whole window: chips that can be corrected, what isn't sure is asked, nothing is lost."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from crm.app import history, people, touches
from crm.app.books import Book
from crm.domain.person import PersonId
from crm.domain.touch import Direction, TouchKind
from crm.gui.checkins.day_dialog import DayDialog
from crm.gui.palette.quick_log import KEPT, QuickLogDialog
from crm.gui.palette.who_dialog import WhoDialog
from crm.gui.widgets.buttons import Button
from crm.gui.window import Window
from tests.builders import TODAY, a_person, dump
from tests.gui.windows import Desk, press, settle, toast_of

WEEK = timedelta(weeks=1)


@pytest.fixture
def dialog(window: Window, qtbot: QtBot) -> QuickLogDialog:
    return opened(window, qtbot)


def opened(window: Window, qtbot: QtBot) -> QuickLogDialog:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(window, "Ctrl+L", qtbot)
    settle()
    found = [one for one in window.findChildren(QuickLogDialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def chips(dialog: QuickLogDialog) -> list[str]:
    settle()
    return [one.label for one in dialog._understood.findChildren(Button) if one.isVisible()]


def choose(dialog: QuickLogDialog, chip: str, line: str) -> None:
    """Choose a line of a chip's menu."""
    settle()
    button = next(one for one in dialog._understood.findChildren(Button) if one.label == chip)
    next(one for one in button.menu().actions() if one.text().startswith(line)).trigger()
    settle()


def write(dialog: QuickLogDialog, words: str, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog._box, words)


def enter(dialog: QuickLogDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog._box, Qt.Key.Key_Return)
    settle()


def ada(book: Book) -> PersonId:
    return people.resolve(book, "Ada Lovelace")


def test_a_sentence_is_understood_while_it_is_typed_and_enter_saves_it(
    window: Window, dialog: QuickLogDialog, book: Book, qtbot: QtBot
) -> None:
    before = dump(book)
    write(dialog, "called ada yesterday re engines, check in in 3 weeks", qtbot)
    assert chips(dialog) == ["Call", "Ada Lovelace", "Sun 1 Mar", "Next: Mon 23 Mar", "Together"]
    assert dialog._note.text() == "Note: engines"
    enter(dialog, qtbot)
    (touch,) = touches.timeline(book, ada(book))
    assert (touch.kind, touch.on, touch.note) == (TouchKind.CALL, TODAY - timedelta(days=1), "engines")
    assert people.card(book, ada(book), today=TODAY).row.next_due_on == TODAY + 3 * WEEK
    assert "Ada Lovelace" in toast_of(window)
    history.undo(book)
    assert dump(book) == before


def test_shift_enter_is_a_new_line(dialog: QuickLogDialog, book: Book, qtbot: QtBot) -> None:
    write(dialog, "called ada", qtbot)
    qtbot.keyClick(dialog._box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    write(dialog, "about tea", qtbot)
    enter(dialog, qtbot)
    assert touches.timeline(book, ada(book))[0].note == "about tea"


def test_every_part_can_be_corrected_and_stays_so_while_typing_goes_on(
    dialog: QuickLogDialog, book: Book, qtbot: QtBot
) -> None:
    write(dialog, "called ada", qtbot)
    choose(dialog, "Call", "Coffee")
    choose(dialog, "Mon 2 Mar", "Sun 1 Mar")
    choose(dialog, "Next: as usual", "Mon 23 Mar")
    choose(dialog, "Together", "They reached out")
    write(dialog, " re tea", qtbot)
    assert chips(dialog) == ["Coffee", "Ada Lovelace", "Sun 1 Mar", "Next: Mon 23 Mar", "They reached out"]
    enter(dialog, qtbot)
    (touch,) = touches.timeline(book, ada(book))
    assert (touch.kind, touch.direction, touch.note) == (TouchKind.COFFEE, Direction.HEARD, "tea")


def test_a_name_that_fits_two_is_asked_before_anything_is_saved(
    window: Window, dialog: QuickLogDialog, book: Book, qtbot: QtBot
) -> None:
    tom = a_person(book, "Tom Ferreira")
    a_person(book, "Tom Okafor")
    write(dialog, "coffee with Tom", qtbot)
    assert "Which Tom?" in chips(dialog)
    enter(dialog, qtbot)
    assert dialog.isVisible()
    assert "fits more than one person" in dialog.note.text()
    open_menus = [one for one in window.findChildren(QMenu) if one.isVisible()]
    assert [one.text() for one in open_menus[0].actions()][:2] == ["Tom Ferreira", "Tom Okafor"]
    open_menus[0].close()
    choose(dialog, "Which Tom?", "Tom Ferreira")
    enter(dialog, qtbot)
    assert touches.timeline(book, tom)


def test_somebody_unknown_is_added_in_the_same_step(dialog: QuickLogDialog, book: Book, qtbot: QtBot) -> None:
    before = dump(book)
    write(dialog, "met Zebulon Quist and ada today", qtbot)
    choose(dialog, "Zebulon Quist: not known yet", "Add “Zebulon Quist”")
    assert "Zebulon Quist (new)" in chips(dialog)
    enter(dialog, qtbot)
    zebulon = people.resolve(book, "Zebulon Quist")
    assert {name for _, name in touches.timeline(book, zebulon)[0].people} == {
        "Zebulon Quist",
        "Ada Lovelace",
    }
    history.undo(book)
    assert dump(book) == before


def test_a_name_that_is_nobody_stays_in_the_note(dialog: QuickLogDialog, qtbot: QtBot) -> None:
    write(dialog, "coffee with ada and Bletchley Park", qtbot)
    choose(dialog, "Bletchley Park: not known yet", "Nobody")
    assert chips(dialog)[:2] == ["Coffee", "Ada Lovelace"]
    assert dialog._note.text() == "Note: Bletchley Park"


def test_somebody_is_found_by_hand(window: Window, dialog: QuickLogDialog, book: Book, qtbot: QtBot) -> None:
    bo = a_person(book, "Bo Chen")
    write(dialog, "coffee with ada", qtbot)
    choose(dialog, "Ada Lovelace", "Somebody else")
    chooser = window.findChildren(WhoDialog)[0]
    chooser._who.add_person(bo, "Bo Chen")
    chooser._on_take_clicked()
    assert chips(dialog)[1] == "Bo Chen"


def test_a_day_that_may_be_two_is_asked(dialog: QuickLogDialog, book: Book, qtbot: QtBot) -> None:
    usual = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    try:
        write(dialog, "called ada on 1/2", qtbot)
        choose(dialog, "Sun 1 Feb or Fri 2 Jan?", "Fri 2 Jan")
        enter(dialog, qtbot)
    finally:
        QLocale.setDefault(usual)
    assert touches.timeline(book, ada(book))[0].on.isoformat() == "2026-01-02"


def test_another_day_is_typed(window: Window, dialog: QuickLogDialog, qtbot: QtBot) -> None:
    write(dialog, "called ada", qtbot)
    choose(dialog, "Mon 2 Mar", "Another day")
    chooser = window.findChildren(DayDialog)[0]
    chooser.day.line.setText("tomorrow")
    chooser._on_take_clicked()
    assert chooser.isVisible()
    chooser.day.line.setText("last tuesday")
    chooser._on_take_clicked()
    assert "Tue 24 Feb" in chips(dialog)


def test_what_is_typed_survives_escape_and_the_next_start(
    window: Window, dialog: QuickLogDialog, qtbot: QtBot
) -> None:
    write(dialog, "called Nobody Inparticular re tea", qtbot)
    enter(dialog, qtbot)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle()
    again = opened(window, qtbot)
    assert again._box.toPlainText() == "called Nobody Inparticular re tea"
    assert window.services.kept(KEPT) == "called Nobody Inparticular re tea"


def test_what_was_saved_is_forgotten(window: Window, dialog: QuickLogDialog, qtbot: QtBot) -> None:
    write(dialog, "called ada re tea", qtbot)
    dialog._keep.timeout.emit()
    assert window.services.kept(KEPT)
    enter(dialog, qtbot)
    assert window.services.kept(KEPT) == ""
    assert opened(window, qtbot)._box.toPlainText() == ""


def test_what_was_kept_outlives_a_touch_that_came_from_elsewhere(
    window: Window, dialog: QuickLogDialog, qtbot: QtBot
) -> None:
    write(dialog, "met Zebulon", qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle()
    session = window.session
    assert session is not None
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        other = QuickLogDialog(session, window, text="called ada")
        other.open()
        qtbot.keyClick(other if key == Qt.Key.Key_Escape else other._box, key)
        settle()
        assert window.services.kept(KEPT).endswith("met Zebulon")


def test_yesterday_stays_the_day_that_showed_when_midnight_passes(
    desk: Desk, dialog: QuickLogDialog, book: Book, qtbot: QtBot
) -> None:
    write(dialog, "called ada yesterday", qtbot)
    desk.today = TODAY + timedelta(days=1)
    enter(dialog, qtbot)
    assert touches.timeline(book, ada(book))[0].on == TODAY - timedelta(days=1)


def test_a_clock_set_back_saves_what_it_can_and_asks_for_the_rest(
    desk: Desk, dialog: QuickLogDialog, book: Book, qtbot: QtBot
) -> None:
    write(dialog, "called ada today", qtbot)
    desk.today = TODAY - timedelta(days=40)
    enter(dialog, qtbot)
    assert dialog.isVisible()
    assert "future" in dialog.note.text()
    qtbot.keyClicks(dialog._box, " ")
    enter(dialog, qtbot)
    assert touches.timeline(book, ada(book))[0].on == desk.today


def test_nothing_said_is_said_to_be_missing(dialog: QuickLogDialog, qtbot: QtBot) -> None:
    enter(dialog, qtbot)
    assert dialog.isVisible()
    assert dialog.note.text()


def test_tab_goes_through_the_chips_on_its_way_to_the_buttons(dialog: QuickLogDialog, qtbot: QtBot) -> None:
    write(dialog, "called ada", qtbot)
    settle()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog._box.setFocus()
    passed = []
    while not passed or passed[-1] != "Save touch":
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        passed.append((QApplication.focusWidget() or dialog).accessibleName())
        assert len(passed) < 20
    assert passed == [
        "What happened: Call", "With: Ada Lovelace", "Add a name", "When: Mon 2 Mar", "Next check-in: Next: as usual",
        "Who reached out: Together", "Cancel", "Save touch",
    ]  # fmt: skip
