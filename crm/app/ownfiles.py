"""Data files a user may put in the place of those that came with the program: plans, messages."""

from pathlib import Path

from crm import paths
from crm.errors import ErrorCode, KeepwarmError, NotFound

_ENDING = ".toml"


def names(folder: str) -> tuple[str, ...]:
    """Return the names there are in a folder, the program's and the user's own."""
    folders = (paths.resources_dir() / folder, paths.data_dir() / folder)
    found = {file.stem for one in folders if one.is_dir() for file in one.glob(f"*{_ENDING}")}
    return tuple(sorted(found))


def text(folder: str, name: str, what: str) -> tuple[str, Path]:
    """Return the text of a file, the user's own where there is one, and its path. Raises `NotFound`, `KeepwarmError`."""
    known = names(folder)
    if name not in known:
        raise NotFound(what, name, known)
    own = paths.data_dir() / folder / f"{name}{_ENDING}"
    file = own if own.is_file() else paths.resources_dir() / folder / f"{name}{_ENDING}"
    try:
        return file.read_text("utf-8"), file
    except (OSError, UnicodeDecodeError) as error:
        raise KeepwarmError(ErrorCode.FILE_UNREADABLE, path=str(file), why=str(error)) from error
