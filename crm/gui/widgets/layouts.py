"""Layouts in the text size in force: `column`, `row`, `add`, `boxed`, `scrolled`, `tab_after`. Figures are given at 100 %."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from crm.gui.theme import px

Margins = tuple[int, int, int, int]
# A widget, a layout, a gap, None for a stretch, or a widget or layout with its stretch or alignment.
Part = QWidget | QLayout | int | None | tuple[QWidget | QLayout, int | Qt.AlignmentFlag]
AnyBox = TypeVar("AnyBox", bound=QBoxLayout)


def column(parent: QWidget | None = None, margins: Margins = (0, 0, 0, 0), gap: int = 0) -> QVBoxLayout:
    """Return a layout from top to bottom; margins are left, top, right, bottom."""
    return _set(QVBoxLayout(parent) if parent else QVBoxLayout(), margins, gap)


def row(parent: QWidget | None = None, margins: Margins = (0, 0, 0, 0), gap: int = 0) -> QHBoxLayout:
    """Return a layout from start to end."""
    return _set(QHBoxLayout(parent) if parent else QHBoxLayout(), margins, gap)


def add(layout: AnyBox, *parts: Part) -> AnyBox:
    """Add widgets, layouts, gaps (numbers) and stretches (None); return the layout."""
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(px(part))
        elif isinstance(part, tuple):
            _add_with(layout, *part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)
    return layout


def boxed(layout: QLayout) -> QWidget:
    """Return a widget that holds `layout`."""
    made = QWidget()
    made.setLayout(layout)
    return made


def scrolled(inner: QWidget, name: str = "") -> QScrollArea:
    """Return `inner` in an area that scrolls down only, and gives it no more width than it has."""
    area = _DownArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    area.setWidget(inner)
    return area


def tab_after(anchor: QWidget, *widgets: QWidget) -> None:
    """Let Tab come to `widgets` right after `anchor`: what is made late would else come last in the window."""
    policy = anchor.focusPolicy()
    anchor.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt orders only what takes the focus
    before = anchor
    for widget in widgets:
        QWidget.setTabOrder(before, widget)
        before = widget
    anchor.setFocusPolicy(policy)


def clear(layout: QLayout) -> None:
    """Take everything out of `layout`; its widgets are deleted."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


class _DownArea(QScrollArea):
    """Qt would let what is wide stick out at the end, where nobody can scroll to; here rows get less room instead."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        inner = self.widget()
        if inner is not None:
            inner.setMaximumWidth(self.viewport().width())
        super().resizeEvent(event)


def _set(layout: AnyBox, margins: Margins, gap: int) -> AnyBox:
    left, top, right, bottom = (px(side) for side in margins)
    layout.setContentsMargins(left, top, right, bottom)
    layout.setSpacing(px(gap))
    return layout


def _add_with(layout: QBoxLayout, part: QWidget | QLayout, how: int | Qt.AlignmentFlag) -> None:
    # Alignments are numbers too, so they are asked for first.
    stretch, side = (0, how) if isinstance(how, Qt.AlignmentFlag) else (how, Qt.AlignmentFlag(0))
    if isinstance(part, QLayout):
        layout.addLayout(part, stretch)
        layout.setAlignment(part, side)
    else:
        layout.addWidget(part, stretch, side)
