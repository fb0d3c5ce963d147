"""Which companies the records of an import name, in a few bytes each."""

from array import array
from collections.abc import Collection, Iterable, Sequence

from crm.domain.company import company_key
from crm.domain.importrecord import Record

_NONE = -1


def companies_of(record: Record) -> tuple[str, ...]:
    """Return the keys of the companies that a record names."""
    card = record.card
    if card.company is not None:
        return (company_key(card.company.name),)
    return () if card.person is None else tuple([company_key(one.company) for one in card.person.positions])


class NamedCompanies:
    """The companies that each line names, by their keys."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._first = array("i")
        self._others: dict[int, tuple[int, ...]] = {}

    def extend(self, named: Iterable[Sequence[str]]) -> None:
        """Say which companies each of the next lines names."""
        numbers = self._numbers
        for keys in named:
            if len(keys) > 1:
                others = [numbers.setdefault(key, len(numbers)) for key in keys]
                self._others[len(self._first)] = tuple(others[1:])
            self._first.append(numbers.setdefault(keys[0], len(numbers)) if keys else _NONE)

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
