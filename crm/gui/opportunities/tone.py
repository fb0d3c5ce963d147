"""The card that says what a no is and isn't, and how far its plan is."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.gui import paint
from crm.gui.theme import px
from crm.gui.widgets.cards import Card, CardKind
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row


class ToneCard(Card):
    """`show_progress(2, 8)` shows a bar; without steps done or planned there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(CardKind.ACCENT, parent)
        head = PlainLabel(self.tr("They said no. The relationship is still yours."), "bodyStrong", wrap=True)
        self._words = PlainLabel("", "small", "text2", wrap=True)
        self._bar = _Bar()
        self._count = PlainLabel("", "small", "text2", tabular=True)
        self._line = boxed(add(row(gap=12), (self._bar, 1), self._count))
        add(column(self, (16, 12, 16, 12), gap=4), head, self._words, self._line)
        self.show_offer(0)

    def show_offer(self, steps: int) -> None:
        """Say how many steps there would be; 0 where that isn't known yet."""
        self._line.hide()
        self._words.setText(_words(steps))

    def show_progress(self, done: int, steps: int) -> None:
        """Say how many are done."""
        self._words.setText(_words(steps))
        self._bar.set_share(done / steps if steps else 0.0)
        self._count.setText(self.tr("{done} of {all}").format(done=done, all=steps))
        self._line.setAccessibleName(self.tr("{done} of {all} steps done").format(done=done, all=steps))
        self._line.show()


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setFixedHeight(px(6))

    def set_share(self, share: float) -> None:
        """Fill a share of it."""
        self._share = share
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with paint.Mirror.on(self) as m:
            paint.box(m, self.rect(), px(3), "hairline2")
            paint.box(m, QRectF(0, 0, self.width() * self._share, self.height()), px(3), "accent")


def _words(steps: int) -> str:
    if not steps:
        return wording.say("A few small steps keep this door open. You choose which.")
    return wording.count(
        steps,
        "{n} small step keeps this door open.",
        "{n} small steps keep this door open. Skip any that don’t fit.",
    )
