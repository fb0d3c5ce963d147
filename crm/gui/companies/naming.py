"""A line for the name of a company that offers those that are there."""

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from crm import wording
from crm.domain.company import CompanyRow, company_key
from crm.gui import text
from crm.gui.companies import asking
from crm.gui.companies.rows import people_here
from crm.gui.session import Session
from crm.gui.widgets.fields import TextField

_ROW = Qt.ItemDataRole.UserRole


class CompanyLine(TextField):
    """Type a name, choose a company. `chosen(object)` tells which, None while the name is nobody's."""

    chosen = Signal(object)

    def __init__(
        self, session: Session, *, besides: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", limit=200, parent=parent)
        self.setPlaceholderText(self.tr("Name of a company"))
        self._session, self._besides = session, besides
        self.company: CompanyRow | None = None
        self._offers = QStandardItemModel(self)
        self._completer = QCompleter(self._offers, self)
        self._popup = QListView()
        self._completer.setPopup(self._popup)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(asking.OFFERED)
        activated = self._completer.activated[QModelIndex]  # type: ignore[index]
        activated.connect(self._on_activated)
        self.textEdited.connect(self._on_text_edited)

    def choose(self, company: CompanyRow) -> None:
        """Choose a company."""
        self.company = company
        self.setText(text.one_line(company.name))
        self._popup.hide()
        self.chosen.emit(company)

    def _on_text_edited(self, words: str) -> None:
        if self.company is not None and words != self.company.name:
            self.company = None
            self.chosen.emit(None)
        session, besides, typed = self._session, self._besides, words.strip()
        if not typed:
            self._popup.hide()
            return
        session.ask(
            (self, "offers"), lambda: asking.offers(session.book, typed, besides), self._show_offers, self
        )

    def _show_offers(self, found: tuple[CompanyRow, ...]) -> None:
        typed = company_key(self.text())
        same = next((one for one in found if company_key(one.name) == typed), None)
        if same is not None and self.company is None:
            self.company = same
            self.chosen.emit(same)
        self._offers.clear()
        for one in found:
            self._offers.appendRow(_item(one))
        if found and self.hasFocus():
            self._completer.complete()
        else:
            self._popup.hide()

    def _on_activated(self, index: QModelIndex) -> None:
        company = index.data(_ROW)
        if isinstance(company, CompanyRow):
            # The completer writes the offer's words after this.
            QTimer.singleShot(0, self, lambda: self.choose(company))


def _item(company: CompanyRow) -> QStandardItem:
    known = [company.industry, company.place, people_here(company)]
    words = wording.say("{name}  ·  {about}", name=company.name, about=" · ".join(filter(None, known)))
    item = QStandardItem(text.one_line(words))
    item.setData(company, _ROW)
    item.setEditable(False)
    return item
