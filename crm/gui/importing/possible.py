"""A record that may be someone already there: side by side, one choice per differing field, and what to do with it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.importplan import Candidate, Choice, Decision, PlanLine
from crm.gui.importing import work
from crm.gui.paint import Face
from crm.gui.side_lines import side_line
from crm.gui.widgets.buttons import Button, IconButton, LinkButton, Variant
from crm.gui.widgets.fields import Select
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import Icon, PlainLabel
from crm.gui.widgets.layouts import add, boxed, clear, column, row
from crm.gui.widgets.side_by_side import SideBySide, SideHead
from crm.wording.speech import shortened

if TYPE_CHECKING:
    from crm.app.importing import ImportPlan

_KNOWN, _READ = 0, 1  # the columns
_NAME = 14  # letters of a first name on a button
_LEFT = Qt.AlignmentFlag.AlignLeft


class PossibleCard(QWidget):
    """`decided(object)` tells the `Decision`, or None to take it back; `next_requested()` wishes the next one."""

    decided = Signal(object)
    next_requested = Signal()

    def __init__(self, plan: "ImportPlan", line: PlanLine, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan, self._line = plan, line
        decision = line.decision
        self._candidate = (decision.candidate if decision else None) or line.candidates[0]
        self._build_ui(place)
        self._show_candidate()

    @property
    def merging(self) -> Decision:
        """What merging with these choices would be."""
        taken = (key for key, at in self.columns.taken.items() if at == _READ)
        return Decision(Choice.MERGE, self._candidate, frozenset(taken))

    def _build_ui(self, place: str) -> None:
        self.following = IconButton("chevron-right", self.tr("Next possible duplicate"), size=28)
        self.following.clicked.connect(self.next_requested)
        head = add(
            row(gap=8), Icon("copy", "warn", 18), PlainLabel(self.tr("Possible duplicate"), "bodyStrong"),
            PlainLabel(place, "small", "text2", tabular=True), None, self.following,
        )  # fmt: skip
        self._why = PlainLabel("", "small", "text2", wrap=True)
        self.columns = SideBySide(self.tr("The two people"))
        self.columns.chosen.connect(self._on_field_chosen)
        self._buttons = column(gap=6)
        lines = add(column(self, gap=10), boxed(head), self._why)
        if len(self._line.candidates) > 1:
            self.whom = Select([(one, one.name) for one in self._line.candidates])
            self.whom.setAccessibleName(self.tr("Whom to compare with"))
            self.whom.choose(self._candidate)
            self.whom.chosen.connect(self._on_candidate_chosen)
            add(lines, self.whom)
        add(lines, self.columns, boxed(self._buttons))

    def _show_candidate(self) -> None:
        candidate, line = self._candidate, self._line
        why = wording.likeness(candidate.reasons)
        said = self.tr("{why}. Pick what to keep, or keep both.")
        self._why.setText(said.replace("{why}", why))
        known = (
            self.tr("Already here") if candidate.person_id is not None else self.tr("Earlier in this file")
        )
        heads = (
            SideHead(Face(candidate.name), known),
            SideHead(Face(line.name), self.tr("In this file")),
        )
        decision = line.decision
        chosen = decision.take if decision is not None and decision.candidate == candidate else frozenset()
        lines = [side_line(one) for one in work.compare(self._plan, line.index, candidate)]
        self.columns.show_records(
            heads, lines, {one.key: _READ if one.key in chosen else _KNOWN for one in lines}
        )
        self._show_buttons(candidate)

    def _show_buttons(self, candidate: Candidate) -> None:
        """Offer what can be done; once something was chosen say what, and offer to take it back."""
        clear(self._buttons)
        decision = self._line.decision
        if decision is not None:
            self.back = LinkButton(self.tr("Undo this choice"))
            self.back.clicked.connect(lambda: self.decided.emit(None))
            said = PlainLabel(self._told(decision), "smallStrong", wrap=True)
            add(self._buttons, said, (self.back, _LEFT))
            return
        first = next(iter(candidate.name.split()), candidate.name)
        into = self.tr("Merge into {name}").replace("{name}", shortened(first, _NAME))
        self.merge = Button(into, Variant.TINT, icon="git-merge", tooltip=self.tr("Merge (G)"))
        self.merge.clicked.connect(lambda: self.decided.emit(self.merging))
        self.both = self._button(Choice.KEEP_BOTH, Variant.PLAIN)
        self.skip = self._button(Choice.SKIP, Variant.PLAIN)
        self.never = self._button(Choice.ALWAYS_SKIP, Variant.GHOST)
        add(self._buttons, Flow(self.merge, self.both), Flow(self.skip, self.never))

    def _button(self, choice: Choice, variant: Variant) -> Button:
        made = Button(wording.choice(choice), variant)
        made.clicked.connect(lambda: self.decided.emit(Decision(choice)))
        return made

    def _told(self, decision: Decision) -> str:
        if decision.choice is Choice.MERGE and decision.candidate is not None:
            return self.tr("Will be merged into {name}.").replace("{name}", decision.candidate.name)
        return {
            Choice.KEEP_BOTH: self.tr("Both are kept, and remembered as not the same."),
            Choice.SKIP: self.tr("Left out of this import."),
            Choice.ALWAYS_SKIP: self.tr("Left out of this import and every later one."),
        }[decision.choice]

    def _on_candidate_chosen(self, candidate: object) -> None:
        if isinstance(candidate, Candidate):
            self._candidate = candidate
            self._show_candidate()

    def _on_field_chosen(self, _key: str, _at: int) -> None:
        """Let a choice of a field change a merge that is decided already."""
        decision = self._line.decision
        if decision is not None and decision.choice is Choice.MERGE:
            self.decided.emit(self.merging)
