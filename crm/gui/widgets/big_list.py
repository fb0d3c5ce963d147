"""Lists and tables of any length: `BigList(name, model, delegate)`, with columns where the model has them.

`chosen(int)` tells the id the keyboard or pointer is on now, `opened(int)` Enter or a double click,
`selection_changed()` which ids are selected (`.selected_ids`), `sorted_by(str, bool)` a click on a header (key,
descending), `menu_requested(int, QPoint)` a right click. J and K move; typing letters asks `find(text) -> id | None`.
Selection and current row are kept by id when the model gets other ids, also over lists that leave them out; what isn't
listed isn't among `.selected_ids`.

A delegate draws one row: subclass `RowDelegate` and override `draw(m, rect, row, state)`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crm.gui import theme
from crm.gui.models.rows_model import Index, RowRole, RowsModel
from crm.gui.paint import END, START, Mirror, RowState, Style, box, row_background, text
from crm.gui.theme import px

Find = Callable[[str], int | None]
# So many ids are looked up one by one; more are found in one walk through all.
FEW = 20
_MOVES = {Qt.Key.Key_J: Qt.Key.Key_Down, Qt.Key.Key_K: Qt.Key.Key_Up}


class RowDelegate(QStyledItemDelegate):
    """Draws rows `height` pixels tall (at 100 %): wash, ring and then `draw`."""

    height = 64
    inset = (8, 1)

    def draw(self, m: Mirror, rect: QRectF, row: Any, state: RowState) -> None:
        """Draw `row` inside `rect`; the background is there already."""
        raise NotImplementedError

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(RowRole)
        state = self._state(option, index)
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        with Mirror(painter, option.rect, rtl) as m:
            inner = row_background(m, m.bounds, state, self.inset)
            if row is not None:
                self.draw(m, inner, row, state)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(px(100), px(self.height))

    def _state(self, option: QStyleOptionViewItem, index: Index) -> RowState:
        view = self.parent()
        if not isinstance(view, BigList):
            return RowState.of(option)
        return view.state_of(index.row())


class CellDelegate(RowDelegate):
    """Draws one cell of a table; the wash runs through the whole row. Override `draw_cell` for more than words."""

    height = 50
    inset = (0, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(RowRole)
        state = self._state(option, index)
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        with Mirror(painter, option.rect, rtl) as m:
            self._background(m, state, index.column())
            if row is not None:
                self.draw_cell(m, m.bounds.adjusted(px(8), 0, -px(8), 0), row, index)

    def draw_cell(self, m: Mirror, rect: QRectF, _row: Any, index: Index) -> None:
        """Draw one cell."""
        end = bool(
            Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)) & Qt.AlignmentFlag.AlignRight
        )
        tone = "text" if index.column() == 0 else "text2"
        style = Style("small", tone, END if end else START, tabular=end)
        text(m, rect, index.data(Qt.ItemDataRole.DisplayRole) or "", style)

    def _background(self, m: Mirror, state: RowState, column: int) -> None:
        spot = m.bounds
        if state.selected or state.hovered:
            box(m, spot, 0, "accent_tint" if state.selected else "hover")
        box(m, QRectF(spot.x(), spot.bottom() - 1, spot.width(), 1), 0, "hairline")
        if state.focused or (state.selected and column == 0):
            bar = QRectF(spot.x(), spot.y(), px(3), spot.height())
            if column == 0:
                box(m, bar, 0, "accent")
        if state.focused:
            ring = theme.ring_width()
            for y in (spot.y(), spot.bottom() - ring):
                box(m, QRectF(spot.x(), y, spot.width(), ring), 0, "focus")


class BigList(QTableView):
    """A list, or a table where the model has columns, of fixed row height."""

    chosen = Signal(int)
    opened = Signal(int)
    selection_changed = Signal()
    sorted_by = Signal(str, bool)
    menu_requested = Signal(int, QPoint)

    def __init__(
        self,
        name: str,
        model: RowsModel[Any],
        delegate: RowDelegate | None = None,
        *,
        multiple: bool = False,
        find: Find | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows, self._find = model, find
        self._hovered = -1
        self._kept: tuple[int | None, frozenset[int], int] = (None, frozenset(), 0)
        self._unlisted: tuple[int | None, frozenset[int]] = (
            None,
            frozenset(),
        )  # until something else is chosen
        self._quiet = False
        self.setAccessibleName(name)
        self._delegate = delegate or CellDelegate()
        self._delegate.setParent(self)
        self._set_behaviour(multiple)
        model.modelAboutToBeReset.connect(self._on_about_to_be_reset)
        self.setModel(model)
        model.modelReset.connect(self._on_reset)
        self._set_headers()
        self.doubleClicked.connect(self._on_double_clicked)

    @property
    def current_id(self) -> int | None:
        """The id of the row the keyboard is on."""
        return self._rows.id_at(self.currentIndex().row())

    @property
    def selected_ids(self) -> tuple[int, ...]:
        """The selected ids in their order."""
        ids = self._rows.ids
        ranges = sorted((one.top(), one.bottom()) for one in self.selectionModel().selection().toList())
        return tuple(ids[at] for top, bottom in ranges for at in range(top, bottom + 1))

    def choose(self, row_id: int | None) -> bool:
        """Make a row current and scroll to it; says whether it is shown. None takes the selection away."""
        position = None if row_id is None else self._rows.position_of(row_id)
        if position is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return False
        self._go(position)
        return True

    def select_ids(self, ids: Iterable[int]) -> None:
        """Select these rows, and no others."""
        wanted = frozenset(ids)
        right = self._rows.columnCount() - 1
        selection = QItemSelection()
        for at in self._positions(wanted):
            selection.select(self._rows.index(at, 0), self._rows.index(at, right))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def state_of(self, position: int) -> RowState:
        """Say how a row is to be drawn."""
        model = self.selectionModel()
        selected = model.isRowSelected(position, QModelIndex())
        focused = self.hasFocus() and self.currentIndex().row() == position
        return RowState(selected, position == self._hovered, focused)

    def set_sorted(self, key: str, descending: bool) -> None:
        """Show in the header what the rows are sorted by."""
        keys = [column.sort_key for column in self._rows.columns]
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicatorShown(key in keys)
        if key in keys:
            self.horizontalHeader().setSortIndicator(keys.index(key), order)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id is not None:
            self.opened.emit(self.current_id)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and plain:
            self._go(0 if event.key() == Qt.Key.Key_Home else len(self._rows.ids) - 1)
        elif plain and (key := _MOVES.get(Qt.Key(event.key()))) is not None:
            super().keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, event.modifiers()))
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._scroll_sideways(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        # Qt's own would read every row of the book.
        found = self._find(search) if self._find is not None else None
        if found is not None:
            self.choose(found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._rows.rowCount():
            self._go(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        row_id = self._rows.id_at(index.row())
        if row_id is not None:
            spot = self.visualRect(index).center() if by_key else event.pos()
            self.menu_requested.emit(row_id, self.viewport().mapToGlobal(spot))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if not self._quiet:
            self._unlisted = (None, frozenset())
            self.selection_changed.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row_id = self._rows.id_at(current.row())
        if row_id is not None and current.row() != previous.row() and not self._quiet:
            self.chosen.emit(row_id)
        self.viewport().update()

    def _set_behaviour(self, multiple: bool) -> None:
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if multiple else mode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # The delegate draws the selection.
        self.setProperty("big", True)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setItemDelegate(self._delegate)
        self.verticalScrollBar().setSingleStep(px(self._delegate.height) // 2)

    def _set_headers(self) -> None:
        down, across = self.verticalHeader(), self.horizontalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(px(self._delegate.height))
        down.setDefaultSectionSize(px(self._delegate.height))
        if not self._rows.columns:
            across.hide()
            across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            return
        across.setFont(theme.font("smallMedium"))
        across.setHighlightSections(False)
        across.setSectionsMovable(True)
        across.setMinimumSectionSize(px(48))
        across.setStretchLastSection(True)
        across.setSectionsClickable(True)
        for at, column in enumerate(self._rows.columns):
            self.setColumnWidth(at, px(column.width))
        across.sectionClicked.connect(self._on_header_clicked)

    def _positions(self, wanted: frozenset[int]) -> list[int]:
        if len(wanted) <= FEW:
            found = (self._rows.position_of(row_id) for row_id in wanted)
            return sorted(at for at in found if at is not None)
        return [at for at, row_id in enumerate(self._rows.ids) if row_id in wanted]

    def _go(self, position: int) -> None:
        if self._rows.rowCount():
            index = self._rows.index(position, 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _hover(self, position: int) -> None:
        if position != self._hovered:
            self._hovered = position
            self.viewport().update()

    def _scroll_sideways(self, right: bool) -> None:
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() + (1 if right else -1) * px(48))

    def _on_about_to_be_reset(self) -> None:
        current, selected = self._unlisted
        self._kept = (
            self.current_id if current is None else current,
            frozenset(self.selected_ids) | selected,
            self.verticalScrollBar().value(),
        )
        self._quiet = True

    def _on_reset(self) -> None:
        current, selected, scroll = self._kept
        self._hovered = -1
        position = None if current is None else self._rows.position_of(current)
        if position is not None:
            none = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self._rows.index(position, 0), none)
        if selected:
            self.select_ids(selected)
        self.verticalScrollBar().setValue(scroll)
        if position is not None:
            self.scrollTo(self._rows.index(position, 0))
        listed = frozenset(self.selected_ids)
        self._unlisted = (None if position is not None else current, selected - listed)
        self._quiet = False
        if selected != listed:
            self.selection_changed.emit()

    def _on_header_clicked(self, section: int) -> None:
        key = self._rows.columns[section].sort_key
        if key:
            header = self.horizontalHeader()
            same = header.isSortIndicatorShown() and header.sortIndicatorSection() == section
            down = same and header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            self.set_sorted(key, down)
            self.sorted_by.emit(key, down)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        row_id = self._rows.id_at(index.row())
        if row_id is not None:
            self.opened.emit(row_id)
