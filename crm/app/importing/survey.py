"""Which keys of an import come more than once: only they can tell who is the same, and the others needn't be kept."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from crm.app.importing.shelf import Spill
from crm.app.progress import Progress
from crm.domain.likeness import MOST_TOGETHER

_BITS = 32  # of a hash: that one key in a hundred seems to come twice and doesn't is no harm
_MASK = (1 << _BITS) - 1
_BUCKETS = 256  # by the highest bits of a hash
_FULL = 4096  # hashes of a bucket in memory


class Survey:
    """Counts keys by their hashes, a bucket at a time, so that millions need no memory."""

    def __init__(self, spill: Spill, progress: Progress) -> None:
        self._spill, self._progress = spill, progress
        self._near = [array("I") for _ in range(_BUCKETS)]
        self._far: list[list[tuple[int, int]]] = [[] for _ in range(_BUCKETS)]

    def note(self, hashes: Iterable[int]) -> None:
        """Count these keys."""
        for one in hashes:
            number = one & _MASK
            bucket = self._near[number >> _BITS - 8]
            bucket.append(number)
            if len(bucket) == _FULL:
                self._far[number >> _BITS - 8].append(self._spill.keep(bucket.tobytes()))
                del bucket[:]

    def shared(self, most: int) -> "SharedKeys":
        """Return the keys that came more than once, each with room for those it came with, at most so many."""
        hashes, starts = array("I"), array("I", (0,))
        self._progress.expect(_BUCKETS)
        for near, far in zip(self._near, self._far, strict=True):
            self._progress.step()
            for place in far:
                near.frombytes(self._spill.read(place))
            counted = Counter(near)
            del near[:]
            for number in sorted(number for number, times in counted.items() if times > 1):
                hashes.append(number)
                starts.append(starts[-1] + min(counted[number], most))
        return SharedKeys(hashes, starts)


class SharedKeys:
    """The keys, by their hashes, that came more than once, and who was put under each of them."""

    def __init__(self, hashes: "array[int]", starts: "array[int]") -> None:
        self._hashes, self._starts = hashes, starts
        self._members = array("I", bytes(4 * starts[-1]))
        self._counts = bytearray(len(hashes))

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int) and self._place(key) is not None

    def of(self, keys: Iterable[int]) -> set[int]:
        """Return who is under any of these keys, where fewer than `MOST_TOGETHER` are."""
        return {one for key in keys for one in self._few(self._place(key))}

    def meet(self, keys: Iterable[int], member: int) -> tuple[set[int], bool]:
        """Put somebody under those of the keys that came more than once and have room; say whether one did.

        Returns first who was there before, where fewer than `MOST_TOGETHER` were.
        """
        found: set[int] = set()
        was_taken = False
        for key in keys:
            place = self._place(key)
            if place is None:
                continue
            found.update(self._few(place))
            at = self._starts[place] + self._counts[place]
            if at < self._starts[place + 1]:
                self._members[at] = member
                self._counts[place] += 1
                was_taken = True
        return found, was_taken

    def _few(self, place: int | None) -> Sequence[int]:
        if place is None or self._counts[place] >= MOST_TOGETHER:
            return ()
        start = self._starts[place]
        return self._members[start : start + self._counts[place]]

    def _place(self, key: int) -> int | None:
        number = key & _MASK
        place = bisect_left(self._hashes, number)
        return place if place < len(self._hashes) and self._hashes[place] == number else None
