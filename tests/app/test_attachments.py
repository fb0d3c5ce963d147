"""Files kept with opportunities: one content however often it is given, undone, exported and swept."""

import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crm.app import attachments, exporting, interviews, opportunities, upkeep, wholebook
from crm.app.books import Book
from crm.app.importing.sources import sources
from crm.app.progress import Progress
from crm.domain.attachment import LARGEST, AttachmentId, AttachmentKind, kind_of
from crm.domain.changes import Op
from crm.domain.exportform import ExportForm, PeopleExport
from crm.domain.interview import InterviewDraft
from crm.domain.opportunity import OpportunityDraft, OpportunityId
from crm.errors import ErrorCode, Invalid, KeepwarmError, NotFound
from crm.store import blobs
from crm.store.journal import KEEP_DAYS
from tests.builders import TODAY, a_book, a_person, dump


def add(book: Book, company: str = "Analytical") -> OpportunityId:
    return opportunities.add(book, OpportunityDraft("Analyst", company), today=TODAY)


def a_file(folder: Path, name: str = "CV 3.pdf", text: str = "%PDF one") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def attach(book: Book, which: OpportunityId, path: Path, **about: object) -> AttachmentId:
    return attachments.attach(book, which, [path], today=TODAY, **about)[0]  # type: ignore[arg-type]


def contents(book: Book) -> int:
    with book.read() as session:
        return sum(1 for _ in blobs.every(session))


def test_the_version_sent_is_known_though_the_file_changed_since(book: Book, tmp_path: Path) -> None:
    which, path = add(book), a_file(tmp_path)
    made = attach(book, which, path)
    path.write_text("another version", "utf-8")
    (kept,) = attachments.of_opportunity(book, which)
    assert (kept.id, kept.name, kept.kind, kept.size, kept.added_on) == (
        made, "CV 3.pdf", AttachmentKind.RESUME, 8, TODAY,
    )  # fmt: skip
    copy = attachments.save_copy(book, made, tmp_path / "copy.pdf")
    assert copy.read_text() == "%PDF one"


def test_the_same_file_is_kept_once_and_says_where_else_it_went(book: Book, tmp_path: Path) -> None:
    one, other = add(book), add(book, "Lumen Grid")
    path, twin = a_file(tmp_path), a_file(tmp_path, "cv-final.pdf")
    first = attach(book, one, path)
    with pytest.raises(Invalid, match="known"):
        attach(book, one, twin)
    attach(book, other, twin)
    assert contents(book) == 1
    assert attachments.row(book, first).elsewhere == ("Lumen Grid",)
    assert len(attachments.attach(book, one, [twin, a_file(tmp_path, "b.txt", "b")], today=TODAY)) == 1


def test_a_file_may_belong_to_a_round_and_outlives_it(book: Book, tmp_path: Path) -> None:
    which, elsewhere = add(book), add(book, "Lumen Grid")
    held = interviews.add(book, which, InterviewDraft(TODAY), today=TODAY)
    task = a_file(tmp_path, "task.docx", "case")
    made = attach(book, which, task, interview=held)
    assert attachments.row(book, made).interview == held
    with pytest.raises(NotFound):
        attach(book, elsewhere, task, interview=held)
    interviews.delete(book, held)
    assert attachments.row(book, made).interview is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Resume_2026.pdf", AttachmentKind.RESUME), ("My-CV.docx", AttachmentKind.RESUME), ("Lebenslauf.odt", AttachmentKind.RESUME),
     ("résumé.pdf", AttachmentKind.RESUME), ("Cover letter CV.pdf", AttachmentKind.COVER_LETTER), ("Anschreiben.pdf", AttachmentKind.COVER_LETTER),
     ("mcvay.txt", AttachmentKind.OTHER)],
)  # fmt: skip
def test_a_name_says_what_a_file_is(name: str, kind: AttachmentKind) -> None:
    assert kind_of(name) is kind


def test_every_verb_is_undone(book: Book, tmp_path: Path) -> None:
    which = add(book)
    stands = [dump(book)]
    made = attach(book, which, a_file(tmp_path))
    stands.append(dump(book))
    attachments.edit(book, made, "  Energy\tversion.pdf ", AttachmentKind.OTHER)
    assert attachments.row(book, made).name == "Energy version.pdf"
    stands.append(dump(book))
    attachments.remove(book, [made])
    for before in reversed(stands):
        book.undo()
        assert dump(book) == before
    book.redo()
    assert attachments.save_copy(book, made, tmp_path / "again.pdf").read_text() == "%PDF one"


def test_contents_go_once_no_undo_could_bring_them_back(book: Book, tmp_path: Path) -> None:
    which = add(book)
    kept = attach(book, which, a_file(tmp_path, text="kept"))
    gone = attach(book, which, a_file(tmp_path, text="gone"))
    attachments.remove(book, [gone])
    upkeep.auto_backup(book)
    assert contents(book) == 2
    book.undo()
    attachments.remove(book, [gone])
    with book.write(Op.REPAIR) as session:
        long_ago = (datetime.now(UTC) - timedelta(days=KEEP_DAYS + 1)).replace(tzinfo=None)
        session.connection().exec_driver_sql(
            "UPDATE journal_entry SET done_at = ?", (long_ago.isoformat(sep=" "),)
        )
    a_person(book)
    upkeep.auto_backup(book, now=datetime.now(UTC) + timedelta(days=1))
    assert contents(book) == 1
    assert attachments.save_copy(book, kept, tmp_path / "kept.pdf").read_text() == "kept"


@pytest.mark.parametrize("form", [ExportForm.BOOK, ExportForm.FOLDER])
def test_a_whole_book_brings_its_files(book: Book, tmp_path: Path, form: ExportForm) -> None:
    which = add(book)
    for name in ("../../CV.pdf", "cv.PDF", "con.pdf"):
        made = attach(book, which, a_file(tmp_path, text=name))
        attachments.edit(book, made, name, AttachmentKind.RESUME)
    path = tmp_path / ("book.json" if form is ExportForm.BOOK else "folder")
    exporting.export(book, path, PeopleExport(form, readme="what it is"), Progress(), today=TODAY)
    other = a_book(tmp_path, "other.keepwarm")
    found = wholebook.found_in([path])
    assert found is not None
    wholebook.bring_back(other, wholebook.read(found), Progress())
    assert dump(other) == dump(book)
    for one in attachments.of_opportunity(other, which):
        assert attachments.save_copy(other, one.id, tmp_path / f"{one.id}.pdf").read_text() == one.name
    if path.is_dir():
        (path / "files" / "list.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Nobody\nEND:VCARD\n", "utf-8")
        assert [source.path.name for source in sources(path)] == ["contacts.vcf"]
        (path / "files" / "list.vcf").unlink()
        assert sorted(file.name for file in (path / "files").iterdir()) == [
            "CV.pdf",
            "_con.pdf",
            "cv (2).pdf",
        ]


def test_what_is_no_file_to_keep_is_refused_with_its_reason(book: Book, tmp_path: Path) -> None:
    which = add(book)
    before = dump(book)
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(KeepwarmError) as found:
        attach(book, which, huge)
    assert found.value.code is ErrorCode.ATTACHMENT_TOO_LARGE
    for path in (tmp_path, tmp_path / "missing.pdf"):
        with pytest.raises(KeepwarmError) as found:
            attach(book, which, path)
        assert found.value.code is ErrorCode.FILE_UNREADABLE
    with pytest.raises(Invalid, match="empty"):
        attach(book, which, a_file(tmp_path, "nothing.pdf", ""))
    with pytest.raises(Invalid, match="book"):
        attach(book, which, book.path)
    with pytest.raises(NotFound):
        attach(book, OpportunityId(99), a_file(tmp_path))
    assert dump(book) == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for(book: Book, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    with pytest.raises(KeepwarmError, match=os.strerror(errno.ENOENT)):
        attach(book, add(book), tmp_path / "pipe.pdf")


def test_a_copy_replaces_nothing_unasked_and_its_name_stays_in_its_folder(book: Book, tmp_path: Path) -> None:
    made = attach(book, add(book), a_file(tmp_path))
    attachments.edit(book, made, "..\\..\\evil\u202efdp.exe", AttachmentKind.OTHER)
    assert attachments.file_name(book, made) == "evilfdp.exe"
    with pytest.raises(Invalid, match="exists"):
        attachments.save_copy(book, made, a_file(tmp_path, "there.pdf"))
    with pytest.raises(Invalid, match="book"):
        attachments.save_copy(book, made, book.path, replace=True)
