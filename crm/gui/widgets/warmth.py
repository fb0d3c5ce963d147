"""Warmth: four bars and a word, never colour alone. `Warmth(3, "Warm", "Warmth: Warm")`."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from crm.gui import paint
from crm.gui.theme import px
from crm.gui.widgets.labels import PlainLabel


class Warmth(PlainLabel):
    """`level` is 0 to 4; `sentence` is what a screen reader says, the word where it is left out."""

    def __init__(
        self,
        level: int,
        word: str,
        sentence: str = "",
        *,
        role: str = "bodyStrong",
        tone: str = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(word, role, parent=parent)
        self._level, self._tone = level, tone
        self.setAccessibleName(sentence or word)

    def sizeHint(self) -> QSize:
        gap = px(8) if self.text() else 0
        return QSize(px(22) + gap + paint.width(self.text(), self.role), px(20))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with paint.Mirror.on(self) as m:
            wide = paint.warmth_bars(m, 0, self.height() / 2, self._level)
            room = QRectF(wide + px(8), 0, self.width() - wide - px(8), self.height())
            paint.text(m, room, self.text(), paint.Style(self.role, self._tone))
