"""Undo and redo for the window: which steps there are, what the Edit menu calls them, and taking them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crm import wording
from crm.domain.history import Step
from crm.gui.actions import Act, Actions, When

if TYPE_CHECKING:
    from crm.gui.window import Window


class Undoing(QObject):
    """Takes the last action back, or does it again. The window says which steps there are whenever it has counted."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._undo: Step | None = None
        self._redo: Step | None = None

    def set_steps(self, undo: Step | None, redo: Step | None) -> None:
        """Keep which step would be taken back, and which done again."""
        self._undo, self._redo = undo, redo

    def possible(self) -> set[When]:
        """Return what is possible now."""
        steps = {When.CAN_UNDO: self._undo, When.CAN_REDO: self._redo}
        return {when for when, step in steps.items() if step is not None}

    def label(self, actions: Actions) -> None:
        """Name the steps in the actions: Undo “Add Ada Lovelace”."""
        actions[Act.UNDO].setText(_labelled(self.tr("Undo"), self._undo))
        actions[Act.REDO].setText(_labelled(self.tr("Redo"), self._redo))

    def latest(self) -> Step | None:
        """Return the step that would be taken back, asking the book; for the read lane."""
        from crm.app import history  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        session = self._window.session
        return None if session is None else history.can_undo(session.book)

    def undo(self) -> None:
        """Take the last action back."""
        self._replay(undo=True)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._replay(undo=False)

    def _replay(self, *, undo: bool) -> None:
        session = self._window.session
        if session is None:
            return

        def run() -> Step:
            from crm.app import history  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return history.undo(session.book) if undo else history.redo(session.book)

        def told(step: Step) -> None:
            label = wording.undo_label(step.op, step.params)
            words = self.tr("Undone: {what}") if undo else self.tr("Done again: {what}")
            self._window.services.tell(words.replace("{what}", label))

        session.write(run, told, self._window.services.failed, self._window)


def _labelled(verb: str, step: Step | None) -> str:
    if step is None:
        return verb
    label = wording.undo_label(step.op, step.params).replace("&", "&&")
    return f"{verb} “{label}”"
