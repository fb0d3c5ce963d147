"""The cards beside the timeline: how to reach the person, and who else is at the company."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm.domain.person import Colleague, PersonCard
from crm.gui.people.facts import contact_facts, date_facts, fact_line
from crm.gui.session import Session
from crm.gui.widgets.avatar import Avatar
from crm.gui.widgets.buttons import LINK_INSET, ElidedLink, IconButton, LinkButton, Size
from crm.gui.widgets.cards import Card, SectionHead
from crm.gui.widgets.labels import ElidedLabel, PlainLabel
from crm.gui.widgets.layouts import add, clear, column, row

_SHOWN = 6


class ContactCard(Card):
    """The first ways to reach a person."""

    edit_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session = session
        edit = IconButton("pencil", self.tr("Edit contact"), size=28, icon_size=16)
        edit.clicked.connect(self.edit_requested)
        self._lines = column(None, (0, 0, 0, 0), 4)
        layout = column(self, (16, 12, 12, 14), 8)
        add(layout, SectionHead(self.tr("Contact"), "", edit))
        layout.addLayout(self._lines)

    def show_card(self, card: PersonCard) -> None:
        """Show how to reach a person."""
        clear(self._lines)
        facts = (*contact_facts(card), *date_facts(card))[:_SHOWN]
        for fact in facts:
            self._lines.addWidget(fact_line(fact, self._session, label=False))
        if not facts:
            words = self.tr("No email or phone number yet.")
            self._lines.addWidget(PlainLabel(words, "small", "text2", wrap=True))


class FellowsCard(Card):
    """Others the page leads to: at the same company now, who introduced this person, whom they introduced."""

    person_chosen = Signal(int)
    all_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._title = ElidedLabel("", "heading")
        self._total = PlainLabel("", "heading", "text3", tabular=True)
        self._view = LinkButton(self.tr("View"), size=Size.SMALL)
        self._view.clicked.connect(self.all_requested)
        self._lines = column(None, (0, 0, 0, 0), 6)
        head = row(None, (0, 0, 0, 0), 8)
        add(head, self._title, self._total, None, self._view)
        layout = column(self, (16, 12, 12, 14), 10)
        layout.addLayout(head)
        layout.addLayout(self._lines)

    def show_fellows(self, title: str, fellows: Sequence[Colleague], total: int) -> None:
        """Show people under a title, the number of all where it is more than one; nothing where there are none."""
        clear(self._lines)
        self.setVisible(bool(fellows))
        self._title.setText(title)
        self._total.setText(f"{total:,}" if total > 1 else "")
        self._view.setVisible(total > len(fellows))
        for one in fellows[:_SHOWN]:
            self._lines.addWidget(self._line(one))

    def _line(self, one: Colleague) -> QWidget:
        line = QWidget()
        layout = row(line, (0, 0, 0, 0), 10)
        name = ElidedLink(one.name, size=Size.SMALL)
        name.clicked.connect(partial(self.person_chosen.emit, int(one.id)))
        words = column(None, (0, 0, 0, 0))
        add(words, name)
        if one.title:
            under = row(None, (LINK_INSET, 0, 0, 0))
            under.addWidget(ElidedLabel(one.title, "caption", "text2"))
            words.addLayout(under)
        layout.addWidget(Avatar(one.name, 32))
        layout.addLayout(words, 1)
        return line
