"""The user's rhythm: touches per week as bars with their numbers, and in words."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm import wording
from crm.domain.agenda import WeekTouches
from crm.gui import paint, theme
from crm.gui.theme import px
from crm.gui.widgets.cards import Card
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, column

_TALLEST = 58
MOST_COUNTED = 1000


class RhythmBars(QWidget):
    """One bar per week, this week's the last and in the accent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weeks: tuple[WeekTouches, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_weeks(self, weeks: tuple[WeekTouches, ...]) -> None:
        """Show other weeks."""
        self._weeks = weeks
        told = ", ".join(f"{_week_name(week)}: {_number(week.touches)}" for week in weeks)
        self.setAccessibleName(self.tr("Touches per week. {weeks}.").format(weeks=told))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(6 * px(40), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(6 * px(32), self._height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._weeks:
            return
        gap = px(8)
        wide = (self.width() + gap) / len(self._weeks)
        most = max(1, *(week.touches for week in self._weeks))
        with paint.Mirror.on(self) as m:
            for place, week in enumerate(self._weeks):
                column_of = QRectF(place * wide, 0, wide - gap, self.height())
                self._paint_week(m, column_of, week, week.touches / most)

    def _paint_week(self, m: paint.Mirror, place: QRectF, week: WeekTouches, share: float) -> None:
        now = week is self._weeks[-1]
        caption = theme.line("caption")
        tall = max(px(_TALLEST) * share, px(2))
        floor = place.bottom() - caption - px(4)
        bar = QRectF(place.x(), floor - tall, place.width(), tall)
        paint.box(m, bar, min(px(4), tall / 2), "accent" if now else "accent_tint2")
        number = QRectF(place.x(), bar.y() - caption - px(2), place.width(), caption)
        role = "captionStrong" if now else "caption"
        style = paint.Style(role, "text" if now else "text2", paint.CENTER, elide=False, tabular=True)
        paint.text(m, number, _number(week.touches), style)
        label = QRectF(place.x(), floor + px(4), place.width(), caption)
        paint.text(m, label, _week_name(week), paint.Style("caption", "text3", paint.CENTER))

    @staticmethod
    def _height() -> int:
        return px(_TALLEST) + px(8) + 2 * theme.line("caption")


class RhythmCard(Card):
    """Your rhythm."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._words = PlainLabel("", "small", "text2", wrap=True)
        self._bars = RhythmBars()
        head = PlainLabel(self.tr("Your rhythm"), "heading")
        add(column(self, (16, 14, 16, 14), gap=6), head, self._words, 4, self._bars, None)

    def show_weeks(self, weeks: tuple[WeekTouches, ...]) -> None:
        """Show the touches of the last weeks, the current one last."""
        self._bars.show_weeks(weeks)
        self._bars.setVisible(any(week.touches for week in weeks))
        self._words.setText(_in_words(weeks))


def _in_words(weeks: tuple[WeekTouches, ...]) -> str:
    total = sum(week.touches for week in weeks)
    if not total:
        return wording.say("No touches in the last {n} weeks yet.", n=len(weeks))
    now = weeks[-1].touches
    this_week = wording.count(now, "{n} touch this week", "{n} touches this week")
    return wording.say("{now}, {total} in {n} weeks.", now=this_week, total=_number(total), n=len(weeks))


def _week_name(week: WeekTouches) -> str:
    return wording.say("W{n}", n=week.from_on.isocalendar().week)


def _number(touches: int) -> str:
    return f"{touches:,}+" if touches >= MOST_COUNTED else f"{touches:,}"
