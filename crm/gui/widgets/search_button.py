"""A button that looks like a search field and opens the palette: `SearchButton("Search or jump to…", "Ctrl+K")`."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crm.gui import paint, text, theme
from crm.gui.theme import px


class SearchButton(QAbstractButton):
    """Icon, words and keys; `.set_rail(True)` leaves only the icon."""

    def __init__(self, label: str, shortcut: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = text.one_line(label)
        self._keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        self._rail = False
        self.setAccessibleName(self._label.rstrip("…"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(text.plain_tooltip(f"{self.accessibleName()} ({self._keys})"))

    def set_rail(self, rail: bool) -> None:
        """Show the icon only, or all of it."""
        self._rail = rail
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(44), px(40)) if self._rail else QSize(px(200), px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(40), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground, side = QRectF(self.rect()).adjusted(0.5, 1, -0.5, -1), px(16)
        with paint.Mirror.on(self) as m:
            if not self._rail:
                paint.box(m, ground, px(7), "hover" if self.underMouse() else "surface", "hairline2")
                self._paint_words(m)
            elif self.underMouse():
                paint.box(m, ground, px(7), "hover_side")
            x = (self.width() - side) / 2 if self._rail else px(10)
            paint.icon(m, QRectF(x, (self.height() - side) / 2, side, side), "search", "text2")
            if self.hasFocus():
                paint.focus_ring(m, ground, px(7))

    def _paint_words(self, m: paint.Mirror) -> None:
        wide = paint.width(self._keys, "captionMedium") + px(12)
        tall = theme.line("captionMedium") + px(4)
        cap = QRectF(self.width() - px(6) - wide, (self.height() - tall) / 2, wide, tall)
        paint.box(m, cap, px(4), "sunken", "hairline2")
        paint.text(
            m,
            cap.adjusted(px(6), 0, -px(6), 0),
            self._keys,
            paint.Style("captionMedium", "text3", elide=False),
        )
        room = QRectF(px(34), 0, cap.left() - px(40), self.height())
        paint.text(m, room, self._label, paint.Style("small", "text3"))
