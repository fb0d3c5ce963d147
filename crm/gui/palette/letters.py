"""Saved e-mails dropped on the window: each fills the quick box, one after another, to be confirmed."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from crm.domain.person import PersonId
from crm.domain.quick import QuickReading, starting_from
from crm.errors import KeepwarmError
from crm.gui.palette.quick_log import QuickLogDialog
from crm.gui.session import Session

SUFFIX = ".eml"


def letters_of(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return those of the files that are called like a saved e-mail."""
    return tuple(path for path in paths if path.suffix.lower() == SUFFIX)


def log_letters(session: Session, paths: Sequence[Path], beside: int | None, window: QWidget) -> None:
    """Read the first letter and open the quick box with it; the next follows when that is closed.

    `beside` is the person whose page shows: with whom a letter was that names nobody known.
    """
    if not paths:
        return
    rest = partial(log_letters, session, paths[1:], beside, window)

    def read() -> QuickReading:
        from crm.app import letters as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        person = None if beside is None else PersonId(beside)
        return app.read_letter(session.book, paths[0], today=session.today(), beside=person)

    def show(reading: QuickReading) -> None:
        dialog = QuickLogDialog(session, window, start=starting_from(reading))
        dialog.finished.connect(lambda _result: rest())
        dialog.open()

    def failed(error: Exception) -> None:
        session.services.failed(error)
        if isinstance(error, KeepwarmError):
            rest()

    session.tasks.files(read, show, failed, window)
