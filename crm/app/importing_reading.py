"""Files → records and problems: folders walked, each file read as a stream, what is bulky set aside."""

import errno
import os
import shutil
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from crm.app.importing_failed import FailedRecords
from crm.app.importing_pace import no_cycles_sought
from crm.app.importing_records import Spill, to_record
from crm.app.progress import Progress
from crm.domain.card import CardDraft, Problem, ProblemCode
from crm.domain.importrecord import Record
from crm.errors import ErrorCode, KeepwarmError
from crm.files import unwritable
from crm.formats import vcard

_HEAD = 1 << 16
_MB = 1 << 20
_SPARE = 64 * _MB
_TIMES_INPUT = 4  # rows, indexes, the search, and the -wal beside them (RELIABILITY 2.2)
_REASONS = {
    ErrorCode.FILE_EMPTY: ProblemCode.EMPTY_CARD,
    ErrorCode.FILE_UNKNOWN: ProblemCode.BROKEN,
    ErrorCode.FILE_UNREADABLE: ProblemCode.BROKEN,
}


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """What was read: records, and one fatal problem for each that couldn't be. `close` it once it was imported.

    `order` is theirs as in the files: an index of `records`, or -1 minus an index of `problems`. `size` is in bytes.
    `failed` are the records with a problem, as they stood there; they are there after `close` too.
    """

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    files: tuple[str, ...]
    order: Sequence[int]
    size: int
    spill: Spill
    failed: FailedRecords

    @property
    def read(self) -> int:
        """Return how many records the files hold, readable or not."""
        return len(self.order)

    @property
    def cards(self) -> tuple[CardDraft, ...]:
        """Return the cards, without their raw properties and pictures."""
        return tuple(record.card for record in self.records)

    def close(self) -> None:
        """Let go of what was set aside."""
        self.spill.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@no_cycles_sought()
def read_files(paths: Iterable[Path | str], progress: Progress, *, encoding: str | None = None) -> ReadFiles:
    """Read vCard files and, in folders, every `*.vcf`. Progress is in bytes.

    `encoding` is the code page of what isn't UTF-8, when the user knows better than our guess. A file that can't be
    read at all raises `KeepwarmError` (unknown, empty, unreadable) when nothing else was read, else it is a problem.
    """
    named = [Path(path) for path in paths]
    files = [file for path in named for file in _walk(path)]
    if named and not files:
        raise KeepwarmError(ErrorCode.FILE_EMPTY, path=str(named[0]))
    sizes = [_size(file) for file in files]
    require_space(Path(tempfile.gettempdir()), sum(sizes))
    progress.expect(sum(sizes))
    gathering = _Gathering(progress, encoding)
    try:
        for file in files:
            gathering.read(file)
        gathering.check()
    except BaseException:
        gathering.spill.close()
        raise
    return ReadFiles(
        tuple(gathering.records),
        tuple(gathering.problems),
        tuple(file.name for file in files),
        gathering.order,
        sum(sizes),
        gathering.spill,
        gathering.failed,
    )


def require_room_for(read: ReadFiles, book: Path) -> None:
    """Raise `KeepwarmError` when the book's disk can't hold what its import needs at worst."""
    require_space(book.resolve().parent, _TIMES_INPUT * read.size + _SPARE)


def require_space(folder: Path, needed: int) -> None:
    """Raise `KeepwarmError` when the disk of `folder` has less than `needed` bytes free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise KeepwarmError(
            ErrorCode.NO_SPACE_FOR_IMPORT,
            path=str(folder),
            needed_mb=-(-needed // _MB),
            free_mb=free // _MB,
        )


class _Gathering:
    """Collects what the files hold, one file after the other."""

    def __init__(self, progress: Progress, encoding: str | None) -> None:
        self.records: list[Record] = []
        self.problems: list[Problem] = []
        self.order = array("q")
        self.spill = Spill()
        self.failed = FailedRecords()
        self._progress = progress
        self._encoding = encoding
        self._failed: list[KeepwarmError] = []

    def read(self, file: Path) -> None:
        """Read one file; what is wrong with it as a whole is found too."""
        before = len(self.order)
        try:
            with file.open("rb") as stream:
                head = stream.read(_HEAD)
                stream.seek(0)
                if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xfe\xff"):
                    raise KeepwarmError(ErrorCode.FILE_EMPTY, path=str(file))
                if not vcard.looks_like_vcard(head):
                    raise KeepwarmError(ErrorCode.FILE_UNKNOWN, path=str(file))
                step = self._progress.step
                for found in vcard.read(stream, file.name, encoding=self._encoding, step=step):
                    self._take(to_record(found, self.spill) if isinstance(found, CardDraft) else found)
                self._keep_failed(stream, before)
            if len(self.order) == before:
                raise KeepwarmError(ErrorCode.FILE_EMPTY, path=str(file))
        except OSError as error:
            if error.errno == errno.ENOSPC:  # it is what we set aside that has no room
                raise unwritable(Path(tempfile.gettempdir()), error) from error
            self._fail(file, _unreadable(file, error))
        except KeepwarmError as error:
            if error.code not in _REASONS:
                raise
            self._fail(file, error)

    def check(self) -> None:
        """Raise what is wrong when nothing could be read at all."""
        if self._failed and len(self._failed) == len(self.order):
            raise self._failed[0]

    def _take(self, found: Record | Problem) -> None:
        if isinstance(found, Problem):
            self.problems.append(found)
            self.order.append(-len(self.problems))
        else:
            self.order.append(len(self.records))
            self.records.append(found)

    def _keep_failed(self, stream: BinaryIO, before: int) -> None:
        """Set aside what couldn't be read of this file's records; only then is it read once more."""
        places = self.order[before:]
        problems = {place: self.problems[-1 - number] for place, number in enumerate(places) if number < 0}
        if problems:
            starts = [
                self.problems[-1 - number].line if number < 0 else self.records[number].card.line
                for number in places
            ]
            stream.seek(0)
            self.failed.cut(stream, starts, problems, self._progress)

    def _fail(self, file: Path, error: KeepwarmError) -> None:
        self._failed.append(error)
        self._take(Problem(file.name, 1, _REASONS[error.code], error.code.value))


def _walk(path: Path) -> Iterator[Path]:
    """Yield a file, or a folder's vCard files in the order of their paths; hidden and linked folders are left out."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(".vcf") and not name.startswith("."):
                yield Path(folder) / name


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError as error:
        raise _unreadable(file, error) from error


def _unreadable(file: Path, error: OSError) -> KeepwarmError:
    return KeepwarmError(ErrorCode.FILE_UNREADABLE, path=str(file), why=error.strerror or str(error))
