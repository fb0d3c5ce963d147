"""What an import couldn't read, kept just as it stood in its files, to be mended and imported again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from crm.app.importing_records import Spill
from crm.app.progress import Progress
from crm.domain.card import Problem
from crm.files import atomic_write
from crm.formats import cutting, vcard

_PART = 1 << 20


@dataclass(slots=True)
class FailedRecords:
    """The records of an import that nobody could read; their bytes wait in a file without a name."""

    _kept: list[tuple[Problem, int, int]] = field(default_factory=list)  # its start and length
    _spill: Spill = field(default_factory=Spill)

    def __len__(self) -> int:
        return len(self._kept)

    def cut(
        self, stream: BinaryIO, starts: Sequence[int], problems: dict[int, Problem], progress: Progress
    ) -> None:
        """Keep the records at these places of a file, whose records start at these lines. Raises `Cancelled`."""
        pieces: dict[int, tuple[int, int]] = {}

        def keep(place: int, data: bytes) -> None:
            start, length = self._spill.keep(data)
            first, so_far = pieces.get(place, (start, 0))
            pieces[place] = (first, so_far + length)

        cutting.cut(stream, starts, sorted(problems), keep, lambda _read: progress.step(0))
        self._kept += [(problems[place], *piece) for place, piece in pieces.items()]

    def save(self, path: Path, why: Callable[[Problem], str]) -> None:
        """Write the records to a file of cards, each with its reason. Raises `KeepwarmError` (disk full, can't write).

        The reason is a property that reading the file again takes no notice of.
        """
        atomic_write(path, self._parts(why))

    def _parts(self, why: Callable[[Problem], str]) -> Iterator[bytes]:
        for problem, start, length in self._kept:
            head = self._spill.read((start, min(length, _PART)))
            yield vcard.with_reason(head, why(problem))
            for offset in range(_PART, length, _PART):
                yield self._spill.read((start + offset, min(length - offset, _PART)))
            yield b"" if head.endswith((b"\n", b"\r")) or length > _PART else b"\r\n"
