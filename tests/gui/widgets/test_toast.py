import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm.gui.widgets import toast as toasts
from crm.gui.widgets.toast import STAY_MS, Message, Mood, Toast


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    heard: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        toasts, "announce", lambda _widget, words, *, urgent=False: heard.append((words, urgent))
    )
    return heard


@pytest.fixture
def toast(qtbot: QtBot) -> Toast:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    made = Toast(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return made


def test_a_message_is_announced_once(toast: Toast, said: list[tuple[str, bool]]) -> None:
    toast.say(Message("Touch logged."))
    toast.say(Message("Can't save.", mood=Mood.BAD))
    assert said == [("Touch logged.", False), ("Can't save.", True)]
    assert toast.isVisible()


def test_it_stays_eight_seconds_and_waits_for_pointer_and_focus(toast: Toast) -> None:
    toast.say(Message("Touch logged.", "Undo"))
    assert STAY_MS == 8000
    assert toast._timer.isActive()
    toast._action.setFocus()
    assert not toast._timer.isActive()
    toast._action.clearFocus()
    assert toast._timer.isActive()
    toast._timer.timeout.emit()
    assert not toast.isVisible()


def test_its_action_runs_once_and_it_leaves(toast: Toast, qtbot: QtBot) -> None:
    undone: list[int] = []
    toast.say(Message("Touch logged.", "Undo", lambda: undone.append(1)))
    qtbot.mouseClick(toast._action, Qt.MouseButton.LeftButton)
    assert undone == [1]
    assert not toast.isVisible()


def test_a_newer_message_takes_the_place_of_the_older(toast: Toast) -> None:
    toast.say(Message("One", "Undo"))
    toast.say(Message("Two"))
    assert toast.message.text == "Two"
    assert not toast._action.isVisible()


@pytest.mark.parametrize("words", ["Short.", "A long sentence that goes on and on. " * 8])
def test_it_stays_inside_its_window(toast: Toast, words: str) -> None:
    window = toast.parentWidget()
    toast.say(Message(words, "Undo"))
    window.resize(420, 400)
    assert window.rect().contains(toast.geometry())


def test_escape_and_the_cross_dismiss_it(toast: Toast, qtbot: QtBot) -> None:
    toast.say(Message("One"))
    qtbot.keyClick(toast, Qt.Key.Key_Escape)
    assert not toast.isVisible()
    toast.say(Message("Two"))
    qtbot.mouseClick(toast._close, Qt.MouseButton.LeftButton)
    assert not toast.isVisible()


def test_what_is_being_done_stays_until_it_is_told(toast: Toast) -> None:
    toast.say(Message("Working on it…", mood=Mood.BUSY))
    assert not toast._timer.isActive()
    toast.say(Message("Undone."))
    assert toast._timer.isActive()
