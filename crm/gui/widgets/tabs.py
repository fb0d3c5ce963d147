"""Tabs with counts: `Tabs((("timeline", "Timeline"), ("about", "About")), "Parts of this page")`.

`chosen(str)` tells the key; `.set_count(key, n)`, `.choose(key)`, `.current`.
"""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from crm.gui import paint, text
from crm.gui.theme import px

GAP = 24


class Tabs(QTabBar):
    """Underlined tabs; arrow keys move between them."""

    chosen = Signal(str)

    def __init__(self, items: Iterable[tuple[str, str]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self._keys: list[str] = []
        self._counts: dict[str, int | None] = {}
        for key, label in items:
            self._keys.append(key)
            self.addTab(text.literal(label))
            self.setAccessibleTabName(len(self._keys) - 1, label)
        self.currentChanged.connect(self._on_current_changed)

    @property
    def current(self) -> str:
        """The key of the tab that shows."""
        return self._keys[self.currentIndex()]

    def choose(self, key: str) -> None:
        """Switch to a tab; tells, as a click would."""
        self.setCurrentIndex(self._keys.index(key))

    def set_count(self, key: str, count: int | None) -> None:
        """Show a count beside a tab's label, or none."""
        self._counts[key] = count
        at = self._keys.index(key)
        label = self._label(at)
        self.setAccessibleTabName(at, f"{label}, {self._number(at)}" if count is not None else label)
        self.setTabText(at, self.tabText(at))  # the width changed; the bar measures again
        self.updateGeometry()
        self.update()

    def tabSizeHint(self, index: int) -> QSize:
        wide = paint.width(self._label(index), "bodyMedium") + px(GAP)
        if number := self._number(index):
            wide += px(6) + self._badge_width(number)
        return QSize(wide, px(40))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        with paint.Mirror(painter, self.rect()) as m:
            paint.box(m, QRectF(0, self.height() - 1, self.width(), 1), 0, "hairline")
        for at in range(self.count()):
            with paint.Mirror(painter, self.tabRect(at), self.isRightToLeft()) as m:
                self._paint_tab(m, at)
        painter.end()

    def _paint_tab(self, m: paint.Mirror, at: int) -> None:
        spot, on = m.bounds, at == self.currentIndex()
        label, number = self._label(at), self._number(at)
        wide = paint.width(label, "bodyMedium")
        style = paint.Style("bodyMedium", "text" if on else "text2", elide=False)
        paint.text(m, QRectF(spot.x(), 0, wide + 2, self.height() - px(2)), label, style)
        end = spot.x() + wide
        if number:
            badge = QRectF(end + px(6), (self.height() - px(20)) / 2, self._badge_width(number), px(18))
            paint.box(m, badge, px(9), "neutral_tint")
            style = paint.Style("caption", "text2", paint.CENTER, elide=False, tabular=True)
            paint.text(m, badge, number, style)
            end = badge.right()
        line = QRectF(spot.x(), self.height() - px(2), end - spot.x(), px(2))
        if on:
            paint.box(m, line, 1, "accent")
        if on and self.hasFocus():
            ring = QRectF(spot.x(), px(4), end - spot.x(), self.height() - px(10))
            paint.focus_ring(m, ring.adjusted(0, 0, px(4), 0), px(4))

    def _label(self, at: int) -> str:
        return self.tabText(at).replace("&&", "&")

    def _number(self, at: int) -> str:
        count = self._counts.get(self._keys[at]) if at < len(self._keys) else None
        return "" if count is None else self.locale().toString(count)

    def _badge_width(self, number: str) -> int:
        return max(px(18), paint.width(number, "caption", tabular=True) + px(12))

    def _on_current_changed(self, at: int) -> None:
        if 0 <= at < len(self._keys):
            self.chosen.emit(self._keys[at])
