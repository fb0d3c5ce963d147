"""Progress of long work: polled by whoever shows it, cancelled by the user, Qt-free."""

import threading

from crm.errors import Cancelled


class Progress:
    """Counts steps from a worker thread and lets another thread read or cancel. `total` 0 means not known yet."""

    def __init__(self, total: int = 0) -> None:
        self.total = total
        self.done = 0
        self.is_finishing = False
        self._cancelled = threading.Event()

    def step(self, count: int = 1) -> None:
        """Note `count` more steps done. Raises `Cancelled` once the user cancelled."""
        if self._cancelled.is_set():
            raise Cancelled
        self.done += count

    def expect(self, total: int) -> None:
        """Start a new stretch of `total` steps."""
        self.total, self.done = total, 0
        self.step(0)

    def finish(self) -> None:
        """Begin the last stretch: nobody knows how long it is, and it can't be cancelled."""
        self.expect(0)
        self.is_finishing = True

    @property
    def is_cancelled(self) -> bool:
        """Say whether the user cancelled; `step` raises then."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the worker to stop at its next step."""
        self._cancelled.set()
