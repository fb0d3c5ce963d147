"""Labels that show text letter by letter, and the small drawn signs beside them.

`PlainLabel(text, role="body", tone="", *, wrap=False, selectable=False, tabular=False, ltr=False)`;
`ElidedLabel(text, role, tone)` cuts at the end and tells the whole in its tooltip; `KeyLabel("Ctrl K")`;
`Icon("mail", tone, size)`; `IconTile("mail", tone, size, icon_size, round=False)`; `Mark(size)`.
"""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from crm.gui import paint, text, theme
from crm.gui.theme import px

_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute


class PlainLabel(QLabel):
    """A label that never reads its text as HTML. `tone` is a text token ("text2"); "" is the primary text."""

    def __init__(  # noqa: PLR0913 - keywords, each one a plain choice of look
        self,
        words: str = "",
        role: str = "body",
        tone: str = "",
        *,
        wrap: bool = False,
        selectable: bool = False,
        tabular: bool = False,
        ltr: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.role = role
        self._ltr = ltr
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(role, tabular=tabular))
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if selectable:
            by = Qt.TextInteractionFlag
            self.setTextInteractionFlags(by.TextSelectableByMouse | by.TextSelectableByKeyboard)
        self.set_tone(tone)
        self.setText(words)
        self._lean()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._lean()

    def setText(self, words: str) -> None:
        """Show `words`; in one line unless the label wraps."""
        if self._ltr:
            super().setText(text.ltr(words))
        else:
            super().setText(text.clean(words) if self.wordWrap() else text.one_line(words))

    def set_tone(self, tone: str) -> None:
        """Change the tone; "" is the primary text."""
        if tone == (self.property("tone") or ""):
            return
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)

    def _lean(self) -> None:
        """Stand at the side the window reads from: Qt puts Latin words at the left of a window read from the right."""
        across = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        if across not in {Qt.AlignmentFlag.AlignLeft, _AT_RIGHT}:
            return  # centred, or at a side of its own
        start = (
            _AT_RIGHT
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            else Qt.AlignmentFlag.AlignLeft
        )
        self.setAlignment(start | self.alignment() & Qt.AlignmentFlag.AlignVertical_Mask)


class ElidedLabel(PlainLabel):
    """One line that gives way: cut at its end where there is no room, whole in its tooltip."""

    def __init__(
        self, words: str = "", role: str = "body", tone: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, role, tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(24), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        room = self.contentsRect()
        cut = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        tooltip = text.plain_tooltip(self.text()) if cut != self.text() else ""
        if self.toolTip() != tooltip:
            self.setToolTip(tooltip)
        with paint.Mirror.on(self) as m:
            m.painter.setPen(self.palette().color(self.foregroundRole()))
            m.painter.setFont(self.font())
            side = m.align(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask or paint.START)
            m.painter.drawText(QRectF(room), int(side | Qt.AlignmentFlag.AlignVCenter), cut)


class KeyLabel(PlainLabel):
    """The name of a key, as on a keycap."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, "captionMedium", parent=parent)
        self.setProperty("kbd", True)
        self.setFixedHeight(px(20))


class Icon(QWidget):
    """A line icon beside words that say the same; screen readers skip it."""

    def __init__(
        self,
        name: str,
        tone: str = "text2",
        size: int = 16,
        stroke: float = 1.75,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._tone, self._stroke = name, tone, stroke
        self.setFixedSize(px(size), px(size))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_icon(self, name: str, tone: str = "") -> None:
        """Show another icon, in another tone where given."""
        self._name, self._tone = name, tone or self._tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with paint.Mirror.on(self) as m:
            paint.icon(m, self.rect(), self._name, self._tone, self._stroke)


class IconTile(QWidget):
    """An icon on a square or circle of its tone."""

    def __init__(
        self,
        name: str,
        tone: str = "info",
        size: int = 36,
        icon_size: int = 18,
        *,
        round: bool = False,  # noqa: A002 - the word for the shape
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._tone, self._icon, self._round = name, tone, px(icon_size), round
        self.setFixedSize(px(size), px(size))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with paint.Mirror.on(self) as m:
            radius = self.width() / 2 if self._round else px(8)
            paint.box(m, self.rect(), radius, f"{self._tone}_tint")
            edge = (self.width() - self._icon) / 2
            paint.icon(m, QRectF(edge, edge, self._icon, self._icon), self._name, self._tone, 1.9)


class Mark(QWidget):
    """The app's mark."""

    def __init__(self, size: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(px(size), px(size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with paint.Mirror.on(self) as m:
            paint.mark(m, self.rect())
