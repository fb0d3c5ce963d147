"""Where one's contacts are: a line for every program that opens its steps in place, and one for text that was copied."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from crm.gui import paint, text
from crm.gui.guides import guides
from crm.gui.paint import Mirror, Style
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.cards import Card, Hairline
from crm.gui.widgets.fields import Field, TextArea
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, column, row

_HEIGHT = 44


class _Opener(QAbstractButton):
    """A line with a chevron that opens what is under it."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setText(words)
        self.setAccessibleName(text.one_line(words))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMinimumHeight(px(_HEIGHT))

    def sizeHint(self) -> QSize:
        return QSize(paint.width(self.text(), "bodyMedium") + px(56), px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        inner = QRectF(self.rect()).adjusted(px(4), px(4), -px(4), -px(4))
        with Mirror.on(self) as m:
            if self.underMouse():
                paint.box(m, inner, px(8), "hover")
            if self.hasFocus():
                paint.focus_ring(m, inner, px(8))
            side = px(16)
            at = QRectF(self.width() - px(16) - side, (self.height() - side) / 2, side, side)
            paint.icon(m, at, "chevron-up" if self.isChecked() else "chevron-down", "text2")
            words = QRectF(px(16), 0, at.x() - px(24), self.height())
            paint.text(m, words, self.text(), Style("bodyMedium"))


class PasteSheet(QWidget):
    """`pasted(str)` tells the text to read."""

    pasted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = TextArea(lines=5)
        words = self.tr("The end of an email, a card, or rows of a table under their headings.")
        self._field = Field(self.tr("The text"), self.box, words)
        self._go = Button(self.tr("Read the text"))
        add(column(self, (16, 4, 16, 14), 8), self._field, add(row(), self._go, None))
        self._go.clicked.connect(self._on_go)
        self.box.submitted.connect(self._on_go)

    @Slot()
    def _on_go(self) -> None:
        words = self.box.toPlainText()
        self._field.show_problem("" if words.strip() else self.tr("Paste the text first."))
        if words.strip():
            self.pasted.emit(words)


class GuideList(Card):
    """A line for every program, and one to paste; one at a time is open.

    `pasted(str)` tells a text to read, `opened(object)` what was opened, so that it can be brought into sight.
    """

    pasted = Signal(str)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(self.tr("Where are your contacts?"))
        self._layout = column(self, (1, 1, 1, 1))
        self._openers: list[_Opener] = []
        for program, steps in guides():
            self._add(program, self._steps(steps))
        self._paste = PasteSheet(self)
        self._paste.pasted.connect(self.pasted)
        self._paster = self._add(self.tr("Text you copied"), self._paste)

    def paste(self, words: str) -> None:
        """Show a text where it can be looked at before it is read."""
        self._paster.setChecked(True)
        self._paste.box.setPlainText(words)
        self._paste.box.setFocus()

    def _add(self, words: str, sheet: QWidget) -> _Opener:
        if self._openers:
            self._layout.addWidget(Hairline(inset=16))
        opener = _Opener(words)
        sheet.hide()
        opener.toggled.connect(partial(self._open, opener, sheet))
        self._openers.append(opener)
        add(self._layout, opener, sheet)
        return opener

    def _steps(self, steps: str) -> QWidget:
        made = QWidget(self)
        lines = column(made, (16, 0, 16, 14), 4)
        for number, step in enumerate(steps.split("\n"), start=1):
            add(lines, PlainLabel(f"{number}. {step}", "body", "text2", wrap=True))
        return made

    def _open(self, opener: _Opener, sheet: QWidget, shown: bool) -> None:
        sheet.setVisible(shown)
        if shown:
            for other in self._openers:
                other.setChecked(other is opener)
            self.opened.emit(sheet)
