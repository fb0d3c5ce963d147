"""Files: the one way to write the user's, complete or not at all; and which ones must not be opened beside SQLite."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from crm.errors import ErrorCode, KeepwarmError

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
_held: Counter[tuple[int, int]] = Counter()


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Note that SQLite has a file open in this process, until this ends.

    Where locks are POSIX's, closing any handle of a file drops all locks that the process has on it
    (sqlite.org/howtocorrupt.html, 2.2). Another program then takes itself for the last one and removes the -wal that
    this one still writes to. So whoever opens files by name asks `is_held` first.
    """
    found = path.stat()
    key = (found.st_dev, found.st_ino)
    _held[key] += 1
    try:
        yield
    finally:
        _held[key] -= 1


def is_held(path: Path) -> bool:
    """Say whether SQLite has this file open in this process, whatever its name."""
    with contextlib.suppress(OSError):
        found = path.stat()
        return _held[found.st_dev, found.st_ino] > 0
    return False


def require_free_place(path: Path, beginnings: tuple[bytes, ...]) -> None:
    """Raise `KeepwarmError` unless a file that the user named can be written: its folder is there, and at `path` is
    nothing, an empty file, or one that begins as those do which may be replaced.
    """
    if path.is_dir():
        raise KeepwarmError(ErrorCode.FILE_UNWRITABLE, path=str(path), why=os.strerror(errno.EISDIR))
    if not path.resolve().parent.is_dir():
        raise KeepwarmError(ErrorCode.FILE_UNWRITABLE, path=str(path), why=os.strerror(errno.ENOENT))
    if not path.exists():
        return
    if is_held(path):
        raise KeepwarmError(ErrorCode.FILE_TAKEN, path=str(path))
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError as error:
        raise unwritable(path, error) from error
    if head and not head.startswith(beginnings):
        raise KeepwarmError(ErrorCode.FILE_TAKEN, path=str(path))


def private_folder(path: Path) -> Path:
    """Create `path` for the owner only, if it isn't there, and return it. An existing folder keeps its mode."""
    try:
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error
    return path


def atomic_write(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Replace the file at `path` by `data`, whole or in parts; after any failure the old file is still whole.

    Writes a neighbour, checks the length, syncs, renames (RELIABILITY B6: a save that doesn't check can replace a
    good file by a truncated one). Raises `KeepwarmError` (disk full, can't write).
    """
    path = path.resolve()  # a link keeps pointing where it points; its target is replaced
    private_folder(path.parent)
    try:
        with neighbour(path) as part:
            with part.open("wb") as file:
                for part_of in (data,) if isinstance(data, bytes) else data:
                    if file.write(part_of) != len(part_of):
                        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            sync_folder(path.parent)
    except OSError as error:
        raise unwritable(path, error) from error


@contextlib.contextmanager
def neighbour(path: Path) -> Iterator[Path]:
    """Yield an empty private file beside `path`, to be filled, synced and renamed; left in place, it is removed."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=".part", dir=path.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def copy_synced(source: Path, target: Path) -> None:
    """Copy a file's bytes and make them durable."""
    with source.open("rb") as bytes_of, target.open("wb") as file:
        shutil.copyfileobj(bytes_of, file, 1024 * 1024)
        file.flush()
        os.fsync(file.fileno())


def sync_file(path: Path) -> None:
    """Make what was written to a file durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the rename durable where folders can be synced (not on Windows)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unwritable(path: Path, error: OSError) -> KeepwarmError:
    """Return the expected error that says why `path` couldn't be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC):
        return KeepwarmError(ErrorCode.DISK_FULL, path=str(path))
    older = os.path.lexists(path)  # never raises, also where a folder can't be read
    return KeepwarmError(
        ErrorCode.FILE_UNWRITABLE, path=str(path), why=error.strerror or str(error), older=older
    )


@contextlib.contextmanager
def atomic_stream(path: Path) -> Iterator[BinaryIO]:
    """Yield a file to write what is too large to hold; complete, it replaces the one at `path`, else nothing changes.

    Raises `KeepwarmError` (disk full, can't write).
    """
    path = path.resolve()
    private_folder(path.parent)
    try:
        with neighbour(path) as part:
            with part.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            sync_folder(path.parent)
    except OSError as error:
        raise unwritable(path, error) from error


class NewFolder:
    """A folder on its way to its place: files written here are synced together, ten thousand in a second."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, data: bytes) -> None:
        """Write a file whose name says its place in the folder."""
        with self.stream(name) as file:
            file.write(data)

    @contextlib.contextmanager
    def stream(self, name: str) -> Iterator[BinaryIO]:
        """Yield a file to write."""
        path = self.root / name
        path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        with path.open("xb") as file:
            yield file


@contextlib.contextmanager
def atomic_folder(path: Path) -> Iterator[NewFolder]:
    """Yield a folder to fill; complete, it comes to stand at `path`. After any failure nothing is there.

    In a folder that stands there already its files take the place of those of the same names; nothing else is touched.
    """
    path = path.resolve()
    private_folder(path.parent)
    try:
        with tempfile.TemporaryDirectory(
            prefix=f".{path.name[:80]}.", suffix=".part", dir=path.parent
        ) as part:
            new = NewFolder(Path(part) / "new")
            new.root.mkdir(mode=PRIVATE_FOLDER)
            yield new
            if hasattr(os, "sync"):
                os.sync()
            _put_in_place(new.root, path)
            sync_folder(path.parent)
    except OSError as error:
        raise unwritable(path, error) from error


def _put_in_place(folder: Path, path: Path) -> None:
    if not path.exists():
        folder.rename(path)
        return
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            target = path / file.relative_to(folder)
            target.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            file.replace(target)
