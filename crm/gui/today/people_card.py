"""Short lists of people and touches beside the check-ins: losing touch, and what was done today."""

from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.agenda import TodayCard
from crm.domain.person import PersonRow
from crm.domain.touch import TouchRow
from crm.gui import theme
from crm.gui.checkins.kinds import KIND_ICONS
from crm.gui.theme import px
from crm.gui.today import words
from crm.gui.today.focus_order import follow
from crm.gui.today.lines import PersonLines
from crm.gui.widgets.avatar import Avatar
from crm.gui.widgets.buttons import Button, LinkButton, Size, Variant
from crm.gui.widgets.cards import Card, CardRow, RowCard, SectionHead
from crm.gui.widgets.labels import IconTile
from crm.gui.widgets.layouts import add, clear, column


class LosingTouchCard(Card):
    """Those who slip away. `opened(int)` a person, `plan_asked(PersonRow, QPoint)`, `all` to connect."""

    opened = Signal(int)
    plan_asked = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.all = LinkButton("", size=Size.SMALL)
        self._head = SectionHead(self.tr("Losing touch"), "", self.all)
        self._rows = column()
        self._shown: tuple[tuple[PersonRow, ...], date] | None = None
        head = add(column(margins=(16, 0, 12, 0)), self._head)
        add(column(self, (0, 8, 0, 10), gap=2), head, self._rows, None)

    def show_people(self, card: TodayCard) -> None:
        """Show a few of them, hidden when there are none."""
        self.setVisible(bool(card.losing_touch))
        self.all.set_label(self.tr("See all {n}").format(n=words.number(card.losing_touch_total)))
        self.all.setVisible(card.losing_touch_total > len(card.losing_touch))
        if self._shown != (card.losing_touch, card.on):
            self._shown = (card.losing_touch, card.on)
            clear(self._rows)
            rows = [self._row(person, card.on) for person in card.losing_touch]
            for one in rows:
                self._rows.addWidget(one)
            follow(self.all, rows)

    def _row(self, person: PersonRow, today: date) -> CardRow:
        below = words.last_touch(person, today)
        made = CardRow(int(person.id), f"{person.name}. {below}.", height=52)
        plan = Button(self.tr("Plan"), size=Size.SMALL)
        plan.setAccessibleName(self.tr("Plan check-ins with {who}").format(who=person.name))
        plan.clicked.connect(lambda: self.plan_asked.emit(person, plan.mapToGlobal(QPoint(0, plan.height()))))
        made.body.setContentsMargins(px(16), 0, px(16), 0)
        add(made.body, Avatar(person.name, 32), 10, (PersonLines(person.name, "", below), 1), 8, plan)
        made.set_reachable(True)
        made.clicked.connect(lambda: self.opened.emit(int(person.id)))
        return made


class DoneToday(QWidget):
    """The touches of the day, folded away until asked for. `opened(int)` tells of a person."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = Button("", Variant.GHOST, icon="chevron-right")
        self.head.setCheckable(True)
        self._card = RowCard(self.tr("Done today"), inset=60)
        self._touches: tuple[TouchRow, ...] = ()
        add(column(self, gap=6), (self.head, Qt.AlignmentFlag.AlignLeft), self._card)
        self._card.opened.connect(self._on_row_opened)
        self.head.toggled.connect(self._show_parts)

    def show_touches(self, touches: tuple[TouchRow, ...]) -> None:
        """Show the touches of the day; nothing at all when there are none."""
        if touches != self._touches:
            self._touches = touches
            self._card.set_rows([self._row(touch) for touch in touches])
            follow(self.head, self._card.rows)
        self._show_parts()

    def _show_parts(self) -> None:
        unfolded = self.head.isChecked()
        self.setVisible(bool(self._touches))
        self.head.set_label(self.tr("Done today  {n}").format(n=words.number(len(self._touches))))
        state = self.tr("unfolded") if unfolded else self.tr("folded")
        self.head.setAccessibleName(
            self.tr("Done today, {n}, {state}").format(n=len(self._touches), state=state)
        )
        self.head.setIcon(theme.icon("chevron-down" if unfolded else "chevron-right", "text3"))
        self._card.setVisible(unfolded)

    def _row(self, touch: TouchRow) -> CardRow:
        title = words.touch_done(touch)
        about = touch.note or wording.touch_kind(touch.kind)
        made = CardRow(int(touch.id), f"{title}. {about}", height=56)
        tile = IconTile(KIND_ICONS[touch.kind], "neutral", 32, 16, round=True)
        add(made.body, tile, 12, (PersonLines(title, "", about), 1))
        made.setMinimumHeight(px(56))
        return made

    def _on_row_opened(self, key: int) -> None:
        touch = next((one for one in self._touches if one.id == key), None)
        if touch is not None and touch.people:
            self.opened.emit(int(touch.people[0][0]))
