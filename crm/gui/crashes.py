"""Bugs: one log with a traceback, one dialog. Expected errors never come here."""

import contextlib
import faulthandler
import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from crm import paths
from crm.files import private_folder
from crm.gui.widgets.dialogs import Trouble, tell_error

_LOG = logging.getLogger("crm")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Crashes(QObject):
    """Catches what nobody expected, from any thread; the window stays open, since every write is whole or not at all."""

    happened = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._telling = False
        self.file = _start_log()
        self.happened.connect(self._tell)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(_on_qt_message)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        _LOG.critical("unexpected", exc_info=(kind, error, trace))
        if not issubclass(kind, KeyboardInterrupt):
            self.happened.emit(f"{kind.__name__}: {error}")

    def _on_thread_exception(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self._on_exception(caught.exc_type, caught.exc_value, caught.exc_traceback)

    def _tell(self, details: str) -> None:
        """Tell once at a time: a bug in painting would otherwise open a dialog a frame."""
        if self._telling:
            return
        self._telling = True
        trouble = Trouble(
            self.tr("Something went wrong in Keepwarm"),
            self.tr("This is a mistake of ours. It was written to the log."),
            self.tr("Everything saved before is safe."),
            self.tr("You can go on. If it happens again, close the window and open it anew."),
            f"{details}\n{self.file}",
        )
        dialog = tell_error(QApplication.activeWindow(), trouble)
        dialog.finished.connect(self._told)

    def _told(self) -> None:
        self._telling = False


def _start_log() -> Path:
    """Start the log file, 1 MB at most, and the last words of a hard crash beside it."""
    folder = paths.log_dir()
    file = folder / "keepwarm.log"
    with contextlib.suppress(Exception):  # a log that can't be written must not keep the app from opening
        private_folder(folder)
        handler = RotatingFileHandler(file, maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        _LOG.addHandler(handler)
        _LOG.setLevel(logging.INFO)
        if sys.stderr is not None:
            faulthandler.enable()
    return file


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    _LOG.log(_LEVELS.get(kind, logging.INFO), "Qt: %s", message)
