"""The first events of a calendar file as they will stand there, and how many there are."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.calendar import CalendarEntry
from crm.gui.export.choices import clock
from crm.gui.widgets.cards import Card, CardKind
from crm.gui.widgets.labels import ElidedLabel, Icon, PlainLabel
from crm.gui.widgets.layouts import add, clear, column, row

_SHOWN = 3


class Preview(Card):
    """Shows events; `empty` words say why there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(CardKind.FLAT, parent)
        self.setAccessibleName(self.tr("Preview"))
        self._count = PlainLabel(self.tr("Preview"), "captionMedium", "text2", tabular=True)
        self._lines = column(None, gap=8)
        self._changed = PlainLabel("", "small", "accent_text", wrap=True)
        self._changed.hide()
        layout = add(column(self, (14, 10, 14, 12), 8), self._count, self._changed)
        layout.addLayout(self._lines)

    @property
    def count(self) -> str:
        """What it says of the number."""
        return self._count.text()

    def show_entries(
        self, entries: Sequence[CalendarEntry], today: date, empty: str, changed: str = ""
    ) -> None:
        """Show the first of these, and what changed since the last export."""
        self._changed.setText(changed)
        self._changed.setVisible(bool(changed))
        clear(self._lines)
        number = wording.count(len(entries), "{n} event", "{n} events")
        self._count.setText(wording.say("{title} · {number}", title=self.tr("Preview"), number=number))
        for entry in entries[:_SHOWN]:
            add(self._lines, self._line(entry, today))
        more = len(entries) - _SHOWN
        if not entries:
            add(self._lines, PlainLabel(empty, "body", "text2", wrap=True))
        elif more > 0:
            add(
                self._lines,
                PlainLabel(wording.count(more, "… and {n} more", "… and {n} more"), "small", "text3"),
            )

    def _line(self, entry: CalendarEntry, today: date) -> QWidget:
        made = QWidget()
        starts = entry.starts_at.astimezone()
        when = wording.day(entry.whole_day or starts.date(), today)
        if entry.whole_day is None:
            when = f"{when}, {clock(starts.time())}"
        icon = Icon("alarm-clock" if entry.alarms else "calendar-days", "info", 16)
        head = row(None, gap=8)
        add(head, icon, (ElidedLabel(entry.summary, "bodyMedium"), 1), PlainLabel(when, "small", "text2"))
        layout = add(column(made, gap=1), head)
        if entry.description:
            said = " · ".join(line for line in entry.description.splitlines() if line)
            add(layout, add(row(None, (24, 0, 0, 0)), (ElidedLabel(said, "small", "text2"), 1)))
        return made
