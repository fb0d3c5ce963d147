"""By what those are recognised whom millions of records bring, in a few bytes each."""

from collections.abc import Iterable, Sequence

from crm.app.importing.packing import pack, unpack
from crm.app.importing.possible import BEYOND_IDS
from crm.app.importing.reading import ReadFiles
from crm.app.importing.survey import SharedKeys
from crm.domain.importplan import MatchReason
from crm.domain.matching import MatchIndex, MatchKeys, index_keys


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
        elif self._shared.put(map(hash, index_keys(keys)), target) and keys not in self.known(target):
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

    def having(self, reason: MatchReason, key: str) -> Sequence[int]:
        """Return who has a key; others may have one of the same hash."""
        brought = [
            target
            for target in self._shared.of((hash((reason, key)),))
            if any((reason, key) in index_keys(one) for one in self.known(target))
        ]
        return (*super().having(reason, key), *brought)

    def knows_none(self, keys: MatchKeys) -> bool:
        """Say whether nobody has any of these keys, as is so of most records."""
        return super().knows_none(keys) and not self._shared.of(map(hash, index_keys(keys)))
