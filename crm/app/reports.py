"""The proof of search for a range of days, to show or as a table for spreadsheets."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from crm.app.books import Book
from crm.domain.report import ReportLine
from crm.errors import Invalid
from crm.files import atomic_write
from crm.formats.tables import writer
from crm.store import reports as rows


def search(book: Book, first: date, last: date) -> tuple[ReportLine, ...]:
    """Return what was done for the search from one day to another. Raises `Invalid` for days in the wrong order."""
    if last < first:
        raise Invalid("until", last, "before_from")
    with book.read() as session:
        return rows.lines(session, first, last)


def save(path: Path, table: Sequence[Sequence[str]], *, replace: bool = False) -> None:
    """Write a table for spreadsheets. Raises `Invalid` where a file is that isn't to be replaced, `KeepwarmError`."""
    if path.suffix.lower() != ".csv":
        raise Invalid("report", path, "ending")
    if path.exists() and not replace:
        raise Invalid("file", path, "exists")
    atomic_write(path, writer.BOM + writer.lines(table))
