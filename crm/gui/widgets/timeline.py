"""What happened, newest first: `TimelineEntry(Entry("mail", "info", "You emailed Tomás", "23 Aug", "…"), key=7)`.

`menu_requested(int, QPoint)` when the entry's menu button is pressed. `last=True` ends the rail.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from crm.gui import paint, text
from crm.gui.paint import Tag
from crm.gui.theme import px
from crm.gui.widgets.buttons import IconButton
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import ElidedLabel, PlainLabel
from crm.gui.widgets.layouts import add, column, row
from crm.gui.widgets.pill import Pill


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened."""

    icon: str
    tone: str
    title: str
    when: str
    body: str = ""
    tags: tuple[Tag, ...] = ()
    when_in_full: str = ""


class TimelineEntry(QWidget):
    """An icon on the rail; title and date; text that can be selected; pills."""

    menu_requested = Signal(int, QPoint)

    def __init__(
        self,
        entry: Entry,
        key: int = 0,
        *,
        menu_name: str = "",
        last: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._entry, self._key, self._last = entry, key, last
        self.setAccessibleName(text.one_line(f"{entry.title}, {entry.when}. {entry.body}"))
        layout = column(self, (0, 2, 0, 16), gap=2)
        self._layout = layout
        when = PlainLabel(entry.when, "caption", "text3", tabular=True)
        when.setToolTip(text.plain_tooltip(entry.when_in_full))
        head = add(row(gap=8), (ElidedLabel(entry.title, "bodyStrong"), 1), when)
        self._menu = IconButton("ellipsis", menu_name or self.tr("More"), size=28, icon_size=16)
        self._menu.clicked.connect(self._on_menu_clicked)
        add(layout, add(head, self._menu))
        self._menu.setVisible(bool(menu_name))
        if entry.body:
            layout.addWidget(PlainLabel(entry.body, "body", "text2", wrap=True, selectable=True))
        if entry.tags:
            add(layout, 4, Flow(*(Pill(tag.label, tag.tone, icon=tag.icon) for tag in entry.tags), gap=6))
        self._indent()

    def paintEvent(self, _event: QPaintEvent) -> None:
        side, picture = px(30), px(15)
        with paint.Mirror.on(self) as m:
            if not self._last:
                rail = QRectF(side / 2 - 0.75, side + px(4), 1.5, self.height() - side - px(6))
                paint.box(m, rail, 0, "hairline2")
            spot = QRectF(0, 0, side, side)
            paint.box(m, spot, side / 2, f"{self._entry.tone}_tint")
            edge = (side - picture) / 2
            sign = QRectF(edge, edge, picture, picture)
            paint.icon(m, sign, self._entry.icon, self._entry.tone, 1.9)

    def _indent(self) -> None:
        start, end = (0, px(44)) if self.isRightToLeft() else (px(44), 0)
        self._layout.setContentsMargins(start, px(2), end, px(16))

    def _on_menu_clicked(self) -> None:
        self.menu_requested.emit(self._key, self._menu.mapToGlobal(QPoint(0, self._menu.height())))
