"""Where in a few steps one is: `Stepper(("Choose file", "Review", "Check-in plan"))`, `.set_current(1)`."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from crm.gui import paint
from crm.gui.theme import px
from crm.gui.widgets.labels import PlainLabel

LINE = 24


class Stepper(PlainLabel):
    """Steps done have a tick, the current one a full circle. Where there is no room only the current one is named."""

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._steps = tuple(steps)
        self.setFixedHeight(px(32))
        self.set_current(0)

    def set_current(self, current: int) -> None:
        """Go to a step, counted from 0."""
        self._current = current
        place = self.tr("Step {step} of {count}: {name}")
        words = place.format(step=current + 1, count=len(self._steps), name=self._steps[current])
        self.setText(words)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._width(full=True), px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(full=False), px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        full = self.width() >= self._width(full=True)
        with paint.Mirror.on(self) as m:
            x = 0.0
            for at in range(len(self._steps)):
                x = self._paint_step(m, x, at, named=full or at == self._current)

    def _paint_step(self, m: paint.Mirror, x: float, at: int, *, named: bool) -> float:
        middle, side = self.height() / 2, px(22)
        if at:
            line = QRectF(x + px(10), middle, px(LINE), 1)
            paint.box(m, line, 0, "field" if at <= self._current else "hairline2")
            x += px(LINE + 20)
        spot = QRectF(x, middle - side / 2, side, side)
        self._paint_circle(m, spot, at)
        x += side
        if named:
            role, tone = ("bodyStrong", "text") if at == self._current else ("body", "text2")
            wide = paint.width(self._steps[at], role)
            room = QRectF(x + px(8), 0, wide + 2, self.height())
            paint.text(m, room, self._steps[at], paint.Style(role, tone, elide=False))
            x += px(8) + wide
        return x

    def _paint_circle(self, m: paint.Mirror, spot: QRectF, at: int) -> None:
        if at < self._current:
            paint.box(m, spot, spot.width() / 2, "ok_tint")
            inner = spot.adjusted(px(5), px(5), -px(5), -px(5))
            paint.icon(m, inner, "check", "ok", 3)
            return
        on = at == self._current
        paint.box(m, spot, spot.width() / 2, "accent" if on else "", "" if on else "field")
        tone = "onaccent" if on else "text2"
        style = paint.Style("captionStrong", tone, paint.CENTER, elide=False)
        paint.text(m, spot, str(at + 1), style)

    def _width(self, *, full: bool) -> int:
        names = self._steps if full else self._steps[self._current : self._current + 1]
        words = sum(px(8) + paint.width(name, "bodyStrong") + 2 for name in names)
        return words + len(self._steps) * px(22) + (len(self._steps) - 1) * px(LINE + 20)
