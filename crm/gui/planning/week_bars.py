"""The load of the weeks ahead as bars under a line at what the user set, and in words for a screen reader."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm import wording
from crm.domain.planning import WeekLoad
from crm.gui import paint, theme
from crm.gui.theme import px

_TALL = 72


class WeekBars(QWidget):
    """One bar a week: what stands already in the tint, what the plan adds in the accent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weeks: tuple[WeekLoad, ...] = ()
        self._wanted = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_weeks(self, weeks: tuple[WeekLoad, ...], wanted: int) -> None:
        """Show other weeks; `wanted` a week is where the line goes."""
        self._weeks, self._wanted = weeks, wanted
        told = ", ".join(str(week.standing + week.added) for week in weeks)
        self.setAccessibleName(
            self.tr("Check-ins per week from this one on: {weeks}").replace("{weeks}", told)
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(12 * px(16), px(_TALL) + px(6) + 2 * theme.line("caption"))

    def minimumSizeHint(self) -> QSize:
        return QSize(12 * px(8), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._weeks:
            return
        gap, caption = px(4), theme.line("caption")
        wide = (self.width() + gap) / len(self._weeks)
        most = max(self._wanted, *(week.standing + week.added for week in self._weeks))
        floor, unit = caption + px(_TALL), px(_TALL) / most
        today = self._weeks[0].from_on
        with paint.Mirror.on(self) as m:
            for place, week in enumerate(self._weeks):
                x, high = place * wide, (week.standing + week.added) * unit
                paint.box(m, QRectF(x, floor - high, wide - gap, high), min(px(3), high / 2), "accent_tint2")
                added = week.added * unit
                paint.box(m, QRectF(x, floor - added, wide - gap, added), min(px(3), added / 2), "accent")
            line = floor - self._wanted * unit
            paint.box(m, QRectF(0, line, self.width(), 1), 0, "text3")
            style = paint.Style("caption", "text3")
            paint.text(m, QRectF(0, line - caption, self.width(), caption), f"{self._wanted}", style)
            below = QRectF(0, floor + px(4), self.width(), caption)
            paint.text(m, below, self.tr("This week"), style)
            last = wording.short_day(self._weeks[-1].from_on, today)
            paint.text(m, below, last, paint.Style("caption", "text3", paint.END))
