"""A plan before it starts: a line for each of its steps, which may be left out or moved, for everybody or one by one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.dates import Toward
from crm.domain.plan import AFTER_NO, PlannedStep, grouped
from crm.gui import text
from crm.gui.checkins.days import day_field
from crm.gui.opportunities.tone import ToneCard
from crm.gui.theme import px
from crm.gui.widgets.buttons import LinkButton, Size, Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import CheckBox, DateField
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row

if TYPE_CHECKING:
    from crm.app.plans import Plan

_DAY_WIDTH = 220


class PlanDialog(Dialog):
    """Each step may be left out or moved. `started(steps)` hears those that stay."""

    def __init__(self, plan: "Plan", today: date, parent: QWidget | None = None) -> None:
        super().__init__(plan.playbook.title, parent, width=620)
        self.started: Callable[[Sequence[PlannedStep]], None] | None = None
        self.groups = tuple(
            _Group(wording.group_title(plan.facts, steps), steps, today) for steps in grouped(plan.steps)
        )
        if plan.playbook.id == AFTER_NO:
            tone = ToneCard()
            tone.show_offer(len(self.groups))
            self.body.addWidget(tone)
        if plan.known:
            words = wording.count(
                plan.known, "{n} step is planned already.", "{n} steps are planned already."
            )
            self.body.addWidget(PlainLabel(words, "small", "text2", wrap=True))
        for group in self.groups:
            self.body.addWidget(group)
        for line in self.lines:
            line.tick.toggled.connect(self._on_toggled)
        self.add_cancel(self.tr("Not now"))
        self.save = self.add_button(self.tr("Start plan"), Variant.PRIMARY)
        self.save.clicked.connect(self._on_save_clicked)
        self.resize(px(620), min(px(720), self.maximumHeight()))
        self._on_toggled()

    @property
    def lines(self) -> tuple["_Line", ...]:
        """A line for each step there would be."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def steps(self) -> tuple[PlannedStep, ...]:
        """The steps as they stand in the dialog."""
        return tuple(line.chosen for line in self.lines)

    def _on_toggled(self) -> None:
        self.save.setEnabled(any(line.tick.isChecked() for line in self.lines))

    def _on_save_clicked(self) -> None:
        wrong = next((group for group in self.groups if group.wrong), None)
        if wrong is not None:
            wrong.unfold()
            self.show_problem(self.tr("“{words}” isn’t a day.").format(words=wrong.wrong))
            return
        steps = self.steps
        self.accept()
        if self.started is not None:
            self.started(steps)


class _Group(QWidget):
    """A step of the plan. One that is for several people, or comes several times, folds its lines away."""

    def __init__(self, title: str, steps: Sequence[PlannedStep], today: date) -> None:
        super().__init__()
        layout = column(self, gap=6)
        if len(steps) == 1:
            self.lines: tuple[_Line, ...] = (_Line(steps[0], title, today),)
            layout.addWidget(self.lines[0])
            return
        self.lines = tuple(
            _Line(step, words, today) for step, words in zip(steps, _parts(steps), strict=True)
        )
        self.tick = CheckBox("", checked=any(step.included for step in steps))
        self.tick.setAccessibleName(title)
        self.fold = LinkButton(self.tr("Each on its own"), size=Size.SMALL)
        self.fold.setAccessibleName(wording.say("Each on its own: {step}", step=title))
        days = PlainLabel(wording.group_days(steps, today), "small", "text2", wrap=True)
        words = boxed(add(column(gap=1), _Words(title, self.tick), days))
        add(layout, boxed(add(row(gap=10), self.tick, (words, 1), self.fold)))
        self._each = boxed(add(column(None, (34, 0, 0, 4), gap=6), *self.lines))
        self._each.hide()
        layout.addWidget(self._each)
        self.tick.clicked.connect(self._on_tick_clicked)
        self.fold.clicked.connect(self.unfold)
        for line in self.lines:
            line.tick.toggled.connect(self._on_line_toggled)

    @property
    def wrong(self) -> str:
        """What is typed as a day and is none, "" where all are."""
        return next((line.words for line in self.lines if line.wrong), "")

    def unfold(self) -> None:
        """Show a line for each."""
        if len(self.lines) > 1:
            self._each.show()
            self.fold.hide()
            self.lines[0].tick.setFocus()

    def _on_tick_clicked(self, on: bool) -> None:
        for line in self.lines:
            line.tick.setChecked(on)

    def _on_line_toggled(self) -> None:
        self.tick.setChecked(any(line.tick.isChecked() for line in self.lines))


class _Line(QWidget):
    """A tick with its words, and its day."""

    def __init__(self, step: PlannedStep, words: str, today: date) -> None:
        super().__init__()
        self._step = step
        self.tick = CheckBox("", checked=step.included)
        self.tick.setAccessibleName(step.title)
        self.day: DateField | None = None
        line = add(row(self, gap=10), self.tick, (_Words(words, self.tick), 1))
        if step.on is None:
            line.addWidget(PlainLabel(wording.group_days((step,), today), "small", "text2"))
            return
        self.day = day_field(step.on, today=today, toward=Toward.FUTURE, parent=self)
        self.day.setAccessibleName(self.tr("Day of: {step}").format(step=step.title))
        self.day.setFixedWidth(px(_DAY_WIDTH))
        add(line, (self.day, Qt.AlignmentFlag.AlignVCenter))
        self.tick.toggled.connect(self.day.setEnabled)

    @property
    def wrong(self) -> bool:
        """Whether the day can't be read."""
        return self.tick.isChecked() and self.day is not None and self.day.value is None

    @property
    def words(self) -> str:
        """What is typed as the day."""
        return self.day.line.text() if self.day is not None else ""

    @property
    def chosen(self) -> PlannedStep:
        """The step as the user left it."""
        on = self.day.value if self.day is not None else None
        step = self._step.moved(on) if on is not None and on != self._step.on else self._step
        return replace(step, included=self.tick.isChecked())


class _Words(PlainLabel):
    """The words of a tick, which wrap; a click on them is one on the tick."""

    def __init__(self, words: str, tick: CheckBox) -> None:
        super().__init__(text.breakable(words), "body", wrap=True)
        self._tick = tick

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._tick.click()


def _parts(steps: Sequence[PlannedStep]) -> list[str]:
    """Return what tells the lines of a group apart: their people, else which time it is."""
    if len({step.person for step in steps}) == len(steps):
        return [step.name for step in steps]
    return [
        wording.say("{n} of {all}", n=number, all=len(steps)) for number, _step in enumerate(steps, start=1)
    ]
