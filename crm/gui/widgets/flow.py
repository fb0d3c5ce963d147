"""A row that wraps, for actions, tags and chips: `Flow(*widgets, gap=8)`, or `FlowLayout(parent, gap)`."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from crm.gui.theme import px
from crm.gui.widgets.layouts import clear

QWIDGETSIZE_MAX = (1 << 24) - 1


class FlowLayout(QLayout):
    """Lays widgets out from start to end and starts a new line where one doesn't fit. Hidden ones take no room."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = px(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        if not shown:
            return QSize(0, 0)
        width = sum(size.width() for size in shown) + self._gap * (len(shown) - 1)
        return QSize(width, max(size.height() for size in shown))

    def minimumSize(self) -> QSize:
        needed = QSize()
        for item in self._items:
            if not item.isEmpty():
                needed = needed.expandedTo(item.minimumSize())
        return needed

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        y = 0
        for number, line in enumerate(self._lines(rect.width())):
            tallest = max(size.height() for _, size in line)
            y += self._gap if number else 0
            if move:
                self._place(QRect(rect.x(), rect.y() + y, rect.width(), tallest), line)
            y += tallest
        return y

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        x = 0
        for item in self._items:
            if item.isEmpty():
                continue
            room = max(width, item.minimumSize().width())
            size = item.sizeHint().boundedTo(QSize(room, QWIDGETSIZE_MAX))
            if not lines or x + size.width() > width:
                lines.append([])
                x = 0
            lines[-1].append((item, size))
            x += size.width() + self._gap
        return lines

    def _place(self, band: QRect, line: list[tuple[QLayoutItem, QSize]]) -> None:
        """Put the widgets of one line into its band, each in the middle of its height."""
        parent = self.parentWidget()
        rtl = parent is not None and parent.isRightToLeft()
        x = 0
        for item, size in line:
            left = band.width() - x - size.width() if rtl else x
            top = (band.height() - size.height()) // 2
            item.setGeometry(QRect(band.topLeft() + QPoint(left, top), size))
            x += size.width() + self._gap


class Flow(QWidget):
    """A widget with a wrapping row."""

    def __init__(self, *widgets: QWidget, gap: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = FlowLayout(self, gap)
        for widget in widgets:
            self._layout.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Add one more at the end."""
        self._layout.addWidget(widget)

    def clear(self) -> None:
        """Take everything out; the widgets are deleted."""
        clear(self._layout)
