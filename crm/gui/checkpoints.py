"""Everything in the book's one file again, a moment after the last change: a copy of that file alone is whole then."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from crm.gui.bus import Bus
from crm.gui.tasks import TaskRunner

if TYPE_CHECKING:
    from crm.app.books import Book

_QUIET_MS = 4000  # changes come in bursts, and what follows one shouldn't wait for the last one's


class Checkpoints(QObject):
    """Empties the -wal beside a book once it has been left alone for a while (RELIABILITY, "Our choices").

    Programs that keep folders in step copy one file at a time; and a commit needn't move what an import wrote.
    """

    def __init__(self, book: "Book", tasks: TaskRunner, bus: Bus, quiet_ms: int = _QUIET_MS) -> None:
        super().__init__(bus)
        self._book, self._tasks = book, tasks
        self._quiet = QTimer(self, singleShot=True, interval=quiet_ms)
        self._quiet.timeout.connect(self._on_quiet)
        bus.changed.connect(self._on_bus_changed)

    @Slot(object)
    def _on_bus_changed(self, _changes: object) -> None:
        self._quiet.start()

    @Slot()
    def _on_quiet(self) -> None:
        if self._tasks.busy:
            self._quiet.start()  # whoever still reads would be waited for
        else:
            self._tasks.files(self._book.checkpoint, owner=self)  # beside the verbs, which interrupt it
