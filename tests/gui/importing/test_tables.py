"""Tables, archives and pasted text in the window: what is asked before the review, what is remembered."""

import zipfile
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from crm.app import people
from crm.app.books import Book
from crm.domain.columns import ColumnField
from crm.gui.importing.columns import TableCard
from crm.gui.importing.encodings import EncodingDialog
from crm.gui.importing.page import ImportPage
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.fields import Select
from crm.gui.window import Window
from tests.builders import dump
from tests.formats.tables import samples
from tests.gui.importing.room import imported, listed, step
from tests.gui.windows import press, settle, words_of

UNKNOWN = "who;mail;seen\nAda Lovelace;ada@example.org;2024\nCharles Babbage;charles@example.org;2023\n"
KOI = "Vorname;Nachname;Ort\nJördis;Müßig;Köln\nŁukasz;Żółć;Łódź\n"


def table(folder: Path, content: str, name: str = "contacts.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content.encode(encoding))
    return path


def meaning(page: ImportPage, header: str) -> Select:
    """Return where it is said what a column means."""
    settle()
    found = page.columns.findChildren(Select)
    return next(one for one in found if one.accessibleName() == f"What “{header}” means")


def pick(select: Select, value: object) -> None:
    """Choose as a user does."""
    select.choose(value)
    select.chosen.emit(value)
    settle()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (samples.CONNECTIONS, "Bo Yi"),
        (samples.CONNECTIONS_2019, "Dee Marsh"),
        (samples.GOOGLE_OLD, "Eva Rossi"),
        (samples.GOOGLE_NEW, "Dr. Finn J Berg"),
        (samples.OUTLOOK_NEW, "Mr. Gil Torres"),
    ],
    ids=["connections", "connections 2019", "google old", "google new", "outlook new"],
)
def test_files_of_known_programs_go_straight_to_the_review(
    window: Window, tmp_path: Path, content: str, name: str
) -> None:
    page = imported(window, table(tmp_path, content))
    assert step(page) is page.review
    assert name in listed(page.review)


def test_a_table_of_nobodys_program_is_asked_about_first(window: Window, book: Book, tmp_path: Path) -> None:
    before = dump(book)
    page = imported(window, table(tmp_path, UNKNOWN))
    assert step(page) is page.columns
    assert meaning(page, "mail").value is ColumnField.EMAIL
    assert "ada@example.org · charles@example.org" in words_of(page.columns)
    assert dump(book) == before


def test_a_corrected_guess_shows_at_once_and_is_remembered(window: Window, tmp_path: Path) -> None:
    file = table(tmp_path, "who;mail\nLovelace;ada@example.org\n")
    page = imported(window, file)
    pick(meaning(page, "who"), ColumnField.FAMILY)
    assert "Reads as Lovelace" in words_of(page.columns)
    page.columns.go.click()
    assert listed(page.review) == ["Lovelace"]
    page.review.foot.go.click()
    again = imported(window, file)
    assert step(again) is again.review


def test_nobody_can_be_read_until_a_column_says_whom(window: Window, tmp_path: Path) -> None:
    page = imported(window, table(tmp_path, UNKNOWN))
    for header in ("who", "mail", "seen"):
        pick(meaning(page, header), ColumnField.IGNORE)
    assert not page.columns.go.isEnabled()
    assert "Say which column" in words_of(page.columns)
    pick(meaning(page, "who"), ColumnField.NAME)
    assert page.columns.go.isEnabled()


def test_the_columns_can_be_corrected_from_the_review(window: Window, tmp_path: Path) -> None:
    page = imported(window, table(tmp_path, samples.GOOGLE_NEW))
    page.review._columns.click()
    pick(meaning(page, "Organization Name"), ColumnField.IGNORE)
    page.columns._back.click()
    assert step(page) is page.review
    page.review._columns.click()
    pick(meaning(page, "Organization Name"), ColumnField.IGNORE)
    page.columns.go.click()
    record = page.review.model.row_at(0)
    assert record is not None
    assert record.line.company == ""


def test_columns_that_are_empty_wait_behind_a_link(window: Window, tmp_path: Path) -> None:
    page = imported(window, table(tmp_path, samples.OUTLOOK_NEW))
    page.review._columns.click()
    card = page.columns.findChild(TableCard)
    assert card is not None
    assert meaning(page, "First Name").isVisible()
    assert not meaning(page, "Hobby").isVisible()
    card._more.click()
    assert meaning(page, "Hobby").isVisible()


def test_back_from_the_columns_leads_to_the_choice(window: Window, tmp_path: Path) -> None:
    page = imported(window, table(tmp_path, UNKNOWN))
    page.columns._back.click()
    assert step(page) is page.choose


def test_letters_change_before_ones_eyes(window: Window, tmp_path: Path) -> None:
    polish = samples.CONNECTIONS_2019.replace("Dee,Marsh", "Łukasz,Żółć")
    page = imported(window, table(tmp_path, polish, encoding="cp1250"))
    assert page.review._wrong.label.startswith("Names look wrong? Letters are read as ")
    page.review._wrong.click()
    dialog = window.findChild(EncodingDialog)
    assert dialog is not None
    pick(dialog._page, "cp1250")
    assert "Łukasz Żółć" in words_of(dialog)
    pick(dialog._page, "cp1251")
    assert "Јukasz" in words_of(dialog)
    next(one for one in dialog.findChildren(Button) if one.label == "Read again").click()
    settle()
    assert listed(page.review)[0].startswith("Јukasz")


def test_letters_of_a_table_can_be_chosen_while_its_columns_are(window: Window, tmp_path: Path) -> None:
    page = imported(window, table(tmp_path, KOI.replace("Vorname", "wer"), encoding="cp1250"))
    page.columns._wrong.click()
    dialog = window.findChild(EncodingDialog)
    assert dialog is not None
    dialog.chosen.emit("cp1250")
    dialog.reject()
    settle()
    assert step(page) is page.columns
    assert "Żółć" in words_of(page.columns)


def test_the_whole_archive_of_linkedin_is_one_import(window: Window, book: Book, tmp_path: Path) -> None:
    archive = tmp_path / "Basic_LinkedInDataExport.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("Connections.csv", samples.CONNECTIONS)
        packed.writestr("messages.csv", samples.MESSAGES)
        packed.writestr("Invitations.csv", samples.INVITATIONS)
        packed.writestr("Ad_Targeting.csv", "Member Age,Interests\n30,Cats\n")
    page = imported(window, archive)
    assert step(page) is page.review
    page.review.foot.go.click()
    assert people.resolve(book, "Ana Silva")


def test_a_signature_is_pasted(window: Window, qtbot: QtBot) -> None:
    page = imported(window, Path("nowhere.vcf"))
    QGuiApplication.clipboard().setText("Ada Lovelace\nAnalyst, Analytical Engines\nada@example.org")
    page.choose.first.setFocus()
    press(window, "Ctrl+V", qtbot)
    assert "Ada Lovelace" in page.choose._guides._paste.box.toPlainText()
    next(one for one in page.choose.findChildren(QAbstractButton) if one.text() == "Read the text").click()
    assert listed(page.review) == ["Ada Lovelace"]
    assert "From the text you pasted" in words_of(page.review)


def test_a_pasted_text_of_nobody_is_told(window: Window) -> None:
    page = imported(window, Path("nowhere.vcf"))
    page.choose.pasted.emit("Hello, how are you?")
    assert step(page) is page.choose
    assert "There is no contact in this text." in words_of(page.choose)


def test_rows_that_were_pasted_are_asked_about_too(window: Window) -> None:
    page = imported(window, Path("nowhere.vcf"))
    page.choose.pasted.emit(samples.TABBED)
    assert step(page) is page.columns
    page.columns.go.click()
    assert listed(page.review) == ["Kai Holm"]


def test_a_table_that_tells_of_nobody_is_asked_about_only_when_it_is_alone(
    window: Window, tmp_path: Path
) -> None:
    budget = table(tmp_path, "Item,Cost\nRent,100\nFood,200\n", "budget.csv")
    page = imported(window, budget)
    assert step(page) is page.columns
    page = imported(window, budget, table(tmp_path, samples.CONNECTIONS_2019))
    assert step(page) is page.review
    page = imported(window, table(tmp_path, "First Name,Last Name,Email\n", "empty.csv"))
    assert step(page) is page.choose


def test_the_keyboard_comes_to_every_column_in_order(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    page = imported(window, table(tmp_path, UNKNOWN))
    assert page.columns.go.hasFocus()
    meaning(page, "who").setFocus()
    for header in ("mail", "seen"):
        press(window, "Tab", qtbot)
        assert meaning(page, header).hasFocus()
    press(window, "Tab", qtbot)
    assert page.columns._wrong.hasFocus()
