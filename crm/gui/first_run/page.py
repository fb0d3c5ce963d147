"""The first screen: one sentence, one place to drop a file, three other ways to begin (DESIGN.md 8.14)."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from crm.domain.changes import Changes
from crm.gui.actions import Act
from crm.gui.first_run.tile import Tile
from crm.gui.guides import contact_files, show_guides
from crm.gui.session import Place, Session
from crm.gui.theme import px
from crm.gui.widgets.dialogs import choose_files
from crm.gui.widgets.drop_zone import DropWords, DropZone
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import Icon, PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row, scrolled

_WIDTH = 720


class FirstRunPage(QWidget):
    """What an empty book shows. It gives way to Today as soon as there is somebody."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("page", True)
        self._session = session
        self._build_ui()
        self._connect()

    def title(self) -> str:
        """Return the page's name."""
        return self.tr("Welcome")

    def refresh(self) -> None:
        """Nothing to ask: there is nobody yet."""

    def primary_focus(self) -> QWidget:
        """Return the button of the place to drop a file."""
        return self._drop.button

    def _build_ui(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(px(_WIDTH))
        layout = column(inner, (0, 32, 0, 32), 12)
        self._drop = DropZone(
            DropWords(
                self.tr("Drop your contacts here"),
                self.tr("The file of your phone or address book, of LinkedIn, Google or Outlook"),
                self.tr("Choose file"),
                self.tr("How to get my file"),
            )
        )
        self._person = Tile(
            "user-plus", "teal", self.tr("Add one person"), self.tr("Start with someone you owe a message")
        )
        self._company = Tile(
            "building-2",
            "violet",
            self.tr("Add a company"),
            self.tr("One you’d like to work at, or work with"),
        )
        self._sample = Tile(
            "sparkles",
            "orange",
            self.tr("Try sample data"),
            self.tr("300 invented people, in a window of their own"),
        )
        add(
            layout,
            None,
            PlainLabel(self.tr("See who you know, company by company"), "display", wrap=True),
            PlainLabel(
                self.tr(
                    "Bring in your contacts. You get a list of companies, and check-ins you choose yourself. "
                    "Everything stays on this computer: no account, no upload."
                ),
                "body",
                "text2",
                wrap=True,
            ),
            8,
            self._drop,
            8,
            Flow(self._person, self._company, self._sample, gap=12),
            12,
            self._where(),
            None,
        )
        centre = row(None, (32, 0, 32, 0))
        add(centre, None)
        centre.addWidget(inner, 100)
        add(centre, None)
        add(column(self), scrolled(boxed(centre), self.tr("Welcome")))

    def _where(self) -> QWidget:
        kept = self.tr("Stored in {folder}. Back it up any time in Settings.")
        words = PlainLabel(
            kept.replace("{folder}", str(self._session.book.path.parent)), "caption", "text3", wrap=True
        )
        line = row(None, (0, 0, 0, 0), 8)
        line.addWidget(Icon("hard-drive", "text3", 14))
        line.addWidget(words, 1)
        return boxed(line)

    def _connect(self) -> None:
        self._drop.dropped.connect(self._on_drop_dropped)
        self._drop.choose_requested.connect(self._on_choose_requested)
        self._drop.help_requested.connect(self._on_help_requested)
        actions = self._session.actions
        self._person.clicked.connect(actions[Act.ADD_PERSON].trigger)
        self._company.clicked.connect(actions[Act.ADD_COMPANY].trigger)
        self._sample.clicked.connect(self._on_sample_clicked)
        self._session.bus.changed.connect(self._on_bus_changed)

    @Slot(object)
    def _on_drop_dropped(self, paths: tuple[Path, ...]) -> None:
        self._session.services.import_files(paths)

    @Slot()
    def _on_choose_requested(self) -> None:
        paths = choose_files(self, self.tr("Choose your contacts"), contact_files())
        if paths:
            self._session.services.import_files(paths)

    @Slot()
    def _on_help_requested(self) -> None:
        show_guides(self)

    @Slot()
    def _on_sample_clicked(self) -> None:
        self._session.services.open_sample()

    @Slot(object)
    def _on_bus_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.touches_table("person"):
            self._session.services.navigate(Place("today"))
