"""Ctrl+C in the terminal, or a request to end, closes the window and the book with it."""

import contextlib
import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Slot
from PySide6.QtWidgets import QWidget


class Ending(QObject):
    """Closes a window when the system asks the program to end.

    Python hears of a signal only when Qt calls it, which it may not for as long as nobody is at work: a socket that
    Python writes to at each signal makes Qt call.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._heard, self._told = socket.socketpair()
        for end in (self._heard, self._told):
            end.setblocking(False)
        signal.set_wakeup_fd(self._told.fileno())
        notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._on_heard)
        for which in (signal.SIGINT, signal.SIGTERM):
            signal.signal(which, lambda *_: self._window.close())

    @Slot()
    def _on_heard(self) -> None:
        with contextlib.suppress(BlockingIOError):  # the system may call for nothing
            self._heard.recv(64)  # what there is to hear: Python calls the handler now
