"""The editor of a person: what it offers, saves, refuses and keeps."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm.app import people
from crm.app.books import Book
from crm.domain.person import (
    Colleague,
    ContactKind,
    ContactPoint,
    CustomField,
    DateKind,
    ImportantDate,
    PartialDate,
    PersonId,
    PositionDraft,
)
from crm.gui.actions import Act
from crm.gui.people.editor import PersonEditor
from crm.gui.people.page import PeoplePage
from crm.gui.session import Place
from crm.gui.widgets.dialogs import Dialog
from crm.gui.window import Window
from tests.builders import TODAY, dump
from tests.gui.windows import settle, toast_of, words_of


def editor_of(window: Window) -> PersonEditor:
    return next(one for one in window.findChildren(PersonEditor) if one.isVisible())


@pytest.fixture
def editor(window: Window, page: PeoplePage, ada: PersonId) -> PersonEditor:
    """Return Ada's editor, opened by its key."""
    window.go(Place("people", ada))
    window.actions_[Act.EDIT].trigger()
    return editor_of(window)


def test_saving_what_stands_there_changes_nothing(editor: PersonEditor, book: Book, ada: PersonId) -> None:
    before = people.draft(book, ada)
    editor._save.click()
    assert people.draft(book, ada) == before


def test_every_field_is_saved(editor: PersonEditor, book: Book, ada: PersonId) -> None:
    editor._display.setText("Ada King")
    editor._nicknames.setText("Countess, A.A.L.")
    editor._tags.setText("Mentor, Mathematics")
    editor._dates.lines[0].first.setText("10 December 1815")
    editor._every.setText("3 months")
    editor._how_met.setText("At a soirée")
    editor._notes.setPlainText("Notes by the translator.")
    editor._save.click()
    draft = people.draft(book, ada)
    assert draft.display_name == "Ada King"
    assert draft.nicknames == ("Countess", "A.A.L.")
    assert set(draft.tags) == {"Mentor", "Mathematics"}
    assert (draft.how_met, draft.notes) == ("At a soirée", "Notes by the translator.")
    assert str(draft.every) == str(people.card(book, ada, today=TODAY).draft.every)
    (birthday,) = draft.dates
    assert birthday.kind is DateKind.BIRTHDAY
    assert (birthday.on.year, birthday.on.month, birthday.on.day) == (1815, 12, 10)
    assert draft.contacts == (
        ContactPoint(ContactKind.EMAIL, "ada@orbital.example"),
        ContactPoint(ContactKind.PHONE, "+351 21 555 0100"),
    )


def test_dates_and_fields_of_one_s_own_come_and_go(
    window: Window, editor: PersonEditor, book: Book, ada: PersonId
) -> None:
    dates, fields = editor._dates, editor._fields
    dates._on_more_clicked()
    dates.lines[1]._label.setText("First day")  # type: ignore[union-attr]
    dates.lines[1].first.setText("1 May 2020")
    fields._on_more_clicked()
    fields.lines[0].first.setText("Coffee")
    fields.lines[0].value.setText("Flat white")  # type: ignore[union-attr]
    editor._save.click()
    draft = people.draft(book, ada)
    assert draft.dates == (ImportantDate(DateKind.OTHER, PartialDate(2020, 5, 1), "First day"),)
    assert draft.fields == (CustomField("Coffee", "Flat white"),)
    window.actions_[Act.EDIT].trigger()
    again = editor_of(window)
    again._fields._remove(again._fields.lines[0])
    again._save.click()
    assert people.draft(book, ada).fields == ()
    window.undo()
    assert people.draft(book, ada).fields == (CustomField("Coffee", "Flat white"),)


def test_a_field_without_a_name_is_not_lost(editor: PersonEditor) -> None:
    editor._fields._on_more_clicked()
    editor._fields.lines[0].value.setText("Flat white")  # type: ignore[union-attr]
    editor._save.click()
    assert "Give “Flat white” a name." in words_of(editor)


def test_one_person_introduces(editor: PersonEditor, window: Window, book: Book, ada: PersonId) -> None:
    ben, cleo = people.resolve(book, "Ben Okri"), people.resolve(book, "Cleo Nile")
    editor._through.add_person(ben, "Ben Okri")
    editor._through.add_person(cleo, "Cleo Nile")
    editor._save.click()
    assert "One person introduces you" in words_of(editor)
    editor._through._people.pop(cleo)
    editor._save.click()
    assert people.card(book, ada, today=TODAY).introduced_by == Colleague(ben, "Ben Okri")
    settle()
    assert "Introduced by" in words_of(window)


def test_adding_goes_to_whom_was_added(window: Window, page: PeoplePage, book: Book) -> None:
    window.actions_[Act.ADD_PERSON].trigger()
    editor = editor_of(window)
    editor._display.setText("Grace Hopper")
    editor._save.click()
    grace = people.resolve(book, "Grace Hopper")
    assert window.here == Place("people", grace)
    assert "Grace Hopper" in toast_of(window)


def test_somebody_without_a_name_is_refused_where_it_is_typed(window: Window, page: PeoplePage) -> None:
    window.actions_[Act.ADD_PERSON].trigger()
    editor = editor_of(window)
    editor._notes.setPlainText("a long note")
    editor._save.click()
    assert editor.isVisible()
    assert editor._save.isEnabled()
    assert editor.draft.notes == "a long note"


def test_an_interval_nobody_understands_is_refused(editor: PersonEditor, book: Book, ada: PersonId) -> None:
    before = people.draft(book, ada)
    editor._every.setText("now and then")
    editor._save.click()
    assert editor.isVisible()
    assert people.draft(book, ada) == before


def test_never_means_no_check_ins(editor: PersonEditor, book: Book, ada: PersonId) -> None:
    editor._every.setText("never")
    editor._save.click()
    draft = people.draft(book, ada)
    assert draft.never
    assert draft.every is None


def test_leaving_with_something_typed_asks_first(editor: PersonEditor, window: Window, book: Book) -> None:
    before = dump(book)
    editor._display.setText("Somebody Else")
    editor.reject()
    assert editor.isVisible()
    question = next(
        one for one in editor.findChildren(Dialog) if one.isVisible() and "Leave" in one.windowTitle()
    )
    question.accept()
    settle()
    assert dump(book) == before


def test_leaving_without_a_change_asks_nothing(editor: PersonEditor) -> None:
    visible = editor.isVisible()
    editor.reject()
    assert visible
    assert not any(one.isVisible() for one in editor.findChildren(Dialog))


def test_ctrl_enter_saves_from_the_notes(
    editor: PersonEditor, book: Book, ada: PersonId, qtbot: QtBot
) -> None:
    editor._notes.setPlainText("typed")
    qtbot.keyClick(editor._notes, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert people.draft(book, ada).notes == "typed"


def test_lines_come_and_go(editor: PersonEditor, book: Book, ada: PersonId) -> None:
    first = editor._contacts._lines[0]
    first.removed.emit()
    editor._contacts._on_more_clicked()
    editor._contacts._lines[-1].value.setText("ada@king.example")
    editor._save.click()
    values = [point.value for point in people.draft(book, ada).contacts]
    assert values == ["+351 21 555 0100", "ada@king.example"]


def test_a_position_that_ended_is_kept_as_past(editor: PersonEditor, book: Book, ada: PersonId) -> None:
    line = editor._positions.lines[0]
    line._current.setChecked(False)
    line.until_on.set_value(date(2025, 5, 1))
    editor._save.click()
    (position,) = people.draft(book, ada).positions
    assert isinstance(position, PositionDraft)
    assert (position.current, position.until_on) == (False, date(2025, 5, 1))


def test_an_edit_is_one_step_to_undo(editor: PersonEditor, window: Window, book: Book) -> None:
    before = dump(book)
    editor._display.setText("Ada King")
    editor._tags.setText("")
    editor._save.click()
    assert dump(book) != before
    window.undo()
    assert dump(book) == before
