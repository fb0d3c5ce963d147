"""A calendar on a server, in the window: connected in Settings, pushed out of the way, asked about, disconnected."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from crm.app import caldav, people, touches
from crm.app.books import Book
from crm.app.caldav_server import event_url
from crm.gui.checkins.log_touch import LogTouchDialog
from crm.gui.export.connected import ContentDialog, DisconnectDialog, OffersDialog, UnlockDialog
from crm.gui.export.connecting import ConnectDialog
from crm.gui.meetings.calendars import CalendarsDialog
from crm.gui.meetings.page import MeetingsPage
from crm.gui.session import Place
from crm.gui.settings.caldav import CaldavSection
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.dialogs import Dialog
from crm.gui.window import Window
from tests.builders import a_person
from tests.calendar_server import PASSWORD, USER, Radicale
from tests.gui.windows import Desk, settle, toast_of, words_of


@pytest.fixture
def window(desk: Desk, book: Book) -> Window:
    """Return a window that shows the settings of a book with one planned check-in."""
    a_person(book, "Ada Lovelace", every="6 weeks")
    opened = desk.open(book)
    opened.go(Place("settings"))
    return opened


def section(window: Window) -> CaldavSection:
    settle()
    found = window.findChild(CaldavSection)
    assert found is not None
    return found


def press(parent: Window | Dialog | CaldavSection, name: str) -> None:
    next(one for one in parent.findChildren(Button) if one.label == name).click()
    settle()


def shown(window: Window, kind: type[Any]) -> Any:
    settle()
    return next(one for one in window.findChildren(kind) if one.isVisible())


def connect(window: Window, server: Radicale, password: str = PASSWORD) -> ConnectDialog:
    section(window).connect_.click()
    dialog = shown(window, ConnectDialog)
    dialog.provider.setCurrentText("Radicale")
    dialog.provider.activated.emit(dialog.provider.currentIndex())
    dialog.address.setText(server.address)
    dialog.user.setText(USER)
    dialog.password.setText(password)
    dialog.go.click()
    settle()
    return dialog


def test_a_calendar_is_found_connected_and_filled(window: Window, book: Book, radicale: Radicale) -> None:
    dialog = connect(window, radicale, "wrong")
    assert "doesn’t accept the password" in dialog.note.text()
    dialog.password.setText(PASSWORD)
    dialog.go.click()
    assert dialog.go.label == "Connect calendar"
    dialog.calendar.setCurrentIndex(0)
    dialog.content.alarms.choose((10,))
    dialog.go.click()
    settle()
    stood = caldav.require(book)
    assert (stood.name, stood.alarms) == ("Keepwarm", (10,))
    assert [str(one["SUMMARY"]) for one in radicale.events(stood.url)] == ["Check in: Ada Lovelace"]
    words = words_of(section(window))
    assert "Your calendar is up to date." in words
    assert USER in words
    press(section(window), "What goes there…")
    changing = shown(window, ContentDialog)
    changing.content.alarms.choose(())
    changing.save.click()
    (event,) = radicale.events(stood.url)
    assert event.walk("VALARM") == []
    press(section(window), "Disconnect…")
    shown(window, DisconnectDialog).remove.click()
    settle()
    assert caldav.connection(book) is None
    assert radicale.events(stood.url) == []
    assert section(window).connect_.isVisible()
    radicale.ask("DELETE", stood.url)


def test_what_was_changed_there_is_a_question_and_logging_answers_it(
    window: Window, book: Book, desk: Desk, radicale: Radicale
) -> None:
    connect(window, radicale).go.click()
    settle()
    stood = caldav.require(book)
    (event,) = radicale.events(stood.url)
    url = event_url(stood.url, str(event["UID"]))
    there = datetime(2026, 4, 2, 9, tzinfo=UTC)
    radicale.change(url, DTSTART=there, DTEND=there)
    press(section(window), "Push now")
    assert "One change in your calendar waits for an answer." in words_of(section(window))
    assert toast_of(window) == "One change in your calendar waits for an answer."
    press(section(window), "Look at them…")
    dialog = shown(window, OffersDialog)
    assert "was moved to Thu 2 Apr in your calendar" in words_of(dialog)
    press(dialog, "Move to Thu 2 Apr")
    assert "waits" not in words_of(section(window))
    radicale.change(url, SUMMARY="✓ Check in: Ada Lovelace")
    press(section(window), "Push now")
    window._verbs.answer_calendar()
    desk.today = desk.today.replace(day=3)
    press(shown(window, OffersDialog), "Log a touch…")
    logging = shown(window, LogTouchDialog)
    logging._on_save_clicked()
    settle()
    assert len(touches.timeline(book, people.resolve(book, "Ada Lovelace"))) == 1
    assert window.session is not None
    assert window.session.pushing.standing.offers == ()
    radicale.ask("DELETE", stood.url)


def test_a_password_that_is_not_known_any_more_is_asked_for(
    window: Window, book: Book, radicale: Radicale, home: Path, qtbot: QtBot
) -> None:
    dialog = connect(window, radicale)
    dialog.passphrase.setText("correct horse")
    dialog.go.click()
    settle()
    stood = caldav.require(book)
    assert window.session is not None
    window.session.pushing._passwords = None  # as after a start
    section(window).refresh()
    assert "doesn’t know the password" in words_of(section(window))
    press(section(window), "Password…")
    asking = shown(window, UnlockDialog)
    asking.secret.setText("wrong horse")
    asking.go.click()
    assert "isn’t the passphrase" in asking.note.text()
    asking.secret.setText("correct horse")
    asking.go.click()
    settle()
    assert "up to date" in words_of(section(window))
    radicale.ask("DELETE", stood.url)


def test_a_password_that_is_refused_is_typed_anew_and_not_tried_again_by_itself(
    window: Window, book: Book, radicale: Radicale
) -> None:
    connect(window, radicale).go.click()
    settle()
    stood = caldav.require(book)
    assert window.session is not None
    pushing = window.session.pushing
    pushing.passwords.remember(stood.account, "withdrawn")
    section(window).refresh()
    assert "doesn’t accept the password" in words_of(section(window))
    assert "doesn’t accept the password" in toast_of(window)
    pushing.passwords.remember(stood.account, PASSWORD)
    pushing._on_due()
    assert "doesn’t accept the password" in words_of(section(window))
    press(section(window), "Password…")
    asking = shown(window, UnlockDialog)
    asking.secret.setText(PASSWORD)
    asking.go.click()
    settle()
    assert "up to date" in words_of(section(window))
    radicale.ask("DELETE", stood.url)


def test_meetings_are_read_from_another_calendar_of_the_account(
    window: Window, book: Book, radicale: Radicale
) -> None:
    a_person(book, "Grace", email="grace@navy.example")
    work = caldav.make(caldav.account(radicale.address, USER), PASSWORD, "Work")
    radicale.ask("PUT", f"{work.url}1.ics", _MEETING)
    connect(window, radicale).go.click()
    window.go(Place("meetings"))
    page = window.current_page()
    assert isinstance(page, MeetingsPage)
    page._read_first.click()
    dialog = shown(window, CalendarsDialog)
    (box,) = (box for box, one in dialog._boxes if one.url == work.url)
    assert not dialog.go.isEnabled()
    box.setChecked(True)
    dialog.go.click()
    settle()
    assert "Coffee with Grace" in words_of(page)
    page._bring.click()
    settle()
    assert len(touches.timeline(book, people.resolve(book, "Grace"))) == 1
    for url in (work.url, caldav.require(book).url):
        radicale.ask("DELETE", url)


_MEETING = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260301T000000Z\r\n"
    b"SUMMARY:Coffee with Grace\r\nDTSTART:20260227T090000Z\r\nDTEND:20260227T093000Z\r\n"
    b"ATTENDEE:mailto:grace@navy.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
