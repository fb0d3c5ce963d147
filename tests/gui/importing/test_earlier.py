"""Earlier imports in the window: listed, opened, undone with what was changed since named, and that undone too."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm.app import batches, importing, people
from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.batch import BatchFate
from crm.gui.importing.earlier import EarlierImports
from crm.gui.importing.page import ImportPage
from crm.gui.importing.undoing import ImportDialog
from crm.gui.session import Place
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.labels import PlainLabel
from crm.gui.window import Window
from tests.builders import TODAY
from tests.gui.windows import Desk, settle, toast_of

CARDS = "".join(
    f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nEND:VCARD\r\n"
    for name in ("Ada Lovelace", "Charles Babbage")
)
BAD = "BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n"


@pytest.fixture
def window(desk: Desk, book: Book, tmp_path: Path) -> Window:
    """Return a window on the import page, of a book into which a file was imported."""
    file = tmp_path / "cards.vcf"
    file.write_text(CARDS, newline="")
    with importing.read_files((file,), Progress()) as read:
        plan = importing.plan(book, read, Progress(), today=TODAY)
        importing.apply(book, plan, Progress(), today=TODAY)
    people.star(book, (people.resolve(book, "Ada Lovelace"),), True)
    opened = desk.open(book)
    opened.go(Place("importing"))
    return opened


def dialog_of(window: Window, kind: type) -> EarlierImports | ImportDialog:
    settle()
    return next(one for one in window.findChildren(kind) if one.isVisible())


def listed(window: Window) -> EarlierImports:
    page = window.current_page()
    assert isinstance(page, ImportPage)
    button = next(one for one in page.findChildren(Button) if one.label == "Earlier imports")
    button.click()
    found = dialog_of(window, EarlierImports)
    assert isinstance(found, EarlierImports)
    return found


def opened_import(window: Window, qtbot: QtBot) -> ImportDialog:
    dialog = listed(window)
    row = dialog.card.rows[0]
    assert "cards.vcf" in row.accessibleName()
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Return)
    found = dialog_of(window, ImportDialog)
    assert isinstance(found, ImportDialog)
    return found


def texts(dialog: ImportDialog | EarlierImports) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(PlainLabel) if label.isVisible())


def test_an_import_shows_whom_it_brought_and_what_undoing_it_would_keep(window: Window, qtbot: QtBot) -> None:
    said = texts(opened_import(window, qtbot))
    assert "Ada Lovelace, Charles Babbage" in said
    assert "Takes away 1 person, keeps 1 that changed since." in said
    assert "Ada Lovelace – You changed this since" in said


def test_an_import_is_undone_by_the_keyboard_and_that_can_be_undone(
    window: Window, book: Book, qtbot: QtBot
) -> None:
    dialog = opened_import(window, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert toast_of(window) == "Took back the import of cards.vcf."
    assert [row.fate for row in batches.list_batches(book)] == [BatchFate.UNDONE]
    assert not [
        one for one in QApplication.topLevelWidgets() if isinstance(one, EarlierImports) and one.isVisible()
    ]
    window.session.actions["undo"].trigger()
    assert [row.fate for row in batches.list_batches(book)] == [BatchFate.UNDOABLE]


def test_an_import_that_was_undone_says_so_and_offers_nothing(
    window: Window, book: Book, qtbot: QtBot
) -> None:
    batches.undo(book, 1)
    dialog = opened_import(window, qtbot)
    assert "This import was undone." in texts(dialog)
    assert not dialog.undo.isVisible()


def test_without_an_import_the_list_says_so(desk: Desk, book: Book) -> None:
    window = desk.open(book)
    window.go(Place("importing"))
    assert "Nothing was imported yet" in texts(listed(window))


def test_what_couldnt_be_read_is_saved_from_the_last_page(
    desk: Desk, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, saved = tmp_path / "cards.vcf", tmp_path / "failed.vcf"
    file.write_text(CARDS + BAD, newline="")
    window = desk.open(book)
    window.import_files((file,))
    page = window.current_page()
    assert isinstance(page, ImportPage)
    page.review.accepted.emit()
    monkeypatch.setattr("crm.gui.importing.done.choose_save", lambda *_: saved)
    next(one for one in page.done.findChildren(Button) if one.label == "Save as file…").click()
    assert saved.read_bytes() == BAD.encode().replace(
        b"BEGIN:VCARD\r\n", b"BEGIN:VCARD\r\nX-KEEPWARM-REASON:Nothing in it\r\n"
    )
