"""The board: five columns of cards, moved by drag, by keys, or by a menu."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from crm.domain.opportunity import OpportunityRow, Stage
from crm.gui.opportunities.column import CardList, StageColumn
from crm.gui.theme import px
from crm.gui.widgets.layouts import row


class Board(QScrollArea):
    """`opened(int)`, `menu_requested(int, QPoint)`, `add_requested(Stage)`.

    A card let go: `move_requested(int, Stage)` in another column, `put_requested(int, int, bool)` below (or above) another.
    """

    opened = Signal(int)
    menu_requested = Signal(int, QPoint)
    move_requested = Signal(int, object)
    put_requested = Signal(int, int, bool)
    add_requested = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Board"))
        self.columns = {stage: StageColumn(stage, today) for stage in Stage}
        inner = QWidget()
        layout = row(inner, (0, 0, 0, 4), gap=14)
        for one in self.columns.values():
            layout.addWidget(one, 1)
            one.cards.opened.connect(self.opened)
            one.cards.clicked.connect(lambda _index, cards=one.cards: self._on_clicked(cards))
            one.cards.menu_requested.connect(self.menu_requested)
            one.cards.dropped.connect(lambda card, stage=one.stage: self.move_requested.emit(card, stage))
            one.cards.put.connect(self.put_requested)
            one.cards.left.connect(lambda step, stage=one.stage: self._go_aside(stage, step))
            one.cards.chosen.connect(lambda _id, stage=one.stage: self._keep_one(stage))
            one.add_requested.connect(self.add_requested)
        self.setWidget(inner)
        self._last = Stage.SAVED

    @property
    def current(self) -> int | None:
        """The card the keyboard is on."""
        return self.columns[self._last].cards.current_id

    def show_rows(self, rows: Sequence[OpportunityRow]) -> None:
        """Show these cards in their columns; the keyboard follows a card that moved."""
        current, had_focus = self.current, self.columns[self._last].cards.hasFocus()
        for stage, one in self.columns.items():
            one.show_rows([card for card in rows if card.stage is stage])
        if current is not None and self.current != current:
            self.choose(current, focus=had_focus)

    def show_only(self, stage: Stage | None) -> None:
        """Show one column, or all."""
        for each, one in self.columns.items():
            one.setVisible(stage in (None, each))

    def neighbour(self, card: int, by: int) -> int | None:
        """Return the card that stands next above (-1) or below (+1) in the column."""
        for one in self.columns.values():
            ids = list(one.model.ids)
            if card in ids and 0 <= ids.index(card) + by < len(ids):
                return ids[ids.index(card) + by]
        return None

    def choose(self, card: int, *, focus: bool = False) -> None:
        """Make a card current, wherever it stands."""
        for stage, one in self.columns.items():
            if one.model.position_of(card) is not None:
                self._last = stage
                one.cards.choose(card)
                self._keep_one(stage)
                if focus:
                    self._reveal(stage)
                else:
                    self.ensureWidgetVisible(one, px(8), 0)

    def primary_focus(self) -> QWidget:
        """Return the column the keyboard was on, else the first that has a card."""
        filled = [stage for stage, one in self.columns.items() if one.model.rowCount()]
        if filled and self._last not in filled:
            self._last = filled[0]
        return self.columns[self._last].cards

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.current is not None:
            self.ensureWidgetVisible(self.columns[self._last], px(8), 0)

    def _go_aside(self, stage: Stage, step: int) -> None:
        """Move the keyboard to the next column that has a card."""
        stages = list(Stage)
        at = stages.index(stage)
        rest = stages[at + 1 :] if step > 0 else stages[:at][::-1]
        to = next((one for one in rest if self.columns[one].model.rowCount()), None)
        if to is not None:
            self._last = to
            self._reveal(to)

    def _reveal(self, stage: Stage) -> None:
        self.columns[stage].cards.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(self.columns[stage], px(8), 0)

    def _keep_one(self, stage: Stage) -> None:
        """Let one card of the whole board be current."""
        self._last = stage
        for other, one in self.columns.items():
            if other is not stage and one.cards.selected_ids:
                one.cards.clearSelection()

    def _on_clicked(self, cards: CardList) -> None:
        if cards.current_id is not None:
            self.opened.emit(cards.current_id)
