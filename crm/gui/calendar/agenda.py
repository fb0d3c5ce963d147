"""The days ahead as a list: each day that has something, with all of it."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm import wording
from crm.domain.schedule import Scheduled
from crm.gui.calendar import words
from crm.gui.widgets.cards import CardRow, RowCard
from crm.gui.widgets.empty_state import EmptyState
from crm.gui.widgets.labels import ElidedLabel, IconTile, PlainLabel
from crm.gui.widgets.layouts import add, clear, column, scrolled

MOST = 100
_MOVES = {
    "Ctrl+Shift+Left": -1,
    "Ctrl+Shift+Right": +1,
    "Ctrl+Shift+Up": -7,
    "Ctrl+Shift+Down": +7,
}  # as in the grid


class Agenda(QWidget):
    """`opened(int)` an event by its number, `menu_requested(int, QPoint)`, `move_requested(int, int)` by so many days."""

    opened = Signal(int)
    menu_requested = Signal(int, QPoint)
    move_requested = Signal(int, int)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._cards: list[RowCard] = []
        inner = QWidget()
        self._days = column(inner, (0, 0, 0, 16), 8)
        add(column(self), scrolled(inner, words.tr("Agenda")))
        for keys, days in _MOVES.items():
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(partial(self._shift, days))

    @property
    def first(self) -> QWidget | None:
        """The row that takes the focus."""
        return self._cards[0].rows[0] if self._cards else None

    @property
    def current(self) -> int | None:
        """The number of the event that has the focus."""
        for card in self._cards:
            if card.current is not None and card.current.hasFocus():
                return card.current.key
        return None

    def show_items(self, items: Sequence[tuple[int, Scheduled]], until: date) -> None:
        """Show these events, each with its number, by day."""
        clear(self._days)
        self._cards = []
        today = self._today()
        by_day: dict[date, list[CardRow]] = {}
        for number, one in items[:MOST]:
            by_day.setdefault(one.stands_on(today), []).append(self._row(number, one))
        for on, rows in by_day.items():
            head = wording.full_day(on)
            if abs((on - today).days) <= 1:
                head = wording.say("{day} · {date}", day=wording.day(on, today), date=head)
            card = RowCard(words.day_sentence(on, len(rows)))
            card.set_rows(rows)
            card.opened.connect(self.opened)
            card.menu_requested.connect(self.menu_requested)
            self._cards.append(card)
            add(self._days, PlainLabel(head, "bodyStrong"), card, 8)
        if not items:
            body = words.tr("Choose how often to check in with somebody, or add a next step.")
            title = wording.say(words.tr("Nothing planned until {day}"), day=wording.full_day(until))
            add(self._days, EmptyState("calendar-days", title, body), None)
            return
        more = len(items) - MOST
        tail = wording.say(words.tr("Nothing more until {day}."), day=wording.full_day(until))
        if more > 0:
            tail = wording.count(more, "{n} more event", "{n} more events")
        add(self._days, PlainLabel(tail, "small", "text3"), None)

    def _shift(self, days: int) -> None:
        """Ask for the event that has the focus to be moved by so many days."""
        if (number := self.current) is not None:
            self.move_requested.emit(number, -days if self.isRightToLeft() and abs(days) == 1 else days)

    def _row(self, number: int, one: Scheduled) -> CardRow:
        title, description = wording.calendar_text(one.source)
        line = CardRow(number, words.sentence(one, self._today()), height=60)
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        said = " · ".join(part for part in description.splitlines() if part)
        texts = add(column(gap=1), ElidedLabel(title, "bodyMedium"))
        if said:
            add(texts, ElidedLabel(said, "small", "text2"))
        tone = words.TONES[one.kind]
        add(line.body, IconTile(words.ICONS[one.kind], tone, 32, 16), 12, (texts, 1), 12)
        when = words.hour(one) or (words.tr("Overdue") if one.on < one.stands_on(self._today()) else "")
        if when:
            line.body.addWidget(PlainLabel(when, "small", "text2", tabular=True))
        return line
