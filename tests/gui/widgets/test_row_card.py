from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm.gui.widgets.buttons import Button, CheckCircle
from crm.gui.widgets.cards import CardRow, RowCard
from crm.gui.widgets.layouts import add, boxed, column, row
from crm.gui.widgets.pill import Pill


def make_row(key: int) -> CardRow:
    made = CardRow(key, f"Person {key}, today.")
    add(made.body, CheckCircle(f"Log a touch with person {key}"), None)
    made.set_trailing(Pill("Today", "info"), boxed(add(row(), Button("Log touch"), Button("Email"))))
    return made


@pytest.fixture
def card(qtbot: QtBot) -> Iterator[RowCard]:
    window = QWidget()
    qtbot.addWidget(window)
    made = RowCard("Check-ins")
    add(column(window), Button("Before"), made, Button("After"))
    made.set_rows([make_row(key) for key in (1, 2, 3)])
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    window.close()


def shown(card: RowCard) -> list[bool]:
    return [one._actions is not None and one._actions.isVisible() for one in card.rows]


def test_arrows_letters_and_ends_move_between_rows(card: RowCard, qtbot: QtBot) -> None:
    card.rows[0].setFocus()
    seen = []
    for key in (
        Qt.Key.Key_Down,
        Qt.Key.Key_J,
        Qt.Key.Key_Down,
        Qt.Key.Key_K,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    ):
        qtbot.keyClick(QApplication.focusWidget(), key)
        focus = QApplication.focusWidget()
        assert isinstance(focus, CardRow)
        seen.append(focus.key)
    assert seen == [2, 3, 3, 2, 1, 3]


def test_tab_goes_through_one_row_and_its_actions_only(card: RowCard, qtbot: QtBot) -> None:
    card.rows[1].setFocus(Qt.FocusReason.TabFocusReason)
    names = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        names.append(QApplication.focusWidget().accessibleName())
    assert names == ["Log a touch with person 2", "Log touch", "Email", "After"]


def test_actions_show_in_the_row_that_has_the_focus(card: RowCard) -> None:
    assert shown(card) == [False, False, False]
    card.rows[1].setFocus()
    assert shown(card) == [False, True, False]
    card.window().findChild(Button).setFocus()
    assert shown(card) == [False, False, False]


def test_enter_and_click_open_a_row(card: RowCard, qtbot: QtBot) -> None:
    told: list[int] = []
    card.opened.connect(told.append)
    card.rows[1].setFocus()
    qtbot.keyClick(card.rows[1], Qt.Key.Key_Return)
    qtbot.mouseClick(card.rows[2], Qt.MouseButton.LeftButton)
    assert told == [2, 3]


def test_the_focus_stays_on_the_same_person_when_rows_change(card: RowCard) -> None:
    card.rows[1].setFocus()
    card.set_rows([make_row(key) for key in (3, 2)])
    assert card.current is card.rows[1]
    assert card.rows[1].hasFocus()


def test_the_next_row_takes_the_place_of_one_that_left(card: RowCard) -> None:
    card.rows[1].setFocus()
    card.set_rows([make_row(key) for key in (1, 3)])
    assert card.current is not None
    assert card.current.key == 3
    assert card.current.hasFocus()


def test_a_card_without_rows_has_none_current(card: RowCard) -> None:
    card.set_rows([])
    assert card.current is None
    assert card.rows == ()
