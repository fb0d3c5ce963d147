"""Settings: the book's are saved in it and undoable, the machine's are in force at once."""

import sqlite3
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from crm.app import preferences, upkeep
from crm.app.books import Book
from crm.domain.backup import Backup
from crm.gui import theme
from crm.gui.actions import Act
from crm.gui.export.alarms import AlarmChips
from crm.gui.session import Place
from crm.gui.settings.page import SettingsPage
from crm.gui.widgets.buttons import Button, IconButton
from crm.gui.widgets.chips import Chip
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import CheckBox, Select, TextField
from crm.gui.widgets.labels import PlainLabel
from crm.gui.window import Window
from crm.settings import ThemeChoice
from crm.store.book import Book as StoredBook
from tests.builders import TODAY, a_book, a_person, interval
from tests.gui.windows import Desk, saved, settle


@pytest.fixture
def window(desk: Desk, book: Book) -> Window:
    """Return a window that shows the settings."""
    a_person(book)
    opened = desk.open(book)
    opened.go(Place("settings"))
    return opened


def page_of(window: Window) -> SettingsPage:
    settle()
    page = window.current_page()
    assert isinstance(page, SettingsPage)
    return page


def select(window: Window, name: str) -> Select:
    return next(one for one in page_of(window).findChildren(Select) if one.accessibleName() == name)


def pick(window: Window, name: str, value: object) -> None:
    """Choose a value as the user does."""
    chosen = select(window, name)
    chosen.choose(value)
    chosen.activated.emit(chosen.currentIndex())


def button(window: Window, name: str) -> Button:
    return next(one for one in page_of(window).findChildren(Button) if one.accessibleName().startswith(name))


def words_of(window: Window) -> str:
    return " ".join(label.text() for label in page_of(window).findChildren(PlainLabel))


def dialog_of(window: Window) -> Dialog:
    return next(dialog for dialog in window.findChildren(Dialog) if dialog.isVisible())


def test_the_name_is_kept_when_the_field_is_left(window: Window, book: Book, qtbot: QtBot) -> None:
    name = page_of(window).findChild(TextField)
    assert name is not None
    qtbot.keyClicks(name, "Jordan")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert preferences.get(book).name == "Jordan"


def test_how_often_by_default_is_saved_and_undone(window: Window, book: Book) -> None:
    pick(window, "How often by default", interval("3 months"))
    assert preferences.get(book).every == interval("3 months")
    window.undo()
    assert preferences.get(book).every is None
    assert select(window, "How often by default").value is None


def alarms(window: Window) -> AlarmChips:
    found = page_of(window).findChild(AlarmChips)
    assert found is not None
    return found


def test_time_and_several_alarms_or_none_are_saved(window: Window, book: Book) -> None:
    pick(window, "Time of day", time(14))
    for words, kept in (("1 day before", (0, 1440)), ("At the time", (1440,)), ("1 day before", ())):
        next(one for one in alarms(window).findChildren(Chip) if one.accessibleName() == words).click()
        settle()
        found = preferences.get(book)
        assert (found.check_in_at, found.alarms) == (time(14), kept)


def test_values_out_of_the_usual_are_shown_and_kept(desk: Desk, book: Book) -> None:
    odd = replace(preferences.get(book), every=interval("5 weeks"), check_in_at=time(8, 45), alarms=(0, 15))
    preferences.save(book, odd, today=TODAY)
    window = desk.open(book)
    window.go(Place("settings"))
    assert select(window, "How often by default").currentText() == "Every 5 weeks"
    assert select(window, "Time of day").value == time(8, 45)
    assert alarms(window).value == (0, 15)
    pick(window, "Time of day", time(9))
    assert preferences.get(book) == replace(odd, check_in_at=time(9))


def test_a_setting_that_cannot_be_saved_shows_what_holds(desk: Desk, tmp_path: Path) -> None:
    a_book(tmp_path, "locked.keepwarm").close()
    locked = StoredBook(tmp_path / "locked.keepwarm", read_only=True)
    window = desk.open(locked)
    window.go(Place("settings"))
    pick(window, "Time of day", time(14))
    assert select(window, "Time of day").value == time(9)
    dialog_of(window).reject()
    locked.close()


def test_what_another_window_or_undo_changes_is_shown(window: Window, book: Book) -> None:
    preferences.save(book, replace(preferences.get(book), check_in_at=time(7)), today=TODAY)
    assert select(window, "Time of day").value == time(7)


def test_the_theme_changes_at_once(window: Window, desk: Desk) -> None:
    pick(window, "Theme", ThemeChoice.DARK)
    assert theme.look().name == "dark"
    assert saved(desk).theme is ThemeChoice.DARK


def test_the_text_size_changes_at_once_and_the_page_stays(window: Window, desk: Desk) -> None:
    pick(window, "Text size", 1.5)
    assert theme.look().scale == 1.5
    assert select(window, "Text size").value == 1.5
    assert window.here.page == "settings"


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("High contrast", "high_contrast"),
        ("Reduce motion", "reduce_motion"),
        ("Shortcuts of one letter", "single_key_shortcuts"),
    ],
)
def test_a_switch_is_kept_on_this_machine(window: Window, desk: Desk, name: str, setting: str) -> None:
    switch = next(one for one in page_of(window).findChildren(CheckBox) if one.accessibleName() == name)
    before = getattr(saved(desk), setting)
    switch.click()
    assert getattr(saved(desk), setting) is not before


def test_a_backup_is_made_and_listed(window: Window, book: Book) -> None:
    assert "No backups yet" in words_of(window)
    button(window, "Back up now").click()
    assert len(upkeep.backups(book.path)) == 1
    assert "1 person" in words_of(window)
    assert button(window, "Restore the backup").isEnabled()


def test_a_damaged_backup_cannot_be_restored(window: Window, book: Book) -> None:
    made: Backup = upkeep.backup(book)
    with made.path.open("r+b") as file:
        file.seek(5000)
        file.write(b"\xff" * 64)
    page_of(window).refresh()
    assert "Damaged" in words_of(window)
    assert not button(window, "Restore the backup").isEnabled()


def test_a_restore_is_asked_about_first(window: Window, book: Book, qtbot: QtBot) -> None:
    upkeep.backup(book)
    page_of(window).refresh()
    button(window, "Restore the backup").click()
    dialog = dialog_of(window)
    with qtbot.waitSignal(window.restore_requested):
        next(one for one in dialog.findChildren(Button) if one.label == "Restore backup").click()


def test_a_sound_book_is_told_so(window: Window) -> None:
    button(window, "Check the book").click()
    dialog = dialog_of(window)
    assert dialog.windowTitle() == "The book is sound"
    dialog.reject()


def test_dates_that_went_astray_are_repaired_when_asked(window: Window, book: Book) -> None:
    with sqlite3.connect(book.path) as raw:
        raw.execute("UPDATE person SET last_touch_on = '2020-01-01'")
    raw.close()
    button(window, "Check the book").click()
    dialog = dialog_of(window)
    assert dialog.windowTitle() == "Repair the book?"
    next(one for one in dialog.findChildren(Button) if one.label == "Repair book").click()
    assert upkeep.check(book).ok
    for left in window.findChildren(Dialog):
        left.reject()


def test_where_the_book_is_and_its_size_are_told(window: Window, book: Book) -> None:
    assert str(book.path) in words_of(window)
    assert "kB" in words_of(window) or "KiB" in words_of(window)


def test_the_licences_are_readable(window: Window) -> None:
    button(window, "Licences").click()
    text = dialog_of(window).findChild(QPlainTextEdit)
    assert text is not None
    assert text.isReadOnly()
    assert len(text.toPlainText()) > 500
    dialog_of(window).reject()


def test_restore_in_the_menu_leads_to_the_backups(window: Window) -> None:
    window.go(Place("today"))
    window.actions_[Act.RESTORE].trigger()
    assert window.here == Place("settings", show="data")


def test_caps_days_and_quiet_dates_are_the_books_and_undoable(
    window: Window, book: Book, qtbot: QtBot
) -> None:
    pace = page_of(window)._check_ins.pace
    pick(window, "Check-ins a day", 2)
    pick(window, "Check-ins a week", 8)
    qtbot.mouseClick(pace._days[4], Qt.MouseButton.LeftButton)
    pace._from.line.setText("22 Dec")
    pace._until.line.setText("2 Jan")
    qtbot.mouseClick(pace._add, Qt.MouseButton.LeftButton)
    found = preferences.get(book)
    assert (found.per_day, found.per_week, found.weekdays[4]) == (2, 8, 0)
    assert [(one.from_on.day, one.until_on.day) for one in found.quiet] == [(22, 2)]
    settle()
    gone = next(
        one for one in pace.findChildren(IconButton) if one.accessibleName().startswith("Remove Tue 22 Dec")
    )
    qtbot.mouseClick(gone, Qt.MouseButton.LeftButton)
    assert preferences.get(book).quiet == ()
    window.undo()
    assert len(preferences.get(book).quiet) == 1


def test_a_week_keeps_one_day_and_days_that_are_none_are_refused(
    window: Window, book: Book, qtbot: QtBot
) -> None:
    pace = page_of(window)._check_ins.pace
    for chip in pace._days[:5]:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert preferences.get(book).weekdays == (0, 0, 0, 0, 1, 0, 0)
    assert pace._days[4].isChecked()
    pace._from.line.setText("soonish")
    qtbot.mouseClick(pace._add, Qt.MouseButton.LeftButton)
    assert pace._problem.isVisible()
    assert preferences.get(book).quiet == ()


def test_a_week_that_is_too_full_says_what_it_would_need(window: Window, book: Book) -> None:
    for number in range(9):
        a_person(book, f"Weekly {number}", every="1 week")
    settle()
    page_of(window).refresh()
    assert page_of(window)._check_ins.pace._needs.text() == "This plan needs 9 a week; you set 5."


def test_a_goal_is_chosen_said_and_undone(window: Window, book: Book) -> None:
    pick(window, "Messages sent", 3)
    kept = preferences.get(book)
    assert [(goal.effort, goal.per_week) for goal in kept.goals] == [("message", 3)]
    assert kept.week_starts == QLocale().firstDayOfWeek().value - 1
    window.undo()
    settle()
    assert preferences.get(book).goals == ()
    assert select(window, "Messages sent").value == 0
