"""People out: vCards, tables for spreadsheets and for Google, and the whole book to keep or to move."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from crm import __version__
from crm.app.books import Book
from crm.app.pace import no_cycles_sought
from crm.app.progress import Progress
from crm.app.targets import require_file, require_folder, require_free
from crm.domain.exportform import FOLDERS, WHOLE, ExportForm, PeopleExport, Whom
from crm.domain.exportrecord import ExportRecord
from crm.domain.filenames import FileNames, parted
from crm.domain.person import PersonDraft, PersonRow
from crm.domain.query import PeopleFilter, PeopleQuery
from crm.errors import Invalid
from crm.files import NewFolder, atomic_folder, atomic_stream
from crm.formats import tables, vcard, wholebook
from crm.store import attachments, blobs, browse, rows
from crm.store import exporting as store
from crm.store import wholebook as whole

CARDS_FILE = "contacts.vcf"
BOOK_FILE = "book.json"
README_FILE = "README.txt"
PHOTOS, FILES = "photos", "files"
_SHOWN = 3
_CARDS = frozenset({ExportForm.VCARD, ExportForm.VCARD_EACH})
_PICTURES = {b"\xff\xd8\xff": "jpg", b"\x89PNG": "png", b"GIF8": "gif", b"RIFF": "webp"}


@dataclass(frozen=True, slots=True)
class ExportedPeople:
    """What was written: where, how many people, how many files."""

    path: Path
    people: int
    files: int = 1


@dataclass(frozen=True, slots=True)
class ExportPreview:
    """Whom an export takes: how many, the first of them. `archived`: how many more there are whom lists leave out."""

    people: int
    archived: int
    first: tuple[PersonRow, ...] = ()


def preview(book: Book, whom: Whom, *, today: date) -> ExportPreview:
    """Return whom an export takes."""
    with book.read() as session:
        ids = chosen(book, whom, today=today)
        archived = len(browse.people_ids(session, PeopleQuery(show=PeopleFilter.ARCHIVED), today))
        return ExportPreview(len(ids), archived, rows.people(session, ids[:_SHOWN], today))


@no_cycles_sought()
def export(
    book: Book, path: Path, wanted: PeopleExport, progress: Progress, *, today: date
) -> ExportedPeople:
    """Write people to a file or a folder, complete or not at all.

    Raises `Invalid` (file: exists, book; people: nobody, empty, whole: that form holds everybody), `KeepwarmError` when it can't be written, `Cancelled`.
    """
    if wanted.form in WHOLE and not wanted.whom.everybody:
        raise Invalid("people", wanted.form.value, "whole")
    if wanted.form in FOLDERS:
        require_folder(path)
    else:
        require_file(book, path)
    if not wanted.replace:
        require_free(path)
    with book.read():  # one snapshot for all that is asked
        run = _Run(book, wanted, progress, chosen(book, wanted.whom, today=today))
        if not run.people and not (wanted.whom.everybody and run.holds_others()):
            raise Invalid("people", "", "nobody" if wanted.whom.everybody else "empty")
        if wanted.form in FOLDERS:
            with atomic_folder(path) as folder:
                files = run.fill(folder)
        else:
            files = 1
            with atomic_stream(path) as file:
                file.writelines(run.pieces())
    return ExportedPeople(path, len(run.people), files)


def chosen(book: Book, whom: Whom, *, today: date) -> list[int]:
    """Return the ids of whom to export, in order; those in a selection that all queries list."""
    with book.read() as session:
        if whom.everybody:
            return store.everyone(session)
        lists = [list(browse.people_ids(session, query, today)) for query in whom.queries]
    ids = list(dict.fromkeys(whom.people or lists[0]))
    for listed in map(frozenset, lists):
        ids = [id_ for id_ in ids if id_ in listed]
    return ids


class _Run:
    """One export: what it writes, piece by piece, and how far it is."""

    def __init__(self, book: Book, wanted: PeopleExport, progress: Progress, people: list[int]) -> None:
        self.people = people
        self._book = book
        self._wanted = wanted
        self._progress = progress

    def holds_others(self) -> bool:
        """Say whether there is something to write beside people: all of a book, cards of companies and groups."""
        if self._wanted.form in WHOLE:
            return True
        with self._book.read() as session:
            others = store.companies_with_cards(session) or store.groups(session)
        return bool(others) and self._wanted.form in _CARDS

    def pieces(self) -> Iterator[bytes]:
        """Yield what goes into the one file."""
        match self._wanted.form:
            case ExportForm.CSV:
                return self._table(tables.TableLayout.PLAIN)
            case ExportForm.GOOGLE_CSV:
                return self._table(tables.TableLayout.GOOGLE)
            case ExportForm.BOOK:
                return self._document(contents=True)
            case _:
                return (card for _, card in self._cards())

    def fill(self, folder: NewFolder) -> int:
        """Write the files of a folder; return how many."""
        if self._wanted.form is ExportForm.VCARD_EACH:
            names = FileNames()
            files = 0
            for record, card in self._cards():
                folder.write(names.name_for(record.name, ".vcf"), card)
                files += 1
            return files
        with folder.stream(CARDS_FILE) as file:
            file.writelines(card for _, card in self._cards())
        with folder.stream(BOOK_FILE) as file:
            file.writelines(self._document(contents=False))
        folder.write(README_FILE, self._wanted.readme.encode())
        return 3 + self._fill_contents(folder)

    def _fill_contents(self, folder: NewFolder) -> int:
        """Write pictures under their addresses and attached files under their names; return how many."""
        written, taken = 0, FileNames()
        with self._book.read() as session:
            names = attachments.names(session)
            for sha, data in blobs.every(session):
                if sha in names:
                    folder.write(f"{FILES}/{taken.name_for(*parted(names[sha]))}", data)
                else:
                    folder.write(f"{PHOTOS}/{sha}.{_ending(data)}", data)
                self._progress.step(0)
                written += 1
        return written

    def _cards(self) -> Iterator[tuple[ExportRecord, bytes]]:
        """Yield everyone's card; with everybody go companies and groups that came as cards."""
        self._progress.expect(len(self.people))
        with self._book.read() as session:
            find = partial(blobs.find, session)
            write = vcard.card_writer(self._wanted.version, find, pictures=self._wanted.photos)
            for record in store.people(session, self.people):
                yield record, write(record)
                self._progress.step()
            if self._wanted.whom.everybody:
                for record in store.companies(session, store.companies_with_cards(session)):
                    yield record, write(record)
                for record in store.group_records(session, store.groups(session)):
                    yield record, write(record)

    def _table(self, layout: tables.TableLayout) -> Iterator[bytes]:
        self._progress.expect(2 * len(self.people))
        plan = tables.TablePlan(layout)
        with self._book.read() as session:
            for person in self._drafts(session):
                plan.count(person)
            yield tables.BOM if self._wanted.excel and layout is tables.TableLayout.PLAIN else b""
            yield tables.lines([plan.header()])
            for person in self._drafts(session):
                yield tables.lines([plan.row(person)])

    def _drafts(self, session: Any) -> Iterator[PersonDraft]:
        for record in store.people(session, self.people, sources=False):
            if record.person is not None:
                yield record.person
            self._progress.step()

    def _document(self, *, contents: bool) -> Iterator[bytes]:
        with self._book.read() as session:
            self._progress.expect(whole.count(session))
            head = wholebook.BookHead(whole.SCHEMA_VERSION, f"Keepwarm {__version__}", whole.about())
            found = blobs.every(session) if contents else ()
            every = ((name, self._counted(whole.rows(session, name))) for name in whole.journaled())
            yield from wholebook.written(head, every, found)

    def _counted(self, found: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for row in found:
            self._progress.step()
            yield row


def _ending(data: bytes) -> str:
    return next((ending for magic, ending in _PICTURES.items() if data.startswith(magic)), "bin")
