"""Cards: `Card()`, `Hairline()`, `SectionHead(title, count, *buttons)`, and `RowCard` with its `CardRow`s.

A `RowCard` holds up to a hundred rows (use a `BigList` for more). One row at a time takes Tab; arrows, J and K, Home
and End move between rows; `opened(int)` tells the key of the row that was clicked or entered, `current_changed(int)`
the one the keyboard is on, `menu_requested(int, QPoint)` a right click. What a row shows at rest gives way to its
actions while the pointer or the focus is inside.
"""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QWidget

from crm.gui import paint, text
from crm.gui.theme import px
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, clear, column, row, tab_after

_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_J: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_K: -1,
    Qt.Key.Key_Home: -(10**6),
    Qt.Key.Key_End: 10**6,
}


class CardKind(StrEnum):
    """Plain, sunken, or in the accent's tint."""

    PLAIN = "plain"
    FLAT = "flat"
    ACCENT = "accent"


class Card(QFrame):
    """A surface with a hairline around it."""

    def __init__(self, kind: CardKind = CardKind.PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", kind.value)


class Hairline(QFrame):
    """A line of one pixel; `inset` leaves room at its start."""

    def __init__(self, *, vertical: bool = False, inset: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inset = px(inset)
        if not inset:
            self.setProperty("hairline", True)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._inset:
            super().paintEvent(event)
            return
        with paint.Mirror.on(self) as m:
            paint.box(m, QRectF(self._inset, 0, self.width() - self._inset, 1), 0, "hairline")


class SectionHead(QWidget):
    """The title of a section, how many it holds, and buttons at its end."""

    def __init__(self, title: str, count: str = "", *buttons: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(title, "heading")
        self.count = PlainLabel(count, "body", "text3", tabular=True)
        add(row(self, gap=8), self.title, self.count, None, *buttons)
        self.setMinimumHeight(px(32))


class CardRow(QAbstractButton):
    """One row of a `RowCard`: fill `body`, then `set_trailing`. `sentence` is all of it for a screen reader."""

    menu_requested = Signal(QPoint)

    def __init__(self, key: int, sentence: str, *, height: int = 68, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.body = row(self, (14, 0, 16, 0))
        self.setMinimumHeight(px(height))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(text.one_line(sentence))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._resting: QWidget | None = None
        self._actions: QWidget | None = None
        self._inside = False

    def set_trailing(self, resting: QWidget | None, actions: QWidget | None) -> None:
        """Add at the row's end what shows at rest, and what takes its place under pointer or focus."""
        self._resting, self._actions = resting, actions
        for part in (resting, actions):
            if part is not None:
                self.body.addWidget(part)
        self._show_parts()

    def set_inside(self, inside: bool) -> None:
        """Say whether the focus is in this row; the card tells."""
        self._inside = inside
        self._show_parts()

    def set_reachable(self, reachable: bool) -> None:
        """Let Tab reach this row and its buttons, or not; the card tells, for one row at a time."""
        policy = Qt.FocusPolicy.StrongFocus if reachable else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(policy)
        for button in self.findChildren(QAbstractButton):
            button.setFocusPolicy(policy)

    def sizeHint(self) -> QSize:
        return self.body.sizeHint().expandedTo(QSize(0, self.minimumHeight()))

    def minimumSizeHint(self) -> QSize:
        return self.body.minimumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        inner = QRectF(self.rect()).adjusted(px(4), px(4), -px(4), -px(4))
        with paint.Mirror.on(self) as m:
            if self._inside:
                paint.box(m, inner, px(8), "accent_tint")
            elif self.underMouse():
                paint.box(m, inner, px(8), "hover")
            if self.hasFocus():
                paint.focus_ring(m, inner, px(8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A button would take the arrows to go to its neighbour; they are the card's.
        if event.key() in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_parts()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_parts()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_requested.emit(event.globalPos())

    def _show_parts(self) -> None:
        active = self._actions is not None and (self._inside or self.underMouse())
        if self._resting is not None:
            self._resting.setVisible(not active)
        if self._actions is not None:
            self._actions.setVisible(active)
        self.update()


class RowCard(Card):
    """Rows in one card, with a hairline between them."""

    opened = Signal(int)
    current_changed = Signal(int)
    menu_requested = Signal(int, QPoint)

    def __init__(self, name: str, *, inset: int = 52, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(name)
        self._rows: list[CardRow] = []
        self._inset = inset
        self._current = -1
        self._column = column(self, (1, 1, 1, 1))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    @property
    def rows(self) -> tuple[CardRow, ...]:
        """The rows, from top to bottom."""
        return tuple(self._rows)

    @property
    def current(self) -> CardRow | None:
        """The row the keyboard is on."""
        return self._rows[self._current] if 0 <= self._current < len(self._rows) else None

    def set_rows(self, rows: Sequence[CardRow]) -> None:
        """Show other rows. The focus stays on the row of the same key, else on the one that took its place."""
        # The window's own memory: while a dialog is open or just closed, no widget of this window has the focus.
        held: QWidget | None = self.window().focusWidget()
        had_focus = held is not None and self.isAncestorOf(held)
        before = self.current
        at = self._current
        if had_focus:
            # Else it would jump to whatever comes after the rows, and the page scroll there.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        clear(self._column)
        self._rows = list(rows)
        for number, one in enumerate(self._rows):
            if number:
                self._column.addWidget(Hairline(inset=self._inset))
            self._column.addWidget(one)
            one.show()  # at once, not with the next layout: only what shows can take the focus
            one.set_reachable(False)
            one.clicked.connect(self._on_row_clicked)
            one.menu_requested.connect(self._on_row_menu_requested)
        tab_after(self, *(part for one in self._rows for part in (one, *one.findChildren(QAbstractButton))))
        keys = [one.key for one in self._rows]
        self._current = keys.index(before.key) if before and before.key in keys else min(at, len(keys) - 1)
        self._make_current(max(0, self._current), focus=had_focus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if step is not None and plain and self._rows:
            self._make_current(min(max(0, self._current + step), len(self._rows) - 1), focus=True)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (current := self.current):
            self.opened.emit(current.key)
        else:
            super().keyPressEvent(event)

    def _make_current(self, at: int, *, focus: bool) -> None:
        if (before := self.current) is not None:
            before.set_reachable(False)
        self._current = at
        if (now := self.current) is not None:
            now.set_reachable(True)
            if focus:
                now.setFocus(Qt.FocusReason.TabFocusReason)
            self.current_changed.emit(now.key)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        for number, one in enumerate(self._rows):
            inside = new is not None and (new is one or one.isAncestorOf(new))
            one.set_inside(inside)
            if inside and number != self._current:
                self._make_current(number, focus=False)

    def _on_row_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, CardRow):
            self.opened.emit(sender.key)

    def _on_row_menu_requested(self, spot: QPoint) -> None:
        sender = self.sender()
        if isinstance(sender, CardRow):
            self.menu_requested.emit(sender.key, spot)
