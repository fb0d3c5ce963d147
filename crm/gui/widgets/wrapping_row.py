"""A row of a card whose words wrap: as high as they need at the width there is."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm.gui.theme import px
from crm.gui.widgets.cards import CardRow


class WrappingRow(CardRow):
    """A layout asks for the height at no less than the minimal width, so that one must be small."""

    def __init__(self, key: int, sentence: str, *, height: int, parent: QWidget | None = None) -> None:
        super().__init__(key, sentence, height=height, parent=parent)
        # A button would take the width of its words in one line as its least.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), self.minimumHeight())
