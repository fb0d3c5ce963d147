"""By what those are recognised whom millions of records bring, in a few bytes each."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain

from crm.app.importing.packing import pack, unpack
from crm.app.importing.possible import BEYOND_IDS
from crm.app.importing.reading import ReadFiles
from crm.app.importing.survey import SharedKeys
from crm.domain.importplan import MatchReason
from crm.domain.matching import MatchIndex, MatchKeys, index_keys, named_keys


class SurveyedIndex(MatchIndex):
    """Keeps of the keys of records only what several have in common, by its hash; what else they say is read again.

    People of the book are kept as they are, while records that may be theirs are matched.
    """

    def __init__(self, shared: SharedKeys, read: ReadFiles) -> None:
        super().__init__()
        self._shared, self._read = shared, read
        self._more: dict[int, tuple[tuple[int, int], ...]] = {}  # where keys wait that a later record brought

    def add(self, target: int, keys: MatchKeys) -> None:
        """Let `target` be known by these keys too, as far as another record may have one of them."""
        if target < BEYOND_IDS:
            super().add(target, keys)
        elif self._shared.put(map(hash, found_by(keys)), target) and keys not in self.known(target):
            place = self._read.spill.keep(pack(keys))
            self._more[target] = (*self._more.get(target, ()), place)

    def thin(self, people: Iterable[int]) -> None:
        """Forget people of the book whom no other record has a key in common with."""
        for person in people:
            keys = (key for known_as in self.known(person) for key in index_keys(known_as))
            if not any(hash(key) in self._shared for key in keys):
                self.forget(person)

    def known(self, target: int) -> tuple[MatchKeys, ...]:
        """Return by what somebody is known."""
        first = self._read.record(target - BEYOND_IDS) if target >= BEYOND_IDS else None
        if first is None:
            return super().known(target)
        spill = self._read.spill
        more = (unpack(MatchKeys, spill.read(place)) for place in self._more.get(target, ()))
        return (first.match, *more)

    def having(self, keys: MatchKeys) -> Iterator[tuple[MatchReason, Sequence[int]]]:
        """Yield who has each key of a record; others may have one of the same hash."""
        each = zip(super().having(keys), index_keys(keys), named_keys(keys), strict=True)
        for (reason, there), key, named in each:
            brought = [
                target
                for target in sorted(self._shared.of((hash(key), hash(named))))
                if any(key in index_keys(one) for one in self.known(target))
            ]
            yield reason, (*there, *brought)

    def knows_none(self, keys: MatchKeys) -> bool:
        """Say whether nobody has any of these keys, as is so of most records."""
        return super().knows_none(keys) and not self._shared.of(map(hash, found_by(keys)))


def found_by(keys: MatchKeys) -> Iterator[Hashable]:
    """Yield what a record is found by: its keys, and its name beside each of them."""
    return chain(index_keys(keys), named_keys(keys))
