"""The offer of another interval, as a card: what really happened in its counts, and take it, not now, never."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.person import PersonId
from crm.gui.checkins import verbs
from crm.gui.session import Session
from crm.gui.widgets.buttons import Button, Size, Variant
from crm.gui.widgets.cards import Card, CardKind
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import Icon, PlainLabel
from crm.gui.widgets.layouts import add, column, row

if TYPE_CHECKING:
    from crm.app.learning import PaceOffer


class PaceCard(Card):
    """Hidden until one of the people it is asked about has an offer; one offer at a time."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(CardKind.ACCENT, parent)
        self._session = session
        self._offer: PaceOffer | None = None
        self._words = PlainLabel("", "body", wrap=True)
        self._take = Button("", size=Size.SMALL)
        self._later = Button(self.tr("Not now"), Variant.GHOST, size=Size.SMALL)
        self._never = Button("", Variant.GHOST, size=Size.SMALL)
        buttons = Flow(self._take, self._later, self._never, gap=6)
        texts = add(column(gap=8), self._words, buttons)
        add(
            row(self, (16, 14, 16, 12), gap=12),
            (Icon("sparkles", "accent_text", 18), Qt.AlignmentFlag.AlignTop),
            (texts, 1),
        )
        self._take.clicked.connect(self._on_take_clicked)
        self._later.clicked.connect(self._on_later_clicked)
        self._never.clicked.connect(self._on_never_clicked)
        self.hide()

    def ask_about(self, people: Sequence[int]) -> None:
        """Show the first offer there is for these people, nothing when there is none."""
        session, today = self._session, self._session.today()

        def ask() -> "PaceOffer | None":
            from crm.app import learning  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            found = learning.offers(session.book, [PersonId(one) for one in people], today=today)
            return found[0] if found else None

        session.ask(self, ask, self._show_offer, self)

    def _show_offer(self, offer: "PaceOffer | None") -> None:
        self._offer = offer
        self.setVisible(offer is not None)
        if offer is None:
            return
        who = offer.person.name
        said = wording.proposal(offer.proposal, who, self._session.today())
        self._words.setText(said)
        self.setAccessibleName(said)
        self._take.set_label(wording.interval(offer.proposal.every))
        self._never.set_label(self.tr("Never for {who}").format(who=who))

    def _on_take_clicked(self) -> None:
        if self._offer is not None:
            verbs.set_every(self._session, (int(self._offer.person.id),), self._offer.proposal.every)

    def _on_later_clicked(self) -> None:
        self._refuse(for_good=False)

    def _on_never_clicked(self) -> None:
        self._refuse(for_good=True)

    def _refuse(self, *, for_good: bool) -> None:
        if self._offer is not None:
            verbs.refuse_pace(self._session, int(self._offer.person.id), for_good=for_good)
