"""Saving what a dialog made: written in the files lane, told in a toast that leads to its folder."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from crm import wording
from crm.errors import KeepwarmError
from crm.gui import links
from crm.gui.session import Session
from crm.gui.widgets.dialogs import Dialog


def save(session: Session, dialog: Dialog, path: Path, data: Callable[[], bytes]) -> None:
    """Write a file the user chose and close the dialog; it stays, and says why, where the file can't be written."""

    def run() -> None:
        from crm.app import reports  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        reports.save(session.book, path, data(), replace=True)

    def saved(_result: None) -> None:
        words = wording.say("Saved {file}.", file=path.name)
        show = QCoreApplication.translate("Saving", "Show in folder")
        session.services.tell_with(words, show, lambda: links.open_folder(path.parent))
        dialog.accept()

    def failed(error: Exception) -> None:
        if isinstance(error, KeepwarmError):
            dialog.show_problem(wording.error_line(error))
        else:
            session.services.failed(error)

    dialog.show_problem("")
    session.tasks.files(run, saved, failed, dialog)
