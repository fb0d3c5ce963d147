"""A page as it will be printed, small, and how many there are."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm import wording
from crm.gui import theme
from crm.gui.theme import px

WIDTH = 264
_A4 = 297 / 210


class PagePicture(QWidget):
    """Paper is white in any theme; a hairline says where it ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("First page"))

    def show_page(self, image: QImage, pages: int) -> None:
        """Show another page."""
        self._image = image
        self._words = wording.count(pages, "{n} page", "{n} pages")
        self.setAccessibleName(self.tr("First page of {pages}").format(pages=self._words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        shape = self._image.height() / self._image.width() if not self._image.isNull() else _A4
        return QSize(px(WIDTH), round(px(WIDTH) * shape) + px(8) + theme.line("caption"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        below = px(8) + theme.line("caption")
        place = QRectF(0, 0, self.width(), self.height() - below)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not self._image.isNull():
            painter.drawImage(place, self._image)
        painter.setPen(theme.color("hairline2"))
        painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(theme.color("text3"))
        painter.setFont(theme.font("caption"))
        line = QRectF(0, place.bottom() + px(8), self.width(), theme.line("caption"))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._words)
        painter.end()
