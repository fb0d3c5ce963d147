"""The first people of an export, and how many they are."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.person import PersonRow
from crm.gui.widgets.cards import Card, CardKind
from crm.gui.widgets.labels import ElidedLabel, Icon, PlainLabel
from crm.gui.widgets.layouts import add, clear, column, row

if TYPE_CHECKING:
    from crm.app.exporting import ExportPreview


class Preview(Card):
    """Shows who goes out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(CardKind.FLAT, parent)
        self.setAccessibleName(self.tr("Preview"))
        self._count = PlainLabel(self.tr("Preview"), "captionMedium", "text2", tabular=True)
        self._lines = column(None, gap=8)
        add(column(self, (14, 10, 14, 12), 8), self._count).addLayout(self._lines)

    @property
    def count(self) -> str:
        """What it says of the number."""
        return self._count.text()

    def show_people(self, found: "ExportPreview") -> None:
        """Show the first of them."""
        clear(self._lines)
        number = wording.people_count(found.people)
        self._count.setText(wording.say("{title} · {number}", title=self.tr("Preview"), number=number))
        for one in found.first:
            add(self._lines, self._line(one))
        more = found.people - len(found.first)
        if not found.people:
            add(self._lines, PlainLabel(self.tr("Nobody here to export."), "body", "text2", wrap=True))
        elif more > 0:
            words = wording.count(more, "… and {n} more", "… and {n} more")
            add(self._lines, PlainLabel(words, "small", "text3"))

    def _line(self, one: PersonRow) -> QWidget:
        made = QWidget()
        work = ", ".join(filter(None, (one.title, one.company)))
        head = row(made, gap=8)
        add(
            head,
            Icon("user", "info", 16),
            ElidedLabel(one.name, "bodyMedium"),
            (ElidedLabel(work, "small", "text2"), 1),
        )
        return made
