"""The first screen: every way to begin works, and it leaves as soon as there is somebody."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm.app.books import Book
from crm.gui.first_run.page import FirstRunPage
from crm.gui.first_run.tile import Tile
from crm.gui.session import Place
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.drop_zone import DropZone
from crm.gui.widgets.labels import PlainLabel
from crm.gui.window import Window
from tests.builders import a_person
from tests.gui.windows import Desk, settle


@pytest.fixture
def window(desk: Desk, book: Book) -> Window:
    """Return a window on an empty book."""
    return desk.open(book)


def page_of(window: Window) -> FirstRunPage:
    settle()
    page = window.current_page()
    assert isinstance(page, FirstRunPage)
    return page


def tile(window: Window, name: str) -> Tile:
    return next(one for one in page_of(window).findChildren(Tile) if one.accessibleName() == name)


def dialog_of(window: Window) -> Dialog:
    return next(dialog for dialog in window.findChildren(Dialog) if dialog.isVisible())


def test_the_keyboard_starts_at_choosing_a_file(window: Window) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Choose file"


def test_a_file_dropped_on_the_zone_is_reviewed(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "contacts.vcf"
    file.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Grace Hopper\nEND:VCARD\n")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    zone = page_of(window).findChild(DropZone)
    assert zone is not None
    none = Qt.KeyboardModifier.NoModifier
    zone.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none))
    assert window.here == Place("importing")


def test_how_to_get_the_file_is_told_for_each_program(window: Window) -> None:
    zone = page_of(window).findChild(DropZone)
    assert zone is not None
    zone.link.click()
    dialog = dialog_of(window)
    told = " ".join(label.text() for label in dialog.findChildren(PlainLabel))
    for program in ("iPhone", "Android", "Google", "Outlook"):
        assert program in told
    dialog.reject()


def test_one_person_can_be_added_by_keyboard(window: Window, qtbot: QtBot) -> None:
    one = tile(window, "Add one person")
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Space)
    assert window.here.page == "people"
    dialog_of(window).reject()


def test_the_sample_opens_in_a_window_of_its_own(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.sample_requested):
        tile(window, "Try sample data").click()
    assert window.here.page == "first_run"


def test_a_tile_is_pressed_wherever_it_is_clicked(window: Window, qtbot: QtBot) -> None:
    one = tile(window, "Try sample data")
    words = one.findChildren(PlainLabel)[0]
    with qtbot.waitSignal(window.sample_requested):
        qtbot.mouseClick(one, Qt.MouseButton.LeftButton, pos=words.geometry().center())


def test_it_gives_way_to_today_once_somebody_is_there(window: Window, book: Book) -> None:
    page_of(window)
    a_person(book)
    assert window.here == Place("today")


def test_it_says_where_the_book_is(window: Window, book: Book) -> None:
    told = " ".join(label.text() for label in page_of(window).findChildren(PlainLabel))
    assert str(book.path.parent) in told
