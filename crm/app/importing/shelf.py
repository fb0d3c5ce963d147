"""Where the values of an import wait: its bulk in a file without a name, and what is many beside it."""

import tempfile
import threading
import weakref
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from crm.app.importing.packing import pack, unpack
from crm.errors import Cancelled
from crm.files import unwritable

_Value = TypeVar("_Value")
_IN_MEMORY = 16 << 20  # bytes; beyond this they wait in a file that has no name
NEAR = 30_000  # values, as many as LinkedIn lets one have; beyond this all of them are packed
_READ_AT_ONCE = 1 << 20  # bytes, and the last value among them
_RECENT = 512  # values that are asked for again and again
_BETWEEN = b"\n"  # packed values, which have none within
_TOGETHER = 16  # packed values that are set aside, and read again, at once


def are_many(number: int) -> bool:
    """Say whether so many values are too many for memory."""
    return number > NEAR


class Spill:
    """Raw properties, pictures and packed values of one import, out of memory: a 1 GB file must not need 1 GB."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed with the files read
        self._size = 0
        self._was_read = False  # since it was written to: it isn't at its end
        self._blobs: dict[str, tuple[int, int]] = {}
        self._lock = threading.Lock()  # the review shows records while a wish is planned
        self.close = weakref.finalize(self, self._file.close)

    def keep(self, data: bytes) -> tuple[int, int]:
        """Set bytes aside; return where they are."""
        with self._lock:
            self._require_open()
            place = (self._size, len(data))
            if self._was_read:
                self._file.seek(self._size)
                self._was_read = False
            try:
                self._size += self._file.write(data)
            except OSError as error:
                raise unwritable(Path(tempfile.gettempdir()), error) from error
        return place

    def keep_all(self, many: Sequence[bytes]) -> list[tuple[int, int]]:
        """Set several bytes aside at once; return where each of them is."""
        start, _ = self.keep(b"".join(many))
        lengths = [len(data) for data in many]
        return list(zip(accumulate(lengths[:-1], initial=start), lengths, strict=True))

    def keep_blob(self, sha: str, blob: bytes) -> None:
        """Set binary content aside by its content address, once however often it comes."""
        if sha not in self._blobs:
            self._blobs[sha] = self.keep(blob)

    def read(self, place: tuple[int, int]) -> bytes:
        """Return what was set aside."""
        with self._lock:
            self._require_open()
            self._was_read = True
            self._file.seek(place[0])
            return self._file.read(place[1])

    def read_each(self, places: Iterable[tuple[int, int]]) -> Iterator[bytes]:
        """Yield several that were set aside; those that stand one behind the other are read at once."""
        for run in _runs(places):
            start = run[0][0]
            data = self.read((start, sum(run[-1]) - start))
            for begin, length in run:
                yield data[begin - start : begin - start + length]

    def blob(self, sha: str) -> bytes:
        """Return binary content by its address."""
        return self.read(self._blobs[sha])

    @property
    def blob_bytes(self) -> int:
        """Return how many bytes of binary content were set aside."""
        return sum(length for _, length in self._blobs.values())

    def _require_open(self) -> None:
        """Raise `Cancelled` when what was read has been let go, while somebody still worked on it."""
        if self._file.closed:
            raise Cancelled


def _runs(places: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield places, together those that stand one behind the other, as long as they aren't too much for memory."""
    run: list[tuple[int, int]] = []
    end = 0
    for place in places:
        if run and (place[0] != end or end - run[0][0] > _READ_AT_ONCE):
            yield run
            run = []
        run.append(place)
        end = sum(place)
    if run:
        yield run


class Shelf(Sequence[_Value], Generic[_Value]):
    """Values of one type in the order they came: as they are while they are few, packed once they are many.

    `many` says that they will be. A value read from it twice may be two equal ones.
    """

    def __init__(self, kind: Any, spill: Spill, *, many: bool = False) -> None:
        self._kind, self._spill, self._many = kind, spill, many
        self._near: list[_Value] = []
        self._recent: dict[int, _Value] = {}  # unpacked
        self._packed: list[bytes] = []  # the last ones, until they are set aside
        self._starts = array("q")
        self._lengths = array("I")
        self._read: tuple[int, list[bytes]] = (-1, [])  # those that were read again last, and which

    def expect(self, number: int) -> None:
        """Say that so many values come: if they are many, none of them waits unpacked until it is seen."""
        self._many = self._many or (not self._near and are_many(number))

    def append(self, value: _Value) -> None:
        """Put a value after the others."""
        self.extend((value,))

    def extend(self, values: Sequence[_Value]) -> None:
        """Put several values after the others."""
        if self._many or are_many(len(self._near) + len(values)):
            self._many = True
            for one in chain(self._near, values):
                self._pack(one)
            self._near.clear()
        else:
            self._near += values

    def __len__(self) -> int:
        return len(self._near) or _TOGETHER * len(self._starts) + len(self._packed)

    @overload
    def __getitem__(self, place: int) -> _Value: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[_Value]: ...

    def __getitem__(self, place: int | slice) -> _Value | Sequence[_Value]:
        if not self._many:
            return self._near[place]
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        found = self._recent.get(place)
        if found is None:
            found = unpack(self._kind, self._data(place))
            if len(self._recent) >= _RECENT:
                self._recent.clear()
            self._recent[place] = found
        return found

    def __iter__(self) -> Iterator[_Value]:
        return map(self.__getitem__, range(len(self)))

    def _pack(self, value: _Value) -> None:
        self._packed.append(pack(value))
        if len(self._packed) == _TOGETHER:
            start, length = self._spill.keep(_BETWEEN.join(self._packed))
            self._starts.append(start)
            self._lengths.append(length)
            self._packed.clear()

    def _data(self, place: int) -> bytes:
        number, within = divmod(place, _TOGETHER)
        if number == len(self._starts):
            return self._packed[within]
        read = self._read
        if read[0] != number:
            data = self._spill.read((self._starts[number], self._lengths[number]))
            read = self._read = (number, data.split(_BETWEEN))
        return read[1][within]


class NumberedShelf(MutableMapping[int, _Value], Generic[_Value]):
    """Values of one type by number, put there in the order of the numbers."""

    def __init__(self, kind: Any, spill: Spill, *, many: bool = False) -> None:
        self._numbers = array("I")
        self._values: Shelf[_Value] = Shelf(kind, spill, many=many)

    def __setitem__(self, number: int, value: _Value) -> None:
        """Put a value there; its number is higher than those before."""
        self._numbers.append(number)
        self._values.append(value)

    def __delitem__(self, number: int) -> None:
        raise TypeError(number)  # what was put there stays

    def __getitem__(self, number: int) -> _Value:
        place = bisect_left(self._numbers, number)
        if place == len(self._numbers) or self._numbers[place] != number:
            raise KeyError(number)
        return self._values[place]

    def __contains__(self, number: object) -> bool:
        place = bisect_left(self._numbers, number) if isinstance(number, int) else len(self._numbers)
        return place < len(self._numbers) and self._numbers[place] == number

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


class Order(Sequence[int]):
    """Where the record of each line is, as `ReadFiles.order` tells it; only lines without one take memory.

    `failed` are these lines: where the problems are.
    """

    def __init__(self) -> None:
        self.failed = array("I")
        self._size = 0

    def append(self, *, failed: bool) -> None:
        """Say whether the next line is a record or a problem."""
        if failed:
            self.failed.append(self._size)
        self._size += 1

    def extend(self, records: int) -> None:
        """Say that the next lines, so many, are records."""
        self._size += records

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, line: int) -> int: ...

    @overload
    def __getitem__(self, line: slice) -> Sequence[int]: ...

    def __getitem__(self, line: int | slice) -> int | Sequence[int]:
        if isinstance(line, slice):
            return [self[one] for one in range(*line.indices(self._size))]
        if not 0 <= line < self._size:
            raise IndexError(line)
        before = bisect_left(self.failed, line)
        is_failed = before < len(self.failed) and self.failed[before] == line
        return -1 - before if is_failed else line - before


class Repeated(Sequence[_Value], Generic[_Value]):
    """Few different values, some hundreds at most, each many times, in the order they came."""

    def __init__(self) -> None:
        self._values: list[_Value] = []
        self._known: dict[_Value, int] = {}  # the place of each of them
        self._numbers = array("H")

    def append(self, value: _Value) -> None:
        """Put a value after the others."""
        number = self._known.setdefault(value, len(self._values))
        if number == len(self._values):
            self._values.append(value)
        self._numbers.append(number)

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> _Value: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[_Value]: ...

    def __getitem__(self, place: int | slice) -> _Value | Sequence[_Value]:
        numbers = self._numbers[place]
        return (
            self._values[numbers]
            if isinstance(numbers, int)
            else [self._values[number] for number in numbers]
        )
