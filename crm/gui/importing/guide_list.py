"""How to get one's file, program by program: a line each that opens its steps in place."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from crm.gui import paint, text
from crm.gui.guides import guides
from crm.gui.paint import Mirror, Style
from crm.gui.theme import px
from crm.gui.widgets.cards import Card, Hairline
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, column

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


class GuideList(Card):
    """A line for every program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(self.tr("How to get my file"))
        layout = column(self, (1, 1, 1, 1))
        for number, (program, steps) in enumerate(guides()):
            if number:
                layout.addWidget(Hairline(inset=16))
            opener, sheet = _Opener(program), self._sheet(steps)
            opener.toggled.connect(sheet.setVisible)
            add(layout, opener, sheet)

    def _sheet(self, steps: str) -> QWidget:
        made = QWidget(self)
        lines = column(made, (16, 0, 16, 14), 4)
        for number, step in enumerate(steps.split("\n"), start=1):
            add(lines, PlainLabel(f"{number}. {step}", "body", "text2", wrap=True))
        made.hide()
        return made
