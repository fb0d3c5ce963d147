"""Which keys of an import come more than once: only they can tell who is the same, and the others needn't be kept."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from crm.app.importing.shelf import Spill
from crm.app.progress import Progress

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
        """Return the keys that came more than once, each with room for fewer than `most`, which is a byte at most."""
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
                starts.append(starts[-1] + min(counted[number], most) - 1)
        return SharedKeys(hashes, starts, most)


class SharedKeys:
    """The keys, by their hashes, that came more than once, and who was put under each of them.

    Whoever comes last under a key needs no room there: nobody comes after them.
    """

    def __init__(self, hashes: "array[int]", starts: "array[int]", most: int) -> None:
        self._hashes, self._starts, self._most = hashes, starts, most
        self._members = array("I", bytes(4 * starts[-1]))
        self._counts = bytearray(len(hashes))

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int) and self._place(key) is not None

    def of(self, keys: Iterable[int]) -> set[int]:
        """Return who is under any of these keys, where fewer than the most are."""
        return {one for key in keys for one in self._few(self._place(key))}

    def meet(self, keys: Iterable[int], member: int) -> tuple[set[int], bool]:
        """Put somebody under those of the keys that came more than once and have room; say whether one did.

        Returns first who was there before, where fewer than the most were.
        """
        found: set[int] = set()
        was_taken = False
        for key in keys:
            place = self._place(key)
            if place is not None:
                found.update(self._few(place))
                was_taken |= self._put(place, member)
        return found, was_taken

    def put(self, keys: Iterable[int], member: int) -> bool:
        """Put somebody, unless they are there, under those of the keys that came more than once; say whether one did."""
        places = [place for place in map(self._place, keys) if place is not None]
        for place in places:
            if member not in self._few(place):
                self._put(place, member)
        return bool(places)

    def _put(self, place: int, member: int) -> bool:
        """Put somebody under a key; say whether there was room."""
        count = self._counts[place]
        at = self._starts[place] + count
        if count < self._most:
            self._counts[place] += 1
        has_room = at < self._starts[place + 1]
        if has_room:
            self._members[at] = member
        return has_room

    def _few(self, place: int | None) -> Sequence[int]:
        if place is None or self._counts[place] >= self._most:
            return ()
        start = self._starts[place]
        return self._members[start : min(start + self._counts[place], self._starts[place + 1])]

    def _place(self, key: int) -> int | None:
        number = key & _MASK
        place = bisect_left(self._hashes, number)
        return place if place < len(self._hashes) and self._hashes[place] == number else None
