"""One line of the list of people: drawn, and said as a sentence."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QRectF

from crm import wording
from crm.domain.person import PersonRow
from crm.gui import paint, theme
from crm.gui.paint import END, Face, Mirror, RowState, Style, Tag
from crm.gui.theme import px
from crm.gui.widgets.big_list import RowDelegate

_PILL_HEIGHT = 20


def describe(row: PersonRow, today: date) -> str:
    """Return a person's line as a screen reader says it."""
    pill, _ = wording.person_pill(row, today)
    last = wording.ago(row.last_touch_on, today) if row.last_touch_on else ""
    touched = _tr("Last touch {ago}").replace("{ago}", last) if last else _tr("No touch yet")
    star = _tr("starred") if row.starred else ""
    return ". ".join((", ".join(part for part in (row.name, work(row), star) if part), pill, touched)) + "."


def work(row: PersonRow) -> str:
    """Return "VP Product, Halden Systems"."""
    return ", ".join(part for part in (row.title, row.company) if part)


class PersonDelegate(RowDelegate):
    """Avatar, name and work; the due pill and the time since the last touch at the end."""

    height = 64

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today

    def draw(self, m: Mirror, rect: QRectF, row: Any, state: RowState) -> None:  # noqa: ARG002 - the look is the base's
        today = self._today()
        size = px(40)
        paint.avatar(m, QRectF(rect.x() + px(10), rect.center().y() - size / 2, size, size), Face(row.name))
        upper, lower = theme.line("bodyStrong"), theme.line("small")
        ago = wording.short_ago(row.last_touch_on, today) if row.last_touch_on else ""
        tall = upper + px(2) + lower if work(row) or ago else upper
        top = rect.center().y() - tall / 2
        left, right = rect.x() + px(20) + size, rect.right() - px(12)
        words, tone = wording.short_due(row.state, row.snoozed_until or row.next_due_on, today)
        wide = paint.pill_width(words)
        paint.pill(m, right - wide, top + upper / 2, Tag(words, tone), px(_PILL_HEIGHT))
        name = QRectF(left, top, right - wide - px(8) - left, upper)
        paint.text(m, name, row.name, Style("bodyStrong"))
        room = paint.width(ago, "small", tabular=True) + px(2) if ago else 0
        below = top + upper + px(2)
        paint.text(
            m, QRectF(right - room, below, room, lower), ago, Style("small", "text3", END, tabular=True)
        )
        paint.text(
            m, QRectF(left, below, right - room - px(8) - left, lower), work(row), Style("small", "text2")
        )


def _tr(words: str) -> str:
    return QCoreApplication.translate("PeopleRows", words)
