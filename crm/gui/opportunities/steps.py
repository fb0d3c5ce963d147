"""The steps of one opportunity: tick one off, let it go, move it to another day."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from crm import wording
from crm.domain.plan import StepRow, StepState
from crm.gui import text
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, CheckCircle, IconButton, Size
from crm.gui.widgets.cards import RowCard
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row
from crm.gui.widgets.menus import MenuItem, add_item, menu
from crm.gui.widgets.wrapping_row import WrappingRow

LESSON = "lesson"  # the purpose of the step that a lesson does


class StepLine(WrappingRow):
    """One step. `ticked(int)`, `acted(str, int)`: write or skip, `more_asked(int, QPoint)`."""

    ticked = Signal(int)
    acted = Signal(str, int)
    more_asked = Signal(int, QPoint)

    def __init__(
        self, step: StepRow, today: date, *, writes: bool = False, parent: QWidget | None = None
    ) -> None:
        when, tone = wording.step_when(step, today)
        super().__init__(step.id, f"{step.title}. {when}.", height=56, parent=parent)
        self.step = step
        is_open = step.state is StepState.OPEN
        name = self.tr("Done: {step}") if is_open else self.tr("Open again: {step}")
        self.tick = CheckCircle(name.format(step=step.title), done=step.state is StepState.DONE)
        self.tick.clicked.connect(self._on_tick_clicked)
        title = PlainLabel(
            text.breakable(step.title),
            "bodyStrong" if is_open else "body",
            "" if is_open else "text2",
            wrap=True,
        )
        words = boxed(
            add(column(margins=(0, 8, 0, 8), gap=1), title, PlainLabel(when, "small", tone, wrap=True))
        )
        self.body.setContentsMargins(px(8), 0, px(6), 0)
        self.body.setSpacing(px(10))
        add(self.body, (self.tick, Qt.AlignmentFlag.AlignVCenter), (words, 1))
        self.more = IconButton("ellipsis", self.tr("More about {step}").format(step=step.title), size=28)
        self.more.clicked.connect(self._on_more_clicked)
        buttons = row(gap=4)
        if is_open and step.due_on is not None and step.due_on <= today:
            act, label = ("write", self.tr("Write…")) if writes else ("skip", self.tr("Skip"))
            button = Button(label, size=Size.SMALL)
            button.setAccessibleName(f"{label}: {step.title}")
            button.clicked.connect(lambda: self.acted.emit(act, self.key))
            buttons.addWidget(button)
        self.body.addWidget(boxed(add(buttons, self.more)))

    def _on_tick_clicked(self) -> None:
        self.ticked.emit(self.key)

    def _on_more_clicked(self) -> None:
        self.more_asked.emit(self.key, self.more.mapToGlobal(QPoint(0, self.more.height())))


class StepList(RowCard):
    """Steps by day. `acted(str, int)` tells what is asked of which: done, reopen, skip, redate, delete, log, write."""

    acted = Signal(str, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, inset=46, parent=parent)
        self._messages: frozenset[str] = frozenset()
        self.opened.connect(self._on_opened)
        self.menu_requested.connect(self._show_menu)

    def show_steps(
        self, steps: Sequence[StepRow], today: date, messages: frozenset[str] = frozenset()
    ) -> None:
        """Show these steps, and which of them a message does; the keyboard stays where it was."""
        self._messages = messages
        lines = [StepLine(step, today, writes=self._writes(step)) for step in steps]
        for line in lines:
            line.ticked.connect(self._on_ticked)
            line.acted.connect(self.acted)
            line.more_asked.connect(self._show_menu)
        self.setVisible(bool(lines))
        self.set_rows(lines)

    def _writes(self, step: StepRow) -> bool:
        return step.purpose == LESSON or (step.person is not None and step.purpose in self._messages)

    def _step(self, key: int) -> StepRow | None:
        lines = (line for line in self.rows if isinstance(line, StepLine))
        return next((line.step for line in lines if line.key == key), None)

    def _on_ticked(self, key: int) -> None:
        step = self._step(key)
        if step is not None:
            self.acted.emit("done" if step.state is StepState.OPEN else "reopen", key)

    def _on_opened(self, key: int) -> None:
        line = next((line for line in self.rows if line.key == key), None)
        if line is not None:
            self._show_menu(key, line.mapToGlobal(QPoint(line.width() // 2, line.height() // 2)))

    def _show_menu(self, key: int, spot: QPoint) -> None:
        step = self._step(key)
        if step is None:
            return
        made = menu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if step.state is StepState.OPEN:
            self._item(made, self.tr("Done"), "check", "done", key)
            if self._writes(step):
                to = (
                    self.tr("Write to {who}…").format(who=step.name)
                    if step.name
                    else self.tr("Write it down…")
                )
                self._item(made, to, "mail" if step.name else "lightbulb", "write", key)
            if step.person is not None:
                self._item(made, self.tr("Log touch with {who}…").format(who=step.name), "pencil", "log", key)
            self._item(made, self.tr("Skip"), "skip-forward", "skip", key)
            self._item(made, self.tr("Change day…"), "calendar-clock", "redate", key)
        else:
            self._item(made, self.tr("Open again"), "rotate-ccw", "reopen", key)
        made.addSeparator()
        self._item(made, self.tr("Delete step"), "trash-2", "delete", key)
        made.popup(spot)

    def _item(self, to: QMenu, label: str, icon: str, act: str, key: int) -> None:
        add_item(to, MenuItem(label, icon), lambda: self.acted.emit(act, key))
