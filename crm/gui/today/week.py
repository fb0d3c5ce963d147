"""This week at a glance: seven days, a dot for each check-in."""

from datetime import date

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm import wording
from crm.domain.agenda import DayLoad
from crm.gui import paint, theme
from crm.gui.theme import px
from crm.gui.today import words
from crm.gui.widgets.cards import Card
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, column

MOST_DOTS = 3


class WeekStrip(QWidget):
    """Days from Monday to Sunday, today marked. More than three check-ins of a day are a number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._week: tuple[DayLoad, ...] = ()
        self._today = date.min
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_week(self, week: tuple[DayLoad, ...], today: date) -> None:
        """Show the loads of a week's days."""
        self._week, self._today = week, today
        said = (
            wording.count(
                load.check_ins, "{day}: {n} check-in", "{day}: {n} check-ins", day=wording.full_day(load.on)
            )
            for load in week
            if load.check_ins
        )
        told = "; ".join(said) or self.tr("no check-ins planned")
        self.setAccessibleName(self.tr("This week. {days}.").format(days=told))
        self.setToolTip("")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(7 * px(38), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(7 * px(30), self._height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        wide = self.width() / max(1, len(self._week))
        with paint.Mirror.on(self) as m:
            for place, load in enumerate(self._week):
                self._paint_day(m, QRectF(place * wide, 0, wide, self.height()), load)

    def _paint_day(self, m: paint.Mirror, cell: QRectF, load: DayLoad) -> None:
        now = load.on == self._today
        if now:
            paint.box(m, cell.adjusted(px(1), 0, -px(1), 0), px(8), "accent_tint")
        tone = "accent_text" if now else "text3" if load.on < self._today else "text2"
        caption, body = theme.line("caption"), theme.line("bodyMedium")
        name = QRectF(cell.x(), cell.y() + px(6), cell.width(), caption)
        paint.text(m, name, wording.weekday(load.on), paint.Style("caption", tone, paint.CENTER))
        day = QRectF(cell.x(), name.bottom(), cell.width(), body)
        tone = "accent_text" if now else "text3" if load.on < self._today else "text"
        paint.text(m, day, str(load.on.day), paint.Style("bodyMedium", tone, paint.CENTER, tabular=True))
        self._paint_load(m, QRectF(cell.x(), day.bottom() + px(2), cell.width(), caption), load.check_ins)

    def _paint_load(self, m: paint.Mirror, place: QRectF, load: int) -> None:
        if load > MOST_DOTS:
            style = paint.Style("captionStrong", "accent_text", paint.CENTER, elide=False, tabular=True)
            paint.text(m, place, words.number(load), style)
            return
        dot, gap = px(5), px(3)
        x = place.center().x() - (load * dot + (load - 1) * gap) / 2
        for number in range(load):
            spot = QRectF(x + number * (dot + gap), place.center().y() - dot / 2, dot, dot)
            paint.box(m, spot, dot / 2, "accent")

    @staticmethod
    def _height() -> int:
        return px(14) + 2 * theme.line("caption") + theme.line("bodyMedium")


class WeekCard(Card):
    """This week."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._strip = WeekStrip()
        add(
            column(self, (16, 14, 16, 14), gap=10),
            PlainLabel(self.tr("This week"), "heading"),
            self._strip,
            None,
        )

    def show_week(self, week: tuple[DayLoad, ...], today: date) -> None:
        """Show the loads of a week's days."""
        self._strip.show_week(week, today)
