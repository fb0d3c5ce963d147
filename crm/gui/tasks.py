"""Work off the GUI thread, in three lanes: `write` (one thread, in order), `read`, `files`.

`Tasks(parent)` has `write(call, done, failed, owner)`, `read(asker, call, …)`, where a newer question of the same asker
makes the older one's answer void, and `files(call, …)`. Callbacks run on the GUI thread, in the order the work ended;
one whose `owner` (a QObject) is gone is dropped. Workers touch no QObject: results wait in a deque that one queued
signal drains. `InlineTasks` does the same at once, for tests.
"""

from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

Result = TypeVar("Result")
Failed = Callable[[Exception], None]


class TaskRunner(Protocol):
    """What rooms need of the lanes: `Tasks`, or `InlineTasks` in tests."""

    def write(
        self,
        call: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run a verb on the writing thread."""
        ...

    def read(
        self,
        asker: Hashable,
        call: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run a question; a newer one of `asker` voids it."""
        ...

    def files(
        self,
        call: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run work on files."""
        ...

    @property
    def busy(self) -> bool:
        """Whether anything runs or waits to be told."""
        ...

    def close(self) -> None:
        """Finish what was begun and tell nobody any more."""
        ...


@dataclass(slots=True)
class _Job:
    """One piece of work and whom to tell."""

    call: Callable[[], Any]
    done: Callable[[Any], None] | None
    failed: Failed | None
    owner: QObject | None
    asker: Hashable = None
    turn: int = 0

    def tell(self, result: Any, error: BaseException | None, unheard: Failed) -> None:
        """Call back, unless the owner is gone. An error nobody listens for goes to `unheard`."""
        if self.owner is not None and not isValid(self.owner):
            return
        if isinstance(error, Exception):
            (self.failed or unheard)(error)
        elif error is not None:
            raise error
        elif self.done is not None:
            self.done(result)


def raise_it(error: Exception) -> None:
    """Let an error nobody listens for reach the one excepthook."""
    raise error


class Tasks(QObject):
    """The three lanes of a running window. Set `unheard` to hear of errors that no caller listens for."""

    _ended = Signal()
    idle = Signal()

    def __init__(self, parent: QObject | None = None, *, unheard: Failed = raise_it) -> None:
        super().__init__(parent)
        self.unheard = unheard
        self._lanes = {
            "write": ThreadPoolExecutor(1, "write"),
            "read": ThreadPoolExecutor(2, "read"),
            "files": ThreadPoolExecutor(2, "files"),
        }
        self._results: deque[tuple[_Job, Future[Any]]] = deque()
        self._turns: dict[Hashable, int] = {}
        self._waiting: dict[Hashable, Future[Any]] = {}
        self._open = 0
        self._closed = False
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether anything runs or waits to be told."""
        return self._open > 0

    def write(
        self,
        call: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run a verb after all verbs asked for before."""
        self._start("write", _Job(call, done, failed, owner))

    def read(
        self,
        asker: Hashable,
        call: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run a question. An older one of the same asker is dropped before it starts, or its answer is."""
        turn = self._turns[asker] = self._turns.get(asker, 0) + 1
        if (older := self._waiting.get(asker)) is not None:
            older.cancel()
        self._waiting[asker] = self._start("read", _Job(call, done, failed, owner, asker, turn))

    def files(
        self,
        call: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run work on files, such as parsing."""
        self._start("files", _Job(call, done, failed, owner))

    def close(self) -> None:
        """Finish every verb that was asked for, drop waiting questions, tell nobody any more."""
        self._closed = True
        for name, lane in self._lanes.items():
            lane.shutdown(wait=True, cancel_futures=name != "write")
        self._results.clear()
        self._open = 0

    def _start(self, lane: str, job: _Job) -> "Future[Any]":
        if self._closed:
            raise RuntimeError("the window is closing; no new work")
        self._open += 1
        future = self._lanes[lane].submit(job.call)
        # Called on the worker, or here when the work ended already or was cancelled.
        future.add_done_callback(lambda ended: self._note(job, ended))
        return future

    def _note(self, job: _Job, ended: "Future[Any]") -> None:
        self._results.append((job, ended))
        if not self._closed:
            self._ended.emit()

    @Slot()
    def _on_ended(self) -> None:
        while self._results:
            job, future = self._results.popleft()
            self._open -= 1
            if job.asker is not None and job.turn == self._turns.get(job.asker):
                self._waiting.pop(job.asker, None)
            if not self._void(job, future):
                error = future.exception()
                job.tell(None if error else future.result(), error, self.unheard)
        if not self._open:
            self.idle.emit()

    def _void(self, job: _Job, future: "Future[Any]") -> bool:
        superseded = job.asker is not None and job.turn != self._turns.get(job.asker)
        return self._closed or future.cancelled() or superseded


class InlineTasks:
    """Runs everything at once on the calling thread. Errors nobody listens for are raised."""

    def __init__(self, unheard: Failed = raise_it) -> None:
        self.unheard = unheard
        self.busy = False

    def write(
        self,
        call: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run a verb now."""
        self._run(_Job(call, done, failed, owner))

    def read(
        self,
        asker: Hashable,
        call: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run a question now."""
        self._run(_Job(call, done, failed, owner, asker))

    def files(
        self,
        call: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run work on files now."""
        self._run(_Job(call, done, failed, owner))

    def close(self) -> None:
        """Nothing is ever left to finish."""

    def _run(self, job: _Job) -> None:
        try:
            result = job.call()
        except Exception as error:  # noqa: BLE001 - as a worker would, hand on whatever it was
            job.tell(None, error, self.unheard)
        else:
            job.tell(result, None, self.unheard)
