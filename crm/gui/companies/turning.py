"""A row that turns into a column where there is no room for it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from crm.gui.theme import px


class Turning(QWidget):
    """Parts in `box`, side by side from `wide_from` pixels (at 100 %) on, below that one under the other."""

    def __init__(self, wide_from: int, *, gap: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wide_from = px(wide_from)
        self.box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(px(gap))

    @property
    def wide(self) -> bool:
        """Whether the parts stand side by side."""
        return self.box.direction() == QBoxLayout.Direction.LeftToRight

    def minimumSizeHint(self) -> QSize:
        # As a column, whichever it is now: else a row would never be given less room than it needs.
        items = (self.box.itemAt(at) for at in range(self.box.count()))
        widths = (item.minimumSize().width() for item in items if item is not None)
        return QSize(max(widths, default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self._wide_from
        if wide != self.wide:
            ways = QBoxLayout.Direction
            self.box.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
            self.turned(wide)

    def turned(self, wide: bool) -> None:
        """Called when the parts stand the other way now."""
