"""The only model for big lists: it holds ordered ids and fetches rows in blocks when they come into view.

`RowsModel(fetch, describe, columns=())`: `fetch(ids)` returns frozen rows with an `id` (missing ones may be left
out), `describe(row)` the sentence a screen reader says. `set_ids(ids)` shows another order or selection of rows,
`refresh(ids | None)` reads changed rows anew. Sort and filter belong to whoever makes the ids.
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm.gui.models.columns import Column

BLOCK = 128
KEEP = 24
RowRole = int(Qt.ItemDataRole.UserRole) + 1
IdRole = int(Qt.ItemDataRole.UserRole) + 2
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class HasId(Protocol):
    """A row that says which one it is."""

    @property
    def id(self) -> int:
        """The id it was fetched by."""
        ...


Row = TypeVar("Row", bound=HasId)


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Ordered ids in a million, rows in a few blocks."""

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], Sequence[Row]],
        describe: Callable[[Row], str],
        columns: Sequence[Column] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch, self._describe = fetch, describe
        self._columns = tuple(columns)
        self._ids = array("q")
        self._blocks: OrderedDict[int, dict[int, Row]] = OrderedDict()

    @property
    def ids(self) -> Sequence[int]:
        """The ids in their order."""
        return self._ids

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns; empty for a list."""
        return self._columns

    def set_ids(self, ids: Iterable[int]) -> None:
        """Show these rows in this order. A `BigList` keeps its selection by id."""
        self.beginResetModel()
        self._ids = ids if isinstance(ids, array) else array("q", ids)
        self._blocks.clear()
        self.endResetModel()

    def refresh(self, changed: Iterable[int] | None = None) -> None:
        """Read rows anew that are in blocks: those of `changed`, or all."""
        wanted = None if changed is None else frozenset(changed)
        for block in sorted(self._blocks):
            first, last = block * BLOCK, min((block + 1) * BLOCK, len(self._ids)) - 1
            if wanted is None or not wanted.isdisjoint(self._ids[first : last + 1]):
                del self._blocks[block]
                right = max(0, self.columnCount() - 1)
                self.dataChanged.emit(self.index(first, 0), self.index(last, right))

    def id_at(self, position: int) -> int | None:
        """Return the id in a position, None outside."""
        return self._ids[position] if 0 <= position < len(self._ids) else None

    def position_of(self, row_id: int) -> int | None:
        """Return where an id stands; None if it isn't shown."""
        try:
            return self._ids.index(row_id)
        except ValueError:
            return None

    def row_at(self, index: Index | int) -> Row | None:
        """Return the row of an index or a position; None outside, or for one deleted since."""
        position = index if isinstance(index, int) else index.row()
        if not 0 <= position < len(self._ids):
            return None
        return self._block(position // BLOCK).get(self._ids[position])

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else max(1, len(self._columns))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        if role == IdRole:
            return self._ids[index.row()]
        row = self.row_at(index)
        if row is None:
            return None
        if role == RowRole:
            return row
        return self._words(row, index.column(), role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._columns[section].align.value | Qt.AlignmentFlag.AlignVCenter
        return None

    def _words(self, row: Row, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole and (column == 0 or not self._columns):
            return self._describe(row)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._columns[column].value(row) if self._columns else self._describe(row)
        if role == Qt.ItemDataRole.TextAlignmentRole and self._columns:
            return self._columns[column].align.value | Qt.AlignmentFlag.AlignVCenter
        return None

    def _block(self, number: int) -> dict[int, Row]:
        found = self._blocks.get(number)
        if found is None:
            ids = self._ids[number * BLOCK : (number + 1) * BLOCK]
            found = self._blocks[number] = {row.id: row for row in self._fetch(ids)}
            while len(self._blocks) > KEEP:
                self._blocks.popitem(last=False)
        else:
            self._blocks.move_to_end(number)
        return found
