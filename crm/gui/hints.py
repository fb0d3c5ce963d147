"""Three hints, each told once: the palette, the key that logs a touch, the key that snoozes.

A hint comes when something was done the long way for the third time, and never once its key was used. What was counted
is kept in the settings.
"""

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crm import wording
from crm.domain.changes import Op
from crm.gui.actions import Act, Actions, keys_in_words
from crm.gui.frame import Frame

if TYPE_CHECKING:
    from crm.gui.window import Window

OCCASIONS = 3
TOLD = -1


@dataclass(frozen=True, slots=True)
class Hint:
    """What is told of an act; `counted` is the setting that counts its occasions, `letter` that its key is a letter."""

    act: Act
    counted: str
    words: str
    letter: bool = True


_PALETTE = Hint(
    Act.PALETTE, "hint_palette", "{keys} finds any person, company or command, from anywhere.", letter=False
)
_LOG = Hint(Act.LOG_TOUCH, "hint_log", "{keys} logs a touch with the person the keyboard is on.")
_SNOOZE = Hint(Act.SNOOZE, "hint_snooze", "Not today? {keys} puts a check-in off; it comes back by itself.")


class Hints(QObject):
    """Counts for one window, and tells in its frame; one at a time. `waiting` check-ins are listed today."""

    def __init__(self, window: "Window", frame: Frame, actions: Actions) -> None:
        super().__init__(frame)
        self._window, self._frame, self._actions = window, frame, actions
        self._shown: Hint | None = None
        self.waiting = 0
        for hint in (_PALETTE, _LOG, _SNOOZE):
            actions[hint.act].triggered.connect(partial(self._learn, hint))
        frame.hint.dismissed.connect(self._hide)
        frame.hint.acted.connect(actions[Act.PALETTE].trigger)

    def went(self, page: str) -> None:
        """Count that the user chose another page in the sidebar."""
        self._count(_PALETTE)
        if page == "today" and self.waiting:
            self._count(_SNOOZE)

    def did(self, op: Op) -> None:
        """Count what was done without its key."""
        if op is Op.LOG_TOUCH:
            self._count(_LOG)

    def _count(self, hint: Hint) -> None:
        settings = self._window.settings()
        number: int = getattr(settings, hint.counted)
        if number == TOLD or (hint.letter and not settings.single_key_shortcuts):
            return
        tells = number + 1 >= OCCASIONS and self._shown is None
        self._keep(hint, TOLD if tells else min(number + 1, OCCASIONS))
        if tells:
            self._shown = hint
            spec = next(spec for spec in self._actions if spec.id is hint.act)
            words = wording.say(hint.words, keys=keys_in_words(spec))
            self._frame.say_hint(words, self.tr("Try it") if hint is _PALETTE else "")

    def _learn(self, hint: Hint, _checked: bool = False) -> None:
        if getattr(self._window.settings(), hint.counted) != TOLD:
            self._keep(hint, TOLD)
        if self._shown is hint:
            self._hide()

    def _hide(self) -> None:
        self._shown = None
        self._frame.hide_hint()

    def _keep(self, hint: Hint, number: int) -> None:
        values = {hint.counted: number}
        self._window.change_settings(replace(self._window.settings(), **values))  # type: ignore[arg-type]
