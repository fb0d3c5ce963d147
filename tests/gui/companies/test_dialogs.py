"""Adding, editing, merging and deleting companies."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm.app import browse, companies, history
from crm.app.books import Book
from crm.domain.company import CompanyDraft, CompanyId
from crm.domain.query import CompanyQuery
from crm.gui.actions import Act
from crm.gui.companies.editor import EditorDialog
from crm.gui.companies.merging import MergeDialog
from crm.gui.companies.page import CompaniesPage
from crm.gui.session import Session
from tests.builders import a_company, a_person, dump, interval
from tests.gui.checkins.desk import Desk

Open = Callable[[], CompaniesPage]


@pytest.fixture
def orbital(book: Book) -> CompanyId:
    """A company with a person, and a second one that is the same by another name."""
    company = a_company(book, "Orbital Labs", site="orbitallabs.example", notes="Series C.")
    a_person(book, "Ada Lovelace", company="Orbital Labs")
    a_person(book, "Ben Okri", company="Orbital Labs GmbH")
    return company


def editor() -> EditorDialog:
    found = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, EditorDialog) and one.isVisible()
    ]
    return found[-1]


def merger() -> MergeDialog:
    found = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, MergeDialog) and one.isVisible()
    ]
    return found[-1]


def all_names(book: Book) -> list[str]:
    return [row.name for row in browse.company_rows(book, browse.company_ids(book, CompanyQuery()))]


def problem_of(field: QWidget) -> str:
    return str(field.editor.accessibleDescription())  # type: ignore[attr-defined]


def test_adding_opens_the_new_company(book: Book, open_page: Open, desk: Desk) -> None:
    page = open_page()
    page.listing.add.click()
    dialog = editor()
    assert dialog.windowTitle() == "Add company"
    dialog.name.setText("Fernway")
    dialog.industry.setText("Software")
    dialog.target.setChecked(True)
    dialog.every.choose(interval("6 weeks"))
    dialog.save.click()
    assert page.title() == "Fernway – Companies"
    assert desk.toasts == ["Added Fernway."]
    found = companies.draft(book, CompanyId(page.record or 0))
    assert found == CompanyDraft("Fernway", industry="Software", target=True, every=interval("6 weeks"))


def test_a_company_needs_a_name(book: Book, open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    page.add_company()
    dialog = editor()
    dialog.name.setText("   ")
    dialog.save.click()
    assert dialog.isVisible()
    assert problem_of(dialog.name_field) == "Give the company a name."
    qtbot.waitUntil(dialog.name.hasFocus)
    assert all_names(book) == []


def test_adding_a_name_that_is_there_offers_to_open_it(
    book: Book, orbital: CompanyId, open_page: Open
) -> None:
    page = open_page()
    page.add_company("orbital labs")
    dialog = editor()
    dialog.save.click()
    assert problem_of(dialog.name_field) == "There is a company called “Orbital Labs” already."
    assert dialog.merge.label == "Open it"
    dialog.merge.click()
    assert page.record == orbital


def test_editing_saves_and_undo_brings_back(
    book: Book, orbital: CompanyId, open_page: Open, session: Session, desk: Desk
) -> None:
    page = open_page()
    page.open_company(orbital)
    before = dump(book)
    session.actions[Act.EDIT].trigger()
    dialog = editor()
    assert dialog.windowTitle() == "Edit company"
    dialog.name.setText("Orbital")
    dialog.place.setText("Lisbon")
    dialog.save.click()
    assert not dialog.isVisible()
    assert page.title() == "Orbital – Companies"
    assert desk.toasts == ["Saved Orbital."]
    history.undo(book)
    assert page.title() == "Orbital Labs – Companies"
    assert dump(book) == before


def test_editing_keeps_what_the_dialog_does_not_show(book: Book, orbital: CompanyId, open_page: Open) -> None:
    page = open_page()
    page.open_company(orbital)
    before = companies.draft(book, orbital)
    page.edit()
    editor().save.click()
    assert companies.draft(book, orbital) == before


def test_renaming_to_another_company_offers_to_merge(book: Book, orbital: CompanyId, open_page: Open) -> None:
    page = open_page()
    page.open_company(orbital)
    page.edit()
    dialog = editor()
    dialog.name.setText("Orbital Labs GmbH")
    dialog.save.click()
    assert dialog.merge.label == "Merge the two…"
    dialog.merge.click()
    assert merger().line.text() == "Orbital Labs GmbH"


def test_merging_says_what_happens_and_is_one_step(
    book: Book, orbital: CompanyId, open_page: Open, desk: Desk, qtbot: QtBot
) -> None:
    page = open_page()
    page.open_company(orbital)
    before, steps = dump(book), len(history.entries(book))
    page.merge()
    dialog = merger()
    dialog.line.setText("Orbital Labs Gmb")
    qtbot.keyClick(dialog.line, Qt.Key.Key_H)
    assert dialog.what.text().startswith("1 person and everything you noted at Orbital Labs GmbH move to")
    dialog.merge.click()
    assert all_names(book) == ["Orbital Labs"]
    assert [card.person.name for card in page.company.people.grid.cards] == ["Ada Lovelace", "Ben Okri"]
    assert desk.toasts == ["Merged a company into Orbital Labs."]
    assert len(history.entries(book)) == steps + 1
    history.undo(book)
    assert dump(book) == before
    assert len(page.listing.ids) == 2


def test_the_other_name_can_stay(book: Book, orbital: CompanyId, open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    page.open_company(orbital)
    page.merge()
    dialog = merger()
    dialog.line.setText("Orbital Labs Gmb")
    qtbot.keyClick(dialog.line, Qt.Key.Key_H)
    dialog.keep_other.click()
    dialog.merge.click()
    assert all_names(book) == ["Orbital Labs GmbH"]
    assert page.title() == "Orbital Labs GmbH – Companies"


def test_merging_with_nobody_says_so(book: Book, orbital: CompanyId, open_page: Open) -> None:
    page = open_page()
    page.open_company(orbital)
    page.merge()
    dialog = merger()
    dialog.merge.click()
    assert problem_of(dialog.field) == "Say which company it is."
    dialog.line.setText("Nobody Inc")
    dialog.merge.click()
    assert problem_of(dialog.field) == "No other company is called that. Choose one from the list."
    assert dialog.isVisible()


def test_braces_in_names_are_only_letters(book: Book, open_page: Open, qtbot: QtBot) -> None:
    one = a_company(book, "{0} {name} %n & <i>Co</i>")
    other = a_company(book, "{people}")
    page = open_page()
    page.open_company(one)
    page.merge()
    dialog = merger()
    dialog.line.choose(browse.company_rows(book, [other])[0])
    assert "{people}" in dialog.what.text()
    assert "{0} {name} %n & <i>Co</i>" in dialog.what.text()
    page.company.ask_log(page.mapToGlobal(page.rect().center()))


def test_deleting_goes_back_to_the_list_and_keeps_people(
    book: Book, orbital: CompanyId, open_page: Open, session: Session, desk: Desk
) -> None:
    page = open_page()
    page.open_company(orbital)
    session.actions[Act.DELETE].trigger()
    assert page.record is None
    assert all_names(book) == ["Orbital Labs GmbH"]
    assert desk.toasts == ["Deleted Orbital Labs."]
    history.undo(book)
    assert len(page.listing.ids) == 2
