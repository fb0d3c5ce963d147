"""Who, asked behind a chip."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from crm.gui.checkins.who import WhoField
from crm.gui.session import Session
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field


class WhoDialog(Dialog):
    """Somebody from the book; `chosen` gets everybody picked as (id, name)."""

    def __init__(
        self, session: Session, chosen: Callable[[tuple[tuple[int, str], ...]], None], parent: QWidget
    ) -> None:
        super().__init__(QCoreApplication.translate("WhoDialog", "Who?"), parent, width=440)
        self._chosen = chosen
        self._who = WhoField(session, (), self)
        self._field = Field(self.tr("With"), self._who)
        self.body.addWidget(self._field)
        self.add_cancel()
        self.add_button(self.tr("Take them"), Variant.PRIMARY).clicked.connect(self._on_take_clicked)
        self._who.setFocus()

    def _on_take_clicked(self) -> None:
        if self._who.leftover or not self._who.chosen:
            self._field.show_problem(self.tr("Choose who you mean from the list."))
            return
        self._chosen(self._who.chosen)
        self.accept()
