"""When alarms ring before an event: chips that toggle, several at once, none for no alarm."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from crm.gui.export import choices
from crm.gui.widgets.chips import Chip
from crm.gui.widgets.flow import Flow


class AlarmChips(Flow):
    """`value` are minutes before the start; `chosen(tuple)` tells them when the user toggled one."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=6, parent=parent)
        self._chips: dict[int, Chip] = {}
        self.choose(())

    @property
    def value(self) -> tuple[int, ...]:
        """The minutes that are on, the nearest first."""
        return tuple(minutes for minutes, chip in self._chips.items() if chip.isChecked())

    def choose(self, alarms: tuple[int, ...]) -> None:
        """Turn these on without telling anybody; others than the usual ones get a chip."""
        offered = choices.alarms(alarms)
        if [minutes for minutes, _ in offered] != list(self._chips):
            for chip in self._chips.values():
                chip.hide()
                chip.deleteLater()
            self._chips = {minutes: Chip(words) for minutes, words in offered}
            for chip in self._chips.values():
                chip.clicked.connect(self._on_chip_clicked)
                self.add(chip)
        for minutes, chip in self._chips.items():
            chip.setChecked(minutes in alarms)

    @Slot()
    def _on_chip_clicked(self) -> None:
        self.chosen.emit(self.value)
