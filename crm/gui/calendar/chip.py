"""One event in the grid: a chip that opens on click, is dragged to another day, and moves with the keys."""

from PySide6.QtCore import QMimeData, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDrag, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from crm.domain.schedule import Scheduled
from crm.gui import paint, text
from crm.gui.calendar import words
from crm.gui.theme import px

EVENT_MIME = "application/x-keepwarm-event"
CHIP_HEIGHT = 24
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: +1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: +7,
}
_MOVE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class EventChip(QAbstractButton):
    """`number` is its place among what the page shows. `moved(int)` by so many days, `menu_requested(QPoint)`."""

    moved = Signal(int)
    menu_requested = Signal(QPoint)

    def __init__(self, one: Scheduled, number: int, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.one, self.number = one, number
        self._words = text.one_line(words.short(one))
        self._pressed: QPoint | None = None
        self.setAccessibleName(text.one_line(sentence))
        self.setToolTip(text.plain_tooltip(sentence))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFixedHeight(px(CHIP_HEIGHT))
        self.setMinimumWidth(px(24))

    def sizeHint(self) -> QSize:
        return QSize(px(80), px(CHIP_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tone = words.TONES[self.one.kind]
        with paint.Mirror.on(self) as m:
            room = QRectF(self.rect())
            paint.box(m, room, px(5), f"{tone}_tint", tone if self.underMouse() else "")
            paint.box(m, QRectF(0, px(3), px(3), room.height() - px(6)), px(1.5), tone)
            style = paint.Style("captionMedium", tone)
            paint.text(m, room.adjusted(px(8), 0, -px(4), 0), self._words, style)
            if self.hasFocus():
                paint.focus_ring(m, room, px(5))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & _MOVE == _MOVE:
            self.moved.emit(-step if self.isRightToLeft() and abs(step) == 1 else step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif step is not None or event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the day's own keys
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        start = self._pressed
        super().mouseMoveEvent(event)
        far = QApplication.startDragDistance()
        if start is not None and (event.position().toPoint() - start).manhattanLength() >= far:
            self._pressed = None
            self.setDown(False)
            self._drag()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_requested.emit(event.globalPos())

    def _drag(self) -> None:
        drag = QDrag(self)
        data = QMimeData()
        data.setData(EVENT_MIME, str(self.number).encode("ascii"))
        drag.setMimeData(data)
        drag.setPixmap(self.grab())
        drag.exec(Qt.DropAction.MoveAction)


def dropped_number(data: QMimeData) -> int | None:
    """Return the number of the event that a drop carries, None for anything else."""
    said = bytes(data.data(EVENT_MIME).data()).decode("ascii", "replace")
    return int(said) if said.isdecimal() and len(said) < 10 else None
