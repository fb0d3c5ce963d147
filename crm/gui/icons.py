"""Line icons: one SVG per icon, recoloured and drawn at the size and density asked for."""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from crm.paths import resources_dir

STROKE = 1.75


@lru_cache(512)
def svg(name: str, colour: str, stroke: float = STROKE) -> bytes:
    """Return the icon `name` as SVG in the colour `#rrggbb`. Raises `FileNotFoundError` for a name we don't ship."""
    raw = (resources_dir() / "icons" / f"{name}.svg").read_bytes()
    return raw.replace(b"currentColor", colour.encode()).replace(
        b'stroke-width="2"', f'stroke-width="{stroke}"'.encode()
    )


@lru_cache(2048)
def pixmap(name: str, colour: str, size: int, stroke: float, ratio: float) -> QPixmap:
    """Return the icon drawn `size` logical pixels wide, for a screen with `ratio` pixels per logical one."""
    side = max(1, round(size * ratio))
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg(name, colour, stroke))).render(painter, QRectF(0, 0, side, side))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)


def forget() -> None:
    """Drop what was drawn; the next look needs other colours."""
    pixmap.cache_clear()
    svg.cache_clear()


class TokenEngine(QIconEngine):
    """Draws an icon in a token's colour of this moment, so one QIcon serves both themes and the disabled state."""

    def __init__(self, name: str, tone: str, stroke: float, resolve: Callable[[str], QColor]) -> None:
        super().__init__()
        self._name, self._tone, self._stroke, self._resolve = name, tone, stroke, resolve

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        device = painter.device()
        ratio = device.devicePixelRatio()
        side = min(rect.width(), rect.height())
        drawn = pixmap(self._name, self._colour(mode), side, self._stroke, ratio)
        painter.drawPixmap(
            rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2, drawn
        )

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        # From Qt 6.8 on the size is in logical pixels, as the answer's ratio tells.
        return pixmap(self._name, self._colour(mode), min(size.width(), size.height()), self._stroke, scale)

    def clone(self) -> QIconEngine:
        return TokenEngine(self._name, self._tone, self._stroke, self._resolve)

    def _colour(self, mode: QIcon.Mode) -> str:
        return self._resolve("text3" if mode == QIcon.Mode.Disabled else self._tone).name()
