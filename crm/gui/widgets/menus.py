"""Menus of literal words: `menu(parent)`, `add_item(menu, MenuItem("Snooze", icon="alarm-clock"), call)`."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from crm.gui import text, theme


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of a menu. `shortcut` is shown only; `checked` makes it a tick."""

    label: str
    icon: str = ""
    shortcut: str = ""
    checked: bool | None = None
    enabled: bool = True
    reason: str = ""


def menu(parent: QWidget, title: str = "") -> QMenu:
    """Return an empty menu; `title` names a submenu. It is deleted with `parent`."""
    made = QMenu(text.literal(title), parent)
    made.setToolTipsVisible(True)
    return made


def add_item(to: QMenu, item: MenuItem, chosen: Callable[[], None]) -> QAction:
    """Add a line that calls `chosen`."""
    action = QAction(text.literal(item.label), to)
    if item.icon:
        action.setIcon(theme.icon(item.icon))
    if item.shortcut:
        keys = QKeySequence(item.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        action.setText(f"{action.text()}\t{keys}")
    if item.checked is not None:
        action.setCheckable(True)
        action.setChecked(item.checked)
    action.setEnabled(item.enabled)
    action.setToolTip(text.plain_tooltip(item.reason))
    action.triggered.connect(lambda _checked=False: chosen())
    to.addAction(action)
    return action
