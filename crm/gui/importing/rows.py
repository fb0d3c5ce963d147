"""One record in the review: a tick, who it is, company, email, and what will happen to it; and the head above them."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QRectF

from crm import wording
from crm.domain.card import CardKind
from crm.domain.importplan import Choice, PlanLine, Verdict
from crm.gui import paint, theme
from crm.gui.models.rows_model import Index
from crm.gui.paint import Face, Mirror, Style, Tag
from crm.gui.theme import px
from crm.gui.widgets.big_list import CellDelegate

TICK_WIDTH = 48
HEIGHT = 56
_AVATAR, _GAP, _STATUS = 32, 12, 136
_COMPANY_FROM, _EMAIL_FROM = 560, 700
_SIGNS = {
    Verdict.NEW: "plus",
    Verdict.UPDATE: "pencil",
    Verdict.SAME: "check",
    Verdict.FAILED: "triangle-alert",
    Verdict.NOBODY: "eye-off",
    Verdict.POSSIBLE: "users",
}


@dataclass(frozen=True, slots=True)
class Record:
    """A line of the plan as a row; its id is its place in the plan."""

    id: int
    line: PlanLine

    @property
    def can_be_ticked(self) -> bool:
        """Whether there is anything to import or leave out."""
        return self.line.verdict in {Verdict.NEW, Verdict.UPDATE, Verdict.POSSIBLE}

    @property
    def is_ticked(self) -> bool:
        """Whether it will be imported."""
        return self.can_be_ticked and self.line.included

    @property
    def is_person(self) -> bool:
        """Whether it is shown as a circle, not as a square."""
        return self.line.kind is CardKind.PERSON

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


@dataclass(frozen=True, slots=True)
class Places:
    """Where the columns of a row lie; the email and then the company leave where there is no room."""

    tick: QRectF
    avatar: QRectF
    name: QRectF
    company: QRectF | None
    email: QRectF | None
    status: QRectF

    @classmethod
    def of(cls, row: QRectF) -> "Places":
        """Share out the width of a row."""
        gap, top, tall = px(_GAP), row.y(), row.height()
        box, face = px(16), px(_AVATAR)
        tick = QRectF(row.x() + px(16), row.center().y() - box / 2, box, box)
        avatar = QRectF(row.x() + px(TICK_WIDTH), row.center().y() - face / 2, face, face)
        status = QRectF(row.right() - px(_STATUS), top, px(_STATUS), tall)
        start, end = avatar.right() + gap, status.x() - gap
        email = company = None
        room = end - start
        if row.width() >= px(_EMAIL_FROM):
            email = QRectF(end - room * 0.3, top, room * 0.3, tall)
            end = email.x() - gap
        if row.width() >= px(_COMPANY_FROM):
            company = QRectF(end - room * 0.26, top, room * 0.26, tall)
            end = company.x() - gap
        return cls(tick, avatar, QRectF(start, top, end - start, tall), company, email, status)


def describe(record: Record) -> str:
    """Return the record as a screen reader says it."""
    words, _ = pill(record)
    parts = (record.name, record.under, record.line.company, record.line.email)
    ticked = [] if not record.can_be_ticked else [tr("Ticked") if record.is_ticked else tr("Not ticked")]
    return ". ".join([", ".join(part for part in parts if part), words, *ticked]) + "."


def pill(record: Record) -> tuple[str, str]:
    """Return what happens, and its tone."""
    if not record.line.included and record.can_be_ticked:
        decision = record.line.decision
        always = decision is not None and decision.choice is Choice.ALWAYS_SKIP
        return tr("Always skip") if always else tr("Left out"), "neutral"
    return wording.verdict(record.line.verdict)


def sign(record: Record) -> str:
    """Return the icon of the pill."""
    _, tone = pill(record)
    return _SIGNS[record.line.verdict] if tone != "neutral" else ""


def tr(words: str) -> str:
    """Return words of the review in the user's language."""
    return QCoreApplication.translate("ImportRows", words)


class RecordDelegate(CellDelegate):
    """Draws a record."""

    height = HEIGHT

    def draw_cell(self, m: Mirror, _rect: QRectF, row: Any, index: Index) -> None:  # noqa: ARG002 - the base's own
        record: Record = row
        places = Places.of(m.bounds)
        paint.check_box(m, places.tick, record.is_ticked, record.can_be_ticked)
        paint.avatar(m, places.avatar, Face(record.line.name, square=not record.is_person))
        for place, words in ((places.company, record.line.company), (places.email, record.line.email)):
            if place is not None:
                paint.text(m, place, words or "—", Style("small", "text2"))
        words, tone = pill(record)
        paint.pill(m, places.status.x(), places.status.center().y(), Tag(words, tone, sign(record)))
        self._draw_name(m, places.name, record)

    def _draw_name(self, m: Mirror, room: QRectF, record: Record) -> None:
        upper, lower = theme.line("bodyMedium"), theme.line("small")
        tone = "text" if record.is_ticked or record.line.verdict is Verdict.SAME else "text2"
        if not record.under:
            paint.text(m, room, record.name, Style("bodyMedium", tone))
            return
        top = room.center().y() - (upper + lower) / 2
        paint.text(m, QRectF(room.x(), top, room.width(), upper), record.name, Style("bodyMedium", tone))
        paint.text(
            m, QRectF(room.x(), top + upper, room.width(), lower), record.under, Style("small", "text2")
        )
