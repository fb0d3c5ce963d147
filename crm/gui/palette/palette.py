"""The palette: one field over the window that finds people, companies, opportunities and commands, and logs a touch at once."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from crm.domain.finding import Found
from crm.gui import paint, theme
from crm.gui.checkins.days import day_first
from crm.gui.palette.offering import Offering
from crm.gui.palette.results import Results
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.cards import Hairline
from crm.gui.widgets.labels import Icon, KeyLabel, PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row

_WIDE, _TOP, _SPREAD = 640, 96, 24
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Palette(QWidget):
    """Covers the window while it is open. What was typed is still there, selected, when it is opened again."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self.session, self._window = session, window
        self._before: QWidget | None = None
        self._shown: str | None = None  # the words whose results are in the list
        self._chosen_early = False
        self.offering = Offering(session, window)
        self.field = QLineEdit()
        self.results = Results()
        self.setAccessibleName(self.tr("Search or jump to"))
        self._build_ui()
        self.hide()
        self.field.textChanged.connect(self._on_text_changed)
        self.results.picked.connect(self.close_over)
        self.field.installEventFilter(self)
        window.installEventFilter(self)

    def open_over(self) -> None:
        """Show it over the window, ready to type."""
        self._before = self._window.focusWidget()
        self._cover()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._ask()

    def close_over(self) -> None:
        """Leave, and give the focus back."""
        if not self.isVisible():
            return
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(event)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_over()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with paint.Mirror.on(self) as m:
            scrim = theme.color("scrim")
            scrim.setAlphaF(0.28 if theme.look().name == "light" else 0.55)
            m.painter.fillRect(self.rect(), scrim)
            card = QRectF(self._card.geometry())
            paint.shadow(m, card, px(12), px(_SPREAD))
            paint.box(m, card, px(12), "raised", "hairline2")

    def _build_ui(self) -> None:
        self.field.setFont(theme.font("title"))
        self.field.setProperty("bare", True)
        self.field.setMaxLength(1000)
        self.field.setPlaceholderText(self.tr("Search, or “coffee with Tom yesterday”"))
        self.field.setAccessibleName(self.tr("Search or jump to"))
        head = add(
            row(margins=(18, 10, 14, 10), gap=12),
            Icon("search", "text2", 18),
            (self.field, 1),
            KeyLabel("Esc"),
        )
        foot = row(margins=(18, 8, 14, 8), gap=6)
        for keys, words in (
            ("↑ ↓", self.tr("to move")),
            ("↵", self.tr("to choose")),
            ("Tab", self.tr("for more")),
        ):
            add(foot, KeyLabel(keys), PlainLabel(words, "caption", "text3"), 8)
        foot.addStretch(1)
        self._card = QFrame(self)
        whole = column(self._card)
        add(whole, boxed(head), Hairline(), (self.results, 1), Hairline(), boxed(foot))

    def _cover(self) -> None:
        """Lie over the whole window, the card in its upper middle."""
        self.setGeometry(self._window.rect())
        wide = min(px(_WIDE), self.width() - px(32))
        top = min(px(_TOP), self.height() // 8)
        self._card.setFixedWidth(wide)
        tall = min(self._card.sizeHint().height(), self.height() - top - px(16))
        self._card.setGeometry((self.width() - wide) // 2, top, wide, tall)
        self.update()

    def _pressed(self, event: QKeyEvent) -> bool:
        """Take the keys that are the list's; say whether it was one of them."""
        key = event.key()
        if key in _MOVES:
            self.results.move_by(_MOVES[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif key == Qt.Key.Key_Tab:
            self.results.show_more()
        elif key == Qt.Key.Key_Escape:
            self.close_over()
        else:
            return key == Qt.Key.Key_Backtab
        return True

    def _choose(self) -> None:
        """Do the current result, once the list is that of the words in the field."""
        self._chosen_early = self._shown != self.field.text()
        if not self._chosen_early:
            self.results.choose()

    def _on_text_changed(self, _words: str) -> None:
        self._ask()

    def _ask(self) -> None:
        session, text, first = self.session, self.field.text(), day_first()
        today = session.today()

        def question() -> Found:
            from crm.app import finding as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return app.find(session.book, text, today=today, day_first=first)

        session.ask(self, question, lambda found: self._show(text, found), self)

    def _show(self, text: str, found: Found) -> None:
        self._shown = text
        self.results.show_groups(self.offering.groups(text, found))
        self._cover()
        if self._chosen_early and text == self.field.text():
            self._choose()
