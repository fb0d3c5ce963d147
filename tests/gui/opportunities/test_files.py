"""Files on the panel: chosen or dropped, named, opened as a copy, removed, undone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from pytestqt.qtbot import QtBot

from crm.app import attachments, interviews, opportunities
from crm.app.books import Book
from crm.domain.attachment import AttachmentKind
from crm.domain.opportunity import Ending, OpportunityId, Stage
from crm.gui.opportunities import files
from crm.gui.opportunities.days import AgainDialog
from crm.gui.opportunities.files import FileDialog
from crm.gui.opportunities.page import OpportunitiesPage
from crm.gui.opportunities.panel import OVERVIEW, ROUNDS, OpportunityPanel
from crm.gui.widgets.buttons import ElidedLink
from tests.builders import TODAY
from tests.gui.opportunities.conftest import Open, window_of
from tests.gui.opportunities.test_page import dialog, menu_item
from tests.gui.windows import settle, toast_of, words_of


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "CV 3.pdf"
    path.write_text("%PDF one", "utf-8")
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Return the addresses that were handed to the system; copies lie in a cache of the test."""
    told: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: told.append(url.toLocalFile()) or True)
    for module in (files, files.links):
        monkeypatch.setattr(module, "cache_dir", lambda: tmp_path / "cache")
    return told


def drop(panel: OpportunityPanel, *paths: Path) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    event = QDropEvent(
        QPointF(50, 50), actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    panel.dropEvent(event)
    settle()
    return event


def shown(page: OpportunitiesPage) -> str:
    page.panel.choose(OVERVIEW)
    return words_of(page.panel.files)


def test_files_dropped_on_the_panel_are_kept_as_copies(
    open_page: Open, analyst: OpportunityId, resume: Path, tmp_path: Path
) -> None:
    page = open_page(analyst)
    assert "drop them here" in shown(page)
    letter = tmp_path / "Cover letter.txt"
    letter.write_text("Dear Ada,", "utf-8")
    event = drop(page.panel, resume, letter)
    assert event.dropAction() is Qt.DropAction.CopyAction
    assert toast_of(window_of(page)) == "Attached 2 files."
    assert "CV 3.pdf" in shown(page)
    assert "Cover letter · 1 KB · added" in shown(page)
    drop(page.panel, resume)
    assert toast_of(window_of(page)) == "CV 3.pdf is kept here already."
    assert len(page.panel.files.list.rows) == 2


def test_a_file_is_chosen_renamed_put_to_a_round_and_removed_by_keys(
    open_page: Open,
    book: Book,
    lead: OpportunityId,
    resume: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = open_page(lead)
    page.panel.choose(OVERVIEW)
    monkeypatch.setattr(files, "choose_files", lambda *_: (resume,))
    page.panel.files.button.click()
    settle()
    line = page.panel.files.list.rows[0]
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_F2)
    editor = dialog(FileDialog)
    editor.name.setText("Energy version.pdf")
    editor.kind.choose(AttachmentKind.OTHER)
    editor.about.choose(interviews.of_opportunity(book, lead)[0].id)
    editor.save.click()
    settle()
    assert "Energy version.pdf" in shown(page)
    page.panel.choose(ROUNDS)
    assert "Energy version.pdf" in words_of(page.panel.rounds)
    page.panel.choose(OVERVIEW)
    page.panel.files.list.rows[0].setFocus()
    qtbot.keyClick(page.panel.files.list.rows[0], Qt.Key.Key_Delete)
    settle()
    assert toast_of(window_of(page)) == "Removed Energy version.pdf."
    assert attachments.of_opportunity(book, lead) == ()
    assert opportunities.card(book, lead, today=TODAY).row.title == "Lead"


def test_a_document_opens_as_a_copy_and_a_program_never_does(
    open_page: Open, book: Book, analyst: OpportunityId, resume: Path, opened: list[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    (made,) = attachments.attach(book, analyst, [resume], today=TODAY)
    attachments.edit(book, made, "../../CV.pdf", AttachmentKind.RESUME)
    page = open_page(analyst)
    page.panel.files.list.acted.emit("open", made)
    (copy,) = opened
    assert Path(copy).name == "CV.pdf"
    assert Path(copy).is_relative_to(tmp_path / "cache")
    assert Path(copy).read_text("utf-8") == "%PDF one"
    assert "a copy" in toast_of(window_of(page))
    attachments.edit(book, made, "CV.pdf.exe", AttachmentKind.RESUME)
    settle()
    monkeypatch.setattr(files, "choose_save", lambda *_: tmp_path / "saved.bin")
    page.panel.files.list.menu_requested.emit(made, page.mapToGlobal(page.rect().center()))
    menu_item(page, "Open a copy")
    settle()
    assert opened == [copy]
    assert (tmp_path / "saved.bin").read_text("utf-8") == "%PDF one"


def test_the_day_to_apply_again_is_changed_where_it_stands(
    open_page: Open, book: Book, analyst: OpportunityId
) -> None:
    opportunities.move(book, analyst, Stage.CLOSED, today=TODAY, ending=Ending.NO_REPLY)
    page = open_page(analyst)
    page.panel.choose(OVERVIEW)
    link = next(
        one for one in page.panel.facts.findChildren(ElidedLink) if one.accessibleName().startswith("Apply")
    )
    link.click()
    asked = dialog(AgainDialog)
    asked.day.line.setText("nonsense")
    asked._on_save_clicked()
    assert "isn’t a day" in words_of(asked)
    asked.day.line.setText("in 30 days")
    asked._on_save_clicked()
    settle()
    assert [one.opens_on for one in opportunities.second_chances(book, today=TODAY)] == [
        TODAY.replace(month=4, day=1)
    ]
