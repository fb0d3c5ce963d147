"""Saved e-mails dropped on the window: each is confirmed in the quick box, one after another."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from crm.app import people, touches
from crm.app.books import Book
from crm.domain.person import ContactKind, ContactPoint
from crm.domain.touch import Direction, TouchKind
from crm.gui.palette.quick_log import QuickLogDialog
from crm.gui.window import Window
from tests.builders import TODAY, a_person
from tests.gui.palette.test_quick_log import chips, choose
from tests.gui.windows import settle, toast_of

LETTER = "From: {sender}\nTo: me@home.example\nDate: Sun, 1 Mar 2026 12:00:00 +0000\nSubject: {about}\n\nHi\n"


def drop(window: Window, *files: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(5, 5), copy, mime, left, Qt.KeyboardModifier.NoModifier))
    settle()


def boxes(window: Window) -> list[QuickLogDialog]:
    return [one for one in window.findChildren(QuickLogDialog) if one.isVisible()]


def test_letters_fill_the_box_one_after_another(
    window: Window, book: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    ana = a_person(book, "Ana Lima", contacts=(ContactPoint(ContactKind.EMAIL, "ana@orbital.example"),))
    first, broken, second = tmp_path / "1.eml", tmp_path / "2.eml", tmp_path / "3.EML"
    first.write_text(LETTER.format(sender="Ana <ana@orbital.example>", about="called Bo yesterday"), "utf-8")
    broken.write_bytes(b"\x00" * 99)
    second.write_text(LETTER.format(sender="Eve Quist <eve@x.example>", about="<b>Hello</b>"), "utf-8")
    drop(window, first, broken, second)
    (box,) = boxes(window)
    assert chips(box) == ["Email", "Ana Lima", "Sun 1 Mar", "Next: as usual", "They reached out"]
    assert box._note.text() == "Note: called Bo yesterday"
    qtbot.keyClicks(box._box, "good news, check in in 3 weeks")
    qtbot.keyClick(box._box, Qt.Key.Key_Return)
    settle()
    (touch,) = touches.timeline(book, ana)
    assert (touch.kind, touch.direction, touch.note) == (
        TouchKind.EMAIL,
        Direction.HEARD,
        "called Bo yesterday\ngood news",
    )
    assert people.card(book, ana, today=TODAY).row.next_due_on is not None
    (box,) = boxes(window)
    choose(box, "Eve Quist: not known yet", "Add “Eve Quist”")
    qtbot.keyClick(box._box, Qt.Key.Key_Return)
    settle()
    eve = people.resolve(book, "Eve Quist")
    assert people.card(book, eve, today=TODAY).row.email == "eve@x.example"
    assert toast_of(window)
    assert boxes(window) == []
    assert window.here.page != "importing"
