"""Starting: opening, damaged and foreign books, the sample, one window a book, files handed over."""

import sqlite3
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, qInstallMessageHandler
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm.app import browse, people, upkeep
from crm.domain.query import PeopleQuery
from crm.gui import single
from crm.gui.session import Place
from crm.gui.start import Opening
from crm.gui.trouble import TroublePage
from crm.gui.widgets.banner import Banner
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.labels import PlainLabel
from crm.store.book import Book
from tests.builders import TODAY, a_book, a_person
from tests.gui.windows import settle

CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Grace Hopper\nEND:VCARD\n"


@pytest.fixture(autouse=True)
def hooks() -> Iterator[None]:
    """Put the process's hooks back: a started window takes them over."""
    before = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = before
    qInstallMessageHandler(None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Contacts.keepwarm"


class Start:
    """Starts windows, and closes them in the end."""

    def __init__(self, app: QApplication, qtbot: QtBot) -> None:
        self._app, self._qtbot = app, qtbot
        self.openings: list[Opening] = []

    def __call__(self, path: Path, *, sample: bool = False, files: tuple[Path, ...] = ()) -> Opening:
        opening = Opening(self._app, path, sample=sample)
        self.openings.append(opening)
        opening.window.show()
        opening.begin(files)
        return opening

    def opened(self, path: Path, *, sample: bool = False, files: tuple[Path, ...] = ()) -> Opening:
        """Start, and wait until a place of the book shows."""
        opening = self(path, sample=sample, files=files)
        self._qtbot.waitUntil(lambda: opening.window.current_page() is not None, timeout=20_000)
        return opening

    def trouble(self, path: Path) -> tuple[Opening, TroublePage]:
        """Start with a book that can't be opened; return what shows instead."""
        opening = self.opened(path)
        page = opening.window.current_page()
        assert isinstance(page, TroublePage)
        return opening, page


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot) -> Iterator[Start]:
    made = Start(qapp, qtbot)
    yield made
    for opening in made.openings:
        opening.window.close()
        qapp.removeEventFilter(opening)
        opening.window.deleteLater()
        opening.deleteLater()
    settle()


def words_of(page: TroublePage) -> str:
    return " ".join(label.text() for label in page.findChildren(PlainLabel))


def press(page: TroublePage, name: str) -> None:
    next(button for button in page.findChildren(Button) if button.label == name).click()


def damage(path: Path) -> None:
    """Overwrite the middle of a book."""
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\x5a" * 40_000)


def test_a_first_start_makes_a_book_and_shows_the_welcome(start: Start, path: Path) -> None:
    opening = start.opened(path)
    assert path.is_file()
    assert opening.window.here == Place("first_run")


def test_the_window_shows_before_the_book_is_open(start: Start, path: Path) -> None:
    opening = start(path)
    assert opening.window.isVisible()
    assert opening.window.session is None


def test_files_named_at_the_start_are_reviewed(
    start: Start, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "contacts.vcf"
    file.write_text(CARD)
    opening = start(path, files=(file,))
    qtbot.waitUntil(lambda: opening.window.here == Place("importing"), timeout=20_000)


def test_a_file_double_clicked_on_a_mac_is_reviewed(
    start: Start, path: Path, tmp_path: Path, qapp: QApplication
) -> None:
    file = tmp_path / "contacts.vcf"
    file.write_text(CARD)
    opening = start.opened(path)
    qapp.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(file))))
    assert opening.window.here == Place("importing")


def test_a_damaged_book_offers_its_newest_backup_and_opens_it(start: Start, path: Path, qtbot: QtBot) -> None:
    book = a_book(path.parent, path.name)
    a_person(book, "Grace Hopper")
    upkeep.backup(book)
    book.close()
    damage(path)
    opening, page = start.trouble(path)
    assert "damaged" in words_of(page)
    assert "1 person" in words_of(page)
    press(page, "Restore this copy")
    qtbot.waitUntil(lambda: opening.window.session is not None, timeout=20_000)
    session = opening.window.session
    assert session is not None
    assert people.resolve(session.book, "Grace Hopper")


def test_a_damaged_book_without_a_backup_is_left_as_it_is(start: Start, path: Path) -> None:
    book = a_book(path.parent, path.name)
    a_person(book)
    book.close()
    damage(path)
    before = path.read_bytes()
    _, page = start.trouble(path)
    assert "damaged" in words_of(page)
    assert "no backup" in words_of(page)
    assert path.read_bytes() == before


def test_a_book_of_a_newer_version_is_left_untouched(start: Start, path: Path) -> None:
    a_book(path.parent, path.name).close()
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA user_version = 9999")
    raw.close()
    before = path.read_bytes()
    _, page = start.trouble(path)
    assert "newer Keepwarm" in words_of(page)
    assert path.read_bytes() == before


def test_a_file_that_is_no_book_is_left_untouched(start: Start, path: Path) -> None:
    path.write_text("Dear diary, nothing in here is a contact. " * 200)
    before = path.read_bytes()
    _, page = start.trouble(path)
    assert "isn’t a Keepwarm book" in words_of(page)
    assert path.read_bytes() == before


def test_trying_again_opens_what_has_become_whole(start: Start, path: Path, qtbot: QtBot) -> None:
    a_book(path.parent, path.name).close()
    whole = path.read_bytes()
    path.write_text("no book at all " * 500)
    opening, page = start.trouble(path)
    path.write_bytes(whole)
    press(page, "Try again")
    qtbot.waitUntil(lambda: opening.window.session is not None, timeout=20_000)


def test_quitting_from_the_trouble_page_closes_the_window(start: Start, path: Path, qtbot: QtBot) -> None:
    path.write_text("no book at all " * 500)
    opening, page = start.trouble(path)
    with qtbot.waitSignal(opening.window.closed):
        press(page, "Quit")


def test_the_sample_is_a_book_of_its_own_that_leaves_no_trace(start: Start, path: Path) -> None:
    opening = start.opened(path, sample=True)
    session = opening.window.session
    assert session is not None
    assert session.book.path != path
    assert opening.window.here == Place("today")
    folder = session.book.path.parent
    opening.window.close()
    assert not folder.exists()
    assert not path.exists()


def test_from_the_sample_one_gets_to_ones_own_book(start: Start, path: Path, qtbot: QtBot) -> None:
    opening = start.opened(path, sample=True)
    banner = opening.window.findChild(Banner, "sample")
    assert banner is not None
    banner.acted.emit()
    qtbot.waitUntil(lambda: opening.window.here == Place("first_run"), timeout=20_000)
    session = opening.window.session
    assert session is not None
    assert session.book.path == path
    assert not banner.isVisible()


def test_a_restore_from_the_settings_opens_the_book_as_it_was(start: Start, path: Path, qtbot: QtBot) -> None:
    book = a_book(path.parent, path.name)
    a_person(book, "Grace Hopper")
    made = upkeep.backup(book)
    a_person(book, "Ada Lovelace")
    book.close()
    opening = start.opened(path)
    before = opening.window.session
    assert before is not None
    before.services.restore(made.path)
    qtbot.waitUntil(
        lambda: opening.window.session not in (None, before) and opening.window.current_page() is not None,
        timeout=20_000,
    )
    session = opening.window.session
    assert session is not None
    assert len(people_of(session.book)) == 1


def people_of(book: Book) -> list[int]:
    return list(browse.people_ids(book, PeopleQuery(), today=TODAY))


def test_a_backup_is_made_when_the_day_s_first_window_opens(start: Start, path: Path, qtbot: QtBot) -> None:
    book = a_book(path.parent, path.name)
    a_person(book)
    book.close()
    start.opened(path)
    qtbot.waitUntil(lambda: len(upkeep.backups(path)) == 1, timeout=20_000)


# --- one window a book --------------------------------------------------------------------------------------------


def test_a_second_start_hands_its_files_to_the_first_window(path: Path, tmp_path: Path, qtbot: QtBot) -> None:
    parent = QObject()
    bell = single.Doorbell(path, parent)
    file = tmp_path / "Kontakte für Zoë.vcf"
    heard: list[bool] = []
    second = threading.Thread(target=lambda: heard.append(single.hand_over(path, (file,))))
    with qtbot.waitSignal(bell.rung) as rung:
        second.start()
    second.join()
    assert rung.args == [(file,)]
    assert heard == [True]


def test_without_a_first_window_nothing_is_handed_over(path: Path) -> None:
    assert not single.hand_over(path, ())


def test_each_book_has_a_bell_of_its_own(tmp_path: Path) -> None:
    assert single.name_for(tmp_path / "a.keepwarm") != single.name_for(tmp_path / "b.keepwarm")
    (tmp_path / "link.keepwarm").symlink_to(tmp_path / "a.keepwarm")
    assert single.name_for(tmp_path / "link.keepwarm") == single.name_for(tmp_path / "a.keepwarm")


@pytest.mark.parametrize("line", [b"", b"no json\n", b"{}\n", b'[1, null, {"a": 2}]\n', b"\xff\xfe\n"])
def test_a_stranger_at_the_bell_is_no_harm(line: bytes) -> None:
    assert single._paths(line) == ()


def test_a_bell_left_by_a_killed_program_is_taken_over(path: Path, qtbot: QtBot) -> None:
    first, second = QObject(), QObject()
    single.Doorbell(path, first)
    bell = single.Doorbell(path, second)
    done = threading.Thread(target=lambda: single.hand_over(path, ()))
    with qtbot.waitSignal(bell.rung):
        done.start()
    done.join()


def test_a_book_locked_by_a_dead_bell_is_told(start: Start, path: Path) -> None:
    with upkeep.WindowLock(path):
        _, page = start.trouble(path)
        assert "Another window" in words_of(page)
