import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from crm.gui.widgets.buttons import Button, Variant
from crm.gui.widgets.dialogs import Dialog, Question, Trouble, ask, tell_error
from crm.gui.widgets.fields import TextArea, TextField
from crm.gui.widgets.labels import PlainLabel
from tests.gui.windows import settle


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def pressed(dialog: Dialog) -> list[str]:
    heard: list[str] = []
    dialog.add_cancel()
    dialog.add_button("Save touch", Variant.PRIMARY).clicked.connect(lambda: heard.append("saved"))
    dialog.rejected.connect(lambda: heard.append("cancelled"))
    dialog.show()
    dialog.activateWindow()
    return heard


def test_enter_presses_the_primary_button(window: QWidget, qtbot: QtBot) -> None:
    dialog = Dialog("Log a touch", window)
    line = TextField()
    dialog.body.addWidget(line)
    heard = pressed(dialog)
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert heard == ["saved"]


def test_in_a_text_box_enter_is_a_line_and_ctrl_enter_saves(window: QWidget, qtbot: QtBot) -> None:
    dialog = Dialog("Log a touch", window)
    box = TextArea()
    dialog.body.addWidget(box)
    heard = pressed(dialog)
    submitted: list[int] = []
    box.submitted.connect(lambda: submitted.append(1))
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert heard == []
    assert box.toPlainText() == "\n"
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == ["saved"] or submitted == [1]


def test_escape_cancels(window: QWidget, qtbot: QtBot) -> None:
    dialog = Dialog("Log a touch", window)
    heard = pressed(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert heard == ["cancelled"]


def test_a_question_is_answered_by_its_verb_only(window: QWidget, qtbot: QtBot) -> None:
    yes: list[int] = []
    question = Question("Restore this backup?", "What you have now is kept.", "Restore", danger=True)
    dialog = ask(window, question, lambda: yes.append(1))
    dialog.reject()
    assert yes == []
    dialog = ask(window, question, lambda: yes.append(1))
    button = next(one for one in dialog.findChildren(Button) if one.label == "Restore")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert yes == [1]


def test_an_error_shows_markup_letter_by_letter(window: QWidget) -> None:
    words = "<img src='file:///x'> & <b>"
    dialog = tell_error(window, Trouble("Can't save", words, "Your file is safe.", "Try again.", "Trace <b>"))
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in dialog.findChildren(PlainLabel))
    assert words in {label.text() for label in dialog.findChildren(PlainLabel)}
    assert dialog.findChild(QPlainTextEdit).toPlainText() == "Trace <b>"
    dialog.reject()


def test_a_dialog_is_as_tall_as_its_content_if_the_screen_is(window: QWidget) -> None:
    for tall in (560, 5_000):
        dialog = Dialog("Log a touch", window)
        content = QWidget()
        content.setMinimumHeight(tall)
        dialog.body.addWidget(content)
        pressed(dialog)
        room = dialog.screen().availableGeometry().height()
        hidden = dialog._scroll.verticalScrollBar().maximum()
        assert dialog.height() < room
        assert (hidden == 0) == (tall < room - 200)


def test_a_dialog_grows_with_its_content(window: QWidget, qtbot: QtBot) -> None:
    dialog = Dialog("Snooze until", window)
    more = QWidget()
    more.setMinimumHeight(120)
    more.hide()
    dialog.body.addWidget(more)
    pressed(dialog)
    before = dialog.height()
    more.show()
    qtbot.waitUntil(lambda: dialog.height() > before)
    more.hide()
    settle()
    assert dialog.height() > before
