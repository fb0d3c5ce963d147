"""The foot of the review: what the import will do, Back, and Import."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from crm.gui.importing import counting
from crm.gui.widgets.buttons import Button, Variant
from crm.gui.widgets.labels import Icon, PlainLabel
from crm.gui.widgets.layouts import add, row

if TYPE_CHECKING:
    from crm.app.importing import ImportPlan


class ReviewFoot(QFrame):
    """`go` imports, `back` goes back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "bottom")
        self._summary = PlainLabel("", "body", "text2", wrap=True)
        self.back = Button(self.tr("Back"))
        self.go = Button(self.tr("Import"), Variant.PRIMARY, tooltip=self.tr("Ctrl+Enter"))
        add(
            row(self, (28, 14, 20, 14), 10),
            Icon("users", "text2", 18),
            (self._summary, 1),
            self.back,
            self.go,
        )

    @property
    def summary(self) -> str:
        """What it says will happen."""
        return self._summary.text()

    def show_plan(self, plan: "ImportPlan") -> None:
        """Say what importing this plan does."""
        self._summary.setText(counting.summary(plan))
        self.go.set_label(counting.go(plan))
        self.go.setEnabled(counting.can_go(plan))
