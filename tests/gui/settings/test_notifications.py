"""Notifications in the settings: off at first, the rest follows whether they are on."""

from datetime import time

from crm.app.books import Book
from crm.gui.session import Place
from crm.gui.settings.notifications import NotificationsSection
from tests.gui.windows import Desk, words_of


def test_they_are_off_and_honest_and_keep_what_is_chosen(desk: Desk, book: Book) -> None:
    window = desk.open(book)
    window.go(Place("settings"))
    section = window.findChild(NotificationsSection)
    assert section is not None
    assert "Notifications need the app running." in words_of(section)
    assert not section.on.isChecked()
    assert not section.at.isEnabled()
    section.on.setChecked(True)
    section.at.choose(time(8))
    section.at.chosen.emit(time(8))
    section.hidden.setChecked(True)
    kept = window.settings()
    assert (kept.digest, kept.digest_time, kept.digest_hides_names) == (True, time(8), True)
