"""The review: every record with its fate, before anything is saved."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from crm.domain.folding import fold
from crm.domain.importplan import ImportCounts, Verdict
from crm.gui.importing.detail import RecordDetail
from crm.gui.importing.rows import TICK_WIDTH, Record, RecordDelegate, describe
from crm.gui.models.rows_model import RowsModel
from crm.gui.theme import px
from crm.gui.widgets.big_list import BigList
from crm.gui.widgets.buttons import Button, LinkButton, Variant
from crm.gui.widgets.cards import Card, Hairline
from crm.gui.widgets.chips import ChipBar, ChipItem
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import Icon, PlainLabel
from crm.gui.widgets.layouts import add, column, row
from crm.gui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from crm.app.importing import ImportPlan

_ALL = "all"
_DETAIL_FROM = 980


class Review(QWidget):
    """Shows a plan. `ticked(object, bool)` wishes records in or out; `accepted()` imports, `back()` goes back."""

    ticked = Signal(object, bool)
    accepted = Signal()
    back = Signal()
    encoding_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: ImportPlan | None = None
        self._show = _ALL
        self._text = ""
        self.model: RowsModel[Record] = RowsModel(self._fetch, describe, parent=self)
        self.view = BigList(self.tr("Contacts in the file"), self.model, RecordDelegate(), multiple=True)
        self._build_ui()
        self._connect()

    def show_plan(self, plan: "ImportPlan", files: Sequence[str]) -> None:
        """Show a plan; the place in the list stays where it was."""
        self._plan = plan
        counts = plan.counts
        self._title.setText(
            self._counted(counts.read, self.tr("Review 1 contact"), self.tr("Review {n} contacts"))
        )
        first = files[0] if files else ""
        more = self.tr(" and {n} more").replace("{n}", str(len(files) - 1)) if len(files) > 1 else ""
        said = self.tr("From {file}. Nothing is saved until you choose Import.").replace(
            "{file}", first + more
        )
        self._sub.setText(said)
        self._show_counts(counts)
        self._filter()
        self.model.refresh()
        if self.view.current_id is None and len(self.model.ids):
            self.view.choose(self.model.ids[0])
        self._show_current()
        self._show_foot(counts, plan.companies_new)

    def _build_ui(self) -> None:
        self._title = PlainLabel("", "display")
        self._sub = PlainLabel("", "body", "text2", wrap=True)
        self._wrong = LinkButton(self.tr("Names look wrong?"))
        self.chips = ChipBar(
            (
                ChipItem(_ALL, self.tr("All")),
                ChipItem(Verdict.NEW.value, self.tr("New")),
                ChipItem(Verdict.UPDATE.value, self.tr("Updates")),
                ChipItem(Verdict.SAME.value, self.tr("Already here")),
                ChipItem(Verdict.FAILED.value, self.tr("Can’t read")),
            ),
            self.tr("Which contacts"),
        )
        self.search = SearchField(self.tr("Find in this file"), self.tr("Find in this file"))
        self.search.setMaximumWidth(px(260))
        self._every = LinkButton(self.tr("Tick all"))
        self._none = LinkButton(self.tr("Tick none"))
        card = Card()
        add(column(card, (1, 6, 1, 6)), (self.view, 1))
        tools = row(None, gap=12)
        add(tools, (self.chips, 1), self.search)
        left = column(None, (28, 20, 28, 16), 10)
        sub = row(None, gap=8)
        add(sub, (self._sub, 1), self._wrong)
        add(left, self._title)
        left.addLayout(sub)
        left.addLayout(tools)
        add(left, (card, 1), Flow(self._every, self._none, gap=8))
        self._detail = RecordDetail()
        self._detail.hide()  # until there is room: a page out of sight must not ask for any
        both = row(None)
        both.addLayout(left, 1)
        both.addWidget(Hairline(vertical=True))
        both.addWidget(self._detail)
        layout = column(self)
        layout.addLayout(both, 1)
        layout.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("bar", "bottom")
        self._summary = PlainLabel("", "body", "text2", wrap=True)
        self._back = Button(self.tr("Back"))
        self.go = Button(self.tr("Import"), Variant.PRIMARY)
        add(
            row(foot, (28, 14, 20, 14), 10),
            Icon("users", "text2", 18),
            (self._summary, 1),
            self._back,
            self.go,
        )
        return foot

    def _connect(self) -> None:
        self.chips.chosen.connect(self._on_chip_chosen)
        self.search.searched.connect(self._on_search_searched)
        self.search.left_downwards.connect(self.view.setFocus)
        self.view.chosen.connect(self._on_view_chosen)
        self.view.clicked.connect(self._on_view_clicked)
        self.view.installEventFilter(self)
        self._every.clicked.connect(self._on_every_clicked)
        self._none.clicked.connect(self._on_none_clicked)
        self._back.clicked.connect(self.back)
        self.go.clicked.connect(self.accepted)
        self._wrong.clicked.connect(self.encoding_requested)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._detail.setVisible(self.width() >= px(_DETAIL_FROM))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Space tick, and Ctrl+Enter import, while the list has the focus."""
        if watched is self.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Space:
                self._toggle(tuple(self.view.selected_ids) or self._current_ids())
                return True
            strong = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if strong and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.accepted.emit()
                return True
        return super().eventFilter(watched, event)

    def _fetch(self, ids: Sequence[int]) -> Sequence[Record]:
        lines = self._plan.lines if self._plan else ()
        return tuple(Record(one, lines[one]) for one in ids)

    def _filter(self) -> None:
        plan, text = self._plan, fold(self._text)
        if plan is None:
            return
        ids = [
            line.index
            for line in plan.lines
            if self._show in (_ALL, line.verdict.value)
            and (not text or text in fold(f"{line.name} {line.title} {line.company} {line.email}"))
        ]
        if ids != list(self.model.ids):
            self.model.set_ids(ids)

    def _show_counts(self, counts: ImportCounts) -> None:
        self.chips.set_count(_ALL, counts.read)
        plan = self._plan
        for verdict in Verdict:
            number = sum(line.verdict is verdict for line in plan.lines) if plan else 0
            self.chips.set_count(verdict.value, number)

    def _show_foot(self, counts: ImportCounts, companies: int) -> None:
        work = counts.new + counts.updated
        if not work:
            self._summary.setText(
                self.tr("Everything in this file is already here. There is nothing to import.")
            )
        else:
            people = self.tr("{new} will be added and {updated} updated").format(
                new=f"{counts.new:,}", updated=f"{counts.updated:,}"
            )
            new = (
                self.tr(", with {n} new companies").replace("{n}", f"{companies:,}") if companies > 1 else ""
            )
            self._summary.setText(f"{people}{new}. " + self.tr("You can undo this import."))
        self.go.setEnabled(bool(work))
        self.go.set_label(self._counted(work, self.tr("Import 1 contact"), self.tr("Import {n} contacts")))

    def _counted(self, number: int, one: str, many: str) -> str:
        return one if number == 1 else many.replace("{n}", f"{number:,}")

    def _current_ids(self) -> tuple[int, ...]:
        current = self.view.current_id
        return () if current is None else (current,)

    def _toggle(self, ids: Sequence[int]) -> None:
        """Turn ticks over, all the same way as the first."""
        plan = self._plan
        if plan is None:
            return
        able = [one for one in ids if Record(one, plan.lines[one]).can_be_ticked]
        if able:
            self.ticked.emit(tuple(able), not plan.lines[able[0]].included)

    def _show_current(self) -> None:
        current, plan = self.view.current_id, self._plan
        known = plan is not None and current is not None and current < len(plan.lines)
        self._detail.show_record(
            Record(current, plan.lines[current]) if known and plan and current is not None else None
        )

    @Slot(str)
    def _on_chip_chosen(self, key: str) -> None:
        self._show = key
        self._filter()

    @Slot(str)
    def _on_search_searched(self, words: str) -> None:
        self._text = words
        self._filter()

    @Slot(int)
    def _on_view_chosen(self, _index: int) -> None:
        self._show_current()

    @Slot(QModelIndex)
    def _on_view_clicked(self, index: QModelIndex) -> None:
        """Tick where the tick is clicked."""
        spot = self.view.viewport().mapFromGlobal(self.view.cursor().pos())
        rect = self.view.visualRect(index)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        away = rect.right() - spot.x() if rtl else spot.x() - rect.left()
        one = self.model.id_at(index.row())
        if one is not None and 0 <= away < px(TICK_WIDTH):
            self._toggle((one,))

    @Slot()
    def _on_every_clicked(self) -> None:
        self.ticked.emit(tuple(self.model.ids), True)

    @Slot()
    def _on_none_clicked(self) -> None:
        self.ticked.emit(tuple(self.model.ids), False)
