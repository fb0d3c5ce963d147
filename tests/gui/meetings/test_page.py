"""Meetings in the window: a calendar looked over and brought in, and meetings answered once they were."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm.app import meetings, touches
from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.person import PersonId
from crm.gui.meetings.lines import RecordLine, WaitingLine
from crm.gui.meetings.page import MeetingsPage
from crm.gui.session import Place
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import CheckBox
from crm.gui.widgets.labels import PlainLabel
from crm.gui.window import Window
from tests.builders import TODAY, a_person, dump
from tests.gui.windows import Desk, settle, words_of

DAY = timedelta(days=1)


@pytest.fixture
def ada(book: Book) -> PersonId:
    return a_person(book, email="ada@engines.example", every="2 weeks")


@pytest.fixture
def window(desk: Desk, book: Book, ada: PersonId) -> Window:
    return desk.open(book)


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\nSUMMARY:<b>Coffee</b> {n}\r\nDTSTART;VALUE=DATE:{TODAY + days * DAY:%Y%m%d}\r\n"
        "ATTENDEE:mailto:ada@engines.example\r\nEND:VEVENT\r\n"
        for n, days in enumerate((-3, -2, 4))
    )
    path = tmp_path / "diary.ics"
    path.write_text(f"BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n", newline="")
    return path


def page_of(window: Window) -> MeetingsPage:
    settle()
    page = window.current_page()
    assert isinstance(page, MeetingsPage)
    return page


def test_a_calendar_is_looked_over_and_brought_in_as_one_step(
    window: Window, book: Book, ada: PersonId, diary: Path, qtbot: QtBot
) -> None:
    before = dump(book)
    window.import_files((diary,))
    page = page_of(window)
    lines = [one for one in page._found.rows if isinstance(one, RecordLine)]
    assert len(lines) == 3
    assert dump(book) == before
    qtbot.mouseClick(lines[0].findChild(CheckBox), Qt.MouseButton.LeftButton)
    assert page._bring.label == "Bring in 2 meetings"
    qtbot.mouseClick(page._bring, Qt.MouseButton.LeftButton)
    settle()
    assert [one.on for one in touches.timeline(book, ada)] == [TODAY - 2 * DAY]
    assert [one.key for one in page._ahead.rows] == [int(one.id) for one in meetings.ahead(book, today=TODAY)]
    window.undo()
    settle()
    assert dump(book) == before
    assert page._parts.currentWidget() is page._empty


def test_cancel_leaves_everything_as_it_was(window: Window, book: Book, diary: Path, qtbot: QtBot) -> None:
    before = dump(book)
    window.import_files((diary,))
    page = page_of(window)
    qtbot.mouseClick(page._cancel, Qt.MouseButton.LeftButton)
    assert dump(book) == before
    assert page._parts.currentWidget() is page._empty


def test_meetings_that_were_are_logged_or_let_go(
    window: Window, book: Book, ada: PersonId, diary: Path, qtbot: QtBot
) -> None:
    earlier = TODAY - 9 * DAY
    read = meetings.read_files((diary,), Progress(), today=earlier)
    meetings.apply(book, meetings.plan(book, read, today=earlier), today=earlier)
    window.go(Place("meetings"))
    page = page_of(window)
    page.refresh()
    settle()
    first = page._to_confirm.rows[0]
    assert isinstance(first, WaitingLine)
    log, drop = first.findChildren(Button)
    qtbot.mouseClick(log, Qt.MouseButton.LeftButton)
    settle()
    assert [one.on for one in touches.timeline(book, ada)] == [TODAY - 2 * DAY]
    _, drop = page._to_confirm.rows[0].findChildren(Button)
    qtbot.mouseClick(drop, Qt.MouseButton.LeftButton)
    settle()
    assert meetings.waiting(book, today=TODAY) == ()
    assert len(page._ahead.rows) == 1
    qtbot.keyClick(page._ahead.rows[0], Qt.Key.Key_Space)
    assert window.here == Place("people", int(ada))


def test_today_asks_about_meetings_that_were(window: Window, book: Book, diary: Path, qtbot: QtBot) -> None:
    settle()
    assert "Did you meet" not in words_of(window)
    earlier = TODAY - 9 * DAY
    read = meetings.read_files((diary,), Progress(), today=earlier)
    meetings.apply(book, meetings.plan(book, read, today=earlier), today=earlier)
    window.go(Place("today"))
    window.current_page().refresh()  # type: ignore[union-attr]
    settle()
    assert "Did you meet Ada Lovelace? Your calendar says so." in words_of(window)
    (answer,) = [one for one in window.findChildren(Button) if one.label == "Answer" and one.isVisible()]
    qtbot.mouseClick(answer, Qt.MouseButton.LeftButton)
    assert window.here == Place("meetings")


def test_words_of_strangers_are_plain_text(window: Window, diary: Path) -> None:
    window.import_files((diary,))
    page = page_of(window)
    labels = [one for one in page.findChildren(PlainLabel) if "<b>" in one.text()]
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in labels)


def test_a_file_that_is_no_calendar_is_an_error_and_nothing_changed(
    window: Window, book: Book, tmp_path: Path
) -> None:
    path = tmp_path / "odd.ics"
    path.write_text("nothing of the kind")
    before = dump(book)
    window.import_files((path,))
    dialog = window.findChild(Dialog)
    assert dialog is not None
    assert "There are no events" in words_of(dialog)
    assert dump(book) == before
