"""The application's look: palette, style sheet, fonts and icons from tokens. `apply` sets it, the rest reads it.

`color("text")`, `px(8)`, `font("bodyStrong")`, `metrics("small")`, `icon("mail")`, `pixmap("mail", 16)`, `look()`.
A change of theme reaches widgets through Qt's own change events (they repaint); a change of `scale` changes sizes,
so the window builds its pages anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QGuiApplication,
    QIcon,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QApplication

from crm.errors import KeepwarmError
from crm.files import atomic_write
from crm.gui import icons, tokens
from crm.paths import cache_dir, resources_dir

QSS_SIZES = (*range(1, 13), 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 44, 48)
FOCUSED_HEIGHTS = (26, 30, 38)
FOCUSED_PADDINGS = (3, 6, 8, 10, 12, 16, 28)
# Images of the style sheet: placeholder -> (icon, colour, stroke). QSS takes images from files only.
QSS_IMAGES = {
    "img_chevron": ("chevron-down", "text3", 2.0),
    "img_chevron_accent": ("chevron-down", "onaccent", 2.0),
    "img_up": ("chevron-up", "text3", 2.0),
    "img_right": ("chevron-right", "text3", 2.0),
    "img_left": ("chevron-left", "text3", 2.0),
    "img_tick": ("check", "onaccent", 3.0),
    "img_tick_text": ("check", "text", 2.0),
}
_ROLES = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "onaccent",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Link: "accent_text",
    QPalette.ColorRole.LinkVisited: "accent_text",
    QPalette.ColorRole.Mid: "hairline2",
    QPalette.ColorRole.Dark: "hairline2",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "hairline",
    QPalette.ColorRole.Shadow: "shadow",
    QPalette.ColorRole.BrightText: "bad",
    QPalette.ColorRole.Accent: "accent",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How the window looks. `name` is "light" or "dark"; `scale` is the text size, 1.0 for 100 %."""

    name: str = "light"
    scale: float = 1.0
    high_contrast: bool = False
    reduce_motion: bool = False


@dataclass(slots=True)
class _Active:
    """The look in force and its colours; one per process, as QApplication's palette is."""

    look: Look
    values: Mapping[str, str]
    fonts_loaded: bool = False


_active = _Active(Look(), tokens.values("light"))


def apply(app: QApplication, look: Look, *, cache: Path | None = None) -> None:
    """Give the whole application `look`. `cache` is the folder for the style sheet's icons; by default the user's."""
    _active.look = look
    _active.values = tokens.values(look.name, high_contrast=look.high_contrast)
    load_fonts()
    icons.forget()
    _font.cache_clear()
    metrics.cache_clear()
    dark = look.name == "dark"
    # Native title bars and file dialogs follow this.
    app.styleHints().setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette())
    app.setFont(font("body"))
    app.setStyleSheet(style_sheet(cache or cache_dir()))


def look() -> Look:
    """Return the look in force."""
    return _active.look


def system_scheme(app: QGuiApplication) -> str:
    """Return "light" or "dark", whichever the system wants now. Listen to `styleHints().colorSchemeChanged`."""
    hints = app.styleHints()
    hints.unsetColorScheme()
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def system_high_contrast(app: QGuiApplication) -> bool:
    """Say whether the system asks for high contrast (Qt 6.10 and later know)."""
    hints = app.styleHints()
    if not hasattr(hints, "accessibility"):
        return False
    # Both wrappers must be kept while the property is read.
    accessibility = hints.accessibility()
    return bool(accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast)


def color(name: str) -> QColor:
    """Return the colour of a token. Raises `KeyError` for a name that is none."""
    return QColor(_active.values[name])


def px(size: float) -> int:
    """Return `size`, given at 100 %, in pixels of the text size in force."""
    return round(size * _active.look.scale)


def font(role: str = "body", *, tabular: bool = False) -> QFont:
    """Return the font of a type role; `tabular` gives digits one width, for counts and times."""
    return QFont(_font(role, tabular))


@lru_cache(64)
def metrics(role: str = "body", *, tabular: bool = False) -> QFontMetrics:
    """Return the measures of a type role's font."""
    return QFontMetrics(_font(role, tabular))


def line(role: str = "body") -> int:
    """Return the line height of a type role in pixels."""
    return px(tokens.TYPE[role][1])


def icon(name: str, tone: str = "text2", stroke: float = icons.STROKE) -> QIcon:
    """Return an icon that takes the colour of token `tone` each time it is drawn."""
    return QIcon(icons.TokenEngine(name, tone, stroke, color))


def pixmap(
    name: str, size: int, tone: str = "text2", stroke: float = icons.STROKE, ratio: float = 0.0
) -> QPixmap:
    """Return an icon `size` pixels wide (scaled already: `px(16)`), for the densest screen unless `ratio` says."""
    density = ratio or QGuiApplication.primaryScreen().devicePixelRatio()
    return icons.pixmap(name, _active.values[tone], size, stroke, density)


def milliseconds(duration: int) -> int:
    """Return a duration of motion: 0 where motion is reduced."""
    return 0 if _active.look.reduce_motion else duration


def ring_width() -> int:
    """Return the width of the focus ring."""
    return px(3 if _active.look.high_contrast else 2)


def palette() -> QPalette:
    """Return the palette of the look in force, for all that the style sheet leaves alone."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, color(name))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, color("text3"))
    return made


def style_sheet(cache: Path) -> str:
    """Return the style sheet of the look in force; writes the icons it needs to `cache`."""
    words = dict(_active.values)
    words |= {f"p{size}": f"{px(size)}px" for size in QSS_SIZES}
    words["ring"] = f"{ring_width()}px"
    # What a focus ring adds to an edge of one pixel is taken from inside, so that nothing grows under the focus.
    more = ring_width() - 1
    words |= {f"h{size}": f"{px(size) - 2 * more}px" for size in FOCUSED_HEIGHTS}
    words |= {f"w{size}": f"{px(size) - more}px" for size in FOCUSED_PADDINGS}
    # Qt draws a corner square when its radius is larger than half the box.
    words["round"] = f"{min(px(16) + 2, px(8) + 2 * px(5)) // 2}px"
    words |= {key: _image(cache / "icons", *spec) for key, spec in QSS_IMAGES.items()}
    raw = (resources_dir() / "themes" / "keepwarm.qss").read_text(encoding="utf-8")
    return Template(raw).substitute(words)


def _image(folder: Path, name: str, tone: str, stroke: float) -> str:
    """Return the `url(...)` of a recoloured icon; `none` where the cache can't be written."""
    colour = _active.values[tone]
    file = folder / f"{name}-{colour.removeprefix('#').lower()}-{stroke:g}.svg"
    wanted = icons.svg(name, colour, stroke)
    try:
        if not file.is_file() or file.read_bytes() != wanted:
            atomic_write(file, wanted)
    except (OSError, KeepwarmError):
        return "none"
    return f'url("{file.as_posix()}")'


def load_fonts() -> None:
    """Make the bundled fonts known to Qt, once."""
    if _active.fonts_loaded:
        return
    for file in sorted((resources_dir() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    _active.fonts_loaded = True


@lru_cache(64)
def _font(role: str, tabular: bool) -> QFont:
    size, _line, weight, family = tokens.TYPE[role]
    made = QFont(family)
    made.setPixelSize(px(size))
    made.setWeight(QFont.Weight(weight))
    # Hinting makes the weights of Inter uneven at these sizes.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if role == "display":
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 99)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made
