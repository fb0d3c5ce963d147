"""The calendar in a whole window: month, week, list; moved by drag, keys and menu; layers, loads, jumps."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu
from pytestqt.qtbot import QtBot

from crm.app import events, interviews, meetings, opportunities, people, plans, schedule
from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.calendar import USUAL, EventKind
from crm.domain.event import EventDraft
from crm.domain.interview import InterviewDraft
from crm.domain.opportunity import OpportunityDraft
from crm.gui.calendar.chip import EVENT_MIME, EventChip
from crm.gui.calendar.grid import WeekLoad
from crm.gui.calendar.page import CalendarPage
from crm.gui.checkins.day_dialog import DayDialog
from crm.gui.checkins.step_dialog import StepDialog
from crm.gui.session import Place
from crm.gui.widgets.chips import Chip
from crm.gui.window import Window
from tests.builders import TODAY, a_person
from tests.gui.windows import Desk, settle, toast_of, words_of

DAY = timedelta(days=1)
HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(desk: Desk, book: Book) -> Window:
    """Return a window that shows the calendar of a book with an event of each kind; today is Monday 2 March 2026."""
    a_person(book, "Ada Lovelace", every="1 week")
    role = opportunities.add(book, OpportunityDraft("Engineer", "Acme"), today=TODAY)
    plans.add_step(book, role, "Reply", TODAY + 2 * DAY, today=TODAY)
    at = datetime(2026, 3, 12, 14, tzinfo=ZoneInfo("UTC"))
    interviews.add(book, role, InterviewDraft(at.date(), at), today=TODAY)
    events.add(book, EventDraft("Career fair", held_on=date(2026, 3, 18)), today=TODAY)
    opened = desk.open(book)
    opened.go(Place("calendar"))
    return opened


def page(window: Window) -> CalendarPage:
    settle()
    found = window.current_page()
    assert isinstance(found, CalendarPage)
    return found


def shown(window: Window, on: date) -> list[str]:
    return [chip.accessibleName().split(",")[0] for chip in page(window).grid.cell(on).chips]


def chip(window: Window, kind: EventKind) -> EventChip:
    chips = page(window).grid.findChildren(EventChip)
    return next(one for one in chips if one.one.kind is kind and not one.isHidden())


def ahead(book: Book, kind: EventKind) -> date:
    found = schedule.on_days(book, TODAY, TODAY + 300 * DAY, today=TODAY).items
    return next(one.on for one in found if one.kind is kind)


def test_the_month_shows_everything_on_its_day(window: Window) -> None:
    assert window.windowTitle().startswith("March 2026 – Calendar")
    assert shown(window, TODAY + 7 * DAY) == ["Check in: Ada Lovelace"]
    assert shown(window, TODAY + 2 * DAY) == ["Reply (Acme)"]
    assert shown(window, date(2026, 3, 12)) == ["Interview: Engineer"]
    assert page(window).grid.cell(TODAY).accessibleName() == "Monday 2 March 2026, nothing"
    assert page(window).grid.cell(TODAY).hasFocus()


def test_layers_hide_a_kind_and_the_loads_still_count(window: Window) -> None:
    chips = {one.accessibleName(): one for one in page(window).layers.findChildren(Chip)}
    chips["Check-ins"].click()
    assert shown(window, TODAY + 7 * DAY) == []
    loads = [one.accessibleName() for one in page(window).grid.findChildren(WeekLoad) if not one.isHidden()]
    assert "1 of 5 check-ins this week" in loads


@pytest.mark.parametrize(("kind", "days"), [(kind, days) for kind in USUAL for days in (1, 7)])
def test_keys_move_an_event_by_a_day_or_a_week_and_undo_brings_it_back(
    window: Window, book: Book, qtbot: QtBot, kind: EventKind, days: int
) -> None:
    before = ahead(book, kind)
    moving = chip(window, kind)
    moving.setFocus()
    qtbot.keyClick(moving, Qt.Key.Key_Right if days == 1 else Qt.Key.Key_Down, HELD)
    assert ahead(book, kind) == before + days * DAY
    settle()
    focused = QApplication.focusWidget()
    assert isinstance(focused, EventChip)
    assert focused.one.kind is kind
    window.undo()
    assert ahead(book, kind) == before


def drop(window: Window, number: int, on: date) -> bool:
    """Let an event go over a day; says whether the day would take it."""
    cell = page(window).grid.cell(on)
    data = QMimeData()
    data.setData(EVENT_MIME, str(number).encode())
    no, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.MoveAction, data, left, no)
    enter.ignore()
    cell.dragEnterEvent(enter)
    if enter.isAccepted():
        cell.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.MoveAction, data, left, no))
    return enter.isAccepted()


def test_a_meeting_of_the_users_own_calendar_shows_and_says_where_it_is_moved(
    window: Window, tmp_path: Path, book: Book, qtbot: QtBot
) -> None:
    a_person(book, "Grace Hopper", email="grace@navy.example")
    file = tmp_path / "mine.ics"
    file.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\nBEGIN:VEVENT\r\nUID:m1\r\nDTSTART;VALUE=DATE:20260310\r\n"
        "SUMMARY:Ships\r\nATTENDEE:mailto:grace@navy.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    read = meetings.read_files((file,), Progress(), today=TODAY)
    meetings.apply(book, meetings.plan(book, read, today=TODAY), today=TODAY)
    assert "Ships" in shown(window, date(2026, 3, 10))
    meeting = chip(window, EventKind.MEETING)
    qtbot.keyClick(meeting, Qt.Key.Key_Right, HELD)
    assert "comes from your own calendar" in toast_of(window)
    assert "Ships" in shown(window, date(2026, 3, 10))
    chip(window, EventKind.MEETING).click()
    assert window.here.page == "meetings"


def test_an_event_is_dragged_to_another_day_but_not_into_the_past(window: Window, book: Book) -> None:
    assert drop(window, chip(window, EventKind.CHECK_IN).number, TODAY + 17 * DAY)
    assert ahead(book, EventKind.CHECK_IN) == TODAY + 17 * DAY
    assert toast_of(window)
    assert not drop(window, chip(window, EventKind.CHECK_IN).number, TODAY - DAY)


def test_the_menu_moves_to_a_day_that_is_typed(window: Window, book: Book) -> None:
    page(window).show_menu(chip(window, EventKind.STEP).number, QPoint(10, 10))
    offered = next(one for one in page(window).findChildren(QMenu) if one.isVisible())
    labels = {action.text().split("\t")[0]: action for action in offered.actions()}
    assert {"Open", "Done", "A day later", "A week later", "Move to…"} <= set(labels)
    labels["Move to…"].trigger()
    offered.close()
    dialog = next(one for one in page(window).findChildren(DayDialog) if one.isVisible())
    dialog.day.line.setText("20 march")
    dialog.take.click()
    assert ahead(book, EventKind.STEP) == date(2026, 3, 20)


def test_a_step_is_done_from_the_menu(window: Window, book: Book) -> None:
    page(window).complete(chip(window, EventKind.STEP).number)
    kinds = {one.kind for one in schedule.on_days(book, TODAY, TODAY + 60 * DAY, today=TODAY).items}
    assert EventKind.STEP not in kinds


def test_arrows_walk_the_days_and_turn_the_month(window: Window, qtbot: QtBot) -> None:
    for key, on in (
        (Qt.Key.Key_Right, TODAY + DAY),
        (Qt.Key.Key_Down, TODAY + 8 * DAY),
        (Qt.Key.Key_Up, TODAY + DAY),
        (Qt.Key.Key_Up, TODAY - 6 * DAY),
    ):
        qtbot.keyClick(QApplication.focusWidget(), key)
        current = page(window).grid.current
        assert current is not None
        assert (current.on, current.hasFocus()) == (on, True)
    assert page(window).title().startswith("February 2026")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_T)
    assert page(window).title().startswith("March 2026")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
    assert page(window).title().startswith("April 2026")


def test_enter_goes_into_a_day_and_escape_out_again(window: Window, qtbot: QtBot) -> None:
    page(window).go_to_day(TODAY + 2 * DAY, focus=True)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), EventChip)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page(window).grid.cell(TODAY + 2 * DAY)


def test_letters_change_the_view(window: Window, qtbot: QtBot) -> None:
    for key, view in ((Qt.Key.Key_W, "week"), (Qt.Key.Key_A, "agenda"), (Qt.Key.Key_M, "month")):
        qtbot.keyClick(page(window).primary_focus(), key)
        assert page(window).views.current == view


def test_letters_do_nothing_where_they_are_off(desk: Desk, book: Book, qtbot: QtBot) -> None:
    desk.settings = replace(desk.settings, single_key_shortcuts=False)
    window = desk.open(book)
    window.go(Place("calendar"))
    qtbot.keyClick(page(window).primary_focus(), Qt.Key.Key_W)
    assert page(window).views.current == "month"


def test_the_list_shows_the_days_ahead_and_its_lines_move(window: Window, book: Book, qtbot: QtBot) -> None:
    page(window).set_view("agenda")
    said = words_of(page(window).agenda)
    assert said.index("Reply") < said.index("Ada Lovelace") < said.index("Interview: ")
    line = page(window).agenda.first
    assert line is not None
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Right, HELD)
    assert ahead(book, EventKind.STEP) == TODAY + 3 * DAY


def test_a_new_step_is_asked_for_on_the_day(window: Window, qtbot: QtBot) -> None:
    page(window).go_to_day(TODAY + 9 * DAY, focus=True)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_N)
    dialog = next(one for one in page(window).findChildren(StepDialog) if one.isVisible())
    dialog.save.click()
    assert dialog.isVisible()
    dialog.title.setText("Polish the résumé")
    dialog.save.click()
    assert shown(window, TODAY + 9 * DAY) == ["Polish the résumé"]


def test_a_day_that_is_typed_is_jumped_to(window: Window) -> None:
    page(window).go_to.line.setText("14 may 2026")
    page(window).go_to.line.editingFinished.emit()
    assert page(window).title().startswith("May 2026")
    current = page(window).grid.current
    assert current is not None
    assert current.on == date(2026, 5, 14)


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        (EventKind.CHECK_IN, "people"),
        (EventKind.STEP, "opportunities"),
        (EventKind.INTERVIEW, "opportunities"),
    ],
)
def test_an_event_opens_what_it_is_about(window: Window, kind: EventKind, place: str) -> None:
    chip(window, kind).click()
    assert (window.here.page, window.here.record) == (place, 1)


def test_a_full_day_says_how_many_more_and_leads_to_the_list(window: Window, book: Book) -> None:
    for number in range(30):
        plans.add_step(book, None, f"Step {number}", TODAY + 2 * DAY, today=TODAY)
    cell = page(window).grid.cell(TODAY + 2 * DAY)
    buttons = [one for one in cell.findChildren(QAbstractButton) if not isinstance(one, EventChip)]
    (more,) = (one for one in buttons if one.isVisible())
    assert more.accessibleName().startswith(f"{31 - len(cell.chips)} more, Wednesday 4 March 2026")
    more.click()
    assert page(window).views.current == "agenda"


def test_the_ends_of_time_are_no_trap(window: Window) -> None:
    for typed in ("31 dec 9999", "1 jan 1000"):
        page(window).go_to.line.setText(typed)
        page(window).go_to.line.editingFinished.emit()
        page(window).turn(+1)
        page(window).turn(-1)
        page(window).set_view("agenda")
        assert "Nothing planned until" in words_of(page(window).agenda)
        page(window).set_view("month")


def test_a_change_elsewhere_is_seen_when_the_calendar_shows_again(window: Window, book: Book) -> None:
    window.go(Place("people"))
    people.delete(book, (people.resolve(book, "Ada Lovelace"),))
    window.go(Place("calendar"))
    assert shown(window, TODAY + 7 * DAY) == []


def test_the_day_after_what_is_overdue_stands_on_today(window: Window, desk: Desk) -> None:
    desk.today = TODAY + 3 * DAY
    window._on_clock_timeout()
    assert shown(window, TODAY + 3 * DAY) == ["Reply (Acme)"]


@pytest.mark.parametrize("view", ["month", "week", "agenda"])
def test_every_control_has_a_name_and_can_be_hit(window: Window, view: str) -> None:
    page(window).set_view(view)
    for one in page(window).findChildren(QAbstractButton):
        if one.isVisible():
            assert one.accessibleName()
            assert min(one.width(), one.height()) >= 22
