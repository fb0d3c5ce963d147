"""Everything known about a person: ways to reach them, positions now and past, dates, how you met."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.person import PersonCard, Position
from crm.gui.people.facts import Fact, contact_facts, date_facts, fact_line
from crm.gui.session import Session
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, clear, column


class AboutTab(QWidget):
    """`edit_requested()` opens the editor."""

    edit_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("About"))
        self._session = session
        self._parts = column(None, (0, 0, 0, 0), 4)
        edit = Button(self.tr("Edit everything"), icon="pencil")
        edit.clicked.connect(self.edit_requested)
        layout = column(self, (0, 0, 0, 0), 16)
        layout.addLayout(self._parts)
        add(layout, edit, None)

    def show_card(self, card: PersonCard) -> None:
        """Show a person."""
        clear(self._parts)
        draft = card.draft
        self._part(self.tr("Ways to reach"), tuple(contact_facts(card)))
        self._part(self.tr("Positions"), tuple(self._position(one) for one in card.positions))
        self._part(self.tr("Dates"), tuple(date_facts(card)))
        self._part(self.tr("Also called"), tuple(Fact("at-sign", "", name) for name in draft.nicknames))
        met = Fact("handshake", self._met_on(card), draft.how_met or self._met_on(card))
        self._part(self.tr("How you met"), (met,) if met.value else ())
        fields = tuple(Fact("tag", kept.name, kept.value, copyable=True) for kept in draft.fields)
        self._part(self.tr("Fields of your own"), fields)

    def _part(self, title: str, facts: tuple[Fact, ...]) -> None:
        if not facts:
            return
        add(self._parts, PlainLabel(title, "heading"))
        for fact in facts:
            self._parts.addWidget(fact_line(fact, self._session, label=True))
        self._parts.addSpacing(12)

    def _position(self, one: Position) -> Fact:
        work = ", ".join(part for part in (one.title, one.department, one.company) if part)
        if one.from_on is None and one.until_on is None:
            when = "" if one.current else self.tr("Past")
        else:
            since = str(one.from_on.year) if one.from_on else "…"
            until = self.tr("now") if one.current else str(one.until_on.year) if one.until_on else "…"
            when = f"{since}–{until}"
        return Fact("briefcase" if one.current else "history", when, work)

    def _met_on(self, card: PersonCard) -> str:
        met = card.draft.met_on
        return wording.short_day(met, self._session.today()) if met else ""
