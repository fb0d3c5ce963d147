"""Which companies the records of an import name, in a few bytes each."""

from array import array
from collections.abc import Collection, Iterable, Sequence

_NONE = -1


class NamedCompanies:
    """The companies that each line names, by their keys."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._first = array("i")
        self._others: dict[int, tuple[int, ...]] = {}

    def append(self, keys: Sequence[str]) -> None:
        """Say which companies the next line names."""
        numbers = [self._numbers.setdefault(key, len(self._numbers)) for key in keys]
        if len(numbers) > 1:
            self._others[len(self._first)] = tuple(numbers[1:])
        self._first.append(numbers[0] if numbers else _NONE)

    def count_new(self, lines: Iterable[int], known: Collection[str]) -> int:
        """Return how many companies these lines name that aren't known."""
        named = bytearray(len(self._numbers))
        first, others = self._first, self._others
        for line in lines:
            number = first[line]
            if number != _NONE:
                named[number] = True
                for other in others.get(line, ()):
                    named[other] = True
        return sum(named[number] and key not in known for key, number in self._numbers.items())
