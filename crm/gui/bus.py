"""Changes from whichever thread wrote, as one signal of the window's thread."""

from PySide6.QtCore import QObject, Qt, Signal, Slot

from crm.domain.changes import Changes


class Bus(QObject):
    """`changed(Changes)` on the window's thread for every commit; give `publish` to `Book.on_changes`."""

    changed = Signal(object)
    _published = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._published.connect(self._on_published, Qt.ConnectionType.AutoConnection)

    def publish(self, changes: Changes) -> None:
        """Pass on what a write changed; callable from any thread."""
        self._published.emit(changes)

    @Slot(object)
    def _on_published(self, changes: Changes) -> None:
        self.changed.emit(changes)
