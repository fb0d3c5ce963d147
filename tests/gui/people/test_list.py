"""The list of people: rows, filter, chips, sort, the keyboard, what is done to several."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm.app import people
from crm.app.books import Book
from crm.domain.changes import Op
from crm.domain.person import PersonId
from crm.domain.query import PeopleFilter, PeopleSort
from crm.gui.actions import Act
from crm.gui.people.editor import PersonEditor
from crm.gui.people.page import PeoplePage
from crm.gui.people.tagging import TagDialog
from crm.gui.session import Place
from crm.gui.widgets.buttons import Button
from crm.gui.window import Window
from tests.builders import TODAY, a_person, dump
from tests.gui.windows import Desk, settle, toast_of

EVERYONE = ["Ada Lovelace", "Zoë Ångström", "Cleo Nile", "Ben Okri"]


def names(page: PeoplePage) -> list[str]:
    """Return the names listed, in their order."""
    model = page.list.model
    return [row.name for row in map(model.row_at, range(model.rowCount())) if row is not None]


def button(inside: QWidget, label: str) -> Button:
    return next(one for one in inside.findChildren(Button) if one.label == label)


def type_into(qtbot: QtBot, page: PeoplePage, words: str) -> None:
    page.list.filter.setFocus()
    qtbot.keyClicks(page.list.filter, words)
    qtbot.keyClick(page.list.filter, Qt.Key.Key_Return)


def select(page: PeoplePage, *who: str) -> tuple[int, ...]:
    """Select people by name."""
    ids = tuple(one for one, name in zip(page.list.model.ids, names(page), strict=True) if name in who)
    page.list.view.select_ids(ids)
    return ids


def test_everybody_is_listed_and_counted(page: PeoplePage) -> None:
    assert sorted(names(page)) == sorted(EVERYONE)
    assert page.list._count.text() == "4"
    assert page.title().endswith("People")


def test_the_heading_and_the_chips_count_what_the_text_finds(qtbot: QtBot, page: PeoplePage) -> None:
    type_into(qtbot, page, "orbital")
    settle()
    assert page.list._count.text() == "2"
    page.list.show_only(PeopleFilter.STARRED)
    assert page.list._count.text() == "0"
    page.list._on_clear_clicked()
    assert page.list._count.text() == "4"


def test_who_was_selected_is_selected_again_once_the_text_is_gone(qtbot: QtBot, page: PeoplePage) -> None:
    chosen = select(page, "Ben Okri", "Cleo Nile")
    type_into(qtbot, page, "zoe")
    assert page.list.view.selected_ids == ()
    assert not page.list.bulk.isVisible()
    page.list._on_clear_clicked()
    assert sorted(page.list.view.selected_ids) == sorted(chosen)
    type_into(qtbot, page, "zoe")
    select(page, "Zoë Ångström")
    page.list._on_clear_clicked()
    assert [row.name for row in map(page.list.model.row_at, [page.list.view.currentIndex().row()]) if row]
    assert len(page.list.view.selected_ids) == 1


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ada", ["Ada Lovelace"]),
        ("orbital", ["Ada Lovelace", "Ben Okri"]),
        ("mentor", ["Ada Lovelace"]),
        ("zoe angstrom", ["Zoë Ångström"]),
        ("director", ["Ada Lovelace"]),
    ],
)
def test_the_filter_finds_by_name_company_tag_and_without_accents(
    page: PeoplePage, qtbot: QtBot, words: str, found: list[str]
) -> None:
    type_into(qtbot, page, words)
    assert sorted(names(page)) == sorted(found)


def test_esc_empties_the_filter(page: PeoplePage, qtbot: QtBot) -> None:
    type_into(qtbot, page, "ada")
    qtbot.keyClick(page.list.filter, Qt.Key.Key_Escape)
    assert len(names(page)) == 4


def test_no_match_offers_to_add_what_was_typed(page: PeoplePage, window: Window, qtbot: QtBot) -> None:
    type_into(qtbot, page, "Grace Hopper")
    assert names(page) == []
    page.list._add_typed.click()
    editor = window.findChild(PersonEditor)
    assert editor is not None
    assert editor.draft.display_name == "Grace Hopper"
    editor._save.click()
    assert window.here.page == "people"
    assert window.windowTitle() == "Grace Hopper – People – Keepwarm"


def test_chips_count_and_choose(page: PeoplePage) -> None:
    chips = page.list.chips
    assert chips.chip("due").accessibleName() == "Due, 1"
    assert chips.chip("starred").accessibleName() == "Starred, 1"
    chips.chip("starred").click()
    assert names(page) == ["Cleo Nile"]
    chips.chip("all").click()
    assert len(names(page)) == 4


def test_a_chip_without_anybody_says_so(page: PeoplePage) -> None:
    page.list.show_only(PeopleFilter.ARCHIVED)
    assert page.list._unmatched.isVisible()
    assert not page.list._add_typed.isVisible()


def test_the_window_can_ask_for_a_chip(window: Window, page: PeoplePage) -> None:
    window.go(Place("people", show="due"))
    assert names(page) == ["Ada Lovelace"]


def test_sorting_by_name_and_by_last_touch(page: PeoplePage) -> None:
    page.list.sort(PeopleSort.NAME)
    by_name = names(page)
    assert by_name.index("Ada Lovelace") < by_name.index("Ben Okri")
    page.list.sort(PeopleSort.LAST_TOUCH)
    assert names(page)[0] == "Ada Lovelace"


def test_an_empty_book_offers_to_import(desk: Desk, book: Book, ada: PersonId) -> None:
    everyone = tuple(people.resolve(book, name) for name in EVERYONE)
    people.delete(book, everyone)
    window = desk.open(book)
    window.go(Place("people"))
    page = window.current_page()
    assert isinstance(page, PeoplePage)
    assert page.list._none.isVisible()
    button(page.list._none, "Import contacts").click()
    assert window.here == Place("importing")


def test_the_keyboard_walks_and_opens(page: PeoplePage, window: Window, qtbot: QtBot) -> None:
    page.list.sort(PeopleSort.NAME)
    page.list.view.choose(page.list.model.ids[0])
    page.list.view.setFocus()
    qtbot.keyClick(page.list.view, Qt.Key.Key_J)
    second = page.list.model.ids[1]
    assert page.list.view.current_id == second
    qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
    assert window.here == Place("people", second)


def test_next_and_previous_walk_the_list_from_the_page(page: PeoplePage, window: Window) -> None:
    ids = page.list.model.ids
    window.go(Place("people", ids[0]))
    window.actions_[Act.NEXT].trigger()
    assert window.here == Place("people", ids[1])
    window.actions_[Act.PREVIOUS].trigger()
    assert window.here == Place("people", ids[0])


def test_several_are_archived_in_one_step(page: PeoplePage, window: Window, book: Book) -> None:
    before = dump(book)
    select(page, "Ben Okri", "Cleo Nile")
    assert page.list.bulk._count.text() == "2 selected"
    button(page.list.bulk, "Archive").click()
    assert sorted(names(page)) == ["Ada Lovelace", "Zoë Ångström"]
    window.undo()
    assert dump(book) == before
    assert len(names(page)) == 4


def test_several_are_deleted_and_come_back(page: PeoplePage, window: Window, book: Book) -> None:
    before = dump(book)
    select(page, "Ada Lovelace", "Ben Okri", "Zoë Ångström")
    button(page.list.bulk, "Delete").click()
    assert names(page) == ["Cleo Nile"]
    assert "3" in toast_of(window)
    window.undo()
    assert dump(book) == before


def test_several_are_tagged(page: PeoplePage, window: Window, book: Book) -> None:
    ids = select(page, "Ben Okri", "Cleo Nile")
    button(page.list.bulk, "Tag").click()
    dialog = window.findChild(TagDialog)
    assert dialog is not None
    dialog._line.setText("  Hiring   manager ")
    button(dialog, "Add tag").click()
    assert all(people.card(book, PersonId(one), today=TODAY).draft.tags == ("Hiring manager",) for one in ids)


def test_a_tag_needs_a_name(page: PeoplePage, window: Window, book: Book) -> None:
    before = dump(book)
    select(page, "Ben Okri", "Cleo Nile")
    button(page.list.bulk, "Tag").click()
    dialog = window.findChild(TagDialog)
    assert dialog is not None
    button(dialog, "Add tag").click()
    assert dialog.isVisible()
    assert dump(book) == before


def test_a_tag_is_taken_from_several_at_once(page: PeoplePage, window: Window, book: Book) -> None:
    ids = select(page, "Ben Okri", "Cleo Nile")
    people.tag(book, [PersonId(one) for one in ids], "Mentor", today=TODAY)
    button(page.list.bulk, "Untag").click()
    dialog = window.findChild(TagDialog)
    assert dialog is not None
    dialog._line.setText("mentor")
    button(dialog, "Remove tag").click()
    assert all(people.card(book, PersonId(one), today=TODAY).draft.tags == () for one in ids)
    window.undo()
    assert all(people.card(book, PersonId(one), today=TODAY).draft.tags == ("Mentor",) for one in ids)


def test_clearing_the_selection_leaves_one(page: PeoplePage) -> None:
    select(page, "Ben Okri", "Cleo Nile")
    page.list.bulk.cleared.emit()
    settle()
    assert not page.list.bulk.isVisible()
    assert len(page.list.selected) == 1


def test_a_person_added_elsewhere_appears_and_the_selection_stays(page: PeoplePage, book: Book) -> None:
    (ben,) = select(page, "Ben Okri")
    a_person(book, "Dora Maar")
    assert "Dora Maar" in names(page)
    assert page.list.selected == (ben,)


def test_a_long_list_is_fetched_by_blocks(desk: Desk, book: Book) -> None:
    with book.write(Op.SAMPLE):
        for number in range(400):
            a_person(book, f"Person {number:04d}")
    window = desk.open(book)
    window.go(Place("people"))
    page = window.current_page()
    assert isinstance(page, PeoplePage)
    assert page.list._count.text() == "400"
    assert page.list.model.row_at(399) is not None
