"""What an import couldn't read, kept just as it stood in its files, to be mended and imported again."""

import itertools
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from crm.app.importing.shelf import Spill
from crm.app.progress import Progress
from crm.domain.card import Problem
from crm.files import atomic_write
from crm.formats import cutting, tables, vcard

_PART = 1 << 20
_HEADER = -1  # the place of a table's header among its rows


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table's header starts, and what separates its cells."""

    line: int
    delimiter: str


@dataclass(frozen=True, slots=True)
class _Kept:
    """A record that couldn't be read: why, and where its bytes are."""

    problem: Problem
    start: int
    length: int


@dataclass(slots=True)
class FailedRecords:
    """The records of an import that nobody could read; their bytes wait in a file without a name."""

    _cards: list[_Kept] = field(default_factory=list)
    _rows: dict[tuple[bytes, str], list[_Kept]] = field(default_factory=dict)  # by header and separator
    _spill: Spill = field(default_factory=Spill)

    def __len__(self) -> int:
        return len(self._cards) + sum(map(len, self._rows.values()))

    @property
    def ending(self) -> str:
        """Return how a file for them should be named: ".csv" when there are rows of tables only."""
        return ".vcf" if self._cards or not self._rows else ".csv"

    def cut(
        self, stream: BinaryIO, starts: Sequence[int], problems: Mapping[int, Problem], progress: Progress
    ) -> None:
        """Keep the cards at these places of a file, whose records start at these lines. Raises `Cancelled`."""
        pieces = self._cut(stream, starts, sorted(problems), progress)
        self._cards += [_Kept(problems[place], *piece) for place, piece in pieces.items()]

    def cut_rows(
        self,
        stream: BinaryIO,
        header: Header,
        starts: Sequence[int],
        problems: Mapping[int, Problem],
        progress: Progress,
    ) -> None:
        """Keep the rows at these places of a table, and its header. Raises `Cancelled`."""
        first = int(header.line > 0)
        lines = array("q", (header.line,) * first) + array("q", starts)
        wanted = [*range(first), *(place + first for place in sorted(problems))]
        pieces = self._cut(stream, lines, wanted, progress)
        head = self._spill.read(pieces.pop(0)) if first else b""
        kept = self._rows.setdefault((head.rstrip(b"\r\n"), header.delimiter), [])
        kept += [_Kept(problems[place - first], *piece) for place, piece in pieces.items()]

    def save(self, path: Path, why: Callable[[Problem], str]) -> tuple[Path, ...]:
        """Write the records, each with its reason, to `path`; return the files written.

        Cards and the rows of each table need a file of their own: the others get free names beside it. Reading the
        files again takes no notice of the reasons. Raises `KeepwarmError` (disk full, can't write).
        """
        written: list[Path] = []
        if self._cards:
            written.append(path)
            atomic_write(path, self._card_parts(why))
        for (head, delimiter), kept in self._rows.items():
            target = _free_name(path.with_suffix(".csv")) if written else path
            written.append(target)
            atomic_write(target, self._row_parts(head, delimiter, kept, why))
        return tuple(written)

    def _cut(
        self, stream: BinaryIO, starts: Sequence[int], wanted: Sequence[int], progress: Progress
    ) -> dict[int, tuple[int, int]]:
        pieces: dict[int, tuple[int, int]] = {}

        def keep(place: int, data: bytes) -> None:
            start, length = self._spill.keep(data)
            first, so_far = pieces.get(place, (start, 0))
            pieces[place] = (first, so_far + length)

        cutting.cut(stream, starts, wanted, keep, lambda _read: progress.step(0))
        return pieces

    def _card_parts(self, why: Callable[[Problem], str]) -> Iterator[bytes]:
        for one in self._cards:
            parts = self._parts(one)
            yield vcard.with_reason(next(parts, b""), why(one.problem))
            yield from parts

    def _row_parts(
        self, head: bytes, delimiter: str, kept: Sequence[_Kept], why: Callable[[Problem], str]
    ) -> Iterator[bytes]:
        if head:
            yield tables.reason_cell(tables.REASON, delimiter) + head + b"\r\n"
        for one in kept:
            if head:
                yield tables.reason_cell(why(one.problem), delimiter)
            yield from self._parts(one)

    def _parts(self, one: _Kept) -> Iterator[bytes]:
        """Yield a record's bytes, and the line end that the last one of a file may lack."""
        part = b""
        for offset in range(0, one.length, _PART):
            part = self._spill.read((one.start + offset, min(one.length - offset, _PART)))
            yield part
        if not part.endswith((b"\n", b"\r")):
            yield b"\r\n"


def _free_name(path: Path) -> Path:
    numbered = (path.with_stem(f"{path.stem} {number}") for number in itertools.count(2))
    return next(file for file in (path, *itertools.islice(numbered, 1000)) if not file.exists())
