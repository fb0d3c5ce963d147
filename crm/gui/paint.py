"""What widgets and delegates both draw: text, pills, avatars, icons, rings. Written left to right, mirrored for RTL.

`with Mirror(painter, bounds, rtl) as m:` (or `Mirror.on(widget)`), then `text(m, rect, "…")` and so on: geometry is
given for a left-to-right layout, `m.flip(rect)` says where it lands. No figure here is scaled: callers pass `px(…)`.
"""

import zlib
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from crm.domain.names import untitled
from crm.gui import theme, tokens
from crm.gui.text import one_line
from crm.gui.theme import color, px

START = Qt.AlignmentFlag.AlignLeft
END = Qt.AlignmentFlag.AlignRight
CENTER = Qt.AlignmentFlag.AlignHCenter
_NO_PEN = Qt.PenStyle.NoPen
_NO_BRUSH = Qt.BrushStyle.NoBrush


class Mirror:
    """A painter whose geometry flips inside `bounds` when the layout runs right to left."""

    def __init__(self, painter: QPainter, bounds: QRect | QRectF, rtl: bool = False) -> None:
        self.painter = painter
        self.bounds = QRectF(bounds)
        self.rtl = rtl
        self._owned = False

    @classmethod
    def on(cls, widget: QWidget) -> "Mirror":
        """Return a mirror that paints on `widget` and ends the painter itself."""
        made = cls(QPainter(widget), widget.rect(), widget.isRightToLeft())
        made._owned = True
        return made

    def __enter__(self) -> Self:
        self.painter.save()
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Each text then runs in its own direction: a phone number stays readable in Hebrew and Arabic.
        self.painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.painter.restore()
        if self._owned:
            self.painter.end()

    def flip(self, rect: QRect | QRectF) -> QRectF:
        """Return where `rect`, given for left to right, lies."""
        given = QRectF(rect)
        if not self.rtl:
            return given
        left = self.bounds.left() + self.bounds.right() - given.right()
        return QRectF(left, given.y(), given.width(), given.height())

    def align(self, side: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
        """Return `side` as it lies in this layout."""
        if side & (Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignAbsolute):
            return side
        to_left = bool(side & Qt.AlignmentFlag.AlignLeft) != self.rtl
        flat = Qt.AlignmentFlag.AlignLeft if to_left else Qt.AlignmentFlag.AlignRight
        return flat | Qt.AlignmentFlag.AlignAbsolute


@dataclass(frozen=True, slots=True)
class RowState:
    """What a row in a list shows of itself."""

    selected: bool = False
    hovered: bool = False
    focused: bool = False

    @classmethod
    def of(cls, option: QStyleOptionViewItem) -> "RowState":
        """Read the state that a view hands to its delegate."""
        state = option.state
        return cls(
            bool(state & QStyle.StateFlag.State_Selected),
            bool(state & QStyle.StateFlag.State_MouseOver),
            bool(state & QStyle.StateFlag.State_HasFocus),
        )


@dataclass(frozen=True, slots=True)
class Face:
    """Whose avatar: initials of `name`, the hue of `key` (or the name), a photo when there is one."""

    name: str
    square: bool = False
    key: str = ""
    photo: QPixmap | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set."""

    role: str = "body"
    color: str = "text"
    align: Qt.AlignmentFlag = START
    elide: bool = True
    tabular: bool = False


BODY = Style()


def text(m: Mirror, rect: QRectF | QRect, words: str, style: Style = BODY) -> None:
    """Set one line of text, vertically centred in `rect`; elided where it doesn't fit."""
    box = QRectF(rect)
    shown = one_line(words)
    if style.elide:
        measure = theme.metrics(style.role, tabular=style.tabular)
        shown = measure.elidedText(shown, Qt.TextElideMode.ElideRight, int(box.width()))
    m.painter.setFont(theme.font(style.role, tabular=style.tabular))
    m.painter.setPen(color(style.color))
    flags = m.align(style.align) | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    m.painter.drawText(m.flip(box), int(flags), shown)


def width(words: str, role: str = "body", *, tabular: bool = False) -> int:
    """Return how wide a line of text is."""
    return theme.metrics(role, tabular=tabular).horizontalAdvance(one_line(words))


def icon(m: Mirror, rect: QRectF | QRect, name: str, tone: str = "text2", stroke: float = 1.75) -> None:
    """Draw an icon in a square."""
    box = m.flip(rect)
    drawn = theme.pixmap(name, round(box.width()), tone, stroke, m.painter.device().devicePixelRatio())
    m.painter.drawPixmap(box.topLeft(), drawn)


def box(m: Mirror, rect: QRectF | QRect, radius: float, fill: str = "", edge: str = "") -> None:
    """Draw a rounded rectangle: filled, edged by one pixel, or both."""
    m.painter.setPen(QPen(color(edge), 1) if edge else _NO_PEN)
    m.painter.setBrush(color(fill) if fill else _NO_BRUSH)
    inset = 0.5 if edge else 0.0
    m.painter.drawRoundedRect(m.flip(rect).adjusted(inset, inset, -inset, -inset), radius, radius)


def focus_ring(m: Mirror, rect: QRectF | QRect, radius: float, tone: str = "focus") -> None:
    """Draw the focus ring just inside `rect`."""
    ring = theme.ring_width()
    m.painter.setPen(QPen(color(tone), ring))
    m.painter.setBrush(_NO_BRUSH)
    half = ring / 2
    m.painter.drawRoundedRect(m.flip(rect).adjusted(half, half, -half, -half), radius, radius)


def pill_width(label: str, icon_name: str = "", role: str = "captionMedium") -> int:
    """Return the width of a pill."""
    return width(label, role) + px(16) + (px(17) if icon_name else 0)


@dataclass(frozen=True, slots=True)
class Tag:
    """What a pill says: words, a tone, perhaps an icon."""

    label: str
    tone: str = "neutral"
    icon: str = ""


def pill(m: Mirror, x: float, middle: float, tag: Tag, height: int = 0) -> int:
    """Draw a pill that starts at `x`, centred on the line `middle`; return its width."""
    tall = height or px(22)
    wide = pill_width(tag.label, tag.icon)
    rect = QRectF(x, middle - tall / 2, wide, tall)
    edge = tag.tone if theme.look().high_contrast else ""
    box(m, rect, tall / 2, f"{tag.tone}_tint", edge)
    at = x + px(8)
    if tag.icon:
        size = px(13)
        icon(m, QRectF(at - 1, middle - size / 2, size, size), tag.icon, tag.tone, 2)
        at += px(17)
    words = Style("captionMedium", tag.tone, elide=False)
    text(m, QRectF(at, rect.y(), rect.right() - at, tall), tag.label, words)
    return wide


def hue(key: str) -> str:
    """Return the tone of an avatar: the same for the same name, on any computer, in any run."""
    return tokens.HUES[zlib.crc32(key.encode("utf-8", "replace")) % len(tokens.HUES)]


def initials(name: str) -> str:
    """Return one or two letters that stand for a name, "?" for none."""
    parts = [part for part in one_line(untitled(name)).replace("&", " ").split() if part[0].isalnum()]
    if not parts:
        return "?"
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()


def avatar(m: Mirror, rect: QRectF | QRect, face: Face) -> None:
    """Draw a person as a circle, a company as a rounded square; initials on their hue, or the photo."""
    spot = m.flip(rect)
    shape = QPainterPath()
    if face.square:
        shape.addRoundedRect(spot, spot.width() * 0.24, spot.width() * 0.24)
    else:
        shape.addEllipse(spot)
    tone = hue(face.key or face.name)
    m.painter.fillPath(shape, color(f"{tone}_tint"))
    if face.photo is not None and not face.photo.isNull():
        _photo(m, spot, shape, face.photo)
    else:
        _initials(m, spot, face.name, tone)
    ring = color(tone)
    ring.setAlphaF(1.0 if theme.look().high_contrast else 0.16)
    m.painter.strokePath(shape, QPen(ring, 1))


def _photo(m: Mirror, spot: QRectF, shape: QPainterPath, photo: QPixmap) -> None:
    side = min(photo.width(), photo.height())
    middle = QRectF((photo.width() - side) / 2, (photo.height() - side) / 2, side, side)
    m.painter.save()
    m.painter.setClipPath(shape)
    m.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    m.painter.drawPixmap(spot, photo, middle)
    m.painter.restore()


def _initials(m: Mirror, spot: QRectF, name: str, tone: str) -> None:
    letters = theme.font("captionStrong")
    letters.setPixelSize(max(8, int(spot.width() * 0.37)))
    m.painter.setFont(letters)
    m.painter.setPen(color(tone))
    m.painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), initials(name))


def warmth_bars(m: Mirror, x: float, middle: float, level: int, tone: str = "ok_solid") -> int:
    """Draw four bars, the first `level` filled; return their width. Always write the word beside them."""
    for bar in range(4):
        tall = px(5 + bar * 3)
        spot = QRectF(x + bar * px(6), middle + px(7) - tall, px(4), tall)
        box(m, spot, 1.5, tone if bar < level else "hairline2")
    return px(22)


def row_background(
    m: Mirror, rect: QRectF | QRect, state: RowState, inset: tuple[int, int] = (8, 1)
) -> QRectF:
    """Draw the wash and ring of a row in a list; return the rectangle inside."""
    across, down = px(inset[0]), px(inset[1])
    inner = QRectF(rect).adjusted(across, down, -across, -down)
    if state.selected or state.hovered:
        box(m, inner, px(8), "accent_tint" if state.selected else "hover")
    if state.selected and theme.look().high_contrast:
        box(m, inner, px(8), "", "accent")
    if state.focused:
        focus_ring(m, inner, px(8))
    return inner


def check_box(m: Mirror, rect: QRectF | QRect, checked: bool, enabled: bool = True) -> None:
    """Draw a check box that fills `rect`, for delegates."""
    spot = QRectF(rect)
    if checked:
        box(m, spot, px(4), "accent" if enabled else "field")
        icon(m, spot.adjusted(1, 1, -1, -1), "check", "onaccent", 3)
    else:
        box(m, spot, px(4), "surface" if enabled else "sunken", "field")


def shadow(m: Mirror, rect: QRectF | QRect, radius: float, spread: int) -> None:
    """Draw a soft shadow around `rect`. Painted, since QGraphicsEffect blurs the text above it and is slow."""
    strength = 0.32 if theme.look().name == "dark" else 0.11
    m.painter.setPen(_NO_PEN)
    for step in range(spread, 0, -2):
        tone = color("shadow")
        tone.setAlphaF(strength * (1 - step / spread) ** 2.2 * 0.4)
        m.painter.setBrush(tone)
        lower = spread * 0.28
        m.painter.drawRoundedRect(
            QRectF(rect).adjusted(-step, -step + lower, step, step + lower), radius + step, radius + step
        )


def mark(m: Mirror, rect: QRectF | QRect) -> None:
    """Draw the app's mark: two linked rings on ink blue."""
    spot = QRectF(rect)
    wide = spot.width()
    blue = QLinearGradient(spot.topLeft(), spot.bottomRight())
    blue.setColorAt(0, color("mark_top"))
    blue.setColorAt(1, color("mark_bottom"))
    m.painter.setPen(_NO_PEN)
    m.painter.setBrush(QBrush(blue))
    m.painter.drawRoundedRect(spot, wide * 0.27, wide * 0.27)
    m.painter.setBrush(_NO_BRUSH)
    for left, strength in ((0.19, 1.0), (0.45, 0.78)):
        line = QColor(color("mark_line"))
        line.setAlphaF(strength)
        m.painter.setPen(QPen(line, wide * 0.075))
        at = QPointF(spot.x() + wide * left, spot.y() + wide * 0.32)
        m.painter.drawEllipse(QRectF(at.x(), at.y(), wide * 0.36, wide * 0.36))
