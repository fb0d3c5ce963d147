"""Whom the records of an import are about, in a few bytes each: an import may have millions."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import overload

from crm.domain.card import CardKind
from crm.domain.values import quick_dataclass

_KINDS = tuple(CardKind)
_BITS = {kind: number << 1 for number, kind in enumerate(_KINDS)}  # of a code, above the one that says "new"
_NEW = {_BITS[kind] | 1: kind for kind in (CardKind.PERSON, CardKind.COMPANY)}  # by the last bits of a code
_NOBODY = (1 << 32) - 1  # a code: it has the bit that an index has, and is no line's number
_NONE = -1


@quick_dataclass(frozen=True, slots=True)
class Target:
    """Who a record is about: `id` in the book, or whoever the record at `index` of the plan brings."""

    kind: CardKind
    id: int | None = None
    index: int | None = None


class Targets(Sequence[Target | None]):
    """The target of each line, None for what couldn't be read, and the lines of each target."""

    def __init__(self) -> None:
        self._codes = array("I")
        # The lines of a target as a ring: its first leads to its last, that to the second, and each other to the next.
        self._ring = array("I")
        self._first = {kind: array("i") for kind in CardKind}  # by the id in the book

    def append(self, target: Target | None) -> None:
        """Say whom the next line is about."""
        line = len(self._codes)
        self._codes.append(_NOBODY if target is None else _code(target))
        self._ring.append(line)
        if target is None or target.index == line:
            return
        first = self.first(target)
        if first is None:
            self._note_first(target, line)
        elif first != line:
            last = self._ring[first]
            self._ring[line] = line if last == first else self._ring[last]
            self._ring[last] = self._ring[first] = line

    def first(self, target: Target) -> int | None:
        """Return the first line of a target, None when there is none."""
        if target.index is not None:
            return target.index if self._codes[target.index] == _code(target) else None
        known, id_ = self._first[target.kind], target.id or 0
        line = known[id_] if id_ < len(known) else _NONE
        return None if line == _NONE else line

    def lines(self, target: Target) -> Iterator[int]:
        """Yield the lines of a target, in their order."""
        first = self.first(target)
        if first is None:
            return
        yield first
        line = last = self._ring[first]
        while line != first:
            line = self._ring[line]
            yield line
            if line == last:
                return

    def each(self) -> Iterator[Target]:
        """Yield every target once, in the order of their first lines."""
        for line, code in enumerate(self._codes):
            if code & 1:
                if code >> 3 == line:
                    yield Target(_KINDS[code >> 1 & 3], index=line)
            elif self._first[_KINDS[code >> 1 & 3]][code >> 3] == line:
                yield Target(_KINDS[code >> 1 & 3], id=code >> 3)

    def simply_new(self) -> Iterator[CardKind | None]:
        """Say of each line what it alone brings anew, as most do, None if it doesn't. A group may be a tag that exists."""
        for line, (code, following) in enumerate(zip(self._codes, self._ring, strict=True)):
            yield _NEW.get(code & 7) if following == line == code >> 3 else None

    def tally(self, lines: Iterable[int]) -> Mapping[tuple[CardKind, bool], int]:
        """Return how many, each once, lines are about that have a target: by kind, and whether they are new."""
        counted = [0] * 8
        seen = bytearray(len(self._codes))
        for line in lines:
            code = self._codes[line]
            first = code >> 3 if code & 1 else self._first[_KINDS[code >> 1 & 3]][code >> 3]
            if not seen[first]:
                seen[first] = True
                counted[code & 7] += 1
        return {
            (kind, new): counted[number << 1 | new]
            for number, kind in enumerate(_KINDS)
            for new in (False, True)
        }

    def is_alone(self, target: Target) -> bool:
        """Say whether a target has one line only."""
        first = self.first(target)
        return first is not None and self._ring[first] == first

    def __len__(self) -> int:
        return len(self._codes)

    @overload
    def __getitem__(self, line: int) -> Target | None: ...

    @overload
    def __getitem__(self, line: slice) -> Sequence[Target | None]: ...

    def __getitem__(self, line: int | slice) -> Target | Sequence[Target | None] | None:
        if isinstance(line, slice):
            return [self[one] for one in range(*line.indices(len(self)))]
        code = self._codes[line]
        if code == _NOBODY:
            return None
        number, kind = code >> 3, _KINDS[code >> 1 & 3]
        return Target(kind, index=number) if code & 1 else Target(kind, id=number)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Targets) and self._codes == other._codes

    __hash__ = None  # type: ignore[assignment]

    def _note_first(self, target: Target, line: int) -> None:
        known, id_ = self._first[target.kind], target.id or 0
        missing = id_ + 1 - len(known)
        if missing > 0:
            known.extend(array("i", (_NONE,)) * missing)
        known[id_] = line


def _code(target: Target) -> int:
    if target.index is not None:
        return target.index << 3 | _BITS[target.kind] | 1
    return (target.id or 0) << 3 | _BITS[target.kind]
