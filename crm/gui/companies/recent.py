"""The touches with people of a company, newest first."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from crm.domain.touch import TouchRow
from crm.gui.companies import words
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.cards import Card, SectionHead
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, clear, column, row
from crm.gui.widgets.timeline import TimelineEntry

SHOWN = 12


class RecentTouches(QWidget):
    """A timeline of a few touches; more show when asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._touches: tuple[TouchRow, ...] = ()
        self._today = date.min
        self._all = False
        self.more = Button(self.tr("Show more"))
        self._none = PlainLabel(
            self.tr("No touches here yet. Log the first one."), "body", "text3", wrap=True
        )
        self._entries = column()
        card = Card()
        inside = column(card, (16, 16, 16, 4), gap=0)
        add(inside, self._entries, self._none, add(row(margins=(0, 0, 0, 12)), self.more, None))
        self._none.setContentsMargins(0, 0, 0, 12)
        add(column(self, gap=12), SectionHead(self.tr("Recent touches here")), card)
        self.more.clicked.connect(self._on_more_clicked)

    def show_touches(self, touches: Sequence[TouchRow], today: date, *, anew: bool) -> None:
        """Show these; `anew` for another company than before."""
        if anew:
            self._all = False
        elif (tuple(touches), today) == (self._touches, self._today):
            return
        self._touches, self._today = tuple(touches), today
        self._show()

    def _show(self) -> None:
        clear(self._entries)
        shown = self._touches if self._all else self._touches[:SHOWN]
        for number, touch in enumerate(shown):
            entry = words.entry(touch, self._today)
            self._entries.addWidget(TimelineEntry(entry, touch.id, last=number == len(shown) - 1))
        self._none.setVisible(not shown)
        self.more.setVisible(len(shown) < len(self._touches))

    def _on_more_clicked(self) -> None:
        self._all = True
        self._show()
