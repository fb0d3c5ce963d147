"""What an empty screen says: `EmptyState("users", "No people yet", "Import your contacts or add the first one.")`.

`.add_action(label, primary=True)` and `.add_link(label)` return the buttons to connect.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, LinkButton, Variant
from crm.gui.widgets.labels import IconTile, PlainLabel
from crm.gui.widgets.layouts import add, column, row


class EmptyState(QWidget):
    """An icon, one sentence, one action, one quiet link."""

    def __init__(
        self, icon: str, title: str, body: str = "", *, tone: str = "brand", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._title = PlainLabel(title, "title", wrap=True)
        self._body = PlainLabel(body, "body", "text2", wrap=True)
        if not body:  # shown without a parent it would flash up as a window
            self._body.hide()
        for label in (self._title, self._body):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMaximumWidth(px(480))
        self._actions = row(gap=8)
        self._actions.setAlignment(middle)
        layout = column(self, (24, 32, 24, 32))
        add(layout, None, (IconTile(icon, tone, 52, 24, round=True), middle), 14)
        inner = row()
        texts = add(column(gap=4), self._title, self._body)
        add(inner, None, (texts, 1000), None)
        add(layout, inner, 16, self._actions, None)

    def add_action(self, label: str, *, primary: bool = True, icon: str = "") -> Button:
        """Add a button and return it."""
        button = Button(label, Variant.PRIMARY if primary else Variant.PLAIN, icon=icon)
        self._actions.addWidget(button)
        return button

    def add_link(self, label: str) -> Button:
        """Add a quiet link and return it."""
        link = LinkButton(label)
        self._actions.addWidget(link)
        return link

    def set_text(self, title: str, body: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._body.setText(body)
        self._body.setVisible(bool(body))
