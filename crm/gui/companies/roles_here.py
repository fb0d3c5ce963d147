"""The opportunities at a company: where each stands, and what comes next."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.opportunity import OpportunityRow, Stage
from crm.gui.theme import px
from crm.gui.widgets.cards import CardRow, RowCard, SectionHead
from crm.gui.widgets.labels import ElidedLabel, IconTile
from crm.gui.widgets.layouts import add, boxed, column
from crm.gui.widgets.pill import Pill

_TONES = {Stage.SAVED: "neutral", Stage.APPLIED: "info", Stage.INTERVIEWING: "violet", Stage.OFFER: "ok"}


class RolesHere(QWidget):
    """Rows of opportunities, the open ones first; hidden where there are none. `opened(int)` tells which was chosen."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[OpportunityRow, ...], date] | None = None
        self._head = SectionHead(self.tr("Opportunities here"))
        self.card = RowCard(self.tr("Opportunities here"), inset=64)
        add(column(self, gap=12), self._head, self.card)
        self.card.opened.connect(self.opened)
        self.hide()

    def show_roles(self, roles: tuple[OpportunityRow, ...], today: date) -> None:
        """Show these."""
        self.setVisible(bool(roles))
        if self._shown == (roles, today):
            return
        self._shown = (roles, today)
        self._head.count.setText(f"{len(roles):,}")
        ordered = sorted(
            roles, key=lambda one: (one.stage is Stage.CLOSED, -one.since_on.toordinal(), one.id)
        )
        self.card.set_rows([_row(one, today) for one in ordered])


def _row(role: OpportunityRow, today: date) -> CardRow:
    stage = wording.ending(role.ending) if role.ending is not None else wording.stage(role.stage)
    parts = [wording.opportunity_since(role, today) if role.ending is None else ""]
    if role.ending is None:
        parts.append(wording.next_step(role.next, today)[0])
    else:
        parts.append(wording.short_day(role.since_on, today))
    if role.referrer:
        parts.append(wording.say("referred by {who}", who=role.referrer))
    about = " · ".join(part for part in parts if part)
    made = CardRow(int(role.id), f"{role.title}. {stage}. {about}.")
    made.body.setSpacing(px(14))
    words = add(
        column(gap=2), None, ElidedLabel(role.title, "bodyStrong"), ElidedLabel(about, "small", "text2"), None
    )
    add(
        made.body,
        IconTile("briefcase", "violet"),
        (boxed(words), 1),
        Pill(stage, _TONES.get(role.stage, "neutral")),
    )
    return made
