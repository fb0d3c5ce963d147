"""What can be done to several people at once; each is one step to undo."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from crm import wording
from crm.domain.comparing import MOST_MERGED
from crm.domain.person import Standing
from crm.gui.actions import Act
from crm.gui.checkins import every_menu, snooze_menu
from crm.gui.people import asking
from crm.gui.people.tagging import TagDialog
from crm.gui.session import Place, Session
from crm.gui.widgets.buttons import Button, IconButton, Size, Variant
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row


class BulkBar(QFrame):
    """Shown while two or more are selected. `cleared()` when the selection should go."""

    cleared = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "bottom")
        self.setAccessibleName(self.tr("Selected people"))
        self._session = session
        self._ids: tuple[int, ...] = ()
        self._build_ui()
        self.hide()

    def set_ids(self, ids: tuple[int, ...]) -> None:
        """Say who is selected."""
        self._ids = ids
        self._count.setText(self.tr("{n} selected").replace("{n}", f"{len(ids):,}"))
        self.setVisible(len(ids) > 1)
        many = len(ids) > MOST_MERGED
        self.merge.setEnabled(not many)
        self.merge.set_reason(self.tr("Up to five can be merged at once.") if many else "")
        if len(ids) > 1:
            self.setAccessibleDescription(wording.people_count(len(ids)))

    def _build_ui(self) -> None:
        self._count = PlainLabel("", "smallStrong", tabular=True)
        close = IconButton("x", self.tr("Clear selection"), size=28)
        close.clicked.connect(self.cleared)
        head = row(None, (0, 0, 0, 0), 8)
        add(head, self._count, None, close)
        self.merge = self._button(self.tr("Merge…"), "git-merge", self._on_merge_clicked)
        buttons = Flow(
            self._button(self.tr("How often"), "calendar-clock", self._on_often_clicked),
            self._button(self.tr("Snooze"), "alarm-clock", self._on_snooze_clicked),
            self._button(self.tr("Tag"), "tag", self._on_tag_clicked),
            self._button(self.tr("Untag"), "x", self._on_untag_clicked),
            self._button(self.tr("Export"), "file-down", self._session.actions[Act.EXPORT_PEOPLE].trigger),
            self.merge,
            self._button(self.tr("Archive"), "archive", self._on_archive_clicked),
            self._button(self.tr("Delete"), "trash-2", self._on_delete_clicked),
            gap=6,
        )
        add(column(self, (16, 8, 12, 10), 6), boxed(head), buttons)

    def _button(self, label: str, icon: str, act: Callable[[], None]) -> Button:
        made = Button(label, Variant.PLAIN, icon=icon, size=Size.SMALL)
        made.clicked.connect(act)
        return made

    @Slot()
    def _on_often_clicked(self) -> None:
        every_menu(self._session, self._ids, None, self).popup(self.mapToGlobal(QPoint(0, 0)))

    @Slot()
    def _on_snooze_clicked(self) -> None:
        snooze_menu(self._session, self._ids, self).popup(self.mapToGlobal(QPoint(0, 0)))

    @Slot()
    def _on_tag_clicked(self) -> None:
        TagDialog(self._session, self._ids, self).open()

    @Slot()
    def _on_merge_clicked(self) -> None:
        which = f"person:{','.join(map(str, self._ids))}"
        self._session.services.navigate(Place("duplicates", show=which))

    @Slot()
    def _on_untag_clicked(self) -> None:
        TagDialog(self._session, self._ids, self, on=False).open()

    @Slot()
    def _on_archive_clicked(self) -> None:
        session, ids = self._session, self._ids
        session.do(lambda: asking.archive(session.book, ids, Standing.ARCHIVED, session.today()), session.bus)

    @Slot()
    def _on_delete_clicked(self) -> None:
        session, ids = self._session, self._ids
        session.do(lambda: asking.delete(session.book, ids), session.bus)
