"""A row of a card whose words wrap: as high as they need at the width there is."""

from PySide6.QtCore import QSize

from crm.gui.theme import px
from crm.gui.widgets.cards import CardRow


class WrappingRow(CardRow):
    """A layout asks for the height at no less than the minimal width, so that one must be small."""

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), self.minimumHeight())
