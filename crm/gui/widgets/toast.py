"""One message at the window's foot that leaves by itself: `Toast(window).say(Message("Touch logged.", "Undo", undo))`.

It stays for 8 seconds, longer while the pointer or the focus is on it; a new message takes the place of the old.
Everything it offers must also be possible elsewhere (Edit, Undo).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from crm.gui import paint
from crm.gui.theme import px
from crm.gui.widgets.announce import announce
from crm.gui.widgets.buttons import Button, IconButton, Variant
from crm.gui.widgets.labels import Icon, PlainLabel
from crm.gui.widgets.layouts import add, row

STAY_MS = 8000
SPREAD = 20


class Mood(Enum):
    """What a message is about: its icon and the icon's tone."""

    DONE = ("circle-check", "toast_ok")
    BUSY = ("hourglass", "toast_text2")
    BAD = ("circle-alert", "toast_bad")


@dataclass(frozen=True, slots=True)
class Message:
    """What to say, and one thing to do about it. What is being done stays until the next message."""

    text: str
    action: str = ""
    act: Callable[[], object] | None = None
    mood: Mood = Mood.DONE


class Toast(QWidget):
    """An overlay of its parent, hidden until it has something to say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._message = Message("")
        self._floor = 0
        self.setAccessibleName(self.tr("Message"))
        self._build_ui()
        self._window = parent
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAY_MS)
        self._connect()
        parent.installEventFilter(self)
        self.hide()

    @property
    def message(self) -> Message:
        """What it says, or said last."""
        return self._message

    def say(self, message: Message) -> None:
        """Show `message` and have it announced."""
        self._message = message
        self._icon.set_icon(*message.mood.value)
        self._text.setText(message.text)
        self._action.set_label(message.action)
        self._action.setVisible(bool(message.action))
        self._place()
        self.show()
        self.raise_()
        self._timer.stop()
        self._resume()
        announce(self, message.text, urgent=message.mood is Mood.BAD)

    def set_floor(self, height: int) -> None:
        """Stand this high above the lower edge of the parent: something is to be read there."""
        self._floor = height
        if self.isVisible():
            self._place()

    def dismiss(self) -> None:
        """Leave at once."""
        self._timer.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._resume()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        spread = px(SPREAD)
        body = QRectF(self.rect()).adjusted(spread, spread, -spread, -spread)
        with paint.Mirror.on(self) as m:
            paint.shadow(m, body, px(10), spread)
            paint.box(m, body, px(10), "toast", "toast_edge")

    def _build_ui(self) -> None:
        self._icon = Icon("circle-check", "toast_ok", 18)
        self._text = PlainLabel("", "bodyMedium", "toast_text", wrap=True)
        self._action = Button("", Variant.TOAST)
        self._close = IconButton("x", self.tr("Dismiss"), size=28, icon_size=16, tone="toast_text2")
        self._close.setProperty("v", "toast")
        edge = SPREAD
        self._layout = layout = row(self, (edge + 14, edge + 8, edge + 8, edge + 8), gap=10)
        add(layout, self._icon, (self._text, 1), self._action, self._close)

    def _connect(self) -> None:
        self._timer.timeout.connect(self.hide)
        self._close.clicked.connect(self.dismiss)
        self._action.clicked.connect(self._on_action_clicked)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _place(self) -> None:
        parent, layout = self._window, self._layout
        self._text.setWordWrap(False)
        widest = min(parent.width(), px(640) + 2 * px(SPREAD))
        if self.sizeHint().width() > widest:
            self._text.setWordWrap(True)
        wide = min(widest, self.sizeHint().width()) if not self._text.wordWrap() else widest
        tall = layout.totalHeightForWidth(wide) if self._text.wordWrap() else self.sizeHint().height()
        self.setGeometry(
            (parent.width() - wide) // 2, parent.height() - self._floor - tall - px(4), wide, tall
        )

    def _resume(self) -> None:
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        busy = self._message.mood is Mood.BUSY
        if self.isVisible() and not busy and not inside and not self.underMouse():
            self._timer.start()

    def _on_action_clicked(self) -> None:
        act = self._message.act
        self.dismiss()
        if act is not None:
            act()

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new):
            self._timer.stop()
        elif old is not None and self.isAncestorOf(old):
            self._resume()
