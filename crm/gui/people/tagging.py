"""Tagging people: type a tag, or take one that is there already."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCompleter, QWidget

from crm.gui.people import asking
from crm.gui.session import Session
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, TextField

MOST = 60


class TagDialog(Dialog):
    """One tag for one person or several; `on` False takes it away."""

    def __init__(self, session: Session, ids: tuple[int, ...], parent: QWidget, *, on: bool = True) -> None:
        title = parent.tr("Add tag") if on else parent.tr("Remove tag")
        super().__init__(title, parent, width=400)
        self._session, self._ids, self._on = session, ids, on
        self._line = TextField("", self.tr("Hiring manager"), limit=MOST)
        self._field = Field(self.tr("Tag"), self._line)
        self.body.addWidget(self._field)
        self.add_cancel()
        self.add_button(title, Variant.PRIMARY).clicked.connect(self._on_tag_clicked)
        session.ask((self, "tags"), lambda: asking.tag_names(session.book), self._offer, self)
        self._line.setFocus()

    def _offer(self, names: tuple[str, ...]) -> None:
        completer = QCompleter(list(names), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._line.setCompleter(completer)

    @Slot()
    def _on_tag_clicked(self) -> None:
        name = " ".join(self._line.text().split())
        if not name:
            self._field.show_problem(self.tr("Give the tag a name."))
            return
        session, ids, on = self._session, self._ids, self._on
        session.do(lambda: asking.tag(session.book, ids, name, session.today(), on=on), session.bus)
        self.accept()
