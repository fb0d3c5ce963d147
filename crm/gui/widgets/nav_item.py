"""A screen in the sidebar: `NavItem("users", "People", count=1284)`; `.set_rail(True)` leaves only the icon.

Checkable: put them in an exclusive `QButtonGroup` and read `clicked`. `badge=True` shows the count as a pill.
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crm.gui import paint, text
from crm.gui.theme import px

_LOWEST = 20  # in a window that isn't tall enough for all items: as large texts make it


class NavItem(QAbstractButton):
    """An icon, a label, a count; the one in use stands out as a raised card."""

    def __init__(
        self,
        icon: str,
        label: str,
        *,
        count: int | None = None,
        badge: bool = False,
        checkable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._label, self._badge = icon, text.one_line(label), badge
        self._number, self._rail = "", False
        self.setCheckable(checkable)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        """Show another count; none and 0 show nothing."""
        self._number = self.locale().toString(count) if count else ""
        self.setAccessibleName(f"{self._label}, {self._number}" if self._number else self._label)
        self._set_tooltip()
        self.update()

    def set_rail(self, rail: bool) -> None:
        """Show the icon only, the label in a tooltip; or all of it."""
        self._rail = rail
        self._set_tooltip()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(44), px(40)) if self._rail else QSize(px(200), px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(40), px(_LOWEST))

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground = QRectF(self.rect()).adjusted(0.5, 1, -0.5, -1)
        with paint.Mirror.on(self) as m:
            if self.isChecked():
                paint.box(m, ground, px(7), "sel_side", "hairline")
            elif self.underMouse():
                paint.box(m, ground, px(7), "hover_side")
            if self._rail:
                self._paint_rail(m)
            else:
                self._paint_full(m)
            if self.hasFocus():
                paint.focus_ring(m, ground, px(7))

    def _paint_rail(self, m: paint.Mirror) -> None:
        side = px(20)
        spot = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint.icon(m, spot, self._icon, self._tone())
        if self._badge and self._number:
            dot = px(8)
            paint.box(m, QRectF(self.width() - px(14), px(7), dot, dot), dot / 2, "accent")

    def _paint_full(self, m: paint.Mirror) -> None:
        side, middle, end = px(18), self.height() / 2, self.width() - px(12)
        paint.icon(m, QRectF(px(10), middle - side / 2, side, side), self._icon, self._tone())
        if self._number and self._badge:
            wide = paint.pill_width(self._number)
            end = self.width() - px(7) - wide
            paint.pill(m, end, middle, paint.Tag(self._number, "brand"), px(20))
        elif self._number:
            wide = paint.width(self._number, "caption", tabular=True)
            style = paint.Style("caption", "text3", paint.END, elide=False, tabular=True)
            paint.text(m, QRectF(end - wide, 0, wide, self.height()), self._number, style)
            end -= wide
        on = self.isChecked()
        style = paint.Style("bodyMedium" if on else "body", "text" if on else "text2")
        paint.text(m, QRectF(px(38), 0, end - px(46), self.height()), self._label, style)

    def _tone(self) -> str:
        return "accent_text" if self.isChecked() else "text2"

    def _set_tooltip(self) -> None:
        self.setToolTip(text.plain_tooltip(self.accessibleName()) if self._rail else "")
