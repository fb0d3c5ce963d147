"""The menus of snooze and how often, and their dialogs."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QMenu, QWidget

from crm.app import browse, checkins, people
from crm.app.books import Book
from crm.domain.cadence import Cadence, CadenceSource, DueState, Interval, Unit
from crm.domain.person import PersonId, PersonRow
from crm.gui.checkins import EveryDialog, SnoozeDialog, every_menu, snooze_menu
from crm.gui.checkins.day_dialog import DayDialog
from crm.gui.session import Session
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.dialogs import Dialog
from tests.builders import TODAY, a_person, interval
from tests.gui.checkins.desk import Desk


def row(book: Book, person: PersonId) -> PersonRow:
    return browse.people_rows(book, [person], today=TODAY)[0]


def choose(menu: QMenu, start: str) -> None:
    action = next(one for one in menu.actions() if one.text().startswith(start))
    action.trigger()


def ticked(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isChecked()]


@pytest.fixture
def ada(book: Book) -> PersonId:
    return a_person(book, "Ada Lovelace", every="6 weeks")


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("Tomorrow", date(2026, 3, 3)),
        ("Next week", date(2026, 3, 9)),
        ("In 2 weeks", date(2026, 3, 16)),
        ("In a month", date(2026, 4, 2)),
    ],
)
def test_each_line_snoozes_to_its_day(
    session: Session, desk: Desk, window: QWidget, book: Book, ada: PersonId, words: str, until: date
) -> None:
    choose(snooze_menu(session, [ada], window), words)
    assert row(book, ada).snoozed_until == until
    assert len(desk.toasts) == 1


def test_the_lines_say_their_day(session: Session, window: QWidget, ada: PersonId) -> None:
    texts = [action.text() for action in snooze_menu(session, [ada], window).actions()]
    assert texts[0] == "Tomorrow\tTue 3 Mar"


def test_any_day_can_be_typed(session: Session, window: QWidget, book: Book, ada: PersonId) -> None:
    dialog = SnoozeDialog(session, [ada], window)
    dialog.day.line.setText("in 3 weeks")
    dialog._on_take_clicked()
    assert row(book, ada).snoozed_until == TODAY + timedelta(weeks=3)


@pytest.mark.parametrize("words", ["today", "yesterday", "in 91 days", "in a year", "whenever", ""])
def test_a_day_outside_is_told_under_the_field(
    session: Session, desk: Desk, window: QWidget, book: Book, ada: PersonId, words: str
) -> None:
    dialog = SnoozeDialog(session, [ada], window)
    dialog.day.line.setText(words)
    dialog._on_take_clicked()
    assert row(book, ada).snoozed_until is None
    assert dialog.day.line.accessibleDescription()
    assert not desk.toasts


def test_how_often_is_set_and_ticked(session: Session, window: QWidget, book: Book, ada: PersonId) -> None:
    choose(every_menu(session, [ada], row(book, ada).cadence, window), "Every 3 months")
    assert row(book, ada).cadence.every == Interval(3, Unit.MONTH)
    assert ticked(every_menu(session, [ada], row(book, ada).cadence, window)) == ["Every 3 months"]


def test_an_unusual_interval_is_offered_and_ticked_too(session: Session, window: QWidget) -> None:
    menu = every_menu(session, [1], Cadence(interval("5 weeks"), CadenceSource.PERSON), window)
    assert ticked(menu) == ["Every 5 weeks"]


def test_off_means_no_check_ins_at_all(session: Session, window: QWidget, book: Book, ada: PersonId) -> None:
    checkins.set_book_every(book, interval("3 months"), today=TODAY)
    choose(every_menu(session, [ada], row(book, ada).cadence, window), "Off")
    assert row(book, ada).cadence == Cadence(None, CadenceSource.PERSON)
    assert ticked(every_menu(session, [ada], row(book, ada).cadence, window)) == ["Off"]


def test_as_the_rules_say_clears_the_own_rule(
    session: Session, window: QWidget, book: Book, ada: PersonId
) -> None:
    checkins.set_book_every(book, interval("3 months"), today=TODAY)
    choose(every_menu(session, [ada], row(book, ada).cadence, window), "As the rules say")
    assert row(book, ada).cadence.source is CadenceSource.BOOK
    assert people.draft(book, ada).every is None
    menu = every_menu(session, [ada], row(book, ada).cadence, window)
    assert ticked(menu) == ["As the rules say: Every 3 months (Your default)"]


def test_people_who_differ_have_nothing_ticked(session: Session, window: QWidget) -> None:
    assert ticked(every_menu(session, [1, 2], None, window)) == []


def test_a_custom_interval_is_typed(session: Session, window: QWidget, book: Book, ada: PersonId) -> None:
    dialog = EveryDialog(session, [ada], interval("6 weeks"), window)
    assert dialog._line.text() == "Every 6 weeks"
    dialog._line.setText("now and then")
    dialog._on_set_clicked()
    assert row(book, ada).cadence.every == interval("6 weeks")
    assert dialog._line.accessibleDescription()
    dialog._line.setText("5 weeks")
    dialog._on_set_clicked()
    assert row(book, ada).cadence.every == interval("5 weeks")


def test_the_next_check_in_can_be_put_on_a_day(
    session: Session, desk: Desk, window: QWidget, book: Book, ada: PersonId
) -> None:
    choose(every_menu(session, [ada], row(book, ada).cadence, window), "Next check-in on a day")
    dialog = window.findChildren(DayDialog)[0]
    dialog.day.line.setText("yesterday")
    dialog._on_take_clicked()
    assert not desk.toasts
    dialog.day.line.setText("after easter")
    dialog._on_take_clicked()
    assert row(book, ada).next_due_on == date(2026, 4, 7)
    assert len(desk.toasts) == 1


def test_the_third_snooze_in_a_row_asks_once_whether_to_check_in_less_often(
    session: Session, window: QWidget, book: Book, ada: PersonId
) -> None:
    window.show()
    asked: list[int] = []
    for _ in range(4):
        choose(snooze_menu(session, [ada], window), "Tomorrow")
        asked.append(len(window.findChildren(Dialog)))
    assert asked == [0, 0, 1, 1]
    dialog = window.findChildren(Dialog)[0]
    assert dialog.windowTitle() == "Snoozed three times: what suits Ada Lovelace?"
    choice(dialog, "Every 2 months").click()
    assert row(book, ada).cadence.every == interval("2 months")


@pytest.mark.parametrize(("words", "state"), [("Rest", DueState.RESTING), ("Let this one go", DueState.FINE)])
def test_after_the_third_snooze_a_check_in_may_rest_or_go(
    session: Session, window: QWidget, book: Book, ada: PersonId, words: str, state: DueState
) -> None:
    window.show()
    for _ in range(3):
        choose(snooze_menu(session, [ada], window), "Tomorrow")
    choice(window.findChildren(Dialog)[0], words).click()
    assert row(book, ada).state is state


def choice(dialog: Dialog, start: str) -> Button:
    return next(one for one in dialog.findChildren(Button) if one.label.startswith(start))
