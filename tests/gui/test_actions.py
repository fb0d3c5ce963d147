from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from crm.gui.actions import ACTIONS, Act, Actions, Menu, Page, When, is_single_key
from crm.paths import resources_dir


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


def test_every_action_is_in_the_table_once() -> None:
    assert Counter(spec.id for spec in ACTIONS) == Counter(Act)


def test_no_two_actions_of_a_page_share_a_shortcut() -> None:
    # What works everywhere works on every page too.
    everywhere = [keys for spec in ACTIONS if spec.page is Page.EVERYWHERE for keys in spec.keys]
    for page in Page:
        own = [keys for spec in ACTIONS if spec.page is page is not Page.EVERYWHERE for keys in spec.keys]
        twice = [keys for keys, times in Counter(everywhere + own).items() if times > 1]
        assert twice == [], page


def test_every_shortcut_is_one_qt_knows() -> None:
    for spec in ACTIONS:
        for keys in spec.keys:
            assert QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText) == keys


def test_single_letters_never_work_everywhere() -> None:
    assert [s.id for s in ACTIONS if s.page is Page.EVERYWHERE and any(map(is_single_key, s.keys))] == []


def test_every_icon_is_shipped() -> None:
    missing = [
        s.icon for s in ACTIONS if s.icon and not Path(resources_dir(), "icons", f"{s.icon}.svg").is_file()
    ]
    assert missing == []


def test_single_letters_can_be_turned_off(window: QMainWindow) -> None:
    actions = Actions(window)
    actions.set_single_keys(False)
    assert actions[Act.LOG_TOUCH].shortcut().isEmpty()
    assert actions[Act.EDIT].shortcut() == QKeySequence("Ctrl+E")
    actions.set_single_keys(True)
    assert actions[Act.LOG_TOUCH].shortcut() == QKeySequence("L")


def test_actions_are_possible_only_when_they_make_sense(window: QMainWindow) -> None:
    actions = Actions(window)
    assert not actions[Act.UNDO].isEnabled()
    actions.set_state({When.CAN_UNDO})
    assert actions[Act.UNDO].isEnabled()
    assert not actions[Act.REDO].isEnabled()
    assert actions[Act.TODAY].isEnabled()


def test_the_menu_bar_has_every_action_that_names_a_menu(window: QMainWindow) -> None:
    actions = Actions(window)
    actions.fill_menu_bar(window.menuBar())
    found: list[QAction] = []
    for entry in window.menuBar().actions():
        found += [action for action in entry.menu().actions() if not action.isSeparator()]
    named = [spec.id.value for spec in ACTIONS if spec.menu is not Menu.NONE]
    assert sorted(action.objectName() for action in found) == sorted(named)


def test_letters_of_records_belong_to_the_page_that_adopts_them(window: QMainWindow) -> None:
    actions, page = Actions(window), QWidget(window)
    assert actions[Act.LOG_TOUCH] not in window.actions()
    actions.attach(page)
    assert actions[Act.LOG_TOUCH] in page.actions()
