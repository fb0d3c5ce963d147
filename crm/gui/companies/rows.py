"""One line of the list of companies: drawn, and said as a sentence."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QRectF

from crm import wording
from crm.domain.company import CompanyRow
from crm.gui import paint, theme
from crm.gui.paint import END, Face, Mirror, RowState, Style, Tag
from crm.gui.theme import px
from crm.gui.widgets.avatar import OVERLAP
from crm.gui.widgets.big_list import RowDelegate

FACES_FROM = 620
TOUCH_FROM = 440
_NAME_SHARE = 0.46


def describe(row: CompanyRow, today: date) -> str:
    """Return a company's line as a screen reader says it."""
    parts = [row.name, tr("target company") if row.target else "", row.industry, row.place]
    head = ", ".join(part for part in parts if part)
    return ". ".join((head, f"{people_here(row)}", _touched(row, today))) + "."


def people_here(row: CompanyRow) -> str:
    """Return "6 people", or that there is nobody now."""
    return wording.people_count(row.people) if row.people else tr("Nobody yet")


def touched(row: CompanyRow, today: date) -> str:
    """Return "12 days ago", with a capital at its start where words need one."""
    if row.last_touch_on is None:
        return tr("No touch yet")
    words = wording.ago(row.last_touch_on, today)
    return words[:1].upper() + words[1:]


def tr(words: str) -> str:
    """Return words of the list in the user's language."""
    return QCoreApplication.translate("CompanyRows", words)


class CompanyDelegate(RowDelegate):
    """Tile, name and what it does; who you know there; the last touch. Parts leave as the room gets less."""

    height = 64

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today

    def draw(self, m: Mirror, rect: QRectF, row: Any, _state: RowState) -> None:
        tile = px(40)
        spot = QRectF(rect.x() + px(12), rect.center().y() - tile / 2, tile, tile)
        paint.avatar(m, spot, Face(row.name, square=True))
        x, end = spot.right() + px(14), rect.right() - px(16)
        wide = rect.width() >= px(FACES_FROM)
        if rect.width() >= px(TOUCH_FROM):
            room = QRectF(end - px(120), rect.y(), px(120), rect.height())
            tone = "text2" if row.last_touch_on else "text3"
            paint.text(m, room, touched(row, self._today()), Style("small", tone, END, tabular=True))
            end = room.x() - px(16)
        if wide:
            start = rect.x() + rect.width() * _NAME_SHARE
            self._draw_people(m, QRectF(start, rect.y(), end - start, rect.height()), row)
            end = start - px(24)
        self._draw_name(m, QRectF(x, rect.y(), end - x, rect.height()), row, with_people=not wide)

    def _draw_name(self, m: Mirror, room: QRectF, row: CompanyRow, *, with_people: bool) -> None:
        upper, lower = theme.line("bodyStrong"), theme.line("small")
        facts = [people_here(row) if with_people else "", row.industry, row.place]
        below = " · ".join(part for part in facts if part)
        tall = upper + (px(2) + lower if below else 0)
        y = room.center().y() - tall / 2
        tag = Tag(tr("Target"), "brand", "target")
        pill = paint.pill_width(tag.label, tag.icon) + px(8) if row.target else 0
        wide = min(paint.width(row.name, "bodyStrong") + 1, max(px(24), room.width() - pill))
        paint.text(m, QRectF(room.x(), y, wide, upper), row.name, Style("bodyStrong"))
        if row.target:
            paint.pill(m, room.x() + wide + px(8), y + upper / 2, tag, px(20))
        paint.text(
            m, QRectF(room.x(), y + upper + px(2), room.width(), lower), below, Style("small", "text2")
        )

    def _draw_people(self, m: Mirror, room: QRectF, row: CompanyRow) -> None:
        side = px(26)
        x, y = room.x(), room.center().y() - side / 2
        for name in row.faces:
            spot = QRectF(x, y, side, side)
            paint.box(m, spot.adjusted(-1.5, -1.5, 1.5, 1.5), side, "surface")
            paint.avatar(m, spot.adjusted(0.5, 0.5, -0.5, -0.5), Face(name))
            x += side * OVERLAP
        x = room.x() + px(86) if row.people else room.x()
        tone = "text" if row.people else "text3"
        words = QRectF(x, room.y(), room.right() - x, room.height())
        paint.text(m, words, people_here(row), Style("small", tone, tabular=True))


def _touched(row: CompanyRow, today: date) -> str:
    if row.last_touch_on is None:
        return tr("No touch yet")
    return tr("Last touch {ago}").format(ago=wording.ago(row.last_touch_on, today))
