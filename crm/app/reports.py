"""The proof of search for a range of days; and saving what was made of it, or of a brief, as a file."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from crm.app import preferences
from crm.app.books import Book
from crm.app.targets import require_file
from crm.domain.report import Report
from crm.errors import Invalid
from crm.files import atomic_write, unwritable
from crm.formats.tables import writer
from crm.store import reports as rows


def search(book: Book, first: date, last: date) -> Report:
    """Return what was done for the search from one day to another. Raises `Invalid` for days in the wrong order."""
    if last < first:
        raise Invalid("until", last, "before_from")
    with book.read() as session:
        return Report(first, last, rows.lines(session, first, last), preferences.get(book).name)


def table(cells: Sequence[Sequence[str]]) -> bytes:
    """Return rows as a file for spreadsheets; no cell is run as a formula."""
    return writer.BOM + writer.lines(cells)


def save(book: Book, path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write a file, complete or not at all.

    Raises `Invalid` for the file of a book and where a file is that isn't to be replaced, `KeepwarmError`.
    """
    try:
        require_file(book, path)
        taken = path.exists() and not replace
    except OSError as error:  # a name too long, a folder that may not be looked into
        raise unwritable(path, error) from error
    if taken:
        raise Invalid("file", path, "exists")
    atomic_write(path, data)
