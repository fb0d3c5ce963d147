"""The files kept with an opportunity: which résumé was sent, what came with a round. They may be dropped on the panel."""

import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.attachment import AttachmentKind, AttachmentRow
from crm.domain.filenames import safe_file_name
from crm.domain.interview import InterviewRow
from crm.errors import KeepwarmError
from crm.files import private_folder
from crm.gui import links, text
from crm.gui.opportunities import verbs
from crm.gui.opportunities.asking import Sight
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.buttons import IconButton, LinkButton, Size, Variant
from crm.gui.widgets.cards import CardRow, RowCard, SectionHead
from crm.gui.widgets.dialogs import Dialog, choose_files, choose_save
from crm.gui.widgets.fields import Field, Select, TextField
from crm.gui.widgets.labels import IconTile, PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row
from crm.gui.widgets.menus import MenuItem, add_item, menu
from crm.gui.widgets.wrapping_row import WrappingRow
from crm.paths import cache_dir

_KEYS: dict[int, str] = {Qt.Key.Key_F2: "edit", Qt.Key.Key_Delete: "remove"}
_OPENED = "opened"  # where copies lie while another program shows them


class FilesPart(QWidget):
    """Heading, list, and what to do where there are none."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sight: Sight | None = None
        self.button = LinkButton(self.tr("Add files"), size=Size.SMALL)
        self._head = SectionHead(self.tr("Files"), "", self.button)
        self._none = PlainLabel(
            self.tr("Keep the résumé and the cover letter you sent: drop them here."),
            "body",
            "text2",
            wrap=True,
        )
        self.list = FileList(self.tr("Files"))
        add(column(self, gap=8), self._head, self._none, self.list)
        self.button.clicked.connect(self._on_add_clicked)
        self.list.acted.connect(self._on_acted)

    def show_sight(self, sight: Sight) -> None:
        """Show what there is."""
        self._sight = sight
        self._none.setVisible(not sight.files)
        self.list.show_files(sight, self._session)

    def attach(self, paths: Sequence[Path]) -> None:
        """Keep files with the opportunity that shows."""
        if self._sight is not None and paths:
            verbs.attach(self._session, self._sight.card.row.id, paths)

    def _on_add_clicked(self) -> None:
        every = self.tr("All files (*)")
        self.attach(choose_files(self.window(), self.tr("Keep files with this opportunity"), (every,)))

    def _on_acted(self, act: str, key: int) -> None:
        files = self._sight.files if self._sight else ()
        file = next((one for one in files if one.id == key), None)
        if file is not None:
            acts: dict[str, Callable[[AttachmentRow], None]] = {
                "open": self._open, "save": self._save, "edit": self._edit, "remove": self._remove,
            }  # fmt: skip
            acts[act](file)

    def _open(self, file: AttachmentRow) -> None:
        """Show a copy in the program the system has for it; a file that could be a program is only saved."""
        if not links.is_document(safe_file_name(file.name)):
            self._save(file)
            return
        folder = cache_dir() / _OPENED
        shutil.rmtree(folder, ignore_errors=True)  # what was shown before; a copy still in use may stay
        try:
            path = private_folder(folder / file.sha[:12]) / safe_file_name(file.name)
        except KeepwarmError as error:
            self._session.services.failed(error)
            return
        verbs.save_copy(self._session, file.id, path, self._on_copied)

    def _on_copied(self, path: Path) -> None:
        opened = links.open_copy(path)
        self._session.services.tell(
            self.tr("This is a copy: what you change in it isn’t kept here.")
            if opened
            else self.tr("No program here opens such files. Save a copy instead.")
        )

    def _save(self, file: AttachmentRow) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        suggested = Path(documents) / safe_file_name(file.name)
        path = choose_save(self.window(), self.tr("Save a copy"), suggested, (self.tr("All files (*)"),))
        if path is not None:
            verbs.save_copy(self._session, file.id, path, self._on_saved)

    def _on_saved(self, path: Path) -> None:
        words = wording.say("Saved to {file}.", file=path.name)
        self._session.services.tell_with(
            words, self.tr("Show in folder"), partial(links.open_folder, path.parent)
        )

    def _edit(self, file: AttachmentRow) -> None:
        rounds = self._sight.rounds if self._sight else ()
        FileDialog(self._session, file, rounds, self.window()).open()

    def _remove(self, file: AttachmentRow) -> None:
        verbs.remove_file(self._session, file.id)


class FileList(RowCard):
    """One line a file. `acted(str, int)`: open, save, edit, remove; Enter opens, F2 edits, Delete removes."""

    acted = Signal(str, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self.opened.connect(lambda key: self.acted.emit("open", key))
        self.menu_requested.connect(self._show_menu)

    def show_files(self, sight: Sight, session: Session) -> None:
        """Show these files; the keyboard stays where it was."""
        rounds = {int(one.id): wording.round_title(one) for one in sight.rounds}
        today = session.today()
        self.setVisible(bool(sight.files))
        self.set_rows(
            [
                self._line(one, wording.attachment_about(one, today, rounds.get(one.interview or 0, "")))
                for one in sight.files
            ]
        )

    def event(self, event: QEvent) -> bool:
        # Delete is the window's key for the whole opportunity; on a file it means the file.
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _KEYS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = _KEYS.get(event.key())
        if act is not None and (current := self.current) is not None:
            self.acted.emit(act, current.key)
        else:
            super().keyPressEvent(event)

    def _line(self, file: AttachmentRow, about: str) -> CardRow:
        line = WrappingRow(file.id, f"{file.name}. {about}", height=60)
        line.body.setContentsMargins(px(12), 0, px(6), 0)
        line.body.setSpacing(px(12))
        more = IconButton("ellipsis", wording.say("More about {file}", file=file.name), size=28)
        more.clicked.connect(lambda: self._show_menu(file.id, more.mapToGlobal(QPoint(0, more.height()))))
        words = add(
            column(margins=(0, 8, 0, 8), gap=1),
            PlainLabel(text.breakable(file.name), "bodyStrong", wrap=True),
            PlainLabel(text.breakable(about), "small", "text2", wrap=True),
        )
        tone = "neutral" if file.kind is AttachmentKind.OTHER else "brand"
        add(line.body, IconTile("file-text", tone, 32, 16), (boxed(words), 1), more)
        return line

    def _show_menu(self, key: int, spot: QPoint) -> None:
        made = menu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act, item in (
            ("open", MenuItem(self.tr("Open a copy"), "external-link")),
            ("save", MenuItem(self.tr("Save a copy…"), "file-down")),
            ("edit", MenuItem(self.tr("Rename…"), "pencil", "F2")),
            ("remove", MenuItem(self.tr("Remove"), "trash-2", "Del")),
        ):
            add_item(made, item, partial(self.acted.emit, act, key))
        made.popup(spot)


class FileDialog(Dialog):
    """What a file is called, what it is, and which round it is about."""

    def __init__(
        self,
        session: Session,
        file: AttachmentRow,
        rounds: Sequence[InterviewRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(wording.say("File"), parent)
        self._session, self._file = session, file
        self.name = TextField(file.name, limit=200)
        self.kind = Select([(one, wording.attachment_kind(one)) for one in AttachmentKind])
        self.kind.choose(file.kind)
        whole: list[tuple[object, str]] = [(None, self.tr("The opportunity"))]
        self.about = Select([*whole, *((one.id, wording.round_title(one)) for one in rounds)])
        self.about.choose(file.interview)
        add(
            self.body,
            Field(self.tr("Name"), self.name),
            boxed(
                add(
                    row(gap=12),
                    (Field(self.tr("What it is"), self.kind), 1),
                    (Field(self.tr("About"), self.about), 1),
                )
            ),
        )
        self.add_cancel()
        self.save = self.add_button(self.tr("Save file"), Variant.PRIMARY)
        self.save.clicked.connect(self._on_save_clicked)
        self.name.setFocus()

    def _on_save_clicked(self) -> None:
        session, file = self._session, self._file
        name, kind, about = self.name.text(), AttachmentKind(str(self.kind.value)), self.about.value

        def run() -> Any:
            from crm.app import attachments as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return app.edit(session.book, file.id, name, kind, about)  # type: ignore[arg-type]

        session.store(self, run)
