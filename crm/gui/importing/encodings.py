"""Names look wrong? Read the file again in another code page."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, Select

# Code pages that old phones and programs wrote without saying so (INTEROP.md 2.7), by their regions.
_PAGES = (
    ("cp1252", "Western Europe"),
    ("cp1250", "Central Europe"),
    ("cp1251", "Cyrillic"),
    ("cp1253", "Greek"),
    ("cp1254", "Turkish"),
    ("cp1255", "Hebrew"),
    ("cp1256", "Arabic"),
    ("cp932", "Japanese"),
    ("cp936", "Chinese, simplified"),
    ("cp950", "Chinese, traditional"),
    ("cp949", "Korean"),
)


class EncodingDialog(Dialog):
    """`chosen(object)` tells the code page, None to let us guess again."""

    chosen = Signal(object)

    def __init__(self, now: str | None, parent: QWidget) -> None:
        super().__init__(parent.tr("Names look wrong?"), parent, width=420)
        words = self.tr(
            "Old files don’t say how their letters are written. Choose where the file comes from."
        )
        pages = [(page, f"{self.tr(region)} ({page})") for page, region in _PAGES]
        self._page = Select(((None, self.tr("Guess")), *pages))
        self._page.choose(now)
        self.body.addWidget(Field(self.tr("Letters of"), self._page, words))
        self.add_cancel()
        self.add_button(self.tr("Read again"), Variant.PRIMARY).clicked.connect(self._on_again_clicked)

    @Slot()
    def _on_again_clicked(self) -> None:
        self.chosen.emit(self._page.value)
        self.accept()
