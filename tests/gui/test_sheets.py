"""Sheets as they are printed: nothing in them is markup, they fit, they run the way of the layout, they come out alike."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QImage, QPageSize
from PySide6.QtWidgets import QApplication

from crm.domain.sheet import Line, Section, Sheet, Table
from crm.gui.sheets import Pages, page_size, pdf

MARKUP = "<b>bold</b> <img src=x onerror=y> & <!-- -->"
SHEET = Sheet(
    "Interview with " + MARKUP,
    date(2026, 3, 2),
    "Analyst",
    (
        Section("Prepare", (Line("Read " + MARKUP), Line("Ask", "who decides")), ticks=True),
        Section("Table", table=Table(("Day", "What"), (("1 Mar", MARKUP), ("2 Mar", "x" * 300)), (30, 70))),
    ),
    "Made by hand",
    one_page=True,
)
pytestmark = pytest.mark.usefixtures("qapp")


def ink(image: QImage, left: float, right: float) -> bool:
    """Say whether anything is drawn between two shares of the width."""
    columns = range(int(image.width() * left), int(image.width() * right))
    return any(image.pixel(x, y) != 0xFFFFFFFF for x in columns for y in range(0, image.height(), 2))


def test_markup_is_printed_letter_by_letter() -> None:
    words = Pages(SHEET)._document.toPlainText()
    assert words.count(MARKUP) == 3


def test_the_same_sheet_gives_the_same_bytes_and_another_gives_others() -> None:
    assert pdf(SHEET) == pdf(SHEET)
    assert pdf(SHEET).startswith(b"%PDF-")
    assert pdf(SHEET) != pdf(replace(SHEET, lead="Lead"))


def test_a_worker_thread_draws_the_same_in_silence(qtlog: Any) -> None:
    with ThreadPoolExecutor(1) as worker:
        assert worker.submit(pdf, SHEET).result() == pdf(SHEET)
    assert qtlog.records == []


def test_a_long_word_stays_on_the_paper() -> None:
    page = Pages(SHEET).image(0, 400)
    assert ink(page, 0.1, 0.9)
    assert not ink(page, 0.93, 1.0)


def test_what_just_runs_over_is_made_smaller_and_what_runs_on_has_pages() -> None:
    def lines(number: int) -> Sheet:
        return replace(SHEET, sections=(Section("Said", tuple(Line(f"Line {n}") for n in range(number))),))

    assert [Pages(lines(number)).count for number in (10, 40, 300)] == [1, 1, 8]
    assert [Pages(lines(number))._scale < 1 for number in (10, 40, 300)] == [False, True, False]


def test_a_heading_stays_with_what_it_heads() -> None:
    filling = Section("", tuple(Line("x") for _ in range(36)))
    rows = tuple((str(n), "y") for n in range(60))
    for spare in range(6):
        lines = filling.lines[spare:]
        sheet = replace(
            SHEET,
            sections=(
                Section("", lines),
                replace(SHEET.sections[1], table=Table(("a", "b"), rows, (50, 50))),
            ),
        )
        pages = Pages(replace(sheet, one_page=False))
        layout, high = pages._document.documentLayout(), pages._document.pageSize().height()
        heading = pages._document.find("Table").block()
        here, after = (layout.blockBoundingRect(one) for one in (heading, heading.next()))
        assert here.top() // high == after.bottom() // high


def test_right_to_left_the_first_column_is_at_the_right() -> None:
    table = Table(("Day", ""), (("1 Mar", ""),), (20, 80))
    sheet = Sheet("", date(2026, 3, 2), sections=(Section("", table=table),))
    assert ink(Pages(sheet).image(0, 400).copy(0, 0, 400, 400), 0.05, 0.3)
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        page = Pages(sheet).image(0, 400).copy(0, 0, 400, 400)
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert ink(page, 0.7, 0.95)


def test_paper_is_letter_where_letters_are_written_on_it() -> None:
    sizes = QPageSize.PageSizeId
    places = {"en_US": sizes.Letter, "es_MX": sizes.Letter, "en_GB": sizes.A4, "pt_PT": sizes.A4}
    assert {place: page_size(QLocale(place)).id() for place in places} == places
