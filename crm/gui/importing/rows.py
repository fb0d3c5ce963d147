"""One record in the review: a tick, who it is, company, email, and what will happen to it."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QRectF

from crm import wording
from crm.domain.card import CardKind
from crm.domain.importplan import PlanLine, Verdict
from crm.gui import paint, theme
from crm.gui.paint import Face, Mirror, RowState, Style, Tag
from crm.gui.theme import px
from crm.gui.widgets.big_list import RowDelegate

TICK_WIDTH = 44
_COMPANY_FROM, _EMAIL_FROM = 560, 760
_SIGNS = {
    Verdict.NEW: "plus",
    Verdict.UPDATE: "pencil",
    Verdict.SAME: "check",
    Verdict.FAILED: "triangle-alert",
}


@dataclass(frozen=True, slots=True)
class Record:
    """A line of the plan as a row; its id is its place in the plan."""

    id: int
    line: PlanLine

    @property
    def can_be_ticked(self) -> bool:
        """Whether there is anything to import or leave out."""
        return self.line.verdict in {Verdict.NEW, Verdict.UPDATE}

    @property
    def name(self) -> str:
        """Return the name to show."""
        return self.line.name or tr("(no name)")

    @property
    def under(self) -> str:
        """Return what stands under the name."""
        if self.line.kind is CardKind.COMPANY:
            return tr("Company")
        if self.line.kind is CardKind.GROUP:
            return tr("Group, becomes a tag")
        return self.line.title


def describe(record: Record) -> str:
    """Return the record as a screen reader says it."""
    words, _ = pill(record)
    parts = (record.name, record.under, record.line.company, record.line.email)
    return ", ".join(part for part in parts if part) + f". {words}."


def pill(record: Record) -> tuple[str, str]:
    """Return what happens, and its tone."""
    if not record.line.included and record.can_be_ticked:
        return tr("Left out"), "neutral"
    return wording.verdict(record.line.verdict)


def tr(words: str) -> str:
    """Return words of the review in the user's language."""
    return QCoreApplication.translate("ImportRows", words)


class RecordDelegate(RowDelegate):
    """Draws a record; columns leave as the room gets less."""

    height = 56

    def draw(self, m: Mirror, rect: QRectF, row: Any, state: RowState) -> None:  # noqa: ARG002 - the look is the base's
        record: Record = row
        box = px(16)
        tick = QRectF(rect.x() + px(14), rect.center().y() - box / 2, box, box)
        paint.check_box(m, tick, record.line.included and record.can_be_ticked, record.can_be_ticked)
        size = px(32)
        x = rect.x() + px(TICK_WIDTH)
        square = record.line.kind is not CardKind.PERSON
        paint.avatar(m, QRectF(x, rect.center().y() - size / 2, size, size), Face(record.name, square=square))
        words, tone = pill(record)
        icon = _SIGNS[record.line.verdict] if tone != "neutral" else ""
        end = rect.right() - px(12) - px(124)
        paint.pill(m, end, rect.center().y(), Tag(words, tone, icon))
        x += size + px(10)
        x, end = self._draw_columns(m, rect, record, x, end - px(12))
        self._draw_name(m, QRectF(x, rect.y(), end - x, rect.height()), record)

    def _draw_columns(
        self, m: Mirror, rect: QRectF, record: Record, x: float, end: float
    ) -> tuple[float, float]:
        """Draw email and company from the end where there is room; return what is left for the name."""
        if rect.width() >= px(_EMAIL_FROM):
            wide = (end - x) * 0.3
            cell = QRectF(end - wide, rect.y(), wide, rect.height())
            paint.text(m, cell, record.line.email or "—", Style("small", "text2"))
            end -= wide + px(12)
        if rect.width() >= px(_COMPANY_FROM):
            wide = (end - x) * 0.38
            cell = QRectF(end - wide, rect.y(), wide, rect.height())
            paint.text(m, cell, record.line.company or "—", Style("small", "text2"))
            end -= wide + px(12)
        return x, end

    def _draw_name(self, m: Mirror, room: QRectF, record: Record) -> None:
        upper, lower = theme.line("bodyMedium"), theme.line("small")
        tone = "text" if record.line.verdict is not Verdict.FAILED else "text2"
        if not record.under:
            paint.text(m, room, record.name, Style("bodyMedium", tone))
            return
        top = room.center().y() - (upper + lower) / 2
        paint.text(m, QRectF(room.x(), top, room.width(), upper), record.name, Style("bodyMedium", tone))
        paint.text(
            m, QRectF(room.x(), top + upper, room.width(), lower), record.under, Style("small", "text2")
        )
