"""Where books, settings, caches, logs and resources live on this system."""

import os
import sys
from pathlib import Path

import platformdirs

APP = "Keepwarm"
BOOK_NAME = "Contacts.keepwarm"
BOOK_VARIABLE = "KEEPWARM_BOOK"


def data_dir() -> Path:
    """Return the folder of the user's books (Local, not Roaming, on Windows); not created here."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False, roaming=False))


def default_book() -> Path:
    """Return the book to open when nobody names one: `KEEPWARM_BOOK`, else the user's data folder."""
    named = os.environ.get(BOOK_VARIABLE)
    return Path(named).expanduser() if named else data_dir() / BOOK_NAME


def backups_dir(book: Path) -> Path:
    """Return the folder that keeps the backups of `book`, beside it."""
    return book.parent / f"{book.stem} backups"


def settings_file() -> Path:
    """Return this machine's settings file."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False, roaming=False)) / "settings.toml"


def passwords_file() -> Path:
    """Return the file of passwords under a passphrase, for systems without a keyring."""
    return settings_file().with_name("passwords.json")


def cache_dir() -> Path:
    """Return the folder for things that can be made again."""
    return Path(platformdirs.user_cache_dir(APP, appauthor=False))


def log_dir() -> Path:
    """Return the folder for logs."""
    return Path(platformdirs.user_log_dir(APP, appauthor=False))


def resources_dir() -> Path:
    """Return the resources of the frozen app, the wheel, or the source tree, whichever this is."""
    frozen = getattr(sys, "_MEIPASS", None)
    inside = Path(frozen) / "crm" / "_resources" if frozen else Path(__file__).parent / "_resources"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "resources"
