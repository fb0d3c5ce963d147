"""Export people: in which form, whom, what stays behind, what was saved."""

from pathlib import Path

import pytest

from crm.app import people
from crm.app.books import Book
from crm.domain.exportform import ExportForm, Whom
from crm.domain.person import Standing
from crm.gui.actions import Act
from crm.gui.exporting.choices import LISTED
from crm.gui.exporting.dialog import ExportPeopleDialog
from crm.gui.session import Place
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.dialogs import Dialog
from crm.gui.window import Window
from tests.builders import TODAY, a_person
from tests.gui.windows import Desk, settle, toast_of, words_of


@pytest.fixture
def window(desk: Desk, book: Book) -> Window:
    """Return a window on a book with two people, one at a company and tagged, and one archived."""
    a_person(book, "Ada Lovelace", company="Orbital Labs", tags=("Mentor",))
    a_person(book, "Ben Okri")
    old = a_person(book, "Old Friend")
    people.archive(book, (old,), Standing.ARCHIVED, today=TODAY)
    return desk.open(book)


@pytest.fixture
def dialog(window: Window) -> ExportPeopleDialog:
    """Return the dialog as the menu opens it."""
    return opened(window)


def opened(window: Window) -> ExportPeopleDialog:
    window.actions_[Act.EXPORT_PEOPLE].trigger()
    return next(one for one in window.findChildren(ExportPeopleDialog) if one.isVisible())


def choose(dialog: ExportPeopleDialog, form: ExportForm) -> None:
    dialog.form.choose(form)
    dialog._on_choice_chosen()


def save(dialog: ExportPeopleDialog, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Save under a name, as typed into the system's own dialog."""
    monkeypatch.setattr("crm.gui.widgets.dialogs.choose_save", lambda *_: path)
    monkeypatch.setattr("crm.gui.exporting.dialog.choose_folder", lambda *_: path)
    dialog.save.click()
    settle()


def test_it_shows_who_goes_out_and_what_stays_behind(dialog: ExportPeopleDialog) -> None:
    assert dialog.preview.count == "Preview · 2 people"
    assert "Ada Lovelace" in words_of(dialog.preview)
    assert "Left out: touches" in words_of(dialog)


def test_archived_people_go_out_when_they_are_asked_for(dialog: ExportPeopleDialog) -> None:
    assert dialog.archived.text().endswith("(1)")
    dialog.archived.click()
    assert dialog.preview.count == "Preview · 3 people"


@pytest.mark.parametrize("words", ["People at Orbital Labs", "People tagged Mentor"])
def test_one_company_or_tag_alone(dialog: ExportPeopleDialog, words: str) -> None:
    dialog.whom.setCurrentText(words)
    dialog._on_choice_chosen()
    assert dialog.preview.count == "Preview · 1 person"
    assert not dialog.archived.isVisible()


def test_the_list_that_shows_and_the_selected_people_come_first(window: Window) -> None:
    window.go(Place("people"))
    page = window.current_page()
    page.search("ada")
    settle()
    dialog = opened(window)
    assert dialog.whom.currentText() == "People who match “ada”"
    assert dialog.preview.count == "Preview · 1 person"
    dialog.reject()
    page.search("")
    settle()
    page.list.view.select_ids(tuple(page.list.model.ids))
    dialog = opened(window)
    assert dialog.whom.currentText() == "2 selected people"


def test_saving_writes_cards_and_says_so(
    dialog: ExportPeopleDialog, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(dialog, tmp_path / "mine", monkeypatch)
    assert (tmp_path / "mine.vcf").read_bytes().count(b"BEGIN:VCARD") == 2
    assert "2 people saved to mine.vcf" in toast_of(window)


def test_everything_goes_into_a_new_folder_each_time(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    for _ in range(2):
        dialog = opened(window)
        choose(dialog, ExportForm.FOLDER)
        assert dialog.preview.count == "Preview · 3 people"
        assert not dialog.whom.isVisible()
        save(dialog, place, monkeypatch)
    first, second = sorted(place.iterdir(), key=lambda one: len(one.name))
    assert (first / "book.json").exists()
    assert second.name == f"{first.name} (2)"


def test_the_ending_is_added_and_another_file_is_not_overwritten_unasked(
    dialog: ExportPeopleDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "mine.csv"
    there.write_text("precious")
    choose(dialog, ExportForm.CSV)
    save(dialog, tmp_path / "mine", monkeypatch)
    assert there.read_text() == "precious"
    question = next(one for one in dialog.findChildren(Dialog) if one.isVisible())
    next(one for one in question.findChildren(Button) if one.label == "Replace file").click()
    assert "Ada" in there.read_text("utf-8-sig")


def test_what_can_not_be_written_is_told_here_and_the_choices_stay(
    dialog: ExportPeopleDialog, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = book.path.read_bytes()
    choose(dialog, ExportForm.CSV)
    book_named = tmp_path / "book.csv"
    book_named.symlink_to(book.path)
    save(dialog, book_named, monkeypatch)
    assert dialog.note.isVisible()
    assert dialog.save.isVisible()
    assert dialog.form.value is ExportForm.CSV
    assert book.path.read_bytes() == before


def test_stopping_saves_nothing_and_the_choices_stay(
    dialog: ExportPeopleDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = dialog._begin

    def stopped(progress: object) -> None:
        begin(progress)  # type: ignore[arg-type]
        dialog.bar.cancel.click()

    monkeypatch.setattr(dialog, "_begin", stopped)
    save(dialog, tmp_path / "mine.vcf", monkeypatch)
    assert "Nothing was saved" in dialog.note.text()
    assert not (tmp_path / "mine.vcf").exists()
    assert dialog.save.isEnabled()


def test_an_empty_book_can_be_kept_but_nobody_exported(desk: Desk, book: Book) -> None:
    dialog = opened(desk.open(book))
    assert dialog.whom.value == LISTED
    assert dialog.whom.value == Whom(queries=LISTED.queries)
    assert not dialog.save.isEnabled()
    choose(dialog, ExportForm.FOLDER)
    assert dialog.save.isEnabled()
