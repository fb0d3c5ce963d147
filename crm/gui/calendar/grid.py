"""Weeks of days with what stands on them, and how full each week is. Arrows go from day to day."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from crm import wording
from crm.domain.calendar import EventKind
from crm.domain.schedule import Scheduled
from crm.gui import paint, theme
from crm.gui.calendar import words
from crm.gui.calendar.chip import EventChip
from crm.gui.calendar.day_cell import DayCell
from crm.gui.theme import px
from crm.gui.widgets.cards import Card
from crm.gui.widgets.labels import PlainLabel

_LOAD_WIDTH = 76
_LOADS_FROM = 720
_MOST_CHIPS = 30  # more never fit; the list shows them all
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: +1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: +7,
}
_TURNS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: +1}


class WeekLoad(QWidget):
    """How many check-ins a week has of those the user wants at most: a bar and words."""

    def __init__(self, check_ins: int, per_week: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = min(1.0, check_ins / per_week) if per_week else 0.0
        self._full = check_ins > per_week
        self._words = words.load(check_ins, per_week)
        self.setAccessibleName(wording.say(words.tr("{load} check-ins this week"), load=self._words))
        self.setFixedWidth(px(_LOAD_WIDTH))

    def sizeHint(self) -> QSize:
        return QSize(px(_LOAD_WIDTH), px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tone = "warn" if self._full else "text2"
        with paint.Mirror.on(self) as m:
            line = theme.line("caption")
            room = QRectF(px(10), px(6), self.width() - px(20), line)
            paint.text(m, room, self._words, paint.Style("caption", tone, tabular=True, elide=False))
            bar = QRectF(room.x(), room.bottom() + px(4), room.width(), px(4))
            paint.box(m, bar, px(2), "hairline2")
            done = QRectF(bar.x(), bar.y(), bar.width() * self._share, bar.height())
            paint.box(m, done, px(2), "warn_solid" if self._full else "accent")


class Grid(Card):
    """`opened(int)` an event by its number, `move_requested(int, date)`, `menu_requested(int, QPoint)`.

    `day_chosen(date)`, maybe one beyond the edge; `day_opened(date)` to see all of a day; `turn_requested(int)` a page on, or back.
    """

    opened = Signal(int)
    move_requested = Signal(int, object)
    menu_requested = Signal(int, QPoint)
    day_chosen = Signal(object)
    day_opened = Signal(object)
    turn_requested = Signal(int)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._today = today
        self._cells: dict[date, DayCell] = {}
        self._loads: list[QWidget] = []
        self._current: date | None = None
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(1, 1, 1, 1)
        self._layout.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def current(self) -> DayCell | None:
        """The day the keyboard is on."""
        return self._cells.get(self._current) if self._current is not None else None

    def cell(self, on: date) -> DayCell:
        """Return a day that shows."""
        return self._cells[on]

    def show_days(self, first: date, weeks: int, *, month: int | None = None) -> None:
        """Show so many weeks from `first` on; days of another month than `month` stand back."""
        self._clear()
        for column in range(7):
            name = PlainLabel(wording.weekday(first + timedelta(days=column)), "captionMedium", "text2")
            name.setAlignment(Qt.AlignmentFlag.AlignCenter)
            name.setMinimumHeight(px(28))
            self._layout.addWidget(name, 0, column)
            self._layout.setColumnStretch(column, 1)
        for number in range(weeks * 7):
            on = first + timedelta(days=number)
            cell = DayCell(on, self._today(), dim=month is not None and on.month != month)
            cell.chosen.connect(self._day_teller(on))
            cell.more_requested.connect(lambda on=on: self.day_opened.emit(on))
            cell.dropped.connect(lambda event, on=on: self.move_requested.emit(event, on))
            self._cells[on] = cell
            self._layout.addWidget(cell, 1 + number // 7, number % 7)
            cell.show()  # at once, not with the next layout: only what shows can take the focus
        for week in range(8):
            self._layout.setRowStretch(week, 1 if 1 <= week <= weeks else 0)

    def show_items(
        self, items: Sequence[tuple[int, Scheduled]], per_week: int, check_ins: Sequence[date]
    ) -> None:
        """Show events, each with its number, on their days; `check_ins` are the days of all check-ins, for the loads."""
        today = self._today()
        focused = self._focused_event()
        by_day: dict[date, list[tuple[int, Scheduled]]] = {}
        for number, one in items:
            by_day.setdefault(one.stands_on(today), []).append((number, one))
        for on, cell in self._cells.items():
            there = by_day.get(on, [])
            cell.set_chips([self._chip(*one) for one in there[:_MOST_CHIPS]], len(there))
        self._show_loads(per_week, check_ins)
        self._mark_current()
        self._focus_again(focused)

    def choose(self, on: date, *, focus: bool = False) -> None:
        """Put the keyboard on a day that shows."""
        self._current = on
        self._mark_current()
        if focus and (cell := self.current) is not None:
            cell.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _TURNS and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.turn_requested.emit(_TURNS[key])
            return
        step = _STEPS.get(key)
        if step is None or event.modifiers() != Qt.KeyboardModifier.NoModifier or self._current is None:
            super().keyPressEvent(event)
            return
        days = -step if self.isRightToLeft() and abs(step) == 1 else step
        self.day_chosen.emit(self._current + timedelta(days=days))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for load in self._loads:
            load.setVisible(self._roomy())

    def _roomy(self) -> bool:
        return self.width() >= px(_LOADS_FROM)

    def _show_loads(self, per_week: int, check_ins: Sequence[date]) -> None:
        for load in self._loads:
            load.hide()
            load.deleteLater()
        head = PlainLabel(words.tr("Check-ins"), "captionMedium", "text2")
        head.setContentsMargins(px(10), 0, 0, 0)
        self._loads = [head]
        self._layout.addWidget(head, 0, 7)
        starts = list(self._cells)[::7]
        for place, start in enumerate(starts):
            count = sum(start <= on < start + timedelta(days=7) for on in check_ins)
            load = WeekLoad(count, per_week)
            self._loads.append(load)
            self._layout.addWidget(load, 1 + place, 7)
        for load in self._loads:
            load.setVisible(self._roomy())

    def _chip(self, number: int, one: Scheduled) -> EventChip:
        chip = EventChip(one, number, words.sentence(one, self._today()))
        chip.clicked.connect(lambda: self.opened.emit(number))
        chip.menu_requested.connect(lambda spot: self.menu_requested.emit(number, spot))
        stands = one.stands_on(self._today())
        chip.moved.connect(lambda days: self.move_requested.emit(number, stands + timedelta(days=days)))
        return chip

    def _focused_event(self) -> tuple[EventKind, int] | None:
        """Return which event has the focus: it stays there when it moves."""
        held = self.window().focusWidget()
        return (
            (held.one.kind, held.one.record)
            if isinstance(held, EventChip) and self.isAncestorOf(held)
            else None
        )

    def _focus_again(self, event: tuple[EventKind, int] | None) -> None:
        if event is None:
            return
        for on, cell in self._cells.items():
            for chip in cell.chips:
                if (chip.one.kind, chip.one.record) == event:
                    self.choose(on)
                    chip.setFocus(Qt.FocusReason.OtherFocusReason)
                    return
        self.choose(self._current or self._today(), focus=True)

    def _mark_current(self) -> None:
        for on, cell in self._cells.items():
            cell.set_reachable(on == self._current)

    def _day_teller(self, on: date) -> Callable[[], None]:
        return lambda: self.day_chosen.emit(on)

    def _clear(self) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._cells, self._loads = {}, []
