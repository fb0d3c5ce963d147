"""The palette in a whole window: it finds people, companies and commands, logs at once, and gives the focus back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from crm.app import finding, opportunities, people, touches
from crm.app.books import Book
from crm.domain.opportunity import OpportunityDraft
from crm.domain.touch import TouchKind
from crm.gui.actions import Act
from crm.gui.palette.palette import Palette
from crm.gui.palette.quick_log import QuickLogDialog
from crm.gui.session import Place
from crm.gui.widgets.search_button import SearchButton
from crm.gui.window import Window
from tests.builders import TODAY, a_person
from tests.gui.windows import Desk, press, settle, toast_of


@pytest.fixture
def palette(window: Window, book: Book, qtbot: QtBot) -> Palette:
    for name in ("Tomás Ferreira", "Thomas Greer", "Maya Lindqvist"):
        a_person(book, name, company="Orbital Labs")
    return opened(window, qtbot)


def opened(window: Window, qtbot: QtBot) -> Palette:
    press(window, "Ctrl+K", qtbot)
    (found,) = (one for one in window.findChildren(Palette) if one.isVisible())
    return found


def typed(palette: Palette, words: str, qtbot: QtBot) -> tuple[str, ...]:
    palette.field.clear()
    qtbot.keyClicks(palette.field, words)
    return palette.results.titles


def hit(palette: Palette, key: Qt.Key, qtbot: QtBot) -> None:
    qtbot.keyClick(palette.field, key)
    settle()


def test_a_person_is_found_whatever_the_accents_and_opened_with_enter(
    window: Window, palette: Palette, book: Book, qtbot: QtBot
) -> None:
    assert typed(palette, "tomas fer", qtbot)[0] == "Tomás Ferreira"
    hit(palette, Qt.Key.Key_Return, qtbot)
    assert window.here == Place("people", people.resolve(book, "Tomás Ferreira"))
    assert not palette.isVisible()


def test_a_name_with_a_slip_is_found(palette: Palette, qtbot: QtBot) -> None:
    assert typed(palette, "lindqvits", qtbot)[0] == "Maya Lindqvist"
    assert typed(palette, "maya lindkvist", qtbot)[0] == "Maya Lindqvist"


def test_a_company_and_its_people_are_found(palette: Palette, qtbot: QtBot) -> None:
    found = typed(palette, "orbital", qtbot)
    assert set(found[:4]) == {"Tomás Ferreira", "Thomas Greer", "Maya Lindqvist", "Orbital Labs"}


def test_commands_are_found_with_their_keys_and_done(window: Window, palette: Palette, qtbot: QtBot) -> None:
    assert "Settings" in typed(palette, "sett", qtbot)
    assert palette.results.current is not None
    assert palette.results.current.keys == QKeySequence("Ctrl+,").toString(
        QKeySequence.SequenceFormat.NativeText
    )
    hit(palette, Qt.Key.Key_Return, qtbot)
    assert window.here.page == "settings"


def test_a_sentence_is_logged_at_once(window: Window, palette: Palette, book: Book, qtbot: QtBot) -> None:
    assert typed(palette, "log coffee with tom", qtbot)[0] == "Log coffee with Tomás Ferreira"
    hit(palette, Qt.Key.Key_Return, qtbot)
    (touch,) = touches.timeline(book, people.resolve(book, "Tomás Ferreira"))
    assert (touch.kind, touch.on) == (TouchKind.COFFEE, TODAY)
    assert "Tomás Ferreira" in toast_of(window)


def test_a_sentence_about_somebody_unknown_goes_on_in_the_quick_box(
    window: Window, palette: Palette, qtbot: QtBot
) -> None:
    assert typed(palette, "called Zebulon Quist re tea", qtbot)[0] == "Log a touch…"
    hit(palette, Qt.Key.Key_Return, qtbot)
    dialog = window.findChildren(QuickLogDialog)[0]
    assert dialog._box.toPlainText() == "called Zebulon Quist re tea"


def test_what_nobody_is_called_can_be_added_or_searched(
    window: Window, palette: Palette, qtbot: QtBot
) -> None:
    assert typed(palette, "zeb", qtbot) == (
        "Add person “zeb”",
        "Search people, notes and tags for “zeb”",
    )
    hit(palette, Qt.Key.Key_Down, qtbot)
    hit(palette, Qt.Key.Key_Return, qtbot)
    assert window.here.page == "people"
    assert window.current_page().list.filter.text() == "zeb"  # type: ignore[union-attr]


def test_the_arrows_go_round_and_leave_headings_out(palette: Palette, qtbot: QtBot) -> None:
    titles = typed(palette, "t", qtbot)
    seen = []
    for _ in titles:
        assert palette.results.current is not None
        seen.append(palette.results.current.title)
        hit(palette, Qt.Key.Key_Down, qtbot)
    assert tuple(seen) == titles
    hit(palette, Qt.Key.Key_Up, qtbot)
    assert palette.results.current is not None
    assert palette.results.current.title == titles[-1]


def test_tab_shows_what_else_can_be_done(window: Window, palette: Palette, qtbot: QtBot) -> None:
    typed(palette, "maya", qtbot)
    hit(palette, Qt.Key.Key_Tab, qtbot)
    (menu,) = (one for one in window.findChildren(QMenu) if one.isVisible())
    assert [one.text() for one in menu.actions()] == ["Open", "Log touch…", "Snooze", "How often"]
    menu.close()


def test_escape_gives_the_focus_back_and_keeps_the_words(
    window: Window, palette: Palette, qtbot: QtBot
) -> None:
    typed(palette, "maya", qtbot)
    hit(palette, Qt.Key.Key_Escape, qtbot)
    assert not palette.isVisible()
    focus, page = QApplication.focusWidget(), window.current_page()
    assert focus is not None
    assert page is not None
    assert focus is page or page.isAncestorOf(focus)
    again = opened(window, qtbot)
    assert (again.field.text(), again.field.selectedText()) == ("maya", "maya")


def test_without_words_it_offers_whom_one_touched_lately(palette: Palette, book: Book, qtbot: QtBot) -> None:
    typed(palette, "called maya", qtbot)
    hit(palette, Qt.Key.Key_Return, qtbot)
    palette.open_over()
    assert typed(palette, "", qtbot)[0] == "Maya Lindqvist"


def test_the_sidebars_search_field_opens_it(window: Window, qtbot: QtBot) -> None:
    button = window.findChild(SearchButton)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert any(one.isVisible() for one in window.findChildren(Palette))


def test_it_covers_the_window_and_stays_inside_a_small_one(desk: Desk, book: Book, qtbot: QtBot) -> None:
    a_person(book)
    window = desk.open(book, size=(760, 560))
    window.actions_[Act.PALETTE].trigger()
    (palette,) = window.findChildren(Palette)
    assert palette.geometry() == window.rect()
    assert palette.rect().contains(palette._card.geometry())
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomLeft())
    assert not palette.isVisible()


def test_enter_waits_for_the_answer_to_what_was_typed(
    window: Window, palette: Palette, book: Book, qtbot: QtBot
) -> None:
    typed(palette, "maya", qtbot)
    palette._shown = "ma"  # as while the answer to the last letters is still on its way
    hit(palette, Qt.Key.Key_Return, qtbot)
    assert palette.isVisible()
    palette._show("may", finding.find(book, "may", today=TODAY))
    assert palette.isVisible()
    palette._show("maya", finding.find(book, "maya", today=TODAY))
    assert window.here == Place("people", people.resolve(book, "Maya Lindqvist"))


def test_another_text_size_builds_it_anew(window: Window, palette: Palette, qtbot: QtBot) -> None:
    hit(palette, Qt.Key.Key_Escape, qtbot)
    window.actions_[Act.LARGER].trigger()
    settle()
    window.actions_[Act.PALETTE].trigger()
    settle()
    assert [one.isVisible() for one in window.findChildren(Palette)] == [True]


def test_an_opportunity_is_found_and_its_panel_opened(
    window: Window, palette: Palette, book: Book, qtbot: QtBot
) -> None:
    which = opportunities.add(book, OpportunityDraft("Señor Analyst", "Fernway"), today=TODAY)
    assert typed(palette, "fern seno", qtbot)[0] == "Señor Analyst"
    hit(palette, Qt.Key.Key_Return, qtbot)
    assert window.here == Place("opportunities", which)
