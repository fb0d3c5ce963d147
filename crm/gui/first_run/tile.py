"""A way to begin: an icon, a title and a line, all of it one button."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crm.gui import paint
from crm.gui.theme import px
from crm.gui.widgets.labels import IconTile, PlainLabel
from crm.gui.widgets.layouts import add, column, row

_WIDTH = 232


class Tile(QAbstractButton):
    """A card to press: `Tile("user-plus", "teal", "Add one person", "Start with someone …")`."""

    def __init__(self, icon: str, tone: str, title: str, body: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setAccessibleDescription(body)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(px(_WIDTH))
        words = column(None, (0, 0, 0, 0), 2)
        add(
            words,
            None,
            PlainLabel(title, "bodyStrong", wrap=True),
            PlainLabel(body, "small", "text2", wrap=True),
            None,
        )
        self._inside = row(self, (16, 18, 16, 18), 14)
        add(self._inside, IconTile(icon, tone, 40, 20), (words, 1))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(px(_WIDTH), max(px(90), self._inside.totalHeightForWidth(px(_WIDTH))))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        over = self.underMouse()
        with paint.Mirror.on(self) as m:
            fill = "sunken" if self.isDown() else "hover" if over else "surface"
            paint.box(m, QRectF(self.rect()), px(12), fill, "field" if over else "hairline")
            if self.hasFocus():
                paint.focus_ring(m, self.rect(), px(12))
