"""Closing an opportunity asks how it ended; a no then previews the plan that keeps the door open."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.dates import Toward
from crm.domain.opportunity import AFTER_A_NO, Ending, OpportunityRow
from crm.domain.plan import PlannedStep
from crm.gui.checkins.days import day_field
from crm.gui.opportunities.tone import ToneCard
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, Variant
from crm.gui.widgets.dialogs import Dialog, Question
from crm.gui.widgets.fields import CheckBox, DateField, Radio
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, row

if TYPE_CHECKING:
    from crm.app.plans import Plan


class ClosingDialog(Dialog):
    """How did it end? `closed(Ending)` hears the answer."""

    def __init__(self, opportunity: OpportunityRow, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("How did it end?"),
            parent,
            lead=f"{opportunity.title}, {opportunity.company}".rstrip(", "),
        )
        self.closed: Callable[[Ending], None] | None = None
        self.endings = {ending: Radio(wording.ending(ending)) for ending in Ending}
        for radio in self.endings.values():
            self.body.addWidget(radio)
            radio.toggled.connect(self._on_toggled)
        self._hint = PlainLabel("", "small", "text2", wrap=True)
        self.body.addWidget(self._hint)
        self.add_cancel()
        self.save: Button = self.add_button(self.tr("Close opportunity"), Variant.PRIMARY)
        self.save.clicked.connect(self._on_save_clicked)
        self.endings[Ending.NOT_SELECTED].setChecked(True)
        self.endings[Ending.NOT_SELECTED].setFocus()

    @property
    def ending(self) -> Ending:
        """The answer that is chosen."""
        return next(ending for ending, radio in self.endings.items() if radio.isChecked())

    def _on_toggled(self, on: bool) -> None:
        if not on:
            return
        no = self.ending in AFTER_A_NO
        self._hint.setText(
            self.tr("Next you see a plan of small steps. You choose which of them.") if no else ""
        )

    def _on_save_clicked(self) -> None:
        ending = self.ending
        self.accept()
        if self.closed is not None:
            self.closed(ending)


class PlanDialog(Dialog):
    """A plan before it starts: each step may be left out or moved. `started(steps)` hears those that stay."""

    def __init__(self, plan: "Plan", today: date, parent: QWidget | None = None) -> None:
        super().__init__(plan.playbook.title, parent, width=620)
        self.started: Callable[[Sequence[PlannedStep]], None] | None = None
        self.lines = tuple(_PlanLine(step, today) for step in plan.steps)
        if plan.playbook.id == "after_no":
            tone = ToneCard()
            tone.show_offer(len(plan.steps))
            self.body.addWidget(tone)
        if plan.known:
            words = wording.count(
                plan.known, "{n} step is planned already.", "{n} steps are planned already."
            )
            self.body.addWidget(PlainLabel(words, "small", "text2", wrap=True))
        for line in self.lines:
            self.body.addWidget(line)
            line.tick.toggled.connect(self._on_toggled)
        self.add_cancel(self.tr("Not now"))
        self.save = self.add_button("", Variant.PRIMARY)
        self.save.clicked.connect(self._on_save_clicked)
        self.resize(px(620), min(px(720), self.maximumHeight()))
        self._on_toggled()

    @property
    def steps(self) -> tuple[PlannedStep, ...]:
        """The steps as they stand in the dialog."""
        return tuple(line.chosen for line in self.lines)

    def _on_toggled(self) -> None:
        number = sum(line.tick.isChecked() for line in self.lines)
        self.save.set_label(wording.count(number, "Plan {n} step", "Plan {n} steps"))
        self.save.setEnabled(number > 0)

    def _on_save_clicked(self) -> None:
        wrong = next((line for line in self.lines if line.wrong), None)
        if wrong is not None:
            self.show_problem(self.tr("“{words}” isn’t a day.").format(words=wrong.words))
            return
        steps = self.steps
        self.accept()
        if self.started is not None:
            self.started(steps)


def lingering_question(steps: int) -> Question:
    """Return the question whether steps of earlier plans still fit."""
    body = wording.count(
        steps,
        "{n} step of an earlier after-a-no plan is open. The people stay in touch either way.",
        "{n} steps of earlier after-a-no plans are open. The people stay in touch either way.",
    )
    label = wording.count(steps, "Let {n} step go", "Let {n} steps go")
    return Question(wording.say("Do these steps still fit?"), body, label, cancel=wording.say("Keep them"))


class _PlanLine(QWidget):
    """One step of the preview: a tick with its words, and its day."""

    def __init__(self, step: PlannedStep, today: date) -> None:
        super().__init__()
        self._step = step
        self.tick = CheckBox(step.title, checked=step.included)
        self.day: DateField | None = None
        line = add(row(self, gap=12), (self.tick, 1))
        if step.on is None:
            words = PlainLabel(self.tr("after the step before"), "small", "text2")
            line.addWidget(words)
            return
        self.day = day_field(step.on, today=today, toward=Toward.FUTURE, parent=self)
        self.day.setAccessibleName(self.tr("Day of: {step}").format(step=step.title))
        self.day.setFixedWidth(px(220))
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
