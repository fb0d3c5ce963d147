"""The first step: drop files or choose them, with what to do when one can't be read."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from crm.gui.guides import contact_files
from crm.gui.importing.guide_list import GuideList
from crm.gui.theme import px
from crm.gui.widgets.announce import announce
from crm.gui.widgets.banner import Banner
from crm.gui.widgets.buttons import LinkButton
from crm.gui.widgets.dialogs import choose_files, choose_folder
from crm.gui.widgets.drop_zone import DropWords, DropZone, local_paths
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row, scrolled
from crm.wording import Words

_WIDTH = 760


class ChoosePage(QWidget):
    """`chosen(object)` tells the files, `pasted(str)` a text; `earlier_requested()` wishes for the imports made."""

    chosen = Signal(object)
    pasted = Signal(str)
    earlier_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened: QWidget | None = None
        self._build_ui()
        self._connect()

    @property
    def first(self) -> QWidget:
        """Where the keyboard starts."""
        return self._drop.button

    def show_problem(self, words: Words | None) -> None:
        """Say why the last file couldn't be read, or that nothing is wrong."""
        self._problem.setVisible(words is not None)
        if words is not None:
            said = " ".join(part for part in (words.what, words.safe, words.todo) if part)
            self._problem.set_message(said, self.tr("Try another"))
            self._area.ensureWidgetVisible(self._problem)
            announce(self, said, urgent=True)

    def _build_ui(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(px(_WIDTH))
        self._problem = Banner("", tone="warn", icon="triangle-alert", dismissable=True)
        self._problem.hide()
        self._drop = DropZone(
            DropWords(
                self.tr("Drop your contacts here"),
                self.tr(
                    "Files of any program: vCard, CSV, LinkedIn’s .zip, several at once or a whole folder"
                ),
                self.tr("Choose files"),
                self.tr("Choose a folder"),
            )
        )
        self._guides = GuideList()
        self._earlier = LinkButton(self.tr("Earlier imports"))
        layout = column(inner, (0, 28, 0, 28), 16)
        add(
            layout,
            add(column(gap=2), PlainLabel(self.tr("Import contacts"), "display"), self._lead()),
            self._problem,
            self._drop,
            Flow(self._earlier),
            PlainLabel(self.tr("Where are your contacts?"), "heading"),
            self._guides,
            None,
        )
        centre = row(None, (28, 0, 28, 0))
        add(centre, None)
        centre.addWidget(inner, 100)
        add(centre, None)
        self._area = scrolled(boxed(centre), self.tr("Choose file"))
        add(column(self), self._area)

    def _lead(self) -> PlainLabel:
        words = self.tr("You see what will happen to each contact first. Nothing is saved until you say so.")
        return PlainLabel(words, "body", "text2", wrap=True)

    def _connect(self) -> None:
        self._drop.dropped.connect(self.chosen)
        self._drop.choose_requested.connect(self._on_choose_requested)
        self._drop.help_requested.connect(self._on_folder_requested)
        self._earlier.clicked.connect(self.earlier_requested)
        self._problem.acted.connect(self._on_choose_requested)
        self._guides.pasted.connect(self.pasted)
        self._guides.opened.connect(self._on_guide_opened)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self._on_paste_pressed)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _choose(self, paths: Sequence[Path]) -> None:
        if paths:
            self.chosen.emit(tuple(paths))

    @Slot()
    def _on_choose_requested(self) -> None:
        self._choose(choose_files(self, self.tr("Choose your contacts"), contact_files()))

    @Slot()
    def _on_folder_requested(self) -> None:
        folder = choose_folder(self, self.tr("Choose a folder of contacts"))
        self._choose((folder,) if folder else ())

    @Slot(object)
    def _on_guide_opened(self, sheet: QWidget) -> None:
        self._opened = sheet
        QTimer.singleShot(0, self._bring_into_sight)  # once it is laid out

    def _bring_into_sight(self) -> None:
        if self._opened is not None:
            self._area.ensureWidgetVisible(self._opened)

    @Slot()
    def _on_paste_pressed(self) -> None:
        """Take files that were copied as if they were dropped; text is shown before it is read."""
        copied = QGuiApplication.clipboard().mimeData()
        if paths := local_paths(copied):
            self._choose(paths)
        elif copied.hasText() and copied.text().strip():
            self._guides.paste(copied.text())
