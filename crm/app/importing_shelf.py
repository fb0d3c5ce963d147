"""Where the values of an import wait: its bulk in a file without a name, and what is many beside it."""

import tempfile
import threading
import weakref
from array import array
from bisect import bisect_left
from collections.abc import Iterator, MutableMapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from crm.app.importing_packing import pack, unpack
from crm.errors import Cancelled
from crm.files import unwritable

_Value = TypeVar("_Value")
_IN_MEMORY = 16 << 20  # bytes; beyond this they wait in a file that has no name
NEAR = 30_000  # values, as many as LinkedIn lets one have; beyond this all of them are packed
_RECENT = 4_096  # values that are asked for again and again


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

    def blob(self, sha: str) -> bytes:
        """Return binary content by its address."""
        return self.read(self._blobs[sha])

    def _require_open(self) -> None:
        """Raise `Cancelled` when what was read has been let go, while somebody still worked on it."""
        if self._file.closed:
            raise Cancelled


class Shelf(Sequence[_Value], Generic[_Value]):
    """Values of one type in the order they came: as they are while they are few, packed once they are many.

    A value read from it twice may be two equal ones.
    """

    def __init__(self, kind: Any, spill: Spill) -> None:
        self._kind, self._spill = kind, spill
        self._near: list[_Value] = []
        self._recent: dict[int, _Value] = {}  # unpacked
        self._starts = array("q")
        self._lengths = array("I")

    def append(self, value: _Value) -> None:
        """Put a value after the others."""
        if self._starts or are_many(len(self._near) + 1):
            for one in self._near:
                self._pack(one)
            self._near.clear()
            self._pack(value)
        else:
            self._near.append(value)

    def __len__(self) -> int:
        return len(self._near) or len(self._starts)

    @overload
    def __getitem__(self, place: int) -> _Value: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[_Value]: ...

    def __getitem__(self, place: int | slice) -> _Value | Sequence[_Value]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not self._starts:
            return self._near[place]
        found = self._recent.get(place)
        if found is None:
            data = self._spill.read((self._starts[place], self._lengths[place]))
            found = unpack(self._kind, data)
            if len(self._recent) >= _RECENT:
                self._recent.clear()
            self._recent[place] = found
        return found

    def __iter__(self) -> Iterator[_Value]:
        return map(self.__getitem__, range(len(self)))

    def _pack(self, value: _Value) -> None:
        start, length = self._spill.keep(pack(value))
        self._starts.append(start)
        self._lengths.append(length)


class NumberedShelf(MutableMapping[int, _Value], Generic[_Value]):
    """Values of one type by number, put there in the order of the numbers."""

    def __init__(self, kind: Any, spill: Spill) -> None:
        self._numbers = array("q")
        self._values: Shelf[_Value] = Shelf(kind, spill)

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


class Repeated(Sequence[_Value], Generic[_Value]):
    """Few different values, each many times, in the order they came."""

    def __init__(self) -> None:
        self._values: list[_Value] = []
        self._known: dict[_Value, int] = {}  # the place of each of them
        self._numbers = array("I")

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
