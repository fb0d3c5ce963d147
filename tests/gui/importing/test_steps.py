"""The steps of an import: choose, review, import, done; what is broken, what fails, what is cancelled."""

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm.app import people, upkeep
from crm.app.books import Book
from crm.app.importing import ReadFiles
from crm.domain.person import PersonDraft
from crm.errors import ErrorCode, KeepwarmError
from crm.gui.importing import work
from crm.gui.importing.encodings import EncodingDialog
from crm.gui.session import Place
from crm.gui.widgets.buttons import Button
from crm.gui.window import Window
from tests.builders import TODAY, dump
from tests.gui.importing.room import ADA, CHARLES, ENGINES, NOBODY, cards, counts, imported, listed, step
from tests.gui.windows import settle, toast_of, words_of


def test_a_file_leads_to_its_review_and_nothing_is_saved(window: Window, book: Book, tmp_path: Path) -> None:
    before = dump(book)
    page = imported(window, cards(tmp_path, ADA, CHARLES, ENGINES, NOBODY))
    assert step(page) is page.review
    assert "From phone.vcf" in words_of(page.review)
    assert page.review.foot.summary.startswith("2 people and")
    assert dump(book) == before


def test_the_counts_add_up(window: Window, tmp_path: Path) -> None:
    page = imported(window, cards(tmp_path, ADA, CHARLES, ENGINES, NOBODY))
    shown = counts(page.review)
    assert int(shown.pop("all")) == sum(map(int, shown.values()))


def test_import_adds_and_says_what_it_did(window: Window, book: Book, tmp_path: Path) -> None:
    page = imported(window, cards(tmp_path, CHARLES, ENGINES, NOBODY))
    page.review.foot.go.click()
    assert step(page) is page.done
    assert "Added 2" in words_of(page.done)
    assert "couldn’t be read" in words_of(page.done)
    assert people.resolve(book, "Charles Babbage")


@pytest.mark.parametrize("leave", ["import", "back"])
def test_nothing_that_was_read_stays_in_memory(window: Window, tmp_path: Path, leave: str) -> None:
    def kept() -> set[int]:
        gc.collect()
        return {id(one) for one in gc.get_objects() if isinstance(one, ReadFiles)}

    before = kept()
    page = imported(window, cards(tmp_path, ADA, CHARLES, NOBODY))
    page.review.toggle((0,))
    assert len(kept()) > len(before)
    page.review.foot.go.click() if leave == "import" else page.review.foot.back.click()
    settle()
    assert kept() <= before


def test_every_import_keeps_a_copy_first(window: Window, book: Book, tmp_path: Path) -> None:
    before = len(upkeep.backups(book.path))
    imported(window, cards(tmp_path, CHARLES)).review.foot.go.click()
    assert len(upkeep.backups(book.path)) == before + 1


def test_undo_takes_all_of_it_back_and_the_page_says_so(window: Window, book: Book, tmp_path: Path) -> None:
    before = dump(book)
    page = imported(window, cards(tmp_path, CHARLES, ENGINES))
    page.review.foot.go.click()
    window.undo()
    assert dump(book) == before
    assert "Import undone" in words_of(page.done)
    window.redo()
    assert "Imported" in words_of(page.done)


def test_several_files_and_a_folder_are_one_import(window: Window, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    cards(folder, ENGINES, name="three.vcf")
    one, two = cards(tmp_path, ADA, name="one.vcf"), cards(tmp_path, CHARLES, name="two.vcf")
    page = imported(window, one, two, folder)
    assert len(listed(page.review)) == 3
    assert "and 2 more" in words_of(page.review)


@pytest.mark.parametrize(
    "content", [b"", b"a shopping list", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, b"\xff\xfe"], ids=range(4)
)
def test_what_is_no_address_book_is_told_where_it_was_chosen(
    window: Window, book: Book, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "wrong.vcf"
    file.write_bytes(content)
    before = dump(book)
    page = imported(window, file)
    assert step(page) is page.choose
    assert page.choose._problem.isVisible()
    assert dump(book) == before


def test_a_file_that_is_gone_is_told(window: Window, tmp_path: Path) -> None:
    page = imported(window, tmp_path / "nowhere.vcf")
    assert step(page) is page.choose
    assert page.choose._problem.isVisible()


def test_the_next_file_takes_the_problem_away(window: Window, tmp_path: Path) -> None:
    page = imported(window, tmp_path / "nowhere.vcf")
    page.start((cards(tmp_path, ADA),))
    page.review.foot.back.click()
    assert not page.choose._problem.isVisible()


def test_back_forgets_the_file(window: Window, tmp_path: Path) -> None:
    page = imported(window, cards(tmp_path, ADA))
    page.review.foot.back.click()
    assert step(page) is page.choose
    assert page._found is None


def test_close_leaves_without_a_trace(window: Window, book: Book, tmp_path: Path) -> None:
    before = dump(book)
    page = imported(window, cards(tmp_path, ADA))
    page._close.click()
    assert window.here == Place("today")
    assert dump(book) == before


def test_an_import_that_fails_goes_back_to_the_review_with_every_tick(
    window: Window, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = imported(window, cards(tmp_path, CHARLES, ENGINES))
    page.review.view.choose(1)
    page.review.toggle((1,))
    before = dump(book)

    def full(*_: object) -> None:
        raise KeepwarmError(ErrorCode.DISK_FULL, path=str(book.path))

    with monkeypatch.context() as patched:
        patched.setattr(work, "carry_out", full)
        page.review.foot.go.click()
    assert step(page) is page.review
    assert page.review._problem.isVisible()
    assert page.review.foot.go.label == "Import 1 contact"
    assert dump(book) == before
    page.review.foot.go.click()
    assert step(page) is page.done
    assert "Added 1, 1 left out." in words_of(page.done)


def test_a_cancelled_import_changes_nothing_and_keeps_the_review(
    window: Window, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = imported(window, cards(tmp_path, CHARLES))
    before = dump(book)
    back_up = work.back_up

    def cancelling(session: object) -> None:
        back_up(session)  # type: ignore[arg-type]
        page._bar.cancel.click()

    monkeypatch.setattr(work, "back_up", cancelling)
    page.review.foot.go.click()
    assert step(page) is page.review
    assert toast_of(window) == "Import cancelled. Nothing was changed."
    assert dump(book) == before


def test_what_changed_in_the_book_meanwhile_is_looked_at_anew(
    window: Window, book: Book, tmp_path: Path
) -> None:
    page = imported(window, cards(tmp_path, CHARLES, ENGINES))
    page.review.toggle((1,))
    people.add(book, PersonDraft("Somebody Else"), today=TODAY)
    page.review.foot.go.click()
    if step(page) is page.review:  # the plan was made again: what was left out stays out
        page.review.foot.go.click()
    assert "Added 1" in words_of(page.done)


def test_letters_that_look_wrong_can_be_read_again(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "old.vcf"
    file.write_bytes("BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Łukasz Żółć\r\nEND:VCARD\r\n".encode("cp1250"))
    page = imported(window, file)
    page.review._wrong.click()
    dialog = window.findChild(EncodingDialog)
    assert dialog is not None
    dialog._page.choose("cp1250")
    next(one for one in dialog.findChildren(Button) if one.label == "Read again").click()
    settle()
    assert listed(page.review) == ["Łukasz Żółć"]


def test_the_same_file_again_has_nothing_to_import(window: Window, book: Book, tmp_path: Path) -> None:
    file = cards(tmp_path, CHARLES, ENGINES)
    imported(window, file).review.foot.go.click()
    before = dump(book)
    page = imported(window, file)
    assert counts(page.review)["same"] == "2"
    assert not page.review.foot.go.isEnabled()
    assert "already here" in page.review.foot.summary
    assert dump(book) == before


def test_what_could_not_be_read_is_saved_as_it_stands(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = imported(window, cards(tmp_path, CHARLES, "X-ODD:1"))
    page.review.foot.go.click()
    to = tmp_path / "failed.vcf"
    monkeypatch.setattr("crm.gui.importing.done.choose_save", lambda *_: to)
    page.done._unread.save.click()
    assert "X-ODD:1" in to.read_text("utf-8")


def test_done_leads_on_to_a_plan(window: Window, tmp_path: Path) -> None:
    page = imported(window, cards(tmp_path, CHARLES))
    page.review.foot.go.click()
    page.done.first.click()  # type: ignore[attr-defined]
    assert window.here == Place("planning")
    window.back()
    assert step(page) is page.choose


def test_the_keyboard_does_all_of_it(window: Window, book: Book, tmp_path: Path, qtbot: QtBot) -> None:
    page = imported(window, cards(tmp_path, ADA, CHARLES))
    assert page.review.view.hasFocus()
    qtbot.keyClick(page.review.view, Qt.Key.Key_Down)
    qtbot.keyClick(page.review.view, Qt.Key.Key_Space)
    qtbot.keyClick(page.review.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert step(page) is page.done
    with pytest.raises(KeepwarmError):
        people.resolve(book, "Charles Babbage")
