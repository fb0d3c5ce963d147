"""Today as its user meets it: the order of rows, every verb by mouse and key, midnight, empty days."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from crm.app import browse, checkins, history, touches
from crm.app.books import Book
from crm.domain.cadence import DueState, Interval, Unit
from crm.domain.person import PersonId, PersonRow
from crm.domain.touch import TouchDraft, TouchKind
from crm.gui import links
from crm.gui.checkins import LogTouchDialog
from crm.gui.messages import DraftDialog
from crm.gui.session import Place
from crm.gui.today.check_in_line import CheckInLine
from crm.gui.today.page import TodayPage
from tests.builders import TODAY, a_person
from tests.gui.checkins.desk import Desk

Show = Callable[[], TodayPage]
Key = Qt.Key


def known(book: Book, name: str, *, due_in: int, often: int = 30, **fields: str) -> PersonId:
    """Add someone last touched so that they are due in so many days."""
    long_ago = TODAY - timedelta(days=1000)
    person = a_person(book, name, every=Interval(often, Unit.DAY), today=long_ago, **fields)
    last = TODAY + timedelta(days=due_in - often)
    touches.log(book, TouchDraft((person,), TouchKind.COFFEE, last, "the plan"), today=TODAY)
    return person


def names(page: TodayPage) -> list[str]:
    return [line.check_in.person.name for line in lines(page)]


def lines(page: TodayPage) -> list[CheckInLine]:
    return [line for line in page._check_ins.card.rows if isinstance(line, CheckInLine)]


def row(book: Book, person: PersonId) -> PersonRow:
    return browse.people_rows(book, [person], today=TODAY)[0]


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def log_dialog(page: TodayPage) -> LogTouchDialog:
    return next(dialog for dialog in page.findChildren(LogTouchDialog) if dialog.isVisible())


def open_menu(page: TodayPage) -> QMenu:
    return next(menu for menu in page.findChildren(QMenu) if menu.isVisible())


@pytest.fixture
def three(book: Book) -> tuple[PersonId, PersonId, PersonId]:
    """Add someone overdue, someone due, someone due tomorrow."""
    tomorrow = known(book, "Ingrid", due_in=1)
    today = known(book, "Priya", due_in=0, phone="+44 20 7946 0000")
    overdue = known(book, "Maya", due_in=-6, email="maya@example.org", company="Halden", title="VP")
    return overdue, today, tomorrow


def test_overdue_comes_first_then_today_then_tomorrow(book: Book, three: object, show_page: Show) -> None:
    known(book, "Later", due_in=5)
    page = show_page()
    assert names(page) == ["Maya", "Priya", "Ingrid"]
    assert page._head._greeting.text() == "Good morning"
    assert page._head._summary.text() == "Monday 2 March  ·  2 check-ins, 1 tomorrow"


def test_a_row_is_one_sentence_for_screen_readers(book: Book, three: object, show_page: Show) -> None:
    page = show_page()
    said = QAccessible.queryAccessibleInterface(lines(page)[0]).text(QAccessible.Text.Name)
    assert (
        said == "Maya. VP, Halden. 6 days overdue. Every 30 days · last touch 36 days ago: coffee, the plan."
    )


def test_the_circle_logs_the_row_leaves_and_undo_brings_it_back(
    book: Book, desk: Desk, three: tuple[PersonId, ...], show_page: Show
) -> None:
    page = show_page()
    lines(page)[0].circle.click()
    dialog = log_dialog(page)
    QTest.keyClick(dialog._note, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert names(page) == ["Priya", "Ingrid"]
    assert len(desk.toasts) == 1
    assert page._done.isVisible()
    history.undo(book)
    assert names(page) == ["Maya", "Priya", "Ingrid"]
    assert not page._done.isVisible()


def test_a_circle_whose_dialog_was_cancelled_is_empty_again(
    book: Book, three: object, show_page: Show
) -> None:
    page = show_page()
    circle = lines(page)[0].circle
    circle.click()
    log_dialog(page).reject()
    assert not circle.isChecked()
    assert names(page) == ["Maya", "Priya", "Ingrid"]


def test_the_dialog_suggests_the_way_the_row_shows(book: Book, three: object, show_page: Show) -> None:
    page = show_page()
    lines(page)[0].circle.click()
    assert log_dialog(page)._kinds.kind is TouchKind.EMAIL
    log_dialog(page).reject()
    lines(page)[1].circle.click()
    assert log_dialog(page)._kinds.kind is TouchKind.CALL


def test_keys_move_between_rows_and_open(
    book: Book, desk: Desk, three: tuple[PersonId, ...], show_page: Show
) -> None:
    page = show_page()
    page.primary_focus().setFocus()
    for key in (Key.Key_J, Key.Key_Down, Key.Key_K):
        press(key)
    assert QApplication.focusWidget() is lines(page)[1]
    press(Key.Key_Return)
    assert desk.places == [Place("people", three[1])]


def test_s_snoozes_from_the_keyboard_alone(
    book: Book, desk: Desk, three: tuple[PersonId, ...], show_page: Show
) -> None:
    page = show_page()
    page.primary_focus().setFocus()
    press(Key.Key_S)
    menu = open_menu(page)
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    assert row(book, three[0]).snoozed_until == TODAY + timedelta(days=1)
    assert len(desk.toasts) == 1
    assert names(page)[0] == "Priya"
    assert QApplication.focusWidget() in lines(page)


def test_l_logs_and_the_focus_comes_back_to_the_list(
    book: Book, three: tuple[PersonId, ...], show_page: Show
) -> None:
    page = show_page()
    page.primary_focus().setFocus()
    press(Key.Key_L)
    dialog = log_dialog(page)
    QTest.keyClick(dialog._note, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert names(page) == ["Priya", "Ingrid"]
    assert QApplication.focusWidget() is lines(page)[0]


def test_shift_s_skips_and_r_rests(book: Book, three: tuple[PersonId, ...], show_page: Show) -> None:
    page = show_page()
    page.primary_focus().setFocus()
    press(Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    assert names(page) == ["Priya", "Ingrid"]
    assert row(book, three[0]).next_due_on == TODAY + timedelta(days=30)
    press(Key.Key_R)
    assert row(book, three[1]).state is DueState.RESTING


def test_c_changes_how_often(book: Book, three: tuple[PersonId, ...], show_page: Show) -> None:
    page = show_page()
    page.primary_focus().setFocus()
    press(Key.Key_C)
    next(one for one in open_menu(page).actions() if one.text() == "Every 6 months").trigger()
    assert row(book, three[0]).cadence.every == Interval(6, Unit.MONTH)


def test_e_opens_a_draft_that_fits_also_without_an_address(
    book: Book, desk: Desk, three: object, show_page: Show
) -> None:
    page = show_page()
    page.primary_focus().setFocus()
    for number, who in enumerate(("Maya", "Priya")):
        lines(page)[number].setFocus()
        press(Key.Key_E)
        draft = next(one for one in page.window().findChildren(DraftDialog) if one.isVisible())
        assert who in draft.message.body
        assert draft.purpose.value in {"check_in", "reconnect"}
        draft.reject()
    assert desk.toasts == []


def test_a_blank_email_is_in_the_menu_of_who_has_an_address(
    book: Book, desk: Desk, three: object, show_page: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl | None] = []
    monkeypatch.setattr(links, "open_link", lambda url: opened.append(url) or True)
    page = show_page()
    lines(page)[0].more_asked.emit(QPoint())
    next(one for one in open_menu(page).actions() if one.text() == "Blank email").trigger()
    assert [url.toString() for url in opened if url] == ["mailto:maya@example.org"]


def test_letters_do_nothing_where_single_keys_are_off(
    book: Book, three: tuple[PersonId, ...], show_page: Show
) -> None:
    page = show_page()
    page._session.actions.set_single_keys(False)
    page.primary_focus().setFocus()
    press(Key.Key_R)
    assert names(page) == ["Maya", "Priya", "Ingrid"]


def test_the_menu_of_a_row_offers_every_verb(book: Book, three: object, show_page: Show) -> None:
    page = show_page()
    lines(page)[0].more_asked.emit(page.mapToGlobal(page.rect().center()))
    texts = [action.text().split("\t")[0] for action in open_menu(page).actions() if action.text()]
    assert texts == [
        "Log touch…", "Write…", "Blank email", "Snooze", "Skip this time", "Change how often", "Rest: no check-ins until resumed",
        "Open",
    ]  # fmt: skip


def test_midnight_brings_the_next_day(book: Book, desk: Desk, three: object, show_page: Show) -> None:
    page = show_page()
    desk.today = TODAY + timedelta(days=1)
    page._minutes.timeout.emit()
    assert page._head._summary.text().startswith("Tuesday 3 March")
    pills = [QAccessible.queryAccessibleInterface(line).text(QAccessible.Text.Name) for line in lines(page)]
    assert "7 days overdue" in pills[0]
    assert "Today" in pills[2]


def test_a_change_elsewhere_keeps_the_row_the_keyboard_is_on(
    book: Book, three: tuple[PersonId, ...], show_page: Show
) -> None:
    page = show_page()
    lines(page)[1].setFocus()
    known(book, "Zoe", due_in=-60)
    assert names(page)[0] == "Zoe"
    focus = QApplication.focusWidget()
    assert isinstance(focus, CheckInLine)
    assert focus.check_in.person.name == "Priya"


def test_a_change_that_concerns_no_row_leaves_the_rows_alone(
    book: Book, three: object, show_page: Show
) -> None:
    page = show_page()
    before = lines(page)
    a_person(book, "Somebody Else")
    assert lines(page) == before


def test_without_a_plan_it_offers_to_choose_people(book: Book, desk: Desk, show_page: Show) -> None:
    a_person(book, "Ada")
    page = show_page()
    assert page._check_ins._no_plan.isVisible()
    assert not page._check_ins.card.isVisible()
    page._check_ins.choose.click()
    assert desk.places == [Place("people", show="no_plan")]


def test_a_done_day_says_who_is_next_and_looks_ahead(book: Book, show_page: Show) -> None:
    known(book, "Ingrid Solheim", due_in=1)
    weekly = known(book, "Weekly", due_in=5, often=7)
    snoozed = known(book, "Snoozed", due_in=-3)
    checkins.snooze(book, [snoozed], TODAY + timedelta(days=3), today=TODAY)
    known(book, "Beyond", due_in=8)
    page = show_page()
    assert page._check_ins._done._title.text() == "That’s everyone for today."
    assert page._check_ins._done._body.text() == "Next: Ingrid Solheim tomorrow."
    page._check_ins._look[0].click()
    ahead = [line.check_in for line in page._ahead.card.rows if isinstance(line, CheckInLine)]
    assert [one.person.name for one in ahead] == ["Ingrid Solheim", "Snoozed", "Weekly"]
    assert ahead[2].person.id == weekly
    page._check_ins._look[0].click()
    assert not page._ahead.isVisible()


def test_more_than_fit_are_a_link_to_everyone_due(book: Book, desk: Desk, show_page: Show) -> None:
    for number in range(25):
        known(book, f"Person {number}", due_in=-1)
    page = show_page()
    assert len(lines(page)) == 3, "as many a day as the user set"
    assert len(page._check_ins.also.rows) == 5
    assert page._check_ins.more.label == "and 17 more"
    assert page._head._summary.text().endswith("3 check-ins, 22 more can wait")
    page._check_ins.more.click()
    assert desk.places == [Place("people", show="due")]


def test_losing_touch_leads_to_all_of_them_and_to_a_plan(book: Book, desk: Desk, show_page: Show) -> None:
    for number in range(4):
        person = a_person(book, f"Lost {number}", today=TODAY - timedelta(days=900))
        on = TODAY - timedelta(days=300 + number)
        touches.log(book, TouchDraft((person,), TouchKind.CALL, on), today=TODAY)
    page = show_page()
    assert page._losing.all.label == "See all 4"
    page._losing.all.click()
    assert desk.places == [Place("people", show="losing_touch")]
    person_row = page._day.card.losing_touch[0] if page._day else None
    page._losing.plan_asked.emit(person_row, page.mapToGlobal(page.rect().center()))
    next(one for one in open_menu(page).actions() if one.text() == "Every 3 months").trigger()
    assert person_row is not None
    assert row(book, person_row.id).cadence.every == Interval(3, Unit.MONTH)


def test_the_week_and_the_rhythm_say_their_numbers(book: Book, three: object, show_page: Show) -> None:
    page = show_page()
    assert page._week._strip.accessibleName() == (
        "This week. Monday 2 March: 2 check-ins; Tuesday 3 March: 1 check-in."
    )
    assert page._rhythm._bars.accessibleName().startswith("Touches per week. W5: ")


def test_hostile_words_are_shown_letter_by_letter(book: Book, show_page: Show) -> None:
    known(book, "<b>Bold</b> & <img src=x>\u202e", due_in=0, company="<script>")
    page = show_page()
    said = lines(page)[0].accessibleName()
    assert said.startswith("<b>Bold</b> & <img src=x>. <script>. ")
    lines(page)[0].more_asked.emit(page.mapToGlobal(page.rect().center()))
    assert open_menu(page).isVisible()


@pytest.mark.parametrize(("width", "beside"), [(1280, True), (1024, False), (760, False)])
def test_the_side_column_goes_below_where_there_is_no_room(
    book: Book, three: object, show_page: Show, window: QWidget, width: int, beside: bool
) -> None:
    page = show_page()
    window.resize(width, 900)
    page.setGeometry(0, 0, width, 900)
    page._arrange()
    QApplication.sendPostedEvents()
    inner = page._scroll.widget()
    assert inner.minimumSizeHint().width() <= width
    below = page._side.mapTo(page, page._side.rect().topLeft()).y() > page._check_ins.geometry().bottom()
    assert below is not beside


def test_tab_goes_through_the_list_before_what_stands_beside(
    book: Book, three: object, show_page: Show
) -> None:
    page = show_page()
    chain: list[QWidget] = []
    widget: QWidget = page._check_ins.export[0]
    while widget is not page._rhythm:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    rows = [chain.index(line) for line in lines(page)]
    assert rows == sorted(rows)
    assert rows[-1] < chain.index(page._done.head)
