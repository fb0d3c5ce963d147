"""Themes, text sizes, and how the sidebar makes room."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm.app import people
from crm.app.books import Book
from crm.gui import theme
from crm.gui.actions import Act
from crm.gui.session import Place
from crm.gui.sidebar import RAIL, Sidebar
from crm.gui.theme import px
from crm.gui.window import Window
from crm.settings import ThemeChoice
from tests.builders import a_person
from tests.gui.windows import PAGES, Desk, nav, press, saved, settle


def picture(window: Window) -> QImage:
    settle()
    return window.grab().toImage()


@pytest.mark.parametrize("page", PAGES)
def test_light_dark_light_ends_on_the_same_picture(window: Window, page: str) -> None:
    window.go(Place(page))
    before = picture(window)
    window.set_theme(ThemeChoice.DARK)
    dark = picture(window)
    window.set_theme(ThemeChoice.LIGHT)
    assert dark != before
    assert picture(window) == before


def test_the_theme_is_kept(window: Window, desk: Desk) -> None:
    window.actions_[Act.THEME_DARK].trigger()
    assert saved(desk).theme is ThemeChoice.DARK
    assert window.actions_[Act.THEME_DARK].isChecked()
    assert not window.actions_[Act.THEME_LIGHT].isChecked()


def test_a_theme_chosen_twice_stays_checked(window: Window) -> None:
    window.actions_[Act.THEME_DARK].trigger()
    window.actions_[Act.THEME_DARK].trigger()
    assert window.actions_[Act.THEME_DARK].isChecked()


def test_text_grows_where_the_user_is(window: Window, book: Book, desk: Desk, qtbot: QtBot) -> None:
    place = Place("people", people.resolve(book, "Ada Lovelace"))
    window.go(place)
    press(window, "Ctrl++", qtbot)
    settle()
    assert theme.look().scale == 1.15
    assert window.here == place
    assert window.windowTitle().startswith("Ada Lovelace")
    assert saved(desk).text_scale == 1.15
    assert nav(window, "people").accessibleName() == "People, 1"


def test_a_window_rebuilt_for_larger_text_acts_once(window: Window, book: Book, qtbot: QtBot) -> None:
    a_person(book, "Grace Hopper")
    for _ in range(2):
        press(window, "Ctrl++", qtbot)
        settle()
    press(window, "Ctrl+Z", qtbot)
    assert people.resolve(book, "Ada Lovelace")
    press(window, "Ctrl+3", qtbot)
    press(window, "Alt+Left", qtbot)
    assert window.here == Place("today")


def test_text_goes_back_to_its_actual_size(window: Window, qtbot: QtBot) -> None:
    press(window, "Ctrl+-", qtbot)
    settle()
    assert theme.look().scale == 0.9
    press(window, "Ctrl+0", qtbot)
    assert theme.look().scale == 1.0


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_page_fits_the_smallest_window(desk: Desk, book: Book, scale: float) -> None:
    a_person(book)
    desk.settings = replace(desk.settings, text_scale=scale)
    window = desk.open(book, size=(int(760 * max(1, scale * 0.85)), 600))
    for page in PAGES:
        window.go(Place(page))
        settle()
        shown = window.current_page()
        assert shown is not None
        assert shown.minimumSizeHint().width() <= window.width() - px(RAIL), page


def test_a_narrow_window_has_a_rail(desk: Desk, book: Book) -> None:
    wide, narrow = desk.open(book, size=(1200, 700)), desk.open(book, size=(1100, 700))
    assert [window.findChild(Sidebar).is_rail for window in (wide, narrow)] == [False, True]  # type: ignore[union-attr]


def test_the_sidebar_folds_and_a_button_in_sight_brings_it_back(
    window: Window, desk: Desk, qtbot: QtBot
) -> None:
    sidebar = window.findChild(Sidebar)
    assert sidebar is not None
    press(window, "Ctrl+B", qtbot)
    assert sidebar.is_rail
    assert not saved(desk).sidebar_open
    assert sidebar.toggle.isVisible()
    assert sidebar.toggle.accessibleName() == "Show sidebar"
    qtbot.mouseClick(sidebar.toggle, Qt.MouseButton.LeftButton)
    assert not sidebar.is_rail
    assert saved(desk).sidebar_open


def test_where_the_window_is_narrow_no_button_promises_a_sidebar(desk: Desk, book: Book) -> None:
    sidebar = desk.open(book, size=(1000, 700)).findChild(Sidebar)
    assert sidebar is not None
    assert not sidebar.toggle.isVisible()


def test_right_to_left_puts_the_sidebar_on_the_right(desk: Desk, book: Book, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    window = desk.open(book)
    settle()
    sidebar = window.findChild(Sidebar)
    assert sidebar is not None
    assert sidebar.mapTo(window, sidebar.rect().topRight()).x() == window.width() - 1
