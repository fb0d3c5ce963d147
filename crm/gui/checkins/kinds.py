"""Kinds of touches as chips, and the icon of each kind."""

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.touch import Direction, TouchKind
from crm.gui.widgets.chips import ChipBar, ChipItem

KIND_ICONS = {
    TouchKind.CALL: "phone",
    TouchKind.EMAIL: "mail",
    TouchKind.MESSAGE: "message-circle",
    TouchKind.MEETING: "handshake",
    TouchKind.COFFEE: "coffee",
    TouchKind.EVENT: "ticket",
    TouchKind.COMMENT: "quote",
    TouchKind.LETTER: "scroll-text",
    TouchKind.OTHER: "circle-dot",
    TouchKind.NOTE: "file-text",
}


def offered_kinds(kind: TouchKind) -> list[TouchKind]:
    """Return what a line of `kind` may be. A note is no touch, so it is offered only to a line that is one already."""
    return [one for one in TouchKind if one is not TouchKind.NOTE or kind is one]


class KindChoice(ChipBar):
    """Which kind of touch it was."""

    def __init__(self, kind: TouchKind, name: str, parent: QWidget | None = None) -> None:
        items = [
            ChipItem(one.value, wording.touch_kind(one), icon=KIND_ICONS[one]) for one in offered_kinds(kind)
        ]
        super().__init__(items, name, parent)
        self.choose(kind.value)

    @property
    def kind(self) -> TouchKind:
        """The kind that is chosen."""
        return TouchKind(self.current)


class DirectionChoice(ChipBar):
    """Who reached out."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        items = [ChipItem(one.value, wording.direction(one)) for one in Direction]
        super().__init__(items, name, parent)

    @property
    def direction(self) -> Direction:
        """The direction that is chosen."""
        return Direction(self.current)
