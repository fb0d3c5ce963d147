"""In which columns of a table each thing stands, found out once for all of its rows."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from operator import itemgetter

from crm.domain.columns import ColumnField as F
from crm.formats.tables.slots import Slot
from crm.formats.tables.values import joined

NOWHERE = -1  # a row is read with an empty cell after all others, for what it has no column of
NAME_PARTS = (F.FAMILY, F.GIVEN, F.MIDDLE, F.PREFIX, F.SUFFIX)
JOB = (F.COMPANY, F.TITLE, F.DEPARTMENT)
# In the order of vCard's address components, and the address as a whole.
ADDRESS = (F.PO_BOX, F.EXTENDED, F.STREET, F.CITY, F.REGION, F.POSTCODE, F.COUNTRY, F.ADDRESS)

Merge = Callable[[Iterable[str]], str]


def _first(cells: Iterable[str]) -> str:
    return next(filter(None, cells), "")


# How several columns of one thing are read as one.
_MERGES: dict[F, Merge] = {
    **dict.fromkeys((*NAME_PARTS, F.NAME, F.MET_ON), _first),
    **dict.fromkeys((*JOB, *ADDRESS), joined),
    F.NOTES: partial(joined, between="\n\n"),
}
_GROUPED = frozenset({*JOB, *ADDRESS})


class Columns:
    """The columns of a table by what they hold; those of one job or of one address by their group too."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        self._places: dict[tuple[str, F], list[int]] = {}
        for place, slot in enumerate(slots):
            group = slot.group if slot.field in _GROUPED else ""
            self._places.setdefault((group, slot.field), []).append(place)

    def place(self, field: F, group: str = "") -> int:
        """Return the first column of something."""
        return self._places.get((group, field), (NOWHERE,))[0]

    def of(self, field: F) -> Sequence[int]:
        """Return every column of something that has no group."""
        return self._places.get(("", field), ())

    def groups(self, fields: Iterable[F]) -> list[str]:
        """Return the groups of columns that hold such parts, in the order of the table."""
        return list(dict.fromkeys(group for group, field in self._places if field in fields))

    def getter(self, fields: Iterable[F], group: str = "") -> Callable[[Sequence[str]], tuple[str, ...]]:
        """Return what takes these things out of a row, each from the first of its columns."""
        return itemgetter(*[self.place(field, group) for field in fields])

    def merges(self) -> list[tuple[Sequence[int], Merge]]:
        """Return the columns that hold the same thing, and how their cells become one to stand in the first of them."""
        return [
            (places, _MERGES[field])
            for (_, field), places in self._places.items()
            if len(places) > 1 and field in _MERGES
        ]
