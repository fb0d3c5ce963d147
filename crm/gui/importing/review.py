"""The review: every record with its fate, before anything is saved."""

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from crm import wording
from crm.domain.folding import fold
from crm.domain.importplan import Decision, Verdict
from crm.gui.importing import counting, work
from crm.gui.importing.deciding import Deciding
from crm.gui.importing.detail import Detail, DetailDialog, DetailPane, DetailSheet, detail_of
from crm.gui.importing.encodings import letters
from crm.gui.importing.foot import ReviewFoot
from crm.gui.importing.head import ListHead, Ticked
from crm.gui.importing.rows import TICK_WIDTH, Record, RecordDelegate, describe
from crm.gui.importing.work import Found
from crm.gui.models.rows_model import RowsModel
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.banner import Banner
from crm.gui.widgets.big_list import BigList
from crm.gui.widgets.buttons import LinkButton
from crm.gui.widgets.cards import Card, Hairline
from crm.gui.widgets.chips import ChipBar, ChipItem
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, column, row
from crm.gui.widgets.search_field import SearchField
from crm.gui.widgets.side_by_side import ChoiceBox
from crm.wording import Words

if TYPE_CHECKING:
    from crm.app.importing import ImportPlan

_ALL, _NEWS = "all", "news"
_DETAIL_FROM = 980
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class Review(QWidget):
    """Shows a plan. `ticked(object, bool)` wishes records in or out, `decided(object)` tells `work.Decisions`.

    `undo_requested()` takes the last such wish back; `accepted()` imports, `back()` goes back.
    """

    ticked = Signal(object, bool)
    decided = Signal(object)
    undo_requested = Signal()
    accepted = Signal()
    back = Signal()
    encoding_requested = Signal()
    columns_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._plan: ImportPlan | None = None
        self._show, self._text = _ALL, ""
        self.model: RowsModel[Record] = RowsModel(self._fetch, describe, parent=self)
        self.view = BigList(self.tr("Contacts in the file"), self.model, RecordDelegate(), multiple=True)
        self.deciding = Deciding(session, self.view, self)
        self._build_ui()
        self._connect()

    def begin(self, found: Found) -> None:
        """Start on other files, with all of them listed."""
        self._show, self._text = _ALL, ""
        self.search.clear()
        self.chips.choose(_ALL)
        self.model.set_ids(())
        files = found.read.files
        words = self.tr("From {file}. Nothing is saved until you choose Import.")
        self._sub.setText(
            words.replace("{file}", wording.batch_files(files) if files else self.tr("the text you pasted"))
        )
        read = letters(found.seen)
        said = self.tr("Names look wrong? Letters are read as {page}").replace("{page}", read)
        self._wrong.set_label(said if read else self.tr("Names look wrong? Choose how letters are read"))
        self._wrong.setVisible(bool(files))
        self._columns.setVisible(any(one.table for one in found.seen))

    def show_plan(self, plan: "ImportPlan", *, can_undo: bool = False) -> None:
        """Show a plan; the place in the list stays where it was."""
        self._plan = plan
        self._title.setText(counting.title(plan))
        beside = counting.beside(plan)
        self._beside.setText(beside)
        self._beside.setVisible(bool(beside))
        self._count(plan)
        self.deciding.show_plan(plan, can_undo=can_undo)
        self._filter()
        self.model.refresh()
        self.foot.show_plan(plan)

    def forget(self) -> None:
        """Let go of the plan, and with it of every record that was read."""
        self._plan = None
        self.deciding.forget()
        self.model.set_ids(())
        self._show_current()

    def _count(self, plan: "ImportPlan") -> None:
        """Say on the chips how many there are of each kind; those of which there are none leave."""
        counts = {verdict.value: plan.lines.number_of(verdict) for verdict in Verdict}
        counts |= {_ALL: len(plan.lines), _NEWS: len(plan.basis.comparison.news)}
        if not counts[self._show]:
            self._show = _ALL
            self.chips.choose(_ALL)
        for key in (_ALL, *Verdict, _NEWS):
            self.chips.set_count(key, counts[key])
            self.chips.chip(key).setVisible(key == _ALL or bool(counts[key]))

    def show_problem(self, words: Words | None) -> None:
        """Say why nothing was imported, or that nothing is wrong."""
        self._problem.setVisible(words is not None)
        if words is not None:
            self._problem.set_message(" ".join(filter(None, (words.what, words.safe, words.todo))))

    # --- building -----------------------------------------------------------------------------------------------------

    def _build_ui(self) -> None:
        self._detail = DetailPane()
        self._detail.hide()  # until there is room: a page out of sight must not ask for any
        self.foot = ReviewFoot()
        both = row(None)
        both.addLayout(self._left(), 1)
        self._edge = Hairline(vertical=True)
        add(both, self._edge, self._detail)
        layout = column(self)
        layout.addLayout(both, 1)
        layout.addWidget(self.foot)

    def _left(self) -> QVBoxLayout:
        self._title = PlainLabel("", "display")
        self._sub = PlainLabel("", "body", "text2", wrap=True)
        self._beside = PlainLabel("", "small", "text2", wrap=True)
        self._problem = Banner("", tone="warn", icon="triangle-alert")
        self._problem.hide()
        self.chips = ChipBar(
            (
                ChipItem(_ALL, self.tr("All")),
                ChipItem(Verdict.NEW.value, self.tr("New")),
                ChipItem(Verdict.UPDATE.value, self.tr("Updates")),
                ChipItem(Verdict.POSSIBLE.value, self.tr("Duplicates?")),
                ChipItem(Verdict.SAME.value, self.tr("Already here")),
                ChipItem(Verdict.FAILED.value, self.tr("Can’t read")),
                ChipItem(Verdict.NOBODY.value, self.tr("Hidden")),
                ChipItem(_NEWS, self.tr("What changed")),
            ),
            self.tr("Which contacts"),
        )
        self.search = SearchField(self.tr("Find in this file"), self.tr("Find in this file"))
        self.search.setMaximumWidth(px(260))
        head = add(row(None, gap=16), (self._title, 1), self.search)
        self._wrong = LinkButton("")
        self._columns = LinkButton(self.tr("What the columns mean"))
        self._more = LinkButton(self.tr("Show details"))
        return add(
            column(None, (28, 20, 28, 10), 10),
            add(column(None, gap=2), head, self._sub, self._beside),
            self._problem,
            self.chips,
            self.deciding.bar,
            (self._card(), 1),
            Flow(self._wrong, self._columns, self._more, gap=16),
        )

    def _card(self) -> Card:
        card = Card()
        self.head = ListHead(self.view)
        self._none = PlainLabel("", "body", "text2", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.hide()
        return _filled(card, self.head, self.view, self._none)

    def _connect(self) -> None:
        self.chips.chosen.connect(self._on_chip_chosen)
        self.search.searched.connect(self._on_search_searched)
        self.search.left_downwards.connect(self.view.setFocus)
        self.view.chosen.connect(self._show_current)
        self.view.opened.connect(self._on_details_wanted)
        self.view.installEventFilter(self)
        self.view.viewport().installEventFilter(self)
        self.deciding.decided.connect(self.decided)
        self.deciding.undo_requested.connect(self.undo_requested)
        self._detail.sheet.decided.connect(self._on_sheet_decided)
        self._detail.sheet.next_requested.connect(self.deciding.go_on)
        self.head.ticked.connect(self._on_head_ticked)
        self._more.clicked.connect(self._on_details_wanted)
        self._wrong.clicked.connect(self.encoding_requested)
        self._columns.clicked.connect(self.columns_requested)
        self.foot.back.clicked.connect(self.back)
        self.foot.go.clicked.connect(self.accepted)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            pressed = QShortcut(QKeySequence(keys), self, self.foot.go.click)
            pressed.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(_DETAIL_FROM)
        self._detail.setVisible(wide)
        self._edge.setVisible(wide)
        self._more.setVisible(not wide)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Space tick in the list, and a click where the tick is."""
        if watched is self.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Space and not event.modifiers():
                self.toggle(self.view.selected_ids or self._current_ids())
                return True
        elif isinstance(event, QMouseEvent) and event.type() in _PRESSES and watched is self.view.viewport():
            return self._press(event)
        return super().eventFilter(watched, event)

    # --- showing ------------------------------------------------------------------------------------------------------

    def _fetch(self, ids: Sequence[int]) -> Sequence[Record]:
        lines = self._plan.lines if self._plan else ()
        return tuple(Record(one, lines[one]) for one in ids)

    def _filter(self) -> None:
        """List what the chip and the words let through; what stands in the records is looked for off this thread."""
        plan, words = self._plan, tuple(fold(self._text).split())
        if plan is None:
            return
        if not words:
            self._list(self._shown(plan))
            return
        self._session.tasks.files(
            lambda: plan.basis.texts.find(words),
            lambda found: self._on_found(plan, words, found),
            self._session.services.failed,
            self,
        )

    def _on_found(self, plan: "ImportPlan", words: tuple[str, ...], found: "array[int]") -> None:
        """List what was found, unless something else is looked for by now."""
        if plan is self._plan and words == tuple(fold(self._text).split()):
            among = set(self._shown(plan)) if self._show != _ALL else None
            self._list(found if among is None else array("q", (one for one in found if one in among)))

    def _list(self, ids: "array[int]") -> None:
        before = max(0, self.view.currentIndex().row())
        if ids != self.model.ids:
            self.model.set_ids(ids)
        self.view.setVisible(bool(ids))
        self._none.setVisible(not ids)
        self._none.setText(
            self.tr("Nothing here matches “{words}”.").format(words=self._text.strip())
            if self._text.strip()
            else self.tr("None of the contacts in this file.")
        )
        if ids and self.view.current_id is None:
            self.view.choose(ids[min(before, len(ids) - 1)])
        self._show_ticks()
        self._show_current()

    def _shown(self, plan: "ImportPlan") -> "array[int]":
        """Return the lines that the chip lets through."""
        if self._show == _ALL:
            return array("q", range(len(plan.lines)))
        if self._show == _NEWS:
            return array("q", sorted(plan.basis.comparison.news))
        return plan.lines.having(Verdict(self._show))

    def _show_ticks(self) -> None:
        able = ticked = 0
        for one in self.model.ids:
            if self._plan is not None and self._plan.lines.can_be_ticked(one):
                able += 1
                ticked += self._plan.lines.included[one]
        how = Ticked.NOTHING if not ticked else Ticked.ALL if ticked == able else Ticked.SOME
        self.head.tick.show_ticked(how, possible=bool(able))

    @Slot()
    def _show_current(self) -> None:
        """Show the record the keyboard is on; whom it is taken for is asked of the book."""
        found = self._current_detail()
        self._detail.sheet.show_record(found)
        self._more.setEnabled(found is not None)
        if found is not None:
            self._ask_known(found, self._detail.sheet)

    def _ask_known(self, found: Detail, shown: DetailSheet) -> None:
        session, line = self._session, found.record.line
        if line.person_id is not None or line.company_id is not None:
            session.ask(
                (self, "known"),
                lambda: work.known(session, line),
                lambda who: shown.show_known(found, who),
                shown,
            )

    def _current_detail(self) -> Detail | None:
        current, plan = self.view.current_id, self._plan
        if plan is None or current is None:
            return None
        return detail_of(plan, current, self.deciding.place_of(current))

    def _current_ids(self) -> tuple[int, ...]:
        current = self.view.current_id
        return () if current is None else (current,)

    # --- ticking ------------------------------------------------------------------------------------------------------

    def _press(self, event: QMouseEvent) -> bool:
        """Tick where a tick is pressed; that row alone, unless it is among those selected."""
        index = self.view.indexAt(event.position().toPoint())
        one = self.model.id_at(index.row())
        rect = self.view.visualRect(index)
        x = event.position().x()
        away = rect.right() - x if self.isRightToLeft() else x - rect.left()
        if one is None or event.button() != Qt.MouseButton.LeftButton or away >= px(TICK_WIDTH):
            return False
        selected = self.view.selected_ids
        if one not in selected:
            self.view.choose(one)
        self.view.setFocus(Qt.FocusReason.MouseFocusReason)
        self.toggle(selected if one in selected else (one,), first=one)
        return True

    def toggle(self, ids: Sequence[int], *, first: int | None = None) -> None:
        """Turn ticks over, all the way the first of them goes."""
        if self._plan is None:
            return
        lines = self._plan.lines
        able = [one for one in ids if lines.can_be_ticked(one)]
        if able:
            lead = first if first in able else able[0]
            self.ticked.emit(tuple(able), not lines.included[lead])

    # --- slots --------------------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_chip_chosen(self, key: str) -> None:
        self._show = key
        self._filter()

    @Slot(str)
    def _on_search_searched(self, words: str) -> None:
        self._text = words
        self._filter()

    @Slot(int, object)
    def _on_sheet_decided(self, line: int, decision: Decision | None) -> None:
        """Choose; the keyboard stays on the field it was on, although the card is built anew."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self._detail.isAncestorOf(focused)
        name = focused.accessibleName() if inside and focused is not None else ""
        self.deciding.decide(line, decision)
        if inside:
            boxes = self._detail.sheet.findChildren(ChoiceBox)
            again = next(
                (box for box in boxes if box.isVisible() and box.accessibleName() == name), self.view
            )
            again.setFocus()

    @Slot(bool)
    def _on_head_ticked(self, included: bool) -> None:
        self.ticked.emit(array("q", self.model.ids), included)

    @Slot()
    def _on_details_wanted(self) -> None:
        """Show the record in a dialog where there is no room for the pane."""
        found = self._current_detail()
        if found is not None and not self._detail.isVisible():
            dialog = DetailDialog(found, self)
            dialog.sheet.decided.connect(self._on_sheet_decided)
            dialog.sheet.next_requested.connect(self.deciding.go_on)
            self._ask_known(found, dialog.sheet)
            dialog.open()


def _filled(card: Card, head: QWidget, view: QWidget, none: QWidget) -> Card:
    add(column(card, (1, 2, 1, 6)), head, (view, 1), (none, 1))
    return card
