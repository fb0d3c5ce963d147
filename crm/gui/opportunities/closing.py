"""Closing an opportunity asks how it ended, and taking a no back says which steps go with it."""

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.opportunity import AFTER_A_NO, Ending, OpportunityRow
from crm.domain.plan import StepRow
from crm.gui.widgets.buttons import Button, Variant
from crm.gui.widgets.dialogs import Dialog, Question
from crm.gui.widgets.fields import Radio
from crm.gui.widgets.labels import PlainLabel

_NAMED = 14


class ClosingDialog(Dialog):
    """How did it end? `closed(Ending)` hears the answer. `steps` are those that go when it wasn't a no after all."""

    def __init__(
        self, opportunity: OpportunityRow, steps: Sequence[StepRow] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(
            self.tr("How did it end?"),
            parent,
            lead=f"{opportunity.title}, {opportunity.company}".rstrip(", "),
        )
        self._steps = steps
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
        chosen = self.endings[opportunity.ending or Ending.NOT_SELECTED]
        chosen.setChecked(True)
        chosen.setFocus()

    @property
    def ending(self) -> Ending:
        """The answer that is chosen."""
        return next(ending for ending, radio in self.endings.items() if radio.isChecked())

    def _on_toggled(self, on: bool) -> None:
        if not on:
            return
        if self.ending in AFTER_A_NO:
            self._hint.setText(self.tr("Next you see a plan of small steps. You choose which of them."))
        else:
            self._hint.setText(going(self._steps))

    def _on_save_clicked(self) -> None:
        ending = self.ending
        self.accept()
        if self.closed is not None:
            self.closed(ending)


def lingering_question(steps: int) -> Question:
    """Return the question whether steps of earlier plans still fit."""
    body = wording.count(
        steps,
        "{n} step of an earlier after-a-no plan is open. The people stay in touch either way.",
        "{n} steps of earlier after-a-no plans are open. The people stay in touch either way.",
    )
    label = wording.count(steps, "Let {n} step go", "Let {n} steps go")
    return Question(wording.say("Do these steps still fit?"), body, label, cancel=wording.say("Keep them"))


def withdrawing_question(steps: Sequence[StepRow], confirm: str) -> Question:
    """Return the question before a no is taken back: which steps of its plan go with it."""
    return Question(wording.say("Take the no back?"), going(steps), confirm)


def going(steps: Sequence[StepRow]) -> str:
    """Return which steps go when a no is taken back, by name; "" where none does."""
    if not steps:
        return ""
    head = wording.count(
        len(steps),
        "{n} step of its plan goes with it, since you haven’t touched it:",
        "{n} steps of its plan go with it, since you haven’t touched them:",
    )
    foot = wording.say("What you did, skipped or moved stays. Undo brings all of it back.")
    titles = Counter(step.title for step in steps)
    names = [title if times == 1 else f"{title} ({times}×)" for title, times in titles.items()]
    more = len(names) - _NAMED
    if more > 1:
        names[_NAMED:] = [wording.count(more, "{n} more", "{n} more")]
    return "\n".join((head, "", *(f"•  {name}" for name in names), "", foot))
