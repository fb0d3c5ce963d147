"""What stands in a calendar: chips for check-ins, next steps and the like, at least one of them on."""

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.calendar import EXPORTED, USUAL, EventKind
from crm.gui.widgets.chips import Chip
from crm.gui.widgets.flow import Flow


class KindChips(Flow):
    """`value` are the kinds that are on; `chosen(tuple)` tells them when the user toggled one."""

    chosen = Signal(object)

    def __init__(self, kinds: Iterable[EventKind] = EXPORTED, parent: QWidget | None = None) -> None:
        self._chips = {kind: Chip(wording.event_kind(kind)) for kind in kinds}
        super().__init__(*self._chips.values(), gap=6, parent=parent)
        self.choose(USUAL)
        for chip in self._chips.values():
            chip.clicked.connect(self._on_chip_clicked)

    @property
    def value(self) -> tuple[EventKind, ...]:
        """The kinds that are on."""
        return tuple(kind for kind, chip in self._chips.items() if chip.isChecked())

    def choose(self, kinds: tuple[EventKind, ...]) -> None:
        """Turn these on without telling anybody."""
        for kind, chip in self._chips.items():
            chip.setChecked(kind in kinds)

    @Slot()
    def _on_chip_clicked(self) -> None:
        clicked = self.sender()
        if not self.value and isinstance(clicked, Chip):  # a file of nothing is of no use
            clicked.setChecked(True)
        self.chosen.emit(self.value)
