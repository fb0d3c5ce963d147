"""One card of the board: drawn, and said as a sentence."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from crm import wording
from crm.domain.opportunity import OpportunityRow, Stage
from crm.gui import paint, theme
from crm.gui.models.rows_model import Index, RowRole
from crm.gui.paint import Face, Mirror, RowState, Style, Tag
from crm.gui.theme import px
from crm.gui.widgets.avatar import OVERLAP
from crm.gui.widgets.big_list import RowDelegate

STAGE_TONES = {
    Stage.SAVED: "text3",
    Stage.APPLIED: "accent",
    Stage.INTERVIEWING: "violet",
    Stage.OFFER: "ok",
    Stage.CLOSED: "text3",
}
_FACES = 3
_HEIGHT = 148
_RADIUS = 10


def describe(row: OpportunityRow, today: date) -> str:
    """Return a card as a screen reader says it."""
    head = ", ".join(part for part in (row.title, row.company) if part)
    stage = wording.ending(row.ending) if row.ending else wording.stage(row.stage)
    parts = [head, stage, wording.next_step(row.next, today)[0], plan_words(row)]
    return ". ".join(part for part in parts if part) + "."


def plan_words(row: OpportunityRow) -> str:
    """Return how far the plan after a no is: "2 of 8 steps done"; "" without one."""
    if not row.plan_steps:
        return ""
    return tr("{done} of {all} steps done").format(done=row.plan_done, all=row.plan_steps)


def next_tag(row: OpportunityRow, today: date) -> Tag:
    """Return the pill of what comes next; a closed one without a plan says only how it ended."""
    if row.next is None and row.stage is Stage.CLOSED:
        return Tag(
            wording.ending(row.ending) if row.ending else wording.stage(row.stage), "neutral", "archive"
        )
    words, tone = wording.next_step(row.next, today)
    icon = "triangle-alert" if row.next is None else "calendar-clock" if row.next.round else "flag"
    return Tag(words, tone, icon)


def two_lines(words: str, wide: int) -> tuple[str, ...]:
    """Return a title as one line or two; what doesn't fit the second is cut when it is drawn."""
    parts = words.split()
    for number in range(len(parts), 1, -1):
        if paint.width(" ".join(parts[:number]), "bodyStrong") <= wide:
            return tuple(filter(None, (" ".join(parts[:number]), " ".join(parts[number:]))))
    return tuple(filter(None, (" ".join(parts[:1]), " ".join(parts[1:]))))


def tr(words: str) -> str:
    """Return words of a card in the user's language."""
    return QCoreApplication.translate("OpportunityCard", words)


class CardDelegate(RowDelegate):
    """Company, title, what comes next, how long, who."""

    height = _HEIGHT

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(RowRole)
        if row is None:
            return
        state = self._state(option, index)
        with Mirror(painter, option.rect, option.direction == Qt.LayoutDirection.RightToLeft) as m:
            card = m.bounds.adjusted(px(2), px(4), -px(2), -px(4))
            edge = "accent" if state.selected else "hairline2" if state.hovered else "hairline"
            paint.box(m, card, px(_RADIUS), "hover" if state.hovered else "surface", edge)
            if state.focused:
                paint.focus_ring(m, card, px(_RADIUS))
            self.draw(m, card.adjusted(px(12), px(10), -px(12), -px(8)), row, state)

    def draw(self, m: Mirror, rect: QRectF, row: Any, _state: RowState) -> None:
        today = self._today()
        y = self._draw_company(m, rect, row)
        y = self._draw_title(m, QRectF(rect.x(), y, rect.width(), rect.bottom() - y), row)
        tag = next_tag(row, today)
        room = rect.width() - px(33)
        words = theme.metrics("captionMedium").elidedText(tag.label, Qt.TextElideMode.ElideRight, int(room))
        paint.pill(m, rect.x(), y + px(13), Tag(words, tag.tone, tag.icon))
        self._draw_foot(m, rect, row)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(px(160), px(self.height))

    def _draw_company(self, m: Mirror, rect: QRectF, row: OpportunityRow) -> float:
        side = px(20)
        spot = QRectF(rect.x(), rect.y(), side, side)
        paint.avatar(m, spot, Face(row.company or row.title, square=True))
        words = QRectF(spot.right() + px(8), rect.y(), rect.width() - side - px(8), side)
        paint.text(m, words, row.company, Style("small", "text2"))
        return spot.bottom() + px(5)

    def _draw_title(self, m: Mirror, rect: QRectF, row: OpportunityRow) -> float:
        tall, y = theme.line("bodyStrong"), rect.y()
        for line in two_lines(row.title, int(rect.width())):
            paint.text(m, QRectF(rect.x(), y, rect.width(), tall), line, Style("bodyStrong"))
            y += tall
        return y + px(3)

    def _draw_foot(self, m: Mirror, rect: QRectF, row: OpportunityRow) -> None:
        side = px(22)
        y = rect.bottom() - side
        names = row.faces[:_FACES]
        x = rect.right() - (side + (len(names) - 1) * side * OVERLAP if names else 0)
        words = plan_words(row) or wording.opportunity_since(row, self._today())
        paint.text(m, QRectF(rect.x(), y, x - rect.x() - px(6), side), words, Style("caption", "text2"))
        for name in names:
            spot = QRectF(x, y, side, side)
            paint.box(m, spot.adjusted(-1.5, -1.5, 1.5, 1.5), side, "surface")
            paint.avatar(m, spot, Face(name))
            x += side * OVERLAP
        if row.plan_steps:
            bar = QRectF(rect.x(), rect.bottom() + px(2), rect.width(), px(3))
            paint.box(m, bar, px(2), "hairline2")
            done = QRectF(bar.x(), bar.y(), bar.width() * row.plan_done / row.plan_steps, bar.height())
            paint.box(m, done, px(2), "teal")
