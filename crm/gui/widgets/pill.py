"""A pill: a short state in its tone, always with words. `Pill("6 days overdue", "bad", icon="triangle-alert")`."""

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from crm.gui import paint
from crm.gui.paint import Tag
from crm.gui.theme import px
from crm.gui.widgets.labels import PlainLabel


class Pill(PlainLabel):
    """Says a state; does nothing when clicked."""

    def __init__(
        self, label: str, tone: str = "neutral", *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("", "captionMedium", parent=parent)
        self.set_tag(Tag(label, tone, icon))

    def set_tag(self, tag: Tag) -> None:
        """Say something else."""
        self._tag = tag
        self.setText(tag.label)
        self.setFixedSize(paint.pill_width(tag.label, tag.icon) + 1, px(22))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with paint.Mirror.on(self) as m:
            paint.pill(m, 0.5, self.height() / 2, self._tag, self.height() - 1)
