"""From what the user set on this machine to how the window looks."""

from dataclasses import replace

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from crm.gui import theme
from crm.settings import TEXT_SCALES, Settings, ThemeChoice

_USUAL_POINTS = 10.0  # the size of system text that counts as 100 %


def look_of(settings: Settings, app: QGuiApplication) -> theme.Look:
    """Return the look these settings ask for; "system" follows the system's colours."""
    name = theme.system_scheme(app) if settings.theme is ThemeChoice.SYSTEM else settings.theme.value
    contrast = settings.high_contrast or theme.system_high_contrast(app)
    return theme.Look(name, scale_of(settings, app), contrast, settings.reduce_motion)


def put_on(settings: Settings, app: QApplication) -> None:
    """Give the application the look these settings ask for."""
    theme.apply(app, look_of(settings, app))
    if settings.theme is ThemeChoice.SYSTEM:
        # Qt tells of the system's changes only while nobody has set a scheme.
        app.styleHints().unsetColorScheme()


def scale_of(settings: Settings, app: QGuiApplication) -> float:
    """Return the text size; before the user chose one, the step nearest to the system's own."""
    if settings.text_scale:
        return settings.text_scale
    points = app.font().pointSizeF()
    wanted = points / _USUAL_POINTS if points > 0 else 1.0
    return max(min(TEXT_SCALES, key=lambda scale: abs(scale - wanted)), 1.0)


def rescaled(settings: Settings, app: QGuiApplication, steps: int) -> Settings:
    """Return the settings with text larger or smaller by so many steps; 0 goes back to 100 %."""
    if steps == 0:
        return replace(settings, text_scale=1.0)
    now = TEXT_SCALES.index(scale_of(settings, app))
    return replace(settings, text_scale=TEXT_SCALES[max(0, min(now + steps, len(TEXT_SCALES) - 1))])
