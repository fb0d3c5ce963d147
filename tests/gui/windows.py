"""A whole window for tests: a real book, lanes that answer at once, settings and places in a folder of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm import settings as machine
from crm.app.books import Book
from crm.gui import looks, theme
from crm.gui.places import Places
from crm.gui.tasks import InlineTasks, TaskRunner
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.nav_item import NavItem
from crm.gui.widgets.toast import Toast
from crm.gui.window import Window
from crm.settings import Settings, ThemeChoice
from tests.builders import TODAY

PAGES = (
    "today",
    "people",
    "companies",
    "opportunities",
    "lessons",
    "importing",
    "duplicates",
    "settings",
    "first_run",
)

USUAL = Settings(theme=ThemeChoice.LIGHT, text_scale=1.0, reduce_motion=True)


class HeldTasks(InlineTasks):
    """Answers at once, but keeps what is to be written while `hold` is set: a lane with long work in it."""

    def __init__(self) -> None:
        super().__init__()
        self.hold = False
        self._held: list[Callable[[], None]] = []

    def write(self, *args: Any, **named: Any) -> None:
        if self.hold:
            self._held.append(partial(super().write, *args, **named))
        else:
            super().write(*args, **named)

    def release(self) -> None:
        """Do what was held."""
        self.hold = False
        for call in self._held:
            call()


@dataclass
class Desk:
    """What a window is opened with. `today` may be moved to pass midnight."""

    folder: Path
    qtbot: QtBot
    settings: Settings = USUAL
    today: date = TODAY
    tasks: TaskRunner = field(default_factory=InlineTasks)

    @property
    def settings_file(self) -> Path:
        """The settings of this machine."""
        return self.folder / "settings.toml"

    def open(
        self, book: Book | None = None, *, sample: bool = False, size: tuple[int, int] = (1280, 860)
    ) -> Window:
        """Return a window on `book`; without one, as it is before its book was opened."""
        machine.save(self.settings_file, self.settings)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        look = looks.look_of(self.settings, app)
        if look != theme.look():
            theme.apply(app, look)
        window = Window(
            self.tasks, self.settings_file, Places(self.folder / "window.ini"), lambda: self.today
        )
        self.qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow)
        if book is not None:
            window.open(book, sample=sample)
        return window


def settle() -> None:
    """Let layouts and deferred deletions happen."""
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.sendPostedEvents()


def saved(desk: Desk) -> Settings:
    """Return the settings as they stand in the file."""
    return machine.load(desk.settings_file)


def toast_of(window: Window) -> str:
    settle()
    toast = window.findChild(Toast)
    assert toast is not None
    return toast.message.text if toast.isVisible() else ""


def nav(window: Window, page: str) -> NavItem:
    settle()
    found = window.findChild(NavItem, page)
    assert found is not None
    return found


def words_of(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(PlainLabel) if label.isVisible())


def press(window: Window, keys: str, qtbot: QtBot) -> None:
    """Press a shortcut wherever the focus is."""
    combination = QKeySequence(keys)[0]
    target = QApplication.focusWidget() or window
    qtbot.keyClick(target, combination.key(), combination.keyboardModifiers())
