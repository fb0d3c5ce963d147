"""One day of the grid: its number, as many events as fit, and how many more there are."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.gui import paint, text
from crm.gui.calendar import words
from crm.gui.calendar.chip import CHIP_HEIGHT, EVENT_MIME, EventChip, dropped_number
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, Size, Variant

_HEAD, _GAP, _SIDE = 30, 3, 4
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: +1}


class DayCell(QWidget):
    """`chosen()` the day got the focus or a click; `more_requested()`; `dropped(int)` the number of an event."""

    chosen = Signal()
    more_requested = Signal()
    dropped = Signal(int)

    def __init__(self, on: date, today: date, *, dim: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on = on
        self._today, self._dim = today, dim
        self._chips: list[EventChip] = []
        self._events = 0
        self._aimed = False
        self._more = Button("", Variant.LINK, size=Size.SMALL, parent=self)
        self._more.hide()
        self._more.clicked.connect(self.more_requested)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMinimumSize(px(36), px(_HEAD + CHIP_HEIGHT + 8))
        self.setAccessibleName(words.day_sentence(on, 0))

    @property
    def chips(self) -> tuple[EventChip, ...]:
        """The events that show, from top to bottom."""
        return tuple(chip for chip in self._chips if not chip.isHidden())

    def set_chips(self, chips: Sequence[EventChip], events: int) -> None:
        """Show these events, as many as fit, of so many on the day."""
        for old in self._chips:
            old.hide()
            old.deleteLater()
        self._chips, self._events = list(chips), events
        for chip in chips:
            chip.setParent(self)
        self.setAccessibleName(words.day_sentence(self.on, events))
        self._arrange()

    def set_reachable(self, reachable: bool) -> None:
        """Let Tab reach this day and its events, or not; the grid tells, for one day at a time."""
        policy = Qt.FocusPolicy.StrongFocus if reachable else Qt.FocusPolicy.ClickFocus
        for part in (self, self._more, *self._chips):
            part.setFocusPolicy(policy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = self.on == self._today
        with paint.Mirror.on(self) as m:
            room = QRectF(self.rect())
            weekend = self.on.weekday() >= 5
            paint.box(m, room, 0, "sunken" if weekend or self._dim else "surface")
            paint.box(m, QRectF(0, 0, room.width(), 1), 0, "hairline")
            paint.box(m, QRectF(room.width() - 1, 0, 1, room.height()), 0, "hairline")
            spot = QRectF(px(_SIDE), px(4), px(26), px(22))
            if now:
                paint.box(m, spot, px(11), "accent")
            tone = "onaccent" if now else "text3" if self._dim or self.on < self._today else "text"
            style = paint.Style("smallStrong" if now else "smallMedium", tone, paint.CENTER, tabular=True)
            paint.text(m, spot, str(self.on.day), style)
            if self._aimed or self.hasFocus():
                paint.focus_ring(m, room.adjusted(1, 1, -1, -1), px(4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Tab go to the events of the day; up and down go from one to the next, Esc back to the day."""
        shown = self.chips
        at = next((n for n, chip in enumerate(shown) if chip.hasFocus()), None)
        step = _STEPS.get(Qt.Key(event.key()))
        if at is not None and step is not None and 0 <= at + step < len(shown):
            shown[at + step].setFocus(Qt.FocusReason.TabFocusReason)
        elif at is not None and event.key() == Qt.Key.Key_Escape:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif at is None and shown and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            shown[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.chosen.emit()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.more_requested.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._aim(event.mimeData().hasFormat(EVENT_MIME) and self.on >= self._today)
        if self._aimed:
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim(False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self._aim(False)
        number = dropped_number(event.mimeData())
        if number is not None:
            event.acceptProposedAction()
            self.dropped.emit(number)

    def _aim(self, aimed: bool) -> None:
        self._aimed = aimed
        self.update()

    def _arrange(self) -> None:
        """Put the events under the day's number; where not all fit, the last line says how many more there are."""
        line = px(CHIP_HEIGHT) + px(_GAP)
        places = max(1, (self.height() - px(_HEAD)) // line)
        shown = self._events if self._events <= places else min(places - 1, len(self._chips))
        side, wide = px(_SIDE), self.width() - 2 * px(_SIDE)
        for place, chip in enumerate(self._chips):
            chip.setGeometry(side, px(_HEAD) + place * line, wide, px(CHIP_HEIGHT))
            chip.setVisible(place < shown)
        more = self._events - shown
        self._more.setVisible(more > 0)
        if more:
            label = wording.say(words.tr("{n} more"), n=more)
            self._more.set_label(label)
            self._more.setAccessibleName(text.one_line(f"{label}, {self.accessibleName()}"))
            self._more.setGeometry(side, px(_HEAD) + shown * line, wide, px(CHIP_HEIGHT))
