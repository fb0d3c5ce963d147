"""Choosing about possible duplicates in the review: one by one, several at once, by keys, and back again."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from crm.domain.importplan import Candidate, Choice, Decision, Verdict
from crm.gui.importing.bulk import ChoiceBar
from crm.gui.importing.work import Decisions
from crm.gui.session import Session
from crm.gui.widgets.big_list import BigList
from crm.wording import say

if TYPE_CHECKING:
    from crm.app.importing import ImportPlan


class Deciding(QObject):
    """`decided(object)` tells `Decisions`, `undo_requested()` that the last wish should be taken back.

    D goes to the next possible duplicate, G merges, B keeps both; Ctrl+Z takes the last choice or tick back.
    """

    decided = Signal(object)
    undo_requested = Signal()

    def __init__(self, session: Session, view: BigList, review: QWidget) -> None:
        super().__init__(review)
        self._session, self._view, self._review = session, view, review
        self._plan: ImportPlan | None = None
        self._can_undo = False
        self.bar = ChoiceBar(review)
        self.bar.chosen.connect(self._on_bar_chosen)
        view.selection_changed.connect(self.show_selected)
        for watched in (view, review):
            watched.installEventFilter(self)

    def show_plan(self, plan: "ImportPlan", *, can_undo: bool) -> None:
        """Follow the plan that shows."""
        self._plan, self._can_undo = plan, can_undo
        self.show_selected()

    def forget(self) -> None:
        """Let go of the plan."""
        self._plan, self._can_undo = None, False

    def show_selected(self) -> None:
        """Say how many possible duplicates are selected."""
        self.bar.show_number(len(self._selected()))

    def place_of(self, line: int) -> str:
        """Return "1 of 12"; "" for who is no possible duplicate."""
        possible = self._possible
        if line not in possible:
            return ""
        place = sum(one <= line for one in possible)
        return say("{n} of {total}", n=f"{place:,}", total=f"{len(possible):,}")

    def go_on(self) -> None:
        """Go to the next possible duplicate that is listed, after the last one to the first; undecided ones before others."""
        current, plan = self._view.current_id, self._plan
        listed = [one for one in self._ids() if one in self._possible]
        undecided = [one for one in listed if plan and plan.lines.verdict(one) is Verdict.POSSIBLE]
        wanted = [one for one in undecided if one != current] or [one for one in listed if one != current]
        if wanted:
            after = self._ids().index(current) if current in self._ids() else -1
            places = {one: place for place, one in enumerate(self._ids())}
            self._view.choose(next((one for one in wanted if places[one] > after), wanted[0]))

    def decide(self, line: int, decision: Decision | None) -> None:
        """Choose for one record."""
        self.decided.emit(Decisions({line: decision}))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the list, and Ctrl+Z wherever in the review it is pressed."""
        if isinstance(event, QKeyEvent):
            if watched is self._review and self._can_undo and event.matches(QKeySequence.StandardKey.Undo):
                if event.type() == QEvent.Type.KeyPress:
                    self.undo_requested.emit()
                event.accept()
                return True
            if watched is self._view and event.type() == QEvent.Type.KeyPress:
                return self._press(event)
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        if event.modifiers() or not self._session.services.settings().single_key_shortcuts:
            return False
        if event.key() == Qt.Key.Key_D:
            self.go_on()
        elif event.key() in {Qt.Key.Key_G, Qt.Key.Key_B} and self._selected():
            self._choose(Choice.MERGE if event.key() == Qt.Key.Key_G else Choice.KEEP_BOTH)
        else:
            return False
        return True

    def _choose(self, choice: Choice | None) -> None:
        """Choose the same for all selected; each is merged with whom it most likely is."""
        made: dict[int, Decision | None] = {}
        for one in self._selected():
            first = self._possible[one][0] if choice is Choice.MERGE else None
            made[one] = None if choice is None else Decision(choice, first)
        self.decided.emit(Decisions(made))

    def _selected(self) -> list[int]:
        """Return the possible duplicates among those selected, or the one the keyboard is on."""
        current = self._view.current_id
        chosen: Sequence[int] = self._view.selected_ids or (() if current is None else (current,))
        return [one for one in chosen if one in self._possible]

    @property
    def _possible(self) -> Mapping[int, tuple[Candidate, ...]]:
        return self._plan.basis.candidates if self._plan else {}

    def _ids(self) -> list[int]:
        return list(self._view.model().ids)  # type: ignore[attr-defined]

    def _on_bar_chosen(self, choice: Choice | None) -> None:
        self._choose(choice)
        self._view.setFocus()
