"""Calendar files kept up to date, in the window: added, changed and stopped in Settings, current after every change."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crm.app import checkins, feeds
from crm.app.books import Book
from crm.domain.cadence import Interval, Unit
from crm.domain.feed import FeedDraft, Scope
from crm.gui.export.feed_dialog import FeedDialog
from crm.gui.session import Place
from crm.gui.settings.feeds import FeedsSection
from crm.gui.widgets.buttons import Button, IconButton
from crm.gui.window import Window
from tests.builders import TODAY, a_person
from tests.gui.windows import Desk, settle, toast_of, words_of


@pytest.fixture
def window(desk: Desk, book: Book) -> Window:
    """Return a window that shows the settings of a book with one planned check-in."""
    a_person(book, "Ada Lovelace", company="Orbital Labs", every="6 weeks")
    opened = desk.open(book)
    opened.go(Place("settings"))
    return opened


def section(window: Window) -> FeedsSection:
    settle()
    found = window.findChild(FeedsSection)
    assert found is not None
    return found


def press(window: Window, name: str) -> None:
    buttons = [*section(window).findChildren(Button), *section(window).findChildren(IconButton)]
    next(one for one in buttons if one.accessibleName() == name).click()
    settle()


def dialog_of(window: Window) -> FeedDialog:
    return next(one for one in window.findChildren(FeedDialog) if one.isVisible())


def keep(window: Window, path: Path) -> None:
    """Add a file as the user does."""
    press(window, "Keep a file…")
    dialog = dialog_of(window)
    dialog.path.setText(str(path))
    dialog.save.click()
    settle()


def test_a_file_is_kept_from_the_settings_on_and_says_how_it_stands(
    window: Window, book: Book, tmp_path: Path
) -> None:
    assert "None yet." in words_of(section(window))
    keep(window, tmp_path / "kept")
    assert (tmp_path / "kept.ics").read_bytes().count(b"BEGIN:VEVENT") == 1
    assert "1 event, up to date." in words_of(section(window))
    assert toast_of(window) == "Keepwarm is kept up to date."
    assert [feed.draft.path for feed in feeds.feeds(book)] == [str(tmp_path / "kept.ics")]


def test_a_file_follows_a_change_soon_and_undo_too(
    window: Window, book: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    keep(window, tmp_path / "kept.ics")
    before = (tmp_path / "kept.ics").read_bytes()
    assert window.session is not None
    ben = a_person(book, "Ben Okri")
    with qtbot.waitSignal(window.session.feeds.refreshed):
        checkins.set_every(book, (ben,), Interval(2, Unit.MONTH), today=TODAY)
    assert b"Ben Okri" in (tmp_path / "kept.ics").read_bytes()
    with qtbot.waitSignal(window.session.feeds.refreshed):
        window.undo()
    assert (tmp_path / "kept.ics").read_bytes() == before


def test_a_change_right_before_the_window_closes_is_written(
    window: Window, book: Book, tmp_path: Path
) -> None:
    keep(window, tmp_path / "kept.ics")
    a_person(book, "Ben Okri", every="2 months")
    window.close()
    assert b"Ben Okri" in (tmp_path / "kept.ics").read_bytes()


def test_a_file_is_current_at_the_start_and_when_the_day_changes(
    desk: Desk, book: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    a_person(book, "Ada Lovelace", every="1 day")
    feeds.add(book, FeedDraft("Keepwarm", str(tmp_path / "kept.ics")))
    window = desk.open(book)
    assert window.session is not None
    qtbot.waitSignal(window.session.feeds.refreshed).wait()
    before = (tmp_path / "kept.ics").read_bytes()
    desk.today = TODAY.replace(day=20)
    window._on_clock_timeout()
    assert (tmp_path / "kept.ics").read_bytes() != before


def test_what_goes_wrong_stands_on_the_file_and_is_in_nobodys_way(window: Window, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    keep(window, tmp_path / "stick" / "kept.ics")
    (tmp_path / "stick" / "kept.ics").unlink()
    (tmp_path / "stick").rmdir()
    section(window).refresh()
    assert "Couldn’t save" in words_of(section(window))


def test_a_file_is_changed_and_stopped_and_both_are_undone(
    window: Window, book: Book, tmp_path: Path
) -> None:
    keep(window, tmp_path / "kept.ics")
    press(window, "Change Keepwarm")
    dialog = dialog_of(window)
    dialog.name.setText("Orbital")
    dialog.what.setCurrentText("People at Orbital Labs")
    dialog.alarms.choose((10, 1440))
    dialog.days.choose(30)
    dialog.save.click()
    (feed,) = feeds.feeds(book)
    assert (feed.draft.name, feed.draft.scope, feed.draft.alarms, feed.draft.days) == (
        "Orbital",
        Scope.COMPANY,
        (10, 1440),
        30,
    )
    press(window, "Stop keeping Orbital")
    assert feeds.feeds(book) == ()
    assert (tmp_path / "kept.ics").exists()
    window.undo()
    window.undo()
    assert feeds.feeds(book)[0].draft.name == "Keepwarm"


def test_a_file_needs_a_name_and_says_so_in_the_dialog(window: Window, book: Book, tmp_path: Path) -> None:
    press(window, "Keep a file…")
    dialog = dialog_of(window)
    dialog.name.clear()
    dialog.path.setText(str(tmp_path / "kept.ics"))
    dialog.save.click()
    assert dialog.note.text().startswith("Give the calendar file a name.")
    assert feeds.feeds(book) == ()
    dialog.reject()
