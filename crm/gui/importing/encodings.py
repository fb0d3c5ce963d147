"""Names look wrong? Read the letters of the file in another code page, and see the names change."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QWidget

from crm.gui.importing import work
from crm.gui.importing.work import Source
from crm.gui.session import Session
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.cards import Card, CardKind
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, Select
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, clear, column

if TYPE_CHECKING:
    from crm.app.importing import FilePreview

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
_MOST_NAMES = 6


def letters(seen: Iterable["FilePreview"]) -> str:
    """Return how we read the letters of files that don't say it: "Central Europe (cp1250)", '' for those that do."""
    pages = {one.encoding for one in seen}
    regions = [region for page, region in _regions() if page in pages]
    return regions[0] if len(regions) == 1 else ""


def _regions() -> tuple[tuple[str, str], ...]:
    """Return each code page with its region, in the user's language."""
    say = QCoreApplication.translate
    return tuple((page, f"{say('EncodingDialog', region)} ({page})") for page, region in _PAGES)


class EncodingDialog(Dialog):
    """`chosen(object)` tells the code page, None to let us guess again."""

    chosen = Signal(object)

    def __init__(self, session: Session, source: Source, parent: QWidget) -> None:
        super().__init__(parent.tr("Names look wrong?"), parent, width=460)
        self._session, self._source = session, source
        words = self.tr(
            "Old files don’t say how their letters are written. Choose until the names look right."
        )
        self._page = Select(((None, self.tr("Let Keepwarm guess")), *_regions()))
        self._page.choose(source.encoding)
        self._names = column(None, gap=4)
        card = Card(CardKind.FLAT)
        card.setAccessibleName(self.tr("Names in the file"))
        box = add(
            column(card, (12, 8, 12, 10), 4), PlainLabel(self.tr("Names in the file"), "caption", "text2")
        )
        box.addLayout(self._names)
        add(self.body, Field(self.tr("Letters of"), self._page, words), card)
        self.add_cancel()
        self.add_button(self.tr("Read again"), Variant.PRIMARY).clicked.connect(self._on_again_clicked)
        self._page.chosen.connect(self._ask)
        self._ask()

    @Slot()
    def _ask(self) -> None:
        """Ask how the names look in the code page chosen."""
        session, page = self._session, self._page.value
        source = replace(self._source, encoding=page if isinstance(page, str) else None)
        session.ask((self, "names"), lambda: work.look(session, source), self._show, self)

    def _show(self, seen: Sequence["FilePreview"]) -> None:
        clear(self._names)
        # Those first in which the code page matters.
        names = sorted(dict.fromkeys(name for one in seen for name in one.names), key=str.isascii)
        for name in names[:_MOST_NAMES]:
            add(self._names, PlainLabel(name, wrap=True))
        if not names:
            add(self._names, PlainLabel(self.tr("No names at the beginning of the file."), "body", "text2"))

    @Slot()
    def _on_again_clicked(self) -> None:
        self.chosen.emit(self._page.value)
        self.accept()
