"""Sheets drawn: as a PDF, and page by page for a look before; on any thread, as Qt's rich text is reentrant.

Every text goes in as plain text, block by block, so that nothing in it is markup. Measures are pixels of 1/96 inch
whatever the screen; colours and type are the light theme's, as paper is.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QLocale, QMarginsF, QRectF, QSizeF, Qt, QUuid
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextListFormat,
    QTextOption,
    QTextTableCellFormat,
    QTextTableFormat,
)

from crm.domain.sheet import Section, Sheet, Table
from crm.gui import text, theme, tokens

# Where paper is Letter (CLDR, paperSize); it is A4 everywhere else.
_LETTER = frozenset(("BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"))
_INCH = 96
_MARGIN = 64
_FOOT = 40
_INDENT = 22
_SMALLER = (1.0, 0.92, 0.85, 0.78)  # what doesn't fit even so isn't made small
_DOTS = 1200  # per inch of the PDF
_PER_CENT = 100
_INFO_DATE = re.compile(rb"(Date \(D:)\d{14}")
_XMP_DATE = re.compile(rb'(Date=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d')
_SHEETS = QUuid("{5a0c5b0e-9d0e-4c37-8f5c-0b5c5b7f2c1d}")


@dataclass(frozen=True, slots=True)
class _Style:
    """How a line is set: its role and tone of type, the space above it, whether it has a box to tick."""

    role: str
    tone: str = "text"
    above: int = 6
    indent: int = 0
    ticked: bool = False


_LEAD = _Style("body", "text2", 4)
_HEADING = _Style("heading", above=20)
_LINE = _Style("body")
_TICKED = _Style("body", ticked=True)
_BELOW = _Style("small", "text2", 1)
_TICKED_BELOW = _Style("small", "text2", 1, indent=1)


class Pages:
    """A sheet laid out: how many pages it takes, and each of them to paint."""

    def __init__(self, sheet: Sheet) -> None:
        theme.load_fonts()
        # Laying out starts timers, which need a dispatcher of the thread; a worker has none before its first event loop.
        self._loop = QEventLoop()
        self.sheet = sheet
        self.page = page_size()
        points = self.page.size(QPageSize.Unit.Point) * (_INCH / 72)
        self._paper = QSizeF(points)
        for scale in (*_SMALLER, 1.0) if sheet.one_page else (1.0,):
            self._scale = scale
            self._document = _document(sheet, self._room() / scale)
            if self.count == 1:
                break

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._document.pageCount()

    def image(self, number: int, width: int) -> QImage:
        """Return a page, the first is 0, as a picture of that width in device pixels."""
        factor = width / self._paper.width()
        made = QImage(width, round(self._paper.height() * factor), QImage.Format.Format_RGB32)
        made.fill(QColor(tokens.LIGHT["surface"]))
        with _painting(made, factor) as painter:
            self._paint(painter, number)
        return made

    def pdf(self) -> bytes:
        """Return all pages as a PDF; the same sheet gives the same bytes, as far as Qt does."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setTitle(text.one_line(self.sheet.title))
        writer.setCreator("Keepwarm")
        if hasattr(writer, "setDocumentId"):  # Qt 6.8 has no such name of a document yet
            writer.setDocumentId(QUuid.createUuidV5(_SHEETS, repr(self.sheet).encode()))
        writer.setResolution(_DOTS)
        writer.setPageLayout(QPageLayout(self.page, QPageLayout.Orientation.Portrait, QMarginsF()))
        with _painting(writer, _DOTS / _INCH) as painter:
            for number in range(self.count):
                if number:
                    writer.newPage()
                self._paint(painter, number)
        buffer.close()
        return self._dated(bytes(buffer.data().data()))

    def _dated(self, data: bytes) -> bytes:
        """Return a PDF as if made at the start of the sheet's day: Qt writes when it was made, to the second."""
        on = self.sheet.made_on
        data = _INFO_DATE.sub(rb"\g<1>" + f"{on:%Y%m%d}000000".encode(), data)
        return _XMP_DATE.sub(rb"\g<1>" + f"{on:%Y-%m-%d}T00:00:00".encode(), data)

    def _room(self) -> QSizeF:
        return QSizeF(self._paper.width() - 2 * _MARGIN, self._paper.height() - 2 * _MARGIN - _FOOT)

    def _paint(self, painter: QPainter, number: int) -> None:
        room = self._document.pageSize()
        painter.save()
        painter.translate(_MARGIN, _MARGIN)
        painter.scale(self._scale, self._scale)
        painter.translate(0, -number * room.height())
        seen = QAbstractTextDocumentLayout.PaintContext()
        seen.clip = QRectF(0, number * room.height(), room.width(), room.height())
        painter.setClipRect(seen.clip)
        self._document.documentLayout().draw(painter, seen)
        painter.restore()
        self._paint_foot(painter, number)

    def _paint_foot(self, painter: QPainter, number: int) -> None:
        """Write what stands at the foot at its start, the number of the page at its end."""
        wide = self._paper.width() - 2 * _MARGIN
        place = QRectF(_MARGIN, self._paper.height() - _MARGIN - _FOOT / 2, wide, _FOOT / 2)
        painter.setFont(_font("caption"))
        painter.setPen(QColor(tokens.LIGHT["text3"]))
        start, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if _right_to_left():
            start, end = end, start
        painter.drawText(place, start | Qt.AlignmentFlag.AlignBottom, text.one_line(self.sheet.foot))
        said = QGuiApplication.translate("Sheets", "Page {n} of {count}")
        said = said.format(n=number + 1, count=self.count)
        painter.drawText(place, end | Qt.AlignmentFlag.AlignBottom, said)


def pdf(sheet: Sheet) -> bytes:
    """Return a sheet as a PDF, also where no window is open: then Qt is started for it, without a screen if it can be."""
    if QGuiApplication.instance() is not None:
        return Pages(sheet).pdf()
    unseen = ["-platform", "offscreen"] if sys.platform.startswith("linux") else []
    app = QGuiApplication(["keepwarm", *unseen])
    try:
        return Pages(sheet).pdf()
    finally:
        app.shutdown()


def page_size(locale: QLocale | None = None) -> QPageSize:
    """Return the paper in use where the user is."""
    place = QLocale.territoryToCode((locale or QLocale()).territory())
    return QPageSize(QPageSize.PageSizeId.Letter if place in _LETTER else QPageSize.PageSizeId.A4)


@contextmanager
def _painting(device: QImage | QPdfWriter, factor: float) -> Iterator[QPainter]:
    painter = QPainter(device)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(factor, factor)
        yield painter
    finally:
        painter.end()


def _document(sheet: Sheet, room: QSizeF) -> QTextDocument:
    made = QTextDocument()
    made.setUndoRedoEnabled(False)
    made.setUseDesignMetrics(True)
    made.setDocumentMargin(0)
    made.setDefaultFont(_font("body"))
    made.setIndentWidth(_INDENT)
    option = QTextOption(_leading())
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setDefaultTextOption(option)
    made.setPageSize(room)
    cursor = QTextCursor(made)
    cursor.setBlockFormat(_block())
    cursor.insertText(text.one_line(sheet.title), _look("display"))
    if sheet.lead:
        _write_line(cursor, sheet.lead, _LEAD)
    for heading in [_write(cursor, section) for section in sheet.sections]:
        _keep_with_next(made, heading)
    return made


def _write(cursor: QTextCursor, section: Section) -> int:
    """Write a section; return where its heading is, or the line before where it has none."""
    if section.title:
        _write_line(cursor, section.title, _HEADING)
    heading = cursor.position()
    for line in section.lines:
        _write_line(cursor, line.text, _TICKED if section.ticks else _LINE)
        if line.below:
            _write_line(cursor, line.below, _TICKED_BELOW if section.ticks else _BELOW)
    if section.table is not None:
        _write_table(cursor, section.table)
    return heading


def _write_line(cursor: QTextCursor, words: str, style: _Style) -> None:
    block = _block(style.above)
    block.setIndent(style.indent)
    cursor.insertBlock(block, _look(style.role, style.tone))
    if style.ticked:
        boxes = QTextListFormat()
        boxes.setStyle(QTextListFormat.Style.ListDisc)
        boxes.setIndent(1)
        cursor.createList(boxes)
        block.setMarker(QTextBlockFormat.MarkerType.Unchecked)
        cursor.mergeBlockFormat(block)
    cursor.insertText(text.clean(words), _look(style.role, style.tone))


def _keep_with_next(document: QTextDocument, heading: int) -> None:
    """Begin a new page before a heading whose first line or row would stand on the next."""
    block, page = document.findBlock(heading), document.pageSize().height()
    layout = document.documentLayout()
    here, after = layout.blockBoundingRect(block), layout.blockBoundingRect(block.next())
    if here.top() // page != after.bottom() // page and after.height() < page:
        look = block.blockFormat()
        look.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        QTextCursor(block).setBlockFormat(look)


def _write_table(cursor: QTextCursor, table: Table) -> None:
    look = QTextTableFormat()
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, _PER_CENT))
    turn = -1 if _right_to_left() else 1  # Qt's tables begin at the left in any layout
    look.setColumnWidthConstraints(
        [QTextLength(QTextLength.Type.PercentageLength, share) for share in table.shares[::turn]]
    )
    look.setBorder(0)
    look.setCellSpacing(0)
    look.setCellPadding(0)
    look.setTopMargin(4)
    look.setHeaderRowCount(1)
    made = cursor.insertTable(len(table.rows) + 1, len(table.head), look)
    for number, row in enumerate((table.head, *table.rows)):
        role, tone = ("captionMedium", "text2") if number == 0 else ("small", "text")
        for column, words in enumerate(row[::turn]):
            cell = made.cellAt(number, column)
            cell.setFormat(_cell(heading=number == 0))
            inside = cell.firstCursorPosition()
            inside.setBlockFormat(_block())
            inside.insertText(text.clean(words), _look(role, tone))
    cursor.movePosition(QTextCursor.MoveOperation.End)


def _cell(*, heading: bool) -> QTextTableCellFormat:
    made = QTextTableCellFormat()
    made.setTopPadding(5)
    made.setBottomPadding(5)
    (made.setLeftPadding if _right_to_left() else made.setRightPadding)(10)
    made.setBottomBorder(1)
    made.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    made.setBottomBorderBrush(QBrush(QColor(tokens.LIGHT["hairline2" if heading else "hairline"])))
    return made


def _block(above: int = 0) -> QTextBlockFormat:
    """Return a paragraph. Its words run as their script does; it stands where the layout begins."""
    made = QTextBlockFormat()
    made.setAlignment(_leading())
    made.setTopMargin(above)
    return made


def _look(role: str, tone: str = "text") -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(_font(role))
    made.setForeground(QBrush(QColor(tokens.LIGHT[tone])))
    return made


def _font(role: str) -> QFont:
    size, _line, weight, family = tokens.TYPE[role]
    made = QFont(family)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def _leading() -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if _right_to_left() else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute


def _right_to_left() -> bool:
    return QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
