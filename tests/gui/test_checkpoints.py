"""A book left alone for a moment is whole in its one file."""

import shutil
from pathlib import Path

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from crm.app import browse
from crm.app.books import Book, open_book
from crm.domain.query import PeopleQuery
from crm.gui.bus import Bus
from crm.gui.checkpoints import Checkpoints
from crm.gui.tasks import InlineTasks
from tests.builders import TODAY, a_person


def timer_of(checkpoints: Checkpoints) -> QTimer:
    """Return what waits for the book to be left alone."""
    found = checkpoints.findChild(QTimer)
    assert isinstance(found, QTimer)
    return found


def in_a_copy_of(book: Book, folder: Path) -> int:
    """Return how many people a copy of the main file alone holds."""
    folder.mkdir()
    copy = open_book(Path(shutil.copy(book.path, folder)))
    found = len(browse.people_ids(copy, PeopleQuery(), today=TODAY))
    copy.close()
    return found


def test_what_was_written_is_in_the_one_file_a_moment_later(book: Book, tmp_path: Path, qtbot: QtBot) -> None:
    bus, tasks = Bus(), InlineTasks()
    book.on_changes(bus.publish)
    quiet = timer_of(Checkpoints(book, tasks, bus, quiet_ms=0))
    tasks.busy = True
    with qtbot.waitSignal(quiet.timeout):
        for name in ("Ada", "Grace"):
            a_person(book, name)
    assert in_a_copy_of(book, tmp_path / "before") == 0
    beside = book.path.with_name(book.path.name + "-wal")
    assert beside.stat().st_size > 0  # somebody is at work
    tasks.busy = False
    qtbot.waitUntil(lambda: beside.stat().st_size == 0)
    assert in_a_copy_of(book, tmp_path / "after") == 2


def test_a_book_that_was_closed_meanwhile_is_let_be(book: Book, qtbot: QtBot) -> None:
    bus = Bus()
    book.on_changes(bus.publish)
    with qtbot.waitSignal(timer_of(Checkpoints(book, InlineTasks(), bus, quiet_ms=0)).timeout):
        a_person(book, "Ada")
        book.close()
    assert not book.path.with_name(book.path.name + "-wal").exists()
