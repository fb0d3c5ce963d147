"""The window: going places, undo, themes and text sizes, shortcuts, what the sidebar says, closing."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from crm.app import browse, checkins, history, people, preferences, samples
from crm.app.books import Book, open_book
from crm.domain.person import Standing
from crm.errors import ErrorCode, KeepwarmError
from crm.gui import theme
from crm.gui.actions import Act
from crm.gui.checkins import LogTouchDialog
from crm.gui.session import Place
from crm.gui.sidebar import Sidebar
from crm.gui.tasks import Tasks
from crm.gui.widgets.banner import Banner
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.labels import Mark
from crm.gui.widgets.toast import Toast
from crm.gui.window import Window
from crm.settings import ThemeChoice
from crm.store.book import Book as StoredBook
from tests.builders import TODAY, a_book, a_company, a_person, interval
from tests.gui.windows import PAGES, Desk, HeldTasks, nav, press, settle, toast_of, words_of

# --- going places -------------------------------------------------------------------------------------------------


def test_a_book_with_people_opens_on_today(window: Window) -> None:
    assert window.here == Place("today")


def test_an_empty_book_opens_on_the_welcome(desk: Desk, book: Book) -> None:
    assert desk.open(book).here == Place("first_run")


def test_a_book_whose_people_are_all_archived_is_not_empty(desk: Desk, book: Book) -> None:
    ada = a_person(book)
    people.archive(book, (ada,), Standing.ARCHIVED, today=TODAY)
    assert desk.open(book).here == Place("today")


@pytest.mark.parametrize("page", ["today", "people", "companies", "importing", "settings"])
def test_each_item_of_the_sidebar_opens_its_page(window: Window, page: str, qtbot: QtBot) -> None:
    qtbot.mouseClick(nav(window, page), Qt.MouseButton.LeftButton)
    assert window.here.page == page
    assert nav(window, page).isChecked()


@pytest.mark.parametrize(
    ("keys", "page"),
    [("Ctrl+2", "people"), ("Ctrl+3", "companies"), ("Ctrl+I", "importing"), ("Ctrl+,", "settings")],
)
def test_a_shortcut_opens_its_page(window: Window, keys: str, page: str, qtbot: QtBot) -> None:
    press(window, keys, qtbot)
    assert window.here.page == page


def test_back_and_forward_walk_the_places_visited(window: Window, book: Book, qtbot: QtBot) -> None:
    ada = people.resolve(book, "Ada Lovelace")
    window.go(Place("people", ada))
    window.go(Place("settings"))
    press(window, "Alt+Left", qtbot)
    assert window.here == Place("people", ada)
    press(window, "Alt+Left", qtbot)
    assert window.here == Place("today")
    press(window, "Alt+Right", qtbot)
    assert window.here == Place("people", ada)


def test_going_somewhere_new_forgets_what_lay_ahead(window: Window) -> None:
    window.go(Place("people"))
    window.back()
    window.go(Place("companies"))
    assert not window.actions_[Act.FORWARD].isEnabled()


def test_back_is_possible_only_after_going_somewhere(window: Window) -> None:
    assert not window.actions_[Act.BACK].isEnabled()
    window.go(Place("people"))
    assert window.actions_[Act.BACK].isEnabled()


def test_the_title_names_the_record_then_the_screen_then_the_app(window: Window, book: Book) -> None:
    window.go(Place("people", people.resolve(book, "Ada Lovelace")))
    assert window.windowTitle() == "Ada Lovelace – People – Keepwarm"
    window.go(Place("settings"))
    assert window.windowTitle() == "Settings – Keepwarm"


def test_going_to_a_page_puts_the_focus_on_it(window: Window) -> None:
    for page in ("people", "companies", "settings", "importing", "today"):
        window.go(Place(page))
        focus, shown = QApplication.focusWidget(), window.current_page()
        assert focus is not None, page
        assert shown is not None
        assert focus is shown or shown.isAncestorOf(focus), page


def test_ctrl_f_reaches_the_filter_from_any_page(window: Window, qtbot: QtBot) -> None:
    window.go(Place("settings"))
    press(window, "Ctrl+F", qtbot)
    assert window.here.page == "people"


# --- undo ---------------------------------------------------------------------------------------------------------


def test_the_edit_menu_says_what_would_be_undone(window: Window) -> None:
    action = window.actions_[Act.UNDO]
    assert action.isEnabled()
    assert "Ada Lovelace" in action.text()


def test_undo_takes_back_and_redo_does_again(window: Window, book: Book, qtbot: QtBot) -> None:
    press(window, "Ctrl+Z", qtbot)
    assert history.can_undo(book) is None
    assert not window.actions_[Act.UNDO].isEnabled()
    assert "Undone" in toast_of(window)
    press(window, "Ctrl+Shift+Z", qtbot)
    assert people.resolve(book, "Ada Lovelace")
    assert not window.actions_[Act.REDO].isEnabled()


def test_an_undo_that_takes_long_shows_that_it_is_worked_on(desk: Desk, book: Book, qtbot: QtBot) -> None:
    held = HeldTasks()
    desk.tasks = held
    a_person(book)
    window = desk.open(book)
    held.hold = True
    press(window, "Ctrl+Z", qtbot)
    qtbot.waitUntil(lambda: toast_of(window) == "Working on it…")
    held.release()
    assert "Undone" in toast_of(window)


def test_the_focus_comes_back_to_the_page_when_what_had_it_is_gone(window: Window, qtbot: QtBot) -> None:
    page = window.current_page()
    assert page is not None
    gone = QLineEdit(page)
    gone.show()
    gone.setFocus()
    gone.deleteLater()
    settle()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is page or page.isAncestorOf(focus)


@pytest.mark.parametrize("people_due", [1, 3])
def test_after_a_touch_is_logged_the_keyboard_goes_on_where_it_was(
    desk: Desk, book: Book, qtbot: QtBot, people_due: int
) -> None:
    for number in range(people_due):
        who = a_person(book, f"Due {number}", every="1 week", today=TODAY - timedelta(days=30))
        assert who
    window = desk.open(book)
    press(window, "L", qtbot)
    (dialog,) = window.findChildren(LogTouchDialog)
    dialog._save.click()
    settle()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    focus, page = QApplication.focusWidget(), window.current_page()
    assert focus is not None
    assert page is not None
    assert focus is page or page.isAncestorOf(focus), (focus, focus.objectName(), focus.accessibleName())
    if people_due > 1:
        press(window, "L", qtbot)
        assert len([one for one in window.findChildren(LogTouchDialog) if one.isVisible()]) == 1


def test_a_verb_is_told_with_an_undo_that_works(window: Window, book: Book) -> None:
    session = window.session
    assert session is not None
    ada = people.resolve(book, "Ada Lovelace")
    session.do(lambda: people.star(book, (ada,), on=True), window)
    assert toast_of(window) == "Starred Ada Lovelace."
    toast = window.findChild(Toast)
    assert toast is not None
    assert toast.message.act is not None
    toast.message.act()
    assert browse.people_counts(book, today=TODAY).starred == 0


def test_a_name_with_an_ampersand_is_shown_as_it_is(desk: Desk, book: Book) -> None:
    a_person(book, "Smith & Sons")
    assert "Smith && Sons" in desk.open(book).actions_[Act.UNDO].text()


# --- counts and changes -------------------------------------------------------------------------------------------


def test_the_sidebar_counts_and_follows_every_change(window: Window, book: Book) -> None:
    assert nav(window, "people").accessibleName() == "People, 1"
    a_person(book, "Grace Hopper")
    a_company(book, "Eckert")
    assert nav(window, "people").accessibleName() == "People, 2"
    assert nav(window, "companies").accessibleName() == "Companies, 1"


def test_a_change_by_another_program_is_seen(window: Window, book: Book) -> None:
    other = open_book(book.path)
    a_person(other, "Grace Hopper")
    other.close()
    window._on_poll_timeout()
    assert nav(window, "people").accessibleName() == "People, 2"


def test_after_midnight_the_pages_ask_anew(window: Window, desk: Desk, book: Book) -> None:
    ada = people.resolve(book, "Ada Lovelace")
    checkins.set_every(book, (ada,), interval("6 weeks"), today=TODAY)
    assert nav(window, "today").accessibleName() == "Today"
    desk.today = TODAY + timedelta(weeks=12)
    window._on_clock_timeout()
    assert nav(window, "today").accessibleName() == "Today, 1"


# --- what went wrong ----------------------------------------------------------------------------------------------


def test_an_expected_error_is_told_in_words(window: Window) -> None:
    window.services.failed(KeepwarmError(ErrorCode.DISK_FULL, path="/somewhere/book.keepwarm"))
    dialogs = [dialog for dialog in window.findChildren(Dialog) if dialog.isVisible()]
    assert len(dialogs) == 1
    assert "disk is full" in words_of(dialogs[0])
    dialogs[0].reject()


def test_a_save_that_failed_stands_in_the_sidebar_until_one_works(window: Window, book: Book) -> None:
    sidebar = window.findChild(Sidebar)
    assert sidebar is not None
    window.services.failed(KeepwarmError(ErrorCode.DISK_FULL, path=str(book.path)))
    assert "Can’t save" in words_of(sidebar)
    a_person(book, "Grace Hopper")
    settle()
    assert "Saved on this computer" in words_of(sidebar)


def test_a_book_that_cannot_be_written_says_so(desk: Desk, tmp_path: Path) -> None:
    a_book(tmp_path, "other.keepwarm").close()
    book = StoredBook(tmp_path / "other.keepwarm", read_only=True)
    sidebar = desk.open(book).findChild(Sidebar)
    assert sidebar is not None
    assert "Read-only" in words_of(sidebar)
    book.close()


def test_settings_that_cannot_be_saved_still_hold_and_are_told(window: Window, desk: Desk) -> None:
    desk.settings_file.unlink()
    desk.settings_file.mkdir()
    (desk.settings_file / "in the way").touch()
    window.set_theme(ThemeChoice.DARK)
    assert theme.look().name == "dark"
    assert any(dialog.isVisible() for dialog in window.findChildren(Dialog))
    for dialog in window.findChildren(Dialog):
        dialog.reject()


# --- menus, panes, dialogs ----------------------------------------------------------------------------------------


def test_f10_shows_and_hides_the_menu_bar(window: Window, qtbot: QtBot) -> None:
    assert not window.menuBar().isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F10)
    assert window.menuBar().isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F10)
    assert not window.menuBar().isVisible()


def test_alt_alone_shows_the_menu_bar_ready_for_the_arrows(window: Window, qtbot: QtBot) -> None:
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert window.menuBar().isVisible()
    assert window.menuBar().activeAction() is not None


def test_alt_with_another_key_leaves_the_menu_bar_alone(window: Window, qtbot: QtBot) -> None:
    window.go(Place("people"))
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert window.here == Place("today")
    assert not window.menuBar().isVisible()


def test_the_versions_can_be_copied_into_a_report(window: Window, qapp: QApplication) -> None:
    window.actions_[Act.ABOUT].trigger()
    dialog = next(dialog for dialog in window.findChildren(Dialog) if dialog.isVisible())
    next(button for button in dialog.findChildren(Button) if button.label == "Copy for a report").click()
    assert "Qt 6" in qapp.clipboard().text()
    dialog.reject()


def test_f6_goes_round_the_panes(window: Window, qtbot: QtBot) -> None:
    window.go(Place("people"))
    sidebar, page = window.findChild(Sidebar), window.current_page()
    assert sidebar is not None
    assert page is not None
    seen = []
    for _ in range(4):
        press(window, "F6", qtbot)
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(sidebar.isAncestorOf(focus))
    assert any(seen)
    assert not all(seen)


@pytest.mark.parametrize("keys", ["F1", "Ctrl+/"])
def test_help_lists_the_shortcuts(window: Window, keys: str, qtbot: QtBot) -> None:
    press(window, keys, qtbot)
    dialog = next(dialog for dialog in window.findChildren(Dialog) if dialog.isVisible())
    assert "Ctrl+Shift+E" in words_of(dialog)
    dialog.reject()


def test_every_control_in_sight_has_a_name(window: Window) -> None:
    for page in PAGES:
        window.go(Place(page))
        settle()
        unnamed = [
            widget
            for widget in window.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        ]
        assert unnamed == [], page


def test_single_keys_can_be_turned_off(window: Window) -> None:
    window.change_settings(replace(window.settings(), single_key_shortcuts=False))
    assert window.actions_[Act.LOG_TOUCH].shortcuts() == []


# --- files, sample, closing ---------------------------------------------------------------------------------------


def test_files_dropped_anywhere_open_the_import(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "contacts.vcf"
    file.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Grace Hopper\nEND:VCARD\n")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    assert window.here.page == "importing"


def test_sample_data_is_marked_on_every_page_with_a_way_out(desk: Desk, book: Book, qtbot: QtBot) -> None:
    a_person(book)
    window = desk.open(book, sample=True)
    for page in ("today", "people", "settings"):
        window.go(Place(page))
        banner = window.findChild(Banner, "sample")
        assert banner is not None
        assert banner.isVisible()
        assert "Sample data" in words_of(banner)
    with qtbot.waitSignal(window.own_book_requested):
        banner.acted.emit()


def test_a_book_of_ones_own_has_no_such_mark(window: Window) -> None:
    banner = window.findChild(Banner, "sample")
    assert banner is None or not banner.isVisible()


def test_where_the_window_was_is_remembered(desk: Desk, book: Book) -> None:
    first = desk.open(book, size=(1010, 720))
    first.close()
    second = Desk(desk.folder, desk.qtbot).open(None, size=(1010, 720))
    assert second.size() == first.size()


def test_closing_finishes_what_was_asked_for(desk: Desk, tmp_path: Path) -> None:
    desk.tasks = Tasks()
    window = desk.open(a_book(tmp_path))
    session = window.session
    assert session is not None
    for number in range(20):
        session.tasks.write(lambda n=number: a_person(session.book, f"Person {n}"))  # type: ignore[misc]
    window.close()
    again = a_book(tmp_path)
    assert people.resolve(again, "Person 19")
    again.close()


def test_before_its_book_is_open_the_window_takes_no_harm(desk: Desk) -> None:
    window = desk.open(None)
    for spec in window.actions_:
        if spec.id not in {Act.CLOSE_WINDOW, Act.QUIT, Act.SHORTCUTS, Act.ABOUT}:
            window.actions_[spec.id].trigger()
    assert window.session is None


class Strays(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shown and not isinstance(watched, Window | Dialog):
            self.seen.append(type(watched).__name__)
        return False


def test_no_part_of_a_page_or_dialog_flashes_up_as_a_window(
    desk: Desk, book: Book, qapp: QApplication, tmp_path: Path
) -> None:
    samples.fill(book, today=TODAY)
    file = tmp_path / "contacts.vcf"
    file.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Grace Hopper\nEND:VCARD\n")
    strays = Strays()
    qapp.installEventFilter(strays)
    window = desk.open(book, sample=True)
    for place in (*map(Place, PAGES), Place("people", 1), Place("companies", 1)):
        window.go(place)
    window.import_files((file,))
    for act in (
        Act.ADD_PERSON,
        Act.ADD_COMPANY,
        Act.EXPORT_CALENDAR,
        Act.ADD_TOUCH,
        Act.SHORTCUTS,
        Act.ABOUT,
    ):
        window.actions_[act].trigger()
        for dialog in window.findChildren(Dialog):
            dialog.reject()
    qapp.removeEventFilter(strays)
    assert strays.seen == []


def test_what_the_settings_of_the_book_say_can_be_undone(window: Window, book: Book) -> None:
    session = window.session
    assert session is not None
    now = preferences.get(book)
    session.do(lambda: preferences.save(book, replace(now, per_day=7), today=TODAY), window)
    window.undo()
    assert preferences.get(book) == now


def test_nothing_of_the_sidebar_is_cut_off_where_texts_are_twice_as_large(desk: Desk, book: Book) -> None:
    desk.settings = replace(desk.settings, text_scale=2.0)
    window = desk.open(book, size=(1024, 768))
    settle()
    mark = window.findChild(Mark)
    assert isinstance(mark, Mark)
    assert mark.parentWidget().rect().contains(mark.geometry())
