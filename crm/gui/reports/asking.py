"""What the dialog asks: the report for a stretch of days, and how its first page will look."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from crm import wording
from crm.domain.report import Effort, Report
from crm.domain.sheet import Sheet
from crm.gui.sheets import Pages

if TYPE_CHECKING:
    from crm.app.books import Book


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants in the report."""

    first: date
    last: date
    efforts: Collection[Effort] = tuple(Effort)
    notes: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """Everything done on the days, the report wanted of it, and its first page as a picture."""

    all: Report
    report: Report
    image: QImage
    pages: int


def look(book: "Book", wish: Wish, width: int, today: date) -> Look:
    """Return what would be saved. Raises `Invalid` for days in the wrong order."""
    from crm.app import reports  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    everything = reports.search(book, wish.first, wish.last)
    report = everything.only(wish.efforts)
    pages = Pages(sheet(report, wish, today))
    return Look(everything, report, pages.image(0, width), pages.count)


def sheet(report: Report, wish: Wish, today: date) -> Sheet:
    """Return the report as pages to print."""
    return wording.report_sheet(report, today, notes=wish.notes)


def table(report: Report, wish: Wish) -> bytes:
    """Return the report as a file for spreadsheets."""
    from crm.app import reports  # noqa: PLC0415 - as above

    return reports.table(wording.report_rows(report, notes=wish.notes))
