"""The last step: what came of it, and what couldn't be read."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.card import Problem
from crm.domain.importplan import ImportCounts
from crm.errors import KeepwarmError
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, Variant
from crm.gui.widgets.cards import Card, SectionHead
from crm.gui.widgets.dialogs import Trouble, choose_save, tell_error
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import IconTile, PlainLabel
from crm.gui.widgets.layouts import add, boxed, clear, column, row, scrolled

if TYPE_CHECKING:
    from crm.app.importing_failed import FailedRecords

_SHOWN = 50
_WIDTH = 680


class DonePage(QWidget):
    """`page_requested(str)` leads to the people or companies, `again_requested()` to another file."""

    page_requested = Signal(str)
    again_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems: tuple[Problem, ...] = ()
        self._failed: FailedRecords | None = None
        self._build_ui()

    def show_counts(
        self, counts: ImportCounts, problems: Sequence[Problem], failed: "FailedRecords | None" = None
    ) -> None:
        """Show what an import did."""
        self._problems, self._failed = tuple(problems), failed
        self._save.setVisible(bool(failed))
        parts = [
            wording.count(counts.new, "{n} contact added", "{n} contacts added"),
            wording.count(counts.updated, "{n} updated", "{n} updated"),
            wording.count(counts.same, "{n} already here", "{n} already here"),
        ]
        if counts.left_out:
            parts.append(wording.count(counts.left_out, "{n} left out", "{n} left out"))
        if counts.failed:
            parts.append(wording.count(counts.failed, "{n} couldn’t be read", "{n} couldn’t be read"))
        self._counts.setText(" · ".join(parts))
        self._card.setVisible(bool(problems))
        clear(self._lines)
        for problem in self._problems[:_SHOWN]:
            add(self._lines, PlainLabel(_told(problem), "small", "text2", wrap=True))
        if len(self._problems) > _SHOWN:
            rest = self.tr("… and {n} more").replace("{n}", f"{len(self._problems) - _SHOWN:,}")
            add(self._lines, PlainLabel(rest, "small", "text3"))

    def _build_ui(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(px(_WIDTH))
        self._counts = PlainLabel("", "body", "text2", wrap=True)
        people = self._button(self.tr("See people"), "people", Variant.PRIMARY)
        companies = self._button(self.tr("See companies"), "companies", Variant.PLAIN)
        again = Button(self.tr("Import another file"), Variant.GHOST)
        again.clicked.connect(self.again_requested)
        hint = self.tr(
            "Next: open somebody and choose how often to check in. Undo takes the whole import back."
        )
        self._card = Card()
        self._save = Button(self.tr("Save as file…"))
        self._save.setToolTip(
            self.tr("Each as it stands in its file, with the reason: mend them there and import that.")
        )
        self._save.clicked.connect(self._on_save_clicked)
        self._lines = column(None, gap=4)
        layout = column(self._card, (16, 12, 16, 14), 10)
        add(layout, SectionHead(self.tr("Couldn’t be read"), "", self._save))
        layout.addLayout(self._lines)
        head = row(None, gap=16)
        add(head, IconTile("check", "ok", 44, 22), (PlainLabel(self.tr("Imported"), "display"), 1))
        box = column(inner, (0, 40, 0, 28), 14)
        box.addLayout(head)
        add(
            box,
            self._counts,
            Flow(people, companies, again),
            PlainLabel(hint, "small", "text2", wrap=True),
            self._card,
            None,
        )
        centre = row(None, (28, 0, 28, 0))
        add(centre, None)
        centre.addWidget(inner, 100)
        add(centre, None)
        add(column(self), scrolled(boxed(centre), self.tr("Done")))

    def _button(self, label: str, page: str, variant: Variant) -> Button:
        made = Button(label, variant)
        made.clicked.connect(lambda: self.page_requested.emit(page))
        return made

    @Slot()
    def _on_save_clicked(self) -> None:
        failed = self._failed
        if not failed:
            return
        path = choose_save(
            self, self.tr("Save what couldn’t be read"), Path("failed.vcf"), (self.tr("Contacts (*.vcf)"),)
        )
        if path is None:
            return
        try:
            failed.save(path, wording.problem)
        except KeepwarmError as error:
            words = wording.error(error)
            tell_error(self, Trouble(self.tr("Couldn’t save the file"), words.what, words.safe, words.todo))


def _told(problem: Problem) -> str:
    return wording.say(
        "{file}, line {line}: {why}", file=problem.file, line=problem.line, why=wording.problem(problem)
    )
