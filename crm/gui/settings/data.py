"""Where the book is, its backups, and looking it over."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.gui import links
from crm.gui.actions import Act
from crm.gui.session import Session
from crm.gui.settings.section import Section
from crm.gui.widgets.buttons import Button, Size
from crm.gui.widgets.dialogs import Question, ask, tell
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, clear, column, row

if TYPE_CHECKING:
    from crm.domain.backup import Backup, Findings

_SHOWN = 5


class DataSection(Section):
    """The book's file and what keeps it safe."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._build_ui()

    def refresh(self) -> None:
        """Ask which backups there are; reading them whole to verify them is work for the files lane."""
        path = self._session.book.path

        def look() -> tuple[int, tuple["Backup", ...]]:
            from crm.app import upkeep  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return path.stat().st_size, upkeep.backups(path)[:_SHOWN]

        self._session.tasks.files(look, self._show, self._session.services.failed, self)

    def _build_ui(self) -> None:
        self.set_title(self.tr("Data"))
        path = self._session.book.path
        folder = Button(self.tr("Open folder"), icon="folder-open")
        folder.clicked.connect(self._on_folder_clicked)
        self._where = self.add_row(self.tr("Your book"), str(path), folder)
        check = Button(self.tr("Check the book"), icon="shield-check")
        check.clicked.connect(self._on_check_clicked)
        self.add_row(self.tr("Look for damage"), self.tr("Reads everything once."), check)
        now = Button(self.tr("Back up now"), icon="save")
        now.clicked.connect(self._on_now_clicked)
        self.add_row(
            self.tr("Backups"),
            self.tr("Made and verified daily when something changed, before each import and each update. Old ones are thinned out."),
            now,
        )  # fmt: skip
        self._list = QWidget()
        self._lines = column(self._list, (0, 8, 0, 8), 6)
        self.add_widget(self._list)

    def _show(self, answer: tuple[int, tuple["Backup", ...]]) -> None:
        size, found = answer
        self._where.setText(f"{self._session.book.path} · {self.locale().formattedDataSize(size)}")
        clear(self._lines)
        if not found:
            add(self._lines, PlainLabel(self.tr("No backups yet."), "small", "text2"))
        for backup in found:
            self._lines.addWidget(self._line(backup))

    def _line(self, backup: "Backup") -> QWidget:
        line = QWidget()
        layout = row(line, (0, 0, 0, 0), 12)
        when = f"{backup.made_at.astimezone():%d %b %Y, %H:%M}"
        kept = wording.holdings(backup.people, backup.companies, backup.touches)
        layout.addWidget(PlainLabel(when, "small", tabular=True))
        layout.addWidget(
            PlainLabel(kept if backup.verified else self.tr("Damaged"), "small", "text2", wrap=True), 1
        )
        restore = Button(self.tr("Restore…"), size=Size.SMALL)
        restore.setAccessibleName(self.tr("Restore the backup of {when}").replace("{when}", when))
        restore.setEnabled(backup.verified)
        restore.clicked.connect(self._restorer(backup))
        layout.addWidget(restore)
        return line

    def _restorer(self, backup: "Backup") -> Callable[[], Any]:
        body = self.tr(
            "Everything changed since then leaves the window. The book as it is now is kept in a folder beside it."
        )
        question = Question(self.tr("Restore this backup?"), body, self.tr("Restore backup"), danger=True)

        def restore() -> None:
            ask(self, question, lambda: self._session.services.restore(backup.path))

        return restore

    @Slot()
    def _on_folder_clicked(self) -> None:
        links.open_folder(self._session.book.path.parent)

    @Slot()
    def _on_now_clicked(self) -> None:
        self._session.actions[Act.BACK_UP].trigger()
        self._session.tasks.write(lambda: None, lambda _: self.refresh(), None, self)

    @Slot()
    def _on_check_clicked(self) -> None:
        book = self._session.book

        def run() -> "Findings":
            from crm.app import upkeep  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return upkeep.check(book)

        self._session.tasks.files(run, self._tell_found, self._session.services.failed, self)

    def _tell_found(self, found: "Findings") -> None:
        counts = found.counts
        if found.ok:
            held = wording.holdings(counts.people, counts.companies, counts.touches)
            tell(self, self.tr("The book is sound"), held, icon="shield-check")
        elif found.damage:
            body = self.tr("Part of the file is damaged. Restore the newest backup from the list below.")
            tell(self, self.tr("The book is damaged"), body, icon="triangle-alert")
        else:
            body = self.tr(
                "Some computed dates don’t follow from what you entered. They can be computed again; nothing is lost."
            )
            question = Question(self.tr("Repair the book?"), body, self.tr("Repair book"))
            ask(self, question, self._repair)

    def _repair(self) -> None:
        book = self._session.book

        def run() -> "Findings":
            from crm.app import upkeep  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return upkeep.check(book, repair=True)

        self._session.tasks.write(run, self._tell_found, self._session.services.failed, self)
