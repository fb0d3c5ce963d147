"""A search field: `SearchField("Filter by name, company, tag…", "Find people")`.

`searched(str)` tells the words shortly after the last key, at once on Enter; `left_downwards()` on the Down key.
"""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from crm.gui import theme
from crm.gui.theme import px
from crm.gui.widgets.buttons import IconButton
from crm.gui.widgets.labels import Icon


class SearchField(QLineEdit):
    """Esc empties it first, then leaves Esc to others."""

    searched = Signal(str)
    left_downwards = Signal()

    def __init__(
        self, placeholder: str, name: str, *, delay_ms: int = 120, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFont(theme.font("body"))
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        # QLineEdit's own icons ignore the text size.
        self._icon = Icon("search", "text3", 16, parent=self)
        self._empty = IconButton("x", self.tr("Clear"), size=24, icon_size=14, parent=self)
        self._empty.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._empty.setCursor(Qt.CursorShape.ArrowCursor)
        self._empty.hide()
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(delay_ms)
        self._told = ""
        self._connect()
        self._set_margins()

    def search(self, words: str) -> None:
        """Fill the field and search at once."""
        self.setText(words)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.search("")
        elif event.key() == Qt.Key.Key_Down:
            self._tell()
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._set_margins()
            self._place()

    def _connect(self) -> None:
        self.textChanged.connect(self._on_text_changed)
        self.returnPressed.connect(self._tell)
        self._delay.timeout.connect(self._tell)
        self._empty.clicked.connect(self._on_empty_clicked)

    def _set_margins(self) -> None:
        start, end = px(22), px(22)
        self.setTextMargins(start, 0, end, 0)

    def _place(self) -> None:
        start, end = px(10), self.width() - px(4) - self._empty.width()
        if self.isRightToLeft():
            start, end = self.width() - px(10) - self._icon.width(), px(4)
        self._icon.move(start, (self.height() - self._icon.height()) // 2)
        self._empty.move(end, (self.height() - self._empty.height()) // 2)

    def _on_text_changed(self, words: str) -> None:
        self._empty.setVisible(bool(words))
        self._delay.start()

    def _on_empty_clicked(self) -> None:
        self.search("")
        self.setFocus()

    def _tell(self) -> None:
        self._delay.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.searched.emit(self._told)
