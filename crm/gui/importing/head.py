"""The head of the review's list: the names of its columns, and one tick for all that is listed."""

from enum import IntEnum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QTableView, QWidget

from crm.gui import paint
from crm.gui.importing.rows import TICK_WIDTH, Places
from crm.gui.paint import Mirror, Style
from crm.gui.theme import px

_HEIGHT = 36


class Ticked(IntEnum):
    """How much of what is listed is ticked."""

    NOTHING = 0
    SOME = 1
    ALL = 2


class TickAll(QAbstractButton):
    """Ticks everything listed, or nothing when everything is ticked already."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedSize(px(TICK_WIDTH), px(_HEIGHT))
        self._ticked = Ticked.NOTHING
        self.show_ticked(Ticked.NOTHING, possible=False)

    @property
    def ticked(self) -> Ticked:
        """What the box shows."""
        return self._ticked

    def show_ticked(self, ticked: Ticked, *, possible: bool) -> None:
        """Show how much is ticked; `possible`: there is something to tick at all."""
        self._ticked = ticked
        words = self.tr("Tick none of the list") if ticked is Ticked.ALL else self.tr("Tick all of the list")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setEnabled(possible)
        self.setChecked(ticked is Ticked.ALL)
        self.update()

    def nextCheckState(self) -> None:
        """Leave the tick to whoever makes the plan: it may come out otherwise."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = px(16)
        spot = QRectF(px(16), (self.height() - side) / 2, side, side)
        with Mirror.on(self) as m:
            paint.check_box(m, spot, self._ticked is Ticked.ALL, self.isEnabled())
            if self._ticked is Ticked.SOME:
                line = QRectF(spot.x() + px(4), spot.center().y() - px(1), side - 2 * px(4), px(2))
                paint.box(m, line, px(1), "accent")
            if self.hasFocus():
                around = spot.adjusted(-px(5), -px(5), px(5), px(5))
                paint.focus_ring(m, around, px(6))


class ListHead(QWidget):
    """`ticked(bool)` wishes everything listed in or out."""

    ticked = Signal(bool)

    def __init__(self, view: QTableView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setFixedHeight(px(_HEIGHT))
        self.tick = TickAll(self)
        self.tick.clicked.connect(self._on_tick_clicked)

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        at = self.width() - self.tick.width() if self.isRightToLeft() else 0
        self.tick.move(at, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        places = Places.of(QRectF(0, 0, self._view.viewport().width(), self.height()))
        name = QRectF(places.avatar.x(), 0, places.name.right() - places.avatar.x(), self.height())
        columns = (
            (name, self.tr("Name and title")),
            (places.company, self.tr("Company")),
            (places.email, self.tr("Email")),
            (places.status, self.tr("Status")),
        )
        with Mirror.on(self) as m:
            for place, words in columns:
                if place is not None:
                    paint.text(m, place, words, Style("smallMedium", "text2"))
            paint.box(m, QRectF(0, self.height() - 1, self.width(), 1), 0, "hairline2")

    def _on_tick_clicked(self) -> None:
        self.ticked.emit(self.tick.ticked is not Ticked.ALL)
