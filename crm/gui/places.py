"""Where the window was and how wide its columns were: Qt's own state, in a file of its own beside the settings."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtWidgets import QHeaderView, QWidget

from crm.gui.theme import px
from crm.paths import settings_file

SMALLEST = QSize(760, 560)
SMALLEST_EFFECTIVE = QSize(640, 480)
USUAL = QSize(1280, 820)


class Places:
    """Reads and writes the geometry of windows and headers, by name."""

    def __init__(self, file: Path | None = None) -> None:
        self._store = QSettings(
            str(file or settings_file().with_name("window.ini")), QSettings.Format.IniFormat
        )

    def restore_window(self, window: QWidget, name: str = "window") -> None:
        """Put a window where it was, or give it a size that fits the screen."""
        room = window.screen().availableGeometry().size()
        scaled = QSize(px(SMALLEST_EFFECTIVE.width()), px(SMALLEST_EFFECTIVE.height()))
        window.setMinimumSize(SMALLEST.expandedTo(scaled).boundedTo(room))
        kept = self._store.value(f"{name}/geometry")
        if not (isinstance(kept, QByteArray) and window.restoreGeometry(kept)):
            window.resize(USUAL.boundedTo(room))

    def save_window(self, window: QWidget, name: str = "window") -> None:
        """Remember where a window is."""
        self._store.setValue(f"{name}/geometry", window.saveGeometry())

    def restore_header(self, header: QHeaderView, name: str) -> bool:
        """Give a table the columns it had; says whether any were kept."""
        kept = self._store.value(f"columns/{name}")
        return isinstance(kept, QByteArray) and header.restoreState(kept)

    def save_header(self, header: QHeaderView, name: str) -> None:
        """Remember widths and order of a table's columns."""
        self._store.setValue(f"columns/{name}", header.saveState())

    def kept(self, name: str) -> str:
        """Return words that were typed but not saved yet, "" without any."""
        found = self._store.value(f"kept/{name}")
        return found if isinstance(found, str) else ""

    def keep(self, name: str, words: str) -> None:
        """Keep words that are being typed, also over a crash; "" forgets them."""
        if words:
            self._store.setValue(f"kept/{name}", words)
        else:
            self._store.remove(f"kept/{name}")

    def sync(self) -> None:
        """Write to the file now."""
        self._store.sync()
