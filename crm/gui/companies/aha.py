"""What an import told about one's own network: "You know 6 people at Orbital Labs", once for each book."""

import hashlib

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.company import CompanyRow
from crm.gui.companies import asking
from crm.gui.session import Place, Session
from crm.gui.widgets.announce import announce
from crm.gui.widgets.banner import Banner

FROM = 2


class AhaBanner(Banner):
    """Names the company where the user knows most people, and leads there. Hidden until there is one to name."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", icon="users-round", parent=parent)
        self._session = session
        self._company: int | None = None
        book = hashlib.sha256(str(session.book.path.resolve()).encode()).hexdigest()[:16]
        self._name = f"aha-{book}"
        self.acted.connect(self._on_acted)
        self.hide()

    def look(self) -> None:
        """Ask which company to name, unless one was named already."""
        session = self._session
        if not session.services.kept(self._name):
            session.ask((self, "aha"), lambda: asking.best_known(session.book), self._show, self)

    def _show(self, company: CompanyRow | None) -> None:
        if company is None or company.people < FROM or self._session.services.kept(self._name):
            return
        self._company = company.id
        words = wording.say(
            "You know {n} people at {company}.", n=f"{company.people:,}", company=company.name
        )
        self.set_message(words, self.tr("See who"))
        self._session.services.keep(self._name, "told")
        self.show()
        announce(self, words)

    def _on_acted(self) -> None:
        self.hide()
        if self._company is not None:
            self._session.services.navigate(Place("companies", self._company))
