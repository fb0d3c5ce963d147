"""Two to four views of which one shows: `Segmented((("now", "Now"), ("past", "Past")), "Which people")`.

`chosen(str)` tells the key; `.choose(key)` without telling; `.current`.
"""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from crm.gui import paint, text, theme
from crm.gui.theme import px
from crm.gui.widgets.layouts import row


class _Segment(QRadioButton):
    """One view; a radio button that looks like a segment."""

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(text.literal(label), parent)
        self._label = label
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        tall = max(px(28), theme.line("smallMedium") + px(6))
        return QSize(paint.width(self._label, "smallMedium") + px(24), tall)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, spot: QPoint) -> bool:
        return self.rect().contains(spot)

    def paintEvent(self, _event: QPaintEvent) -> None:
        on = self.isChecked()
        with paint.Mirror.on(self) as m:
            if on:
                paint.box(m, self.rect(), px(6), "raised", "hairline2")
            tone = "text" if on or self.underMouse() else "text2"
            style = paint.Style("smallMedium", tone, paint.CENTER, elide=False)
            paint.text(m, QRectF(self.rect()), self._label, style)
            if self.hasFocus():
                paint.focus_ring(m, self.rect(), px(6))


class Segmented(QWidget):
    """Segments in one frame; arrow keys move between them."""

    chosen = Signal(str)

    def __init__(
        self, items: Iterable[tuple[str, str]], name: str, *, current: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._segments: dict[str, _Segment] = {}
        layout = row(self, (2, 2, 2, 2))
        for key, label in items:
            segment = _Segment(label, self)
            self._segments[key] = segment
            self._group.addButton(segment)
            layout.addWidget(segment)
        self.choose(current or next(iter(self._segments)))
        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def current(self) -> str:
        """The key of the view that shows."""
        return next(key for key, segment in self._segments.items() if segment.isChecked())

    def choose(self, key: str) -> None:
        """Switch without telling anybody."""
        blocked = self._group.blockSignals(True)
        self._segments[key].setChecked(True)
        self._group.blockSignals(blocked)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with paint.Mirror.on(self) as m:
            ground = "sunken" if theme.look().name == "dark" else "sidebar"
            paint.box(m, self.rect(), px(8), ground, "hairline")

    def _on_toggled(self, _button: QWidget, on: bool) -> None:
        if on:
            self.chosen.emit(self.current)
