"""A tinted card with one thing to do: `Banner("12 check-ins are overdue. …", "Spread out", tone="warn")`.

`acted()` when the button is pressed, `dismissed()` when it is closed.
"""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from crm.gui import paint
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, IconButton, Size
from crm.gui.widgets.labels import Icon, PlainLabel
from crm.gui.widgets.layouts import add, row


class Banner(QWidget):
    """Stands in the page until it is acted on or dismissed."""

    acted = Signal()
    dismissed = Signal()

    def __init__(
        self,
        message: str,
        action: str = "",
        *,
        tone: str = "brand",
        icon: str = "info",
        dismissable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._text = PlainLabel(message, "bodyMedium", wrap=True)
        self._action = Button(action, size=Size.SMALL)
        self._close = IconButton("x", self.tr("Dismiss"), size=28, icon_size=16)
        layout = row(self, (14, 8, 8, 8), gap=10)
        add(layout, (Icon(icon, tone, 18), Qt.AlignmentFlag.AlignVCenter), (self._text, 1))
        add(layout, self._action, self._close)
        self._action.setVisible(bool(action))
        self._close.setVisible(dismissable)
        self._action.clicked.connect(self.acted)
        self._close.clicked.connect(self._on_close_clicked)

    def set_message(self, message: str, action: str = "") -> None:
        """Say something else."""
        self._text.setText(message)
        self._action.set_label(action)
        self._action.setVisible(bool(action))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with paint.Mirror.on(self) as m:
            paint.box(m, QRectF(self.rect()), px(10), f"{self._tone}_tint", "hairline")

    def _on_close_clicked(self) -> None:
        self.hide()
        self.dismissed.emit()
