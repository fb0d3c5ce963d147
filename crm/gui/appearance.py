"""This machine's settings while a window is open: kept, saved, and put on."""

from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from crm import settings as machine
from crm.errors import KeepwarmError
from crm.gui import looks, theme
from crm.gui.actions import Act, Actions
from crm.settings import Settings, ThemeChoice


class Appearance(QObject):
    """`changed()` tells of new settings, `rescaled()` of another text size before it, `unsaved(error)` of a full disk."""

    changed = Signal()
    rescaled = Signal()
    unsaved = Signal(object)

    def __init__(self, settings_file: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._file = settings_file
        self._settings = machine.load(settings_file)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    @property
    def settings(self) -> Settings:
        """The settings as they are now."""
        return self._settings

    def change(self, settings: Settings) -> None:
        """Keep settings and show them: theme and text size change at once."""
        if settings == self._settings:
            return
        before, chosen = theme.look(), self._settings.theme
        self._settings = settings
        if settings.theme is not chosen or looks.look_of(settings, _app()) != before:
            looks.put_on(settings, _app())
        if theme.look().scale != before.scale:
            self.rescaled.emit()
        self.changed.emit()
        try:
            machine.save(self._file, self._settings)  # whoever heard of it may have changed more
        except KeepwarmError as error:  # what was chosen still holds until the window closes
            self.unsaved.emit(error)

    def rescale(self, steps: int) -> None:
        """Make text larger or smaller; 0 goes back to 100 %."""
        self.change(looks.rescaled(self._settings, _app(), steps))

    def set_theme(self, choice: ThemeChoice) -> None:
        """Change the theme."""
        self.change(replace(self._settings, theme=choice))
        self.changed.emit()  # choosing what is chosen already must not uncheck it

    def toggle_sidebar(self) -> None:
        """Show or hide the words of the sidebar."""
        self.change(replace(self._settings, sidebar_open=not self._settings.sidebar_open))

    def show_in(self, actions: Actions) -> None:
        """Check what is chosen, and let letters be shortcuts or not."""
        actions.set_single_keys(self._settings.single_key_shortcuts)
        actions[Act.SIDEBAR].setChecked(self._settings.sidebar_open)
        for act, choice in (
            (Act.THEME_SYSTEM, ThemeChoice.SYSTEM),
            (Act.THEME_LIGHT, ThemeChoice.LIGHT),
            (Act.THEME_DARK, ThemeChoice.DARK),
        ):
            actions[act].setChecked(self._settings.theme is choice)

    @Slot()
    def _on_scheme_changed(self) -> None:
        follows = self._settings.theme is ThemeChoice.SYSTEM
        if follows and looks.look_of(self._settings, _app()) != theme.look():
            looks.put_on(self._settings, _app())


def _app() -> QApplication:
    """Return the application; there is one while there is a window."""
    return cast("QApplication", QApplication.instance())
