"""The one notice a day, by the tray icon or in the window; when it comes and that it comes once."""

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from crm.app import interviews, opportunities
from crm.app.books import Book
from crm.domain.interview import InterviewDraft
from crm.domain.opportunity import OpportunityDraft
from crm.domain.person import PersonId
from crm.gui import notices
from crm.gui.lessons.brief import BriefDialog
from crm.gui.places import Places
from crm.gui.tasks import InlineTasks
from crm.gui.window import Window
from crm.settings import Settings
from tests.builders import TODAY, a_person, a_touch
from tests.gui.windows import Desk, settle, toast_of

ON = Settings(digest=True)
MORNING = datetime.combine(TODAY, time(9))


class Told:
    """A clock to set, the notices it rules, and what they said."""

    def __init__(self, folder: Path, window: Window, book: Book) -> None:
        self.now, self.book, self.said = MORNING, book, []
        self.folder, self._window = folder, window
        self.notices = self.again()

    def again(self) -> notices.Notices:
        """Start anew, as the app does."""
        self.notices = notices.Notices(
            InlineTasks(), Places(self.folder / "notices.ini"), lambda: self.now, self._window
        )
        self.notices.told.connect(self.said.append)
        return self.notices

    def at(self, now: datetime, settings: Settings = ON) -> list[str]:
        """Return what is said at a time."""
        self.now = now
        self.said.clear()
        self.notices.follow(settings, self.book)
        return list(self.said)


@pytest.fixture
def told(tmp_path: Path, desk: Desk, book: Book) -> Told:
    for name in ("Ada Lovelace", "Ben Okri", "Cleo Nile"):
        person: PersonId = a_person(book, name, every="6 weeks")
        a_touch(book, person, on=TODAY - timedelta(days=50))
    return Told(tmp_path, desk.open(book), book)


def test_it_is_off_until_it_is_turned_on(told: Told) -> None:
    assert told.at(MORNING, Settings()) == []
    assert len(told.at(MORNING)) == 1


def test_it_names_two_and_counts_the_rest_or_hides_them(told: Told) -> None:
    (said,) = told.at(MORNING)
    assert said == "3 check-ins today: Ada Lovelace, Ben Okri and 1 more."
    told.again()
    (hidden,) = told.at(MORNING + timedelta(days=1), Settings(digest=True, digest_hides_names=True))
    assert hidden == "3 check-ins today."


def test_it_waits_for_its_time_and_comes_once_even_after_another_start(told: Told) -> None:
    assert told.at(MORNING - timedelta(minutes=1)) == []
    assert len(told.at(MORNING)) == 1
    assert told.at(MORNING + timedelta(minutes=1)) == []
    told.again()
    assert told.at(MORNING + timedelta(hours=3)) == []
    assert len(told.at(MORNING + timedelta(days=1))) == 1


def test_a_day_off_is_silent(told: Told) -> None:
    assert told.at(MORNING + timedelta(days=5)) == []  # a Saturday


def test_a_tray_icon_tells_where_there_is_one(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(notices, "has_tray", lambda: True)
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda _icon, _title, words, *_more: shown.append(words)
    )
    assert told.at(MORNING) == []
    assert shown == ["3 check-ins today: Ada Lovelace, Ben Okri and 1 more."]
    told.at(MORNING, Settings())
    assert told.notices._icon is None


def test_closing_leaves_the_app_in_the_tray_if_wished_and_quitting_ends_it(
    desk: Desk, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "has_tray", lambda: True)
    desk.settings = Settings(digest=True, stay_in_tray=True)
    window = desk.open(book)
    window.close()
    assert not window.isVisible()
    assert window.session is not None
    window.notices.opened.emit()
    assert window.isVisible()
    window.quit()
    assert window.session is None


def test_briefs_are_announced_unless_turned_off_and_lead_there(
    told: Told, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyst = opportunities.add(told.book, OpportunityDraft("Analyst", "Orbital"), today=TODAY)
    starts = MORNING.astimezone() + timedelta(days=1)
    interviews.add(told.book, analyst, InterviewDraft(starts.date(), starts), today=TODAY)
    said: list[str] = []
    told.notices.brief_told.connect(lambda words, _interview: said.append(words))
    told.at(MORNING, Settings(brief_notices=False))
    assert said == []
    told.at(MORNING, Settings())
    told.at(MORNING + timedelta(hours=1), Settings())
    assert said == ["Tomorrow, 09:00: interview with Orbital. Your brief is ready."]
    told.again()
    told.notices.brief_told.connect(lambda words, _interview: said.append(words))
    told.at(MORNING + timedelta(hours=2), Settings())
    assert len(said) == 1
    told.at(MORNING + timedelta(hours=22), Settings(digest_hides_names=True))
    assert said[1:] == ["Today, 09:00: an interview. Your brief is ready."]


def test_the_window_offers_the_brief_it_announces(desk: Desk, book: Book) -> None:
    analyst = opportunities.add(book, OpportunityDraft("Analyst", "Orbital"), today=TODAY)
    which = interviews.add(book, analyst, InterviewDraft(TODAY), today=TODAY)
    window = desk.open(book)
    window.notices.brief_told.emit("Your brief is ready.", which)
    assert "Your brief is ready." in toast_of(window)
    window.notices.brief_requested.emit(which)
    settle()
    assert [one.isVisible() for one in window.findChildren(BriefDialog)] == [True]


def test_without_a_tray_the_window_says_it(desk: Desk, book: Book) -> None:
    window = desk.open(book)
    window.notices.told.emit("2 check-ins today.")
    assert "2 check-ins today." in toast_of(window)
