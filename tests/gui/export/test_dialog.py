"""Export to calendar: what can be chosen, what will be written, what went wrong, what was saved."""

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import icalendar
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm.app import checkins, people, plans, preferences
from crm.app.books import Book
from crm.domain.calendar import Detail, EventKind
from crm.gui.actions import Act
from crm.gui.export.advice import Program, advice
from crm.gui.export.choices import Scope
from crm.gui.export.dialog import ExportDialog
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.chips import Chip
from crm.gui.widgets.dialogs import Dialog
from crm.gui.window import Window
from tests.builders import TODAY, a_person, a_touch
from tests.gui.windows import Desk, settle, toast_of, words_of


@pytest.fixture
def window(desk: Desk, book: Book) -> Window:
    """Return a window on a book with two planned check-ins, one at a company and tagged."""
    ada = a_person(book, "Ada Lovelace", company="Orbital Labs", every="6 weeks", tags=("Mentor",))
    ben = a_person(book, "Ben Okri", every="2 months")
    for person in (ada, ben):
        a_touch(book, person, on=TODAY - timedelta(days=10), note="the engine")
    return desk.open(book)


@pytest.fixture
def dialog(window: Window) -> ExportDialog:
    """Return the dialog as the menu opens it."""
    window.actions_[Act.EXPORT_CALENDAR].trigger()
    return next(one for one in window.findChildren(ExportDialog) if one.isVisible())


def save(dialog: ExportDialog, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Save under a name, as typed into the system's own dialog."""
    monkeypatch.setattr("crm.gui.widgets.dialogs.choose_save", lambda *_: path)
    dialog.save.click()
    settle()


def events(path: Path) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")


def test_it_shows_what_will_be_written(dialog: ExportDialog) -> None:
    assert dialog.preview.count == "Preview · 2 events"
    assert "Check in: Ada Lovelace" in words_of(dialog.preview)
    assert dialog.save.isEnabled()


def test_only_the_title_tells_nothing_more(dialog: ExportDialog) -> None:
    assert "the engine" in words_of(dialog.preview)
    dialog.detail.choose(Detail.TITLE_ONLY)
    dialog._on_choice_chosen()
    assert "the engine" not in words_of(dialog.preview)


@pytest.mark.parametrize("words", ["People at Orbital Labs", "People tagged Mentor"])
def test_one_company_or_tag_alone(dialog: ExportDialog, words: str) -> None:
    dialog.what.setCurrentText(words)
    dialog._on_choice_chosen()
    assert dialog.preview.count == "Preview · 1 event"


def test_a_company_can_be_asked_for_at_once(window: Window, book: Book) -> None:
    assert window.session is not None
    from crm.app import companies  # noqa: PLC0415

    dialog = ExportDialog(window.session, window, Scope(int(companies.resolve(book, "Orbital Labs"))))
    assert dialog.what.currentText() == "People at Orbital Labs"
    assert dialog.preview.count == "Preview · 1 event"


def test_saving_writes_the_events_and_says_so(
    dialog: ExportDialog, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "check-ins.ics"
    save(dialog, file, monkeypatch)
    assert len(events(file)) == 2
    assert "check-ins.ics" in toast_of(window)


def test_the_choices_are_written_and_kept(
    dialog: ExportDialog, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.at.choose(time(7))
    dialog.alarms.choose(())
    dialog.detail.choose(Detail.TITLE_ONLY)
    file = tmp_path / "check-ins.ics"
    save(dialog, file, monkeypatch)
    (first, _) = events(file)
    assert first["DTSTART"].dt.hour == 7
    assert not first.walk("VALARM")
    kept = preferences.get(book)
    assert (kept.check_in_at, kept.alarms, kept.detail) == (time(7), (), Detail.TITLE_ONLY)


def test_saving_again_writes_the_same_events(
    dialog: ExportDialog, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first.ics", tmp_path / "second.ics"
    save(dialog, first, monkeypatch)
    window.actions_[Act.EXPORT_CALENDAR].trigger()
    again = next(one for one in window.findChildren(ExportDialog) if one.isVisible())
    save(again, second, monkeypatch)
    assert {str(event["UID"]) for event in events(first)} == {str(event["UID"]) for event in events(second)}


def test_the_ending_is_added_and_another_file_is_not_overwritten_unasked(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "mine.ics"
    there.write_text("BEGIN:VCALENDAR\nX-MINE:precious\nEND:VCALENDAR\n")
    save(dialog, tmp_path / "mine", monkeypatch)
    assert "precious" in there.read_text()
    question = next(one for one in dialog.findChildren(Dialog) if one.isVisible())
    next(one for one in question.findChildren(Button) if one.label == "Replace file").click()
    assert len(events(there)) == 2


def test_what_can_not_be_written_is_told_here_and_the_choices_stay(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.at.choose(time(7))
    (tmp_path / "file").write_text("no folder")
    save(dialog, tmp_path / "file" / "check-ins.ics", monkeypatch)
    assert dialog.isVisible()
    assert dialog.note.isVisible()
    assert dialog.save.isEnabled()
    assert dialog.at.value == time(7)


def test_cancel_writes_nothing(dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crm.gui.widgets.dialogs.choose_save", lambda *_: None)
    dialog.save.click()
    assert dialog.isVisible()
    dialog.reject()


def test_nothing_planned_has_nothing_to_choose(desk: Desk, book: Book) -> None:
    window = desk.open(book)
    window.actions_[Act.EXPORT_CALENDAR].trigger()
    dialog = next(one for one in window.findChildren(ExportDialog) if one.isVisible())
    assert "No check-ins are planned yet" in words_of(dialog)
    assert not dialog.save.isVisible()
    assert not dialog.what.isVisible()


def again(window: Window) -> ExportDialog:
    """Open the dialog once more, as the menu does."""
    window.actions_[Act.EXPORT_CALENDAR].trigger()
    return next(one for one in window.findChildren(ExportDialog) if one.isVisible())


def test_it_says_what_changed_since_the_last_export_and_can_save_only_that(
    dialog: ExportDialog, window: Window, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not dialog.only_changes.isVisible()
    save(dialog, tmp_path / "first.ics", monkeypatch)
    checkins.rest(book, (people.resolve(book, "Ben Okri"),), today=TODAY)
    second = again(window)
    assert "Since the last export: 1 cancelled." in words_of(second.preview)
    assert second.preview.count == "Preview · 1 event"
    second.only_changes.click()
    save(second, tmp_path / "changes.ics", monkeypatch)
    assert [str(event["STATUS"]) for event in events(tmp_path / "changes.ics")] == ["CANCELLED"]


def test_kinds_can_be_left_out_and_one_stays(
    dialog: ExportDialog, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans.add_step(book, None, "Polish the résumé", TODAY + timedelta(days=3), today=TODAY)
    chips = {chip.accessibleName(): chip for chip in dialog.kinds.findChildren(Chip)}
    chips["Interviews"].click()
    chips["Events"].click()
    assert dialog.preview.count == "Preview · 3 events"
    chips["Check-ins"].click()
    assert dialog.preview.count == "Preview · 1 event"
    chips["Next steps"].click()
    assert dialog.kinds.value == (EventKind.STEP,)
    save(dialog, tmp_path / "steps.ics", monkeypatch)
    assert [str(event["SUMMARY"]) for event in events(tmp_path / "steps.ics")] == ["Polish the résumé"]
    assert preferences.get(book).kinds == (EventKind.STEP,)


def test_it_says_that_kinds_left_out_stay_in_calendars_and_cancels_none_of_them(
    dialog: ExportDialog, window: Window, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans.add_step(book, None, "Polish the résumé", TODAY + timedelta(days=3), today=TODAY)
    save(dialog, tmp_path / "all.ics", monkeypatch)
    fewer = again(window)
    chips = {chip.accessibleName(): chip for chip in fewer.kinds.findChildren(Chip)}
    chips["Next steps"].click()
    assert (
        "Since the last export: nothing changed. Left out, and unchanged in calendars that hold them: Next steps."
        in words_of(fewer.preview)
    )
    save(fewer, tmp_path / "fewer.ics", monkeypatch)
    assert {str(event["STATUS"]) for event in events(tmp_path / "fewer.ics")} == {"CONFIRMED"}


def test_each_calendar_program_has_its_honest_line(dialog: ExportDialog) -> None:
    told = set()
    for program in Program:
        dialog.program.choose(program)
        dialog._on_program_chosen(program)
        told.add(advice(program))
        assert advice(program) in words_of(dialog)
    assert len(told) == len(Program)


def test_the_calendar_program_is_chosen_the_next_time_too(dialog: ExportDialog, window: Window) -> None:
    dialog.program.choose(Program.THUNDERBIRD)
    dialog._on_program_chosen(Program.THUNDERBIRD)
    dialog.reject()
    assert advice(Program.THUNDERBIRD) in words_of(again(window))


def test_every_choice_is_reached_and_made_by_keys(dialog: ExportDialog, qtbot: QtBot) -> None:
    reached: list[QWidget] = []
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.what.setFocus()
    focus = QApplication.focusWidget()
    while focus is not None and focus not in reached:
        reached.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
    chips = [
        chip for one in (dialog.kinds, dialog.alarms) for chip in one.findChildren(Chip) if chip.isVisible()
    ]
    for control in (
        dialog.what,
        dialog.at,
        *chips,
        dialog.detail,
        dialog.program,
        dialog.hand_over,
        dialog.save,
    ):
        assert control in reached, control.accessibleName()
    alarm = next(chip for chip in chips if chip.accessibleName() == "1 day before")
    qtbot.keyClick(alarm, Qt.Key.Key_Space)
    assert dialog.alarms.value == (0, 24 * 60)


@pytest.mark.parametrize("taken", [True, False])
def test_the_file_can_be_handed_to_the_calendar_app(
    dialog: ExportDialog, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: bool
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("crm.gui.export.dialog.cache_dir", lambda: tmp_path / "cache")
    monkeypatch.setattr("crm.gui.links.cache_dir", lambda: tmp_path / "cache")
    monkeypatch.setattr(
        "PySide6.QtGui.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile()) or taken
    )
    dialog.hand_over.click()
    settle()
    assert opened == [str(tmp_path / "cache" / "check-ins.ics")]
    assert len(events(Path(opened[0]))) == 2
    still_open = [one for one in window.findChildren(ExportDialog) if one.isVisible()]
    assert [one.note.isVisible() for one in still_open] == ([] if taken else [True])


def test_one_notice_a_day_is_offered_after_the_first_export_and_never_again(
    dialog: ExportDialog, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(dialog, tmp_path / "a.ics", monkeypatch)
    offer = next(one for one in window.findChildren(Dialog) if one.isVisible())
    assert "Notifications need the app running." in words_of(offer)
    offer.accept()
    assert window.settings().digest
    window.change_settings(replace(window.settings(), digest=False))
    save(again(window), tmp_path / "b.ics", monkeypatch)
    settle()
    assert not [one for one in window.findChildren(Dialog) if one.isVisible()]
