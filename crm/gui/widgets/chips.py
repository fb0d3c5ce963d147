"""Filter chips: `Chip("Due", count=7)` toggles; `ChipBar((ChipItem("due", "Due", 7), …), "Show")` lets one be on.

`ChipBar.chosen(str)` tells the key; `.set_count(key, n)`, `.choose(key)`, `.current`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from crm.gui import paint, text, theme
from crm.gui.theme import px
from crm.gui.widgets.flow import Flow


class Chip(QAbstractButton):
    """A pill that is on or off, with a count."""

    def __init__(
        self, label: str, *, count: int | None = None, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._label, self._icon = text.one_line(label), icon
        self._count = count
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        """Show another count, or none."""
        self._count = count
        number = "" if count is None else self.locale().toString(count)
        self._number = number
        self.setAccessibleName(f"{self._label}, {number}" if number else self._label)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = paint.width(self._label, "smallMedium") + px(22)
        if self._number:
            wide += px(6) + paint.width(self._number, "smallMedium", tabular=True)
        if self._icon:
            wide += px(18)
        return QSize(wide, max(px(28), theme.line("smallMedium") + px(8)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        on, high = self.isChecked(), self.height()
        fill = "accent_tint" if on else "hover" if self.underMouse() else "surface"
        tone = "accent_text" if on else "text2"
        with paint.Mirror.on(self) as m:
            paint.box(m, self.rect(), high / 2, fill, "accent" if on else "hairline2")
            x = px(11)
            if self._icon:
                size = px(14)
                paint.icon(m, QRectF(x, (high - size) // 2, size, size), self._icon, tone, 2)
                x += px(18)
            wide = paint.width(self._label, "smallMedium")
            style = paint.Style("smallMedium", tone, elide=False)
            paint.text(m, QRectF(x, 0, wide, high), self._label, style)
            if self._number:
                style = paint.Style("smallMedium", tone if on else "text3", elide=False, tabular=True)
                paint.text(m, QRectF(x + wide + px(6), 0, self.width(), high), self._number, style)
            if self.hasFocus():
                paint.focus_ring(m, self.rect(), high / 2)


@dataclass(frozen=True, slots=True)
class ChipItem:
    """One chip of a bar; `key` comes back when it is chosen."""

    key: str
    label: str
    count: int | None = None
    icon: str = ""


class ChipBar(Flow):
    """Chips of which one is on."""

    chosen = Signal(str)

    def __init__(self, items: Iterable[ChipItem], name: str, parent: QWidget | None = None) -> None:
        super().__init__(gap=6, parent=parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._chips: dict[str, Chip] = {}
        for item in items:
            chip = Chip(item.label, count=item.count, icon=item.icon)
            self._chips[item.key] = chip
            self._group.addButton(chip)
            self.add(chip)
        self._group.buttonClicked.connect(self._on_chip_clicked)
        if self._chips:
            self.choose(next(iter(self._chips)))

    @property
    def current(self) -> str:
        """The key of the chip that is on."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "")

    def choose(self, key: str) -> None:
        """Turn a chip on without telling anybody."""
        self._chips[key].setChecked(True)

    def set_count(self, key: str, count: int | None) -> None:
        """Show another count on one chip."""
        self._chips[key].set_count(count)

    def chip(self, key: str) -> Chip:
        """Return one chip."""
        return self._chips[key]

    def _on_chip_clicked(self) -> None:
        self.chosen.emit(self.current)
