"""A column of the board: its stage, how many, its cards; cards may be dragged from one to another."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from crm import wording
from crm.domain.opportunity import OpportunityRow, Stage
from crm.gui import paint
from crm.gui.models.rows_model import RowsModel
from crm.gui.opportunities.cards import STAGE_TONES, CardDelegate, describe
from crm.gui.theme import px
from crm.gui.widgets.big_list import BigList
from crm.gui.widgets.buttons import IconButton
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row

_CARD = "application/x-keepwarm-opportunity"
_ASIDE = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: +1}


class CardList(BigList):
    """The cards of one stage. `left(int)` the arrow keys to the next column (±1).

    A card let go here: `dropped(int)` one of another column, `put(int, int, bool)` one of this below (or above) another.
    """

    dropped = Signal(int)
    put = Signal(int, int, bool)
    left = Signal(int)

    def __init__(self, name: str, model: RowsModel[OpportunityRow], today: Callable[[], date]) -> None:
        super().__init__(name, model, CardDelegate(today))
        self._pressed: QPoint | None = None
        self._aimed = False
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _ASIDE.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.left.emit(-step if self.isRightToLeft() else step)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        held = (
            event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid()
        )
        self._pressed = event.position().toPoint() if held else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        start = self._pressed
        if start is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        far = (event.position().toPoint() - start).manhattanLength() >= QApplication.startDragDistance()
        card = self.current_id
        if far and card is not None:
            self._pressed = None
            self._drag(card)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._aim(event.mimeData().hasFormat(_CARD), event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._aim(event.mimeData().hasFormat(_CARD), event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aimed = False
        self.viewport().update()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self._aimed = False
        self.viewport().update()
        card = bytes(event.mimeData().data(_CARD).data()).decode("ascii", "replace")
        if card.isdecimal():
            event.acceptProposedAction()
            self._let_go(int(card), event.position().toPoint())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._aimed:
            with paint.Mirror.on(self.viewport()) as m:
                paint.focus_ring(m, self.viewport().rect(), px(10), "accent")

    def _let_go(self, card: int, spot: QPoint) -> None:
        ids = self._rows.ids
        if card not in ids:
            self.dropped.emit(card)
            return
        at = self.indexAt(spot)
        other = ids[at.row()] if at.isValid() else ids[-1]
        if other != card:
            below = not at.isValid() or spot.y() > self.visualRect(at).center().y()
            self.put.emit(card, other, below)

    def _aim(self, ours: bool, event: QDragMoveEvent) -> None:
        self._aimed = ours
        self.viewport().update()
        if ours:
            event.acceptProposedAction()
        else:
            event.ignore()

    def _drag(self, card: int) -> None:
        drag = QDrag(self)
        data = QMimeData()
        data.setData(_CARD, str(card).encode("ascii"))
        drag.setMimeData(data)
        drag.setPixmap(self.viewport().grab(self.visualRect(self.currentIndex())))
        drag.exec(Qt.DropAction.MoveAction)


class StageColumn(QWidget):
    """One stage. `add_requested(Stage)`; `cards` is the list to connect."""

    add_requested = Signal(object)

    def __init__(self, stage: Stage, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self._today = today
        self._rows: dict[int, OpportunityRow] = {}
        self.model: RowsModel[OpportunityRow] = RowsModel(self._fetch, self._describe, parent=self)
        self.cards = CardList(wording.stage(stage), self.model, today)
        self._count = PlainLabel("", "body", "text3", tabular=True)
        self._hint = PlainLabel(self.tr("Drag here, or press M on a card"), "small", "text3", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = add(
            row(None, (6, 0, 0, 0), 8), _Dot(STAGE_TONES[stage]), PlainLabel(wording.stage(stage), "bodyStrong"),
            self._count, None,
        )  # fmt: skip
        if stage is not Stage.CLOSED:
            button = IconButton("plus", self.tr("Add to {stage}").format(stage=wording.stage(stage)), size=28)
            button.clicked.connect(lambda: self.add_requested.emit(stage))
            head.addWidget(button)
        self.setMinimumWidth(px(196))
        bar = boxed(head)
        bar.setMinimumHeight(px(32))
        add(column(self, gap=4), bar, self._hint, (self.cards, 1))

    def show_rows(self, rows: Sequence[OpportunityRow]) -> None:
        """Show these cards."""
        self._rows = {one.id: one for one in rows}
        ids = [one.id for one in rows]
        if ids != list(self.model.ids):
            self.model.set_ids(ids)
        else:
            self.model.refresh()
        self._count.setText(f"{len(rows):,}")
        self._hint.setVisible(not rows)

    def _fetch(self, ids: Sequence[int]) -> Sequence[OpportunityRow]:
        return [self._rows[one] for one in ids if one in self._rows]

    def _describe(self, one: OpportunityRow) -> str:
        return describe(one, self._today())


class _Dot(QWidget):
    def __init__(self, tone: str) -> None:
        super().__init__()
        self._tone = tone
        self.setFixedSize(px(8), px(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with paint.Mirror.on(self) as m:
            paint.box(m, self.rect(), self.height() / 2, self._tone)
