"""A section of the settings: a heading, and a card of rows that each name one thing and hold its control.

`change(session, **changed)` keeps what a control says of this machine's settings.
"""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.cards import Card, Hairline
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, column, row

_CONTROL_WIDTH = 216


def change(session: Session, **changed: object) -> None:
    """Change some of this machine's settings; the window shows them at once."""
    services = session.services
    services.change_settings(replace(services.settings(), **changed))  # type: ignore[arg-type]


class Section(QWidget):
    """Rows are added from top to bottom with `.add_row(title, help_text, control)`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, (0, 0, 0, 20), 10)
        self._card = Card()
        self._rows = column(self._card, (16, 4, 16, 4))
        self._title = PlainLabel("", "heading")
        add(layout, self._title, self._card)

    def set_title(self, title: str) -> None:
        """Name the section."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def add_row(self, title: str, help_text: str, *controls: QWidget) -> PlainLabel:
        """Add a row; return the label of its help, to say something else later."""
        if self._rows.count():
            self._rows.addWidget(Hairline())
        line = row(None, (0, 10, 0, 10), 12)
        words = column(None, (0, 0, 0, 0), 2)
        add(words, PlainLabel(title, "bodyMedium"))
        helping = PlainLabel(help_text, "small", "text2", wrap=True)
        if help_text:
            add(words, helping)
        line.addLayout(words, 1)
        for control in controls:
            if isinstance(control, QComboBox | QLineEdit):
                control.setFixedWidth(px(_CONTROL_WIDTH))  # one edge for all of them
            if not control.accessibleName() or isinstance(control, QCheckBox):  # its own label says only “On”
                control.setAccessibleName(title)
            line.addWidget(control)
        self._rows.addLayout(line)
        return helping

    def add_widget(self, widget: QWidget, *, ruled: bool = True) -> None:
        """Add something that fills the width; not `ruled` it belongs to the row above."""
        if self._rows.count() and ruled:
            self._rows.addWidget(Hairline())
        self._rows.addWidget(widget)
