"""Facts in a row: `StatBar("Facts about Maya")`, then `.set_cells((Stat("Last touch", "61 days ago", "Email"), …))`.

A cell with a `key` is a button: `cell_chosen(str, QPoint)` tells which, and where a menu may open. A cell with `more`
takes the focus and tells it on hover, Enter or a click. Four cells stand in a row where there is room, else two by two.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QToolTip, QWidget

from crm.gui import paint, text, theme
from crm.gui.theme import px
from crm.gui.widgets.cards import Card
from crm.gui.widgets.layouts import tab_after

WIDE = 640


@dataclass(frozen=True, slots=True)
class Stat:
    """One fact. `warmth` draws bars before the value, `icon` an icon; `sentence` is for screen readers.

    `more` is what the fact is made of, a line each.
    """

    label: str
    value: str
    sub: str = ""
    key: str = ""
    icon: str = ""
    tone: str = "info"
    warmth: int | None = None
    sentence: str = ""
    more: tuple[str, ...] = ()


class _Cell(QAbstractButton):
    """One fact; takes focus only when it does or tells something."""

    def __init__(self, stat: Stat, parent: QWidget) -> None:
        super().__init__(parent)
        self.stat = stat
        self.edges = (False, False)
        acts = bool(stat.key or stat.more)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if acts else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, acts)
        said = stat.sentence or f"{stat.label}: {stat.value}"
        self.setAccessibleName(text.one_line(said))
        self.setAccessibleDescription(text.one_line(" ".join(stat.more) or stat.sub))
        whole = "\n".join(filter(None, (stat.value, *(stat.more or (stat.sub,)))))
        self.setToolTip(text.plain_tooltip(whole))
        if stat.more:
            self.clicked.connect(self._tell)

    def sizeHint(self) -> QSize:
        tall = theme.line("caption") * 2 + theme.line("body") + px(28)
        return QSize(px(130), tall)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(96), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        with paint.Mirror.on(self) as m:
            if self.stat.key and self.underMouse():
                inner = QRectF(self.rect()).adjusted(px(4), px(4), -px(4), -px(4))
                paint.box(m, inner, px(8), "hover")
            self._paint_edges(m)
            self._paint_words(m)
            if self.hasFocus():
                inner = QRectF(self.rect()).adjusted(px(4), px(4), -px(4), -px(4))
                paint.focus_ring(m, inner, px(8))

    def _tell(self) -> None:
        QToolTip.showText(self.mapToGlobal(QPoint(px(16), self.height())), self.toolTip(), self)

    def _paint_edges(self, m: paint.Mirror) -> None:
        start, top = self.edges
        if start:
            paint.box(m, QRectF(0, 0, 1, self.height()), 0, "hairline")
        if top:
            paint.box(m, QRectF(0, 0, self.width(), 1), 0, "hairline")

    def _paint_words(self, m: paint.Mirror) -> None:
        x, wide = px(16), self.width() - px(28)
        small, high = theme.line("caption"), theme.line("body")
        y = px(12)
        paint.text(m, QRectF(x, y, wide, small), self.stat.label, paint.Style("caption", "text3"))
        y += small + px(2)
        if self.stat.key:
            side = px(14)
            spot = QRectF(self.width() - px(12) - side, y + (high - side) / 2, side, side)
            paint.icon(m, spot, "chevron-down", "text3", 2)
            wide -= side + px(4)
        lead = self._paint_sign(m, x, y + high / 2)
        room = QRectF(x + lead, y, wide - lead, high)
        paint.text(m, room, self.stat.value, paint.Style("bodyStrong", tabular=True))
        y += high + px(2)
        sub = QRectF(x, y, self.width() - px(28), small)
        paint.text(m, sub, self.stat.sub, paint.Style("caption", "text2"))

    def _paint_sign(self, m: paint.Mirror, x: float, middle: float) -> int:
        if self.stat.warmth is not None:
            return paint.warmth_bars(m, x, middle, self.stat.warmth) + px(8)
        if self.stat.icon:
            side = px(16)
            paint.icon(m, QRectF(x, middle - side / 2, side, side), self.stat.icon, self.stat.tone)
            return side + px(6)
        return 0


class StatBar(Card):
    """Up to four facts in one card."""

    cell_chosen = Signal(str, QPoint)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(name)
        self._cells: list[_Cell] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._grid.setSpacing(0)

    def set_cells(self, stats: Sequence[Stat]) -> None:
        """Show other facts; the focus stays on the cell of the same key."""
        focused = next((cell.stat.key for cell in self._cells if cell.hasFocus()), "")
        for cell in self._cells:
            cell.hide()
            cell.deleteLater()
        self._cells = [_Cell(stat, self) for stat in stats]
        for cell in self._cells:
            if cell.stat.key:
                cell.clicked.connect(self._on_cell_clicked)
            if focused and cell.stat.key == focused:
                cell.setFocus()
        tab_after(self, *self._cells)
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = len(self._cells) if self.width() >= px(WIDE) else 2
        if columns == self._columns or not self._cells:
            return
        self._columns = columns
        for at in range(4):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
        for at, cell in enumerate(self._cells):
            line, place = divmod(at, columns)
            cell.edges = (place > 0, line > 0)
            self._grid.addWidget(cell, line, place)
            cell.show()
        self.updateGeometry()

    def _on_cell_clicked(self) -> None:
        cell = self.sender()
        if isinstance(cell, _Cell):
            self.cell_chosen.emit(cell.stat.key, cell.mapToGlobal(QPoint(0, cell.height())))
