"""Settings of this machine: one frozen value in a TOML file. What belongs to a book lives in the book."""

import tomllib
from dataclasses import asdict, dataclass, fields, replace
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Any

import tomli_w

from crm.files import atomic_write

DIGEST_AT = time(9)
TEXT_SCALES = (0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)


class ThemeChoice(StrEnum):
    """Light, dark, or whatever the system says."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose on this machine. `text_scale` 0 means: from the system's text size, at the first start.

    The one notice a day is off until it is turned on; briefs before interviews are announced until that is turned off. The calendar at an address here keeps its port and token, so that whoever subscribed stays; 0 and "" are for a new one.
    Each hint counts its occasions; -1: it was told.
    """

    theme: ThemeChoice = ThemeChoice.SYSTEM
    high_contrast: bool = False
    text_scale: float = 0.0
    reduce_motion: bool = False
    single_key_shortcuts: bool = True
    sidebar_open: bool = True
    last_book: str = ""
    first_name: str = ""
    subscription: bool = False
    subscription_port: int = 0
    subscription_token: str = ""
    subscription_details: bool = False
    digest: bool = False
    digest_at: str = "09:00"
    digest_hides_names: bool = False
    stay_in_tray: bool = False
    brief_notices: bool = True
    hint_palette: int = 0
    hint_log: int = 0
    hint_snooze: int = 0

    @property
    def digest_time(self) -> time:
        """When the one notice a day is told."""
        try:
            return time.fromisoformat(self.digest_at)
        except ValueError:
            return DIGEST_AT


def load(path: Path) -> Settings:
    """Read the settings; a missing or broken file, or a value out of range, gives the default for it."""
    known = {field.name: field.default for field in fields(Settings)}
    found = {name: value for name, value in _read(path).items() if name in known}
    settings = Settings()
    for name, value in found.items():
        settings = _with(settings, name, value, type(known[name]))
    return settings


def save(path: Path, settings: Settings) -> None:
    """Write the settings; keys of a newer version stay as they are. Raises `KeepwarmError` when it can't be written."""
    values = _read(path) | {name: _plain(value) for name, value in asdict(settings).items()}
    atomic_write(path, tomli_w.dumps(values).encode())


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def _with(settings: Settings, name: str, value: Any, kind: type) -> Settings:
    """Return `settings` with one value from the file, or unchanged when the value doesn't fit."""
    if kind is float:
        value = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
        fits = value in {0.0, *TEXT_SCALES}
    elif kind is ThemeChoice:
        fits = value in set(ThemeChoice)
        value = ThemeChoice(value) if fits else None
    else:
        fits = type(value) is kind
    changed: dict[str, Any] = {name: value}
    return replace(settings, **changed) if fits else settings


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, StrEnum) else value
