"""Avatars: `Avatar(name, size=40, square=False, key="", photo=None)` and `AvatarStack(names, size=24, extra=0)`."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from crm.gui import paint
from crm.gui.paint import Face
from crm.gui.theme import px
from crm.gui.widgets.labels import PlainLabel

OVERLAP = 0.82


class Avatar(PlainLabel):
    """A person (circle) or a company (`square`). `key` picks the hue where the shown name may change."""

    def __init__(
        self,
        name: str,
        size: int = 40,
        *,
        square: bool = False,
        key: str = "",
        photo: QPixmap | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent=parent)
        self._face = Face(name, square, key, photo)
        self.setFixedSize(px(size), px(size))

    def set_face(self, face: Face) -> None:
        """Show somebody else."""
        self._face = face
        self.setText(face.name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with paint.Mirror.on(self) as m:
            paint.avatar(m, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._face)


class AvatarStack(PlainLabel):
    """A few avatars that overlap, then "+2"."""

    def __init__(
        self, names: Sequence[str], size: int = 24, *, extra: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._names, self._extra, self._side = tuple(names), extra, px(size)
        self.setText(", ".join([*names, *([f"+{extra}"] if extra else [])]))
        count = len(self._names) + bool(extra)
        self.setFixedSize(int(self._side * (1 + OVERLAP * max(0, count - 1))) + 2, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with paint.Mirror.on(self) as m:
            x = 0.0
            for name in self._names:
                paint.avatar(m, self._spot(m, x), Face(name))
                x += self._side * OVERLAP
            if self._extra:
                spot = self._spot(m, x)
                paint.box(m, spot, self._side / 2, "neutral_tint")
                style = paint.Style("captionMedium", "neutral", paint.CENTER, elide=False)
                paint.text(m, spot, f"+{self._extra}", style)

    def _spot(self, m: paint.Mirror, x: float) -> QRectF:
        """Clear a circle of ground around the next avatar and return its place."""
        spot = QRectF(x + 0.5, 0.5, self._side - 1, self._side - 1)
        paint.box(m, spot.adjusted(-1.5, -1.5, 1.5, 1.5), self._side, "surface")
        return spot
