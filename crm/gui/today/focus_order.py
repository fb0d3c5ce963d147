"""Rows made after the page was built join the focus chain where they stand, not at its end."""

from collections.abc import Iterable

from PySide6.QtWidgets import QAbstractButton, QWidget

from crm.gui.widgets.cards import CardRow


def follow(anchor: QWidget, rows: Iterable[CardRow]) -> None:
    """Put rows, each with its buttons, after `anchor` in the order of Tab."""
    last = anchor
    for line in rows:
        for widget in (line, *line.findChildren(QAbstractButton)):
            QWidget.setTabOrder(last, widget)
            last = widget
