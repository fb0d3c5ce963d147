"""Two lines about a person: the name with who they are beside it, and below it what is to know."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm.gui import paint, text, theme
from crm.gui.theme import px

_GAP = 6


class PersonLines(QWidget):
    """The name has its room first; the rest is cut at its end, and whole in the tooltip."""

    def __init__(self, name: str, about: str, below: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._about, self._below = (text.one_line(words) for words in (name, about, below))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        beside = paint.width(self._about, "small") + px(_GAP) if self._about else 0
        first = paint.width(self._name, "bodyStrong") + beside
        return QSize(max(first, paint.width(self._below, "small")), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(72), self._height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        wide, first = self.width(), theme.line("body")
        top = (self.height() - self._height()) / 2
        named = min(paint.width(self._name, "bodyStrong") + 1, wide)
        with paint.Mirror.on(self) as m:
            paint.text(m, QRectF(0, top, named, first), self._name, paint.Style("bodyStrong"))
            rest = wide - named - px(_GAP)
            if self._about and rest >= px(24):
                about = QRectF(named + px(_GAP), top, rest, first)
                paint.text(m, about, self._about, paint.Style("small", "text2"))
            below = QRectF(0, top + first, wide, theme.line("small"))
            paint.text(m, below, self._below, paint.Style("small", "text2"))
        self._tell_the_rest(wide)

    def _tell_the_rest(self, wide: int) -> None:
        cut = self.sizeHint().width() > wide
        first = " · ".join(part for part in (self._name, self._about) if part)
        tooltip = text.plain_tooltip(f"{first}\n{self._below}") if cut else ""
        if self.toolTip() != tooltip:
            self.setToolTip(tooltip)

    @staticmethod
    def _height() -> int:
        return theme.line("body") + theme.line("small")
