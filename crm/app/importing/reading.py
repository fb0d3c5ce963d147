"""Files → records, touches and problems: each file read as a stream, by what is in it; what is bulky set aside."""

import errno
import io
import shutil
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from crm.app.importing.failed import FailedRecords, Header
from crm.app.importing.records import to_records
from crm.app.importing.shelf import Order, Shelf, Spill
from crm.app.importing.sources import Source, sources, told_apart, unreadable
from crm.app.pace import no_cycles_sought
from crm.app.progress import Progress
from crm.domain.card import CardDraft, Problem, ProblemCode, TouchCard
from crm.domain.columns import ColumnMapping, Mappings
from crm.domain.importrecord import Record
from crm.errors import ErrorCode, KeepwarmError
from crm.files import unwritable
from crm.formats import tables, vcard
from crm.formats.signature import read_signature

_HEAD = 1 << 16
_MB = 1 << 20
_SPARE = 64 * _MB
_PACKED = 800  # bytes of a record that waits to be written, beside what its file says
# Bytes of a record's rows, of their indexes and of the search, beside the card as it stood: so many, and of its text.
_ROWS = 1_300
_ROWS_OF_TEXT = 3
_TWICE = 2  # once they are written the book and the -wal beside it hold them both
_REASONS = {
    ErrorCode.FILE_EMPTY: ProblemCode.EMPTY_CARD,
    ErrorCode.FILE_UNKNOWN: ProblemCode.BROKEN,
    ErrorCode.FILE_UNREADABLE: ProblemCode.BROKEN,
    ErrorCode.ARCHIVE_DAMAGED: ProblemCode.BROKEN,
    ErrorCode.ARCHIVE_NESTED: ProblemCode.BROKEN,
}
_TOGETHER = 64  # cards; a third of the time for short ones…
_BULKY = 1 << 14  # letters; and no more of those that have a picture, or as many letters, in memory than one
_BLANK = b"\0 \t\r\n\xef\xbb\xbf\xfe\xff"
_TOUCHES = frozenset({tables.Layout.MESSAGES, tables.Layout.INVITATIONS})


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """What was read: records, and one problem for each that isn't one. `close` it once it was imported.

    `order` is theirs as in the files: an index of `records`, or -1 minus an index of `problems`. `size` is in bytes.
    A problem that isn't fatal is of a record that tells nobody, as LinkedIn's hidden members. `mappings` are those of
    the caller's that were followed. `origins` are the programs whose tables they are. `failed` are the cards with a
    problem, as they stood there; they are there after `close` too. `odd` is what was kept raw of records that could be
    read. `members` are the UIDs that groups name.
    """

    records: Sequence[Record]
    problems: tuple[Problem, ...]
    files: tuple[str, ...]
    order: Sequence[int]
    size: int
    spill: Spill
    failed: FailedRecords
    touches: tuple[TouchCard, ...] = ()
    mappings: tuple[ColumnMapping, ...] = ()
    origins: tuple[str, ...] = ()
    odd: tuple[Problem, ...] = ()
    members: frozenset[str] = frozenset()

    @property
    def read(self) -> int:
        """Return how many records the files hold, readable or not."""
        return len(self.order)

    @property
    def cards(self) -> tuple[CardDraft, ...]:
        """Return the cards, without their raw properties and pictures."""
        return tuple(record.card for record in self.records)

    def record(self, line: int) -> Record | None:
        """Return the record of a line, by its place in `order`; None when it couldn't be read."""
        place = self.order[line]
        return None if place < 0 else self.records[place]

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
def read_files(
    paths: Iterable[Path | str],
    progress: Progress,
    *,
    encoding: str | None = None,
    mappings: Mappings | None = None,
) -> ReadFiles:
    """Read vCards, tables of contacts, archives and folders of them, told by their content. Progress is in bytes.

    `encoding` is the code page of what isn't UTF-8, when the user knows better than our guess; `mappings` are what
    columns mean, by the fingerprint of their header (`importing.preview`). A file that can't be read at all raises
    `KeepwarmError` (unknown, empty, unreadable) when nothing else was read, else it is a problem.
    """
    named = [Path(path) for path in paths]
    gathering = _Gathering(progress, encoding, mappings or {})
    files = told_apart([source for path in named for source in sources(path)])
    size = sum(source.size for source in files)
    try:
        require_space(Path(tempfile.gettempdir()), size)
        progress.expect(size)
        for source in files:
            gathering.read(source)
        gathering.check(named)
    except BaseException:
        gathering.spill.close()
        raise
    return gathering.result(tuple(source.name for source in files), size)


@no_cycles_sought()
def read_text(
    text: str | bytes, progress: Progress, *, encoding: str | None = None, mappings: Mappings | None = None
) -> ReadFiles:
    """Read contacts that were pasted or piped in: vCards, a table, or a person's signature.

    `encoding` and `mappings` are as for `read_files`. Raises `KeepwarmError` (text empty).
    """
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    gathering = _Gathering(progress, encoding, mappings or {})
    progress.expect(len(data))
    try:
        gathering.read_pasted(data)
    except BaseException:
        gathering.spill.close()
        raise
    return gathering.result((), len(data))


def require_room_for(read: ReadFiles, book: Path) -> None:
    """Raise `KeepwarmError` when the book's disk can't hold what its import needs at worst."""
    text = max(0, read.size - read.spill.blob_bytes * 4 // 3)  # as Base64 has them
    needed = read.size + _ROWS * read.read + _ROWS_OF_TEXT * text
    require_space(book.resolve().parent, _TWICE * needed + _SPARE)


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

    def __init__(self, progress: Progress, encoding: str | None, mappings: Mappings) -> None:
        self.spill = Spill()
        self._kept = FailedRecords()
        self._records: Shelf[Record] = Shelf(Record, self.spill)
        self._starts = array("I")  # the lines at which records begin, as `_order`
        self._problems: list[Problem] = []
        self._order = Order()
        self._odd: list[Problem] = []
        self._members: set[str] = set()
        self._touches: list[TouchCard] = []
        self._followed: dict[str, ColumnMapping] = {}
        self._origins: dict[str, None] = {}
        self._owner: set[str] = set()
        self._conversations: list[tuple[Source, tables.Shape]] = []
        self._progress = progress
        self._encoding = encoding
        self._mappings = mappings
        self._failed: list[KeepwarmError] = []

    def read(self, source: Source) -> None:
        """Read one file; what is wrong with it as a whole is found too."""
        with self._failing(source):
            self._read(source)

    @contextmanager
    def _failing(self, source: Source) -> Iterator[None]:
        """What is wrong with a file as a whole is a problem found; the others are read."""
        try:
            yield
        except OSError as error:
            if error.errno == errno.ENOSPC:  # it is what we set aside that has no room
                raise unwritable(Path(tempfile.gettempdir()), error) from error
            self._fail(source.name, unreadable(source.path, error))
        except KeepwarmError as error:
            if error.code not in _REASONS:
                raise
            self._fail(source.name, error)

    def read_pasted(self, data: bytes) -> None:
        """Read a text from the clipboard."""
        step, encoding = self._progress.step, self._encoding
        if vcard.looks_like_vcard(data):
            self._take_each(vcard.read_together(io.BytesIO(data), "", encoding=encoding, step=step))
        elif (shape := pasted_table(data, encoding, self._mappings)) is not None:
            self._read_table(io.BytesIO(data), "", shape)
        elif (card := read_signature(data.decode("utf-8", "replace"))) is not None:
            self._take_cards([card])
        if not self._records:
            raise KeepwarmError(ErrorCode.TEXT_EMPTY)

    def check(self, named: Sequence[Path]) -> None:
        """Read what waited for the others; raise what is wrong when nothing could be read at all."""
        for source, shape in self._conversations:
            with self._failing(source), source.opened() as stream:
                reading = tables.Reading(self._encoding, frozenset(self._owner), step=self._progress.step)
                self._touches += tables.read_touches(stream, shape, reading)
        if self._failed and len(self._failed) == len(self._order) and not self._touches:
            raise self._failed[0]
        if named and not self._order and not self._touches:
            code = ErrorCode.FOLDER_EMPTY if named[0].is_dir() else ErrorCode.FILE_EMPTY
            raise KeepwarmError(code, path=str(named[0]))

    def result(self, files: tuple[str, ...], size: int) -> ReadFiles:
        """Return what was read."""
        order = self._order if self._problems else range(len(self._order))  # which is quicker to ask
        return ReadFiles(
            self._records, tuple(self._problems), files, order, size, self.spill, self._kept, tuple(self._touches),
            tuple(self._followed.values()), tuple(self._origins), tuple(self._odd), frozenset(self._members),
        )  # fmt: skip

    def _read(self, source: Source) -> None:
        before = len(self._order)
        head = beginning(source)
        if not head.strip(_BLANK):
            raise KeepwarmError(ErrorCode.FILE_EMPTY, path=str(source.path))
        if vcard.looks_like_vcard(head):
            self._expect(source, head, head.upper().count(b"BEGIN:VCARD"))
            with source.opened() as stream:
                step, encoding = self._progress.step, self._encoding
                self._take_each(vcard.read_together(stream, source.name, encoding=encoding, step=step))
            self._keep_failed(source, before)
        else:
            shape = tables.examine(head, encoding=self._encoding, mappings=self._mappings)
            if shape is not None and shape.layout in _TOUCHES:
                self._conversations.append((source, shape))  # whose they are may show in a later file
                return
            if shape is None or not shape.mapping.tells_whom:
                raise KeepwarmError(ErrorCode.FILE_UNKNOWN, path=str(source.path))
            self._expect(source, head, head.count(b"\n"))
            with source.opened() as stream:
                if shape.layout is tables.Layout.PROFILE:
                    self._owner |= tables.owner(stream, shape)
                    return
                self._read_table(stream, source.name, shape)
            self._keep_failed(source, before, shape)
        if len(self._order) == before:
            raise KeepwarmError(ErrorCode.FILE_EMPTY, path=str(source.path))

    def _expect(self, source: Source, head: bytes, records: int) -> None:
        """Make ready for a file with so many records in its beginning.

        Raises `KeepwarmError` when they have no room until they are written.
        """
        number = records * source.size // len(head)
        require_space(Path(tempfile.gettempdir()), source.size + _PACKED * number)
        self._records.expect(number * 4 // 5)  # so many surely: the first ones may be short

    def _read_table(self, stream: BinaryIO, name: str, shape: tables.Shape) -> None:
        if shape.preview.remembered:
            self._followed[shape.mapping.fingerprint] = shape.mapping
        if shape.layout.value:
            self._origins[shape.layout.value.split()[0]] = None
        step, encoding = self._progress.step, self._encoding
        self._take_each([row] for row in tables.read(stream, name, shape, encoding=encoding, step=step))

    def _take_each(self, found: Iterable[list[CardDraft | Problem]]) -> None:
        """Take what a reader finds, some cards at a time."""
        held: list[CardDraft] = []
        try:
            for some in found:
                for one in some:
                    if isinstance(one, Problem):
                        self._take_cards(held)
                        self._take_problem(one)
                    else:
                        held.append(one)
                if len(held) >= _TOGETHER or any(map(_is_bulky, held)):
                    self._take_cards(held)
        finally:  # what was read before a file broke off stays
            self._take_cards(held)

    def _take_cards(self, held: list[CardDraft]) -> None:
        records: list[Record] = []
        for one in to_records(held, self.spill) if held else ():
            if isinstance(one, Problem):
                self._take_records(records)
                self._take_problem(one)
            else:
                records.append(one)
        self._take_records(records)
        held.clear()

    def _take_records(self, records: list[Record]) -> None:
        self._order.extend(len(records))
        self._starts.extend([record.card.line for record in records])
        self._records.extend(records)
        for record in records:
            if record.card.problems:
                self._odd += record.card.problems
            if record.card.members:
                self._members.update(record.card.members)
        records.clear()

    def _take_problem(self, problem: Problem) -> None:
        self._problems.append(problem)
        self._order.append(failed=True)
        self._starts.append(problem.line)

    def _keep_failed(self, source: Source, before: int, shape: tables.Shape | None = None) -> None:
        """Set aside what couldn't be read of a file's records; only then is it read once more."""
        found = zip(self._order.failed, self._problems, strict=True)
        problems = {line - before: problem for line, problem in found if line >= before and problem.fatal}
        if problems:
            starts = self._starts[before:]
            with source.opened() as stream:
                if shape is None:
                    self._kept.cut(stream, starts, problems, self._progress)
                else:
                    header = Header(shape.header_line, shape.delimiter)
                    self._kept.cut_rows(stream, header, starts, problems, self._progress)

    def _fail(self, name: str, error: KeepwarmError) -> None:
        self._failed.append(error)
        self._take_problem(Problem(name, 1, _REASONS[error.code], error.code.value))


def _is_bulky(card: CardDraft) -> bool:
    return len(card.raw) > _BULKY or bool(card.blobs)


def pasted_table(data: bytes, encoding: str | None, mappings: Mappings) -> tables.Shape | None:
    """Return what the table in a text looks like; lines of prose with commas in them are none."""
    shape = tables.examine(data[:_HEAD], encoding=encoding, mappings=mappings)
    if shape is None or shape.layout in _TOUCHES or not shape.header_line or not shape.preview.rows:
        return None
    return shape if shape.mapping.tells_whom else None


def beginning(source: Source) -> bytes:
    """Return the first bytes of a file, to tell what it is. Raises `KeepwarmError`, `OSError`."""
    with source.opened() as stream:
        return stream.read(_HEAD)
