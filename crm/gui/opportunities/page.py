"""The room of opportunities: the board or the table, and beside it the panel of one."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QMenu, QStackedLayout, QWidget

from crm import wording
from crm.domain.changes import Changes
from crm.domain.opportunity import OpportunityDraft, OpportunityId, OpportunityRow, Stage
from crm.gui.actions import Act
from crm.gui.opportunities import asking, verbs
from crm.gui.opportunities.board import Board
from crm.gui.opportunities.editor import OpportunityEditor
from crm.gui.opportunities.filtering import FilterBar
from crm.gui.opportunities.moving import Moving
from crm.gui.opportunities.panel import OpportunityPanel
from crm.gui.opportunities.table import OpportunityTable
from crm.gui.session import Place, Session
from crm.gui.theme import px
from crm.gui.widgets.announce import announce
from crm.gui.widgets.banner import Banner
from crm.gui.widgets.buttons import Button, Variant
from crm.gui.widgets.cards import Hairline
from crm.gui.widgets.empty_state import EmptyState
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row, scrolled
from crm.gui.widgets.menus import MenuItem, add_item, menu
from crm.gui.widgets.segmented import Segmented

PAGE = "opportunities"
PANEL_WIDTH = 420
ALONE_BELOW = 760  # where the panel takes the whole page
ROOMY_FROM = 700
BOARD, TABLE = "board", "table"


class OpportunitiesPage(QWidget):
    """What the window shows for "Opportunities". It goes places through the window, so that Back knows them."""

    listed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: dict[int, OpportunityRow] = {}
        self._record: int | None = None
        self._stale = False
        self._part = ""
        self._unmatched_now = False  # whether the filter keeps none
        self._quiet = False  # whether the question about silence was closed
        self.setProperty("page", True)
        self.board = Board(session.today)
        self.table = OpportunityTable(session.today)
        self.panel = OpportunityPanel(session)
        self.moving = Moving(session, self)
        self._build_ui()
        self._connect()
        self._connect_actions()
        self.refresh()

    # --- what the window asks for -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return "Analyst – Opportunities"."""
        known = self._rows.get(self._record or 0)
        return f"{known.title} – {self.tr('Opportunities')}" if known else self.tr("Opportunities")

    def primary_focus(self) -> QWidget:
        """Return the cards or lines, or what to do where there are none."""
        if self._record is not None:
            return self.panel
        if not self._rows:
            return self._first
        if self._unmatched_now:
            return self._unmatched
        return self.table.view if self.views.current == TABLE else self.board.primary_focus()

    def panes(self) -> Sequence[QWidget]:
        """Return the parts F6 goes through."""
        main = self.table.view if self.views.current == TABLE else self.board.primary_focus()
        return (main,) if self._record is None else (main, self.panel)

    def refresh(self) -> None:
        """Ask anew for what is shown."""
        self._stale = False
        session = self._session
        session.ask((self, "board"), lambda: asking.board(session.book, session.today()), self._show, self)
        if self._record is not None:
            self.panel.refresh()

    def show_only(self, part: str) -> None:
        """Have the panel that opens next show a part: "steps", "rounds"."""
        self._part = part

    def open_opportunity(self, opportunity: int) -> None:
        """Show the panel of an opportunity."""
        self._record = opportunity
        self.panel.open(opportunity, self._part)
        self._part = ""
        self.board.choose(opportunity)
        self.table.view.choose(opportunity)
        self._arrange()

    def close_record(self) -> None:
        """Show the board or table alone."""
        self._record = None
        self._arrange()

    def add_opportunity(self, stage: Stage = Stage.SAVED) -> None:
        """Ask for a new opportunity."""
        dialog = OpportunityEditor(self._session, OpportunityDraft("", ""), None, self.window(), stage=stage)
        dialog.on_saved = self._on_added
        dialog.open()

    # --- verbs ------------------------------------------------------------------------------------------------------

    def edit(self) -> None:
        """Edit the opportunity that shows, or the one the keyboard is on."""
        which = self.current
        if which is None:
            return

        def show(draft: OpportunityDraft) -> None:
            OpportunityEditor(self._session, draft, which, self.window()).open()

        session = self._session
        session.ask((self, "draft"), lambda: asking.draft(session.book, OpportunityId(which)), show, self)

    def delete(self) -> None:
        """Delete the opportunity that shows, or the one the keyboard is on; the toast offers Undo."""
        if (which := self.current) is not None:
            verbs.delete(self._session, (which,))

    def move_to(self, opportunity: int, stage: Stage) -> None:
        """Move an opportunity to a stage; Closed asks how it ended."""
        known = self._rows.get(opportunity)
        if known is not None:
            self.moving.move(known, stage)

    def step(self, by: int) -> None:
        """Move the opportunity the keyboard is on one stage on, or back."""
        known = self._rows.get(self.current or 0)
        if known is not None:
            stages = list(Stage)
            at = stages.index(known.stage) + by
            if 0 <= at < len(stages):
                self.move_to(known.id, stages[at])

    def put(self, by: int) -> None:
        """Put the card the keyboard is on one place up or down in its column."""
        card = self.current
        if card is None or self.views.current == TABLE:
            return
        other = self.board.neighbour(card, by)
        if other is not None:
            verbs.put_beside(self._session, card, other, below=by > 0)

    def focus_filter(self) -> None:
        """Put the cursor in the filter."""
        if self._rows:
            self.filter.setChecked(True)
            self.filters.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.filters.field.selectAll()

    def ask_move(self) -> None:
        """Open the menu "Move to" for the opportunity the keyboard is on."""
        if (known := self._rows.get(self.current or 0)) is not None:
            made = menu(self, "")
            made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._fill_moves(made, known)
            focus = QApplication.focusWidget() or self
            made.popup(focus.mapToGlobal(QPoint(focus.width() // 2, px(40))))

    @property
    def current(self) -> int | None:
        """The opportunity a verb is meant for: the one that shows, else the one the keyboard is on."""
        if self._record is not None:
            return self._record
        return self.table.view.current_id if self.views.current == TABLE else self.board.current

    # --- within -----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        single = self._session.services.settings().single_key_shortcuts
        for letter in self._letters:
            letter.setEnabled(single)
        if self._stale:
            self.refresh()

    def _build_ui(self) -> None:
        self._count = PlainLabel("", "title", "text3", tabular=True)
        self.views = Segmented(
            ((BOARD, self.tr("Board")), (TABLE, self.tr("Table"))), self.tr("How to show them")
        )
        self.add = Button(self.tr("Add opportunity"), Variant.PRIMARY, icon="plus")
        self.filter = Button(self.tr("Filter"), icon="list-filter")
        self.filter.setCheckable(True)
        self.filters = FilterBar()
        self.filters.hide()
        head = add(
            row(gap=10),
            PlainLabel(self.tr("Opportunities"), "display"),
            self._count,
            None,
            self.views,
            self.filter,
            self.add,
        )
        self.silence = Banner("", self.tr("Show them"), icon="lightbulb")
        self.silence.hide()
        empty = EmptyState(
            "briefcase",
            self.tr("No opportunities yet"),
            self.tr("Add the first role you’re curious about."),
        )
        self._first = empty.add_action(self.tr("Add opportunity"), icon="plus")
        unmatched = EmptyState(
            "list-filter", self.tr("Nothing fits this filter"), self.tr("The others are still here.")
        )
        self._unmatched = unmatched.add_action(self.tr("Clear filter"))
        self._unmatched_area = scrolled(unmatched, self.tr("Nothing fits this filter"))
        self._stack = QStackedLayout()
        self._empty = scrolled(empty, self.tr("No opportunities yet"))
        self._main = QWidget()
        add(
            column(self._main, (28, 20, 20, 12), gap=12),
            boxed(head),
            self.filters,
            self.silence,
            (self._stack, 1),
        )
        for widget in (self.board, self.table, self._empty, self._unmatched_area):
            self._stack.addWidget(widget)
        self._line = Hairline(vertical=True)
        add(row(self), (self._main, 1), self._line, self.panel)
        self._arrange()

    def _connect(self) -> None:
        self._session.bus.changed.connect(self._on_changed)
        for view in (self.board, self.table):
            view.opened.connect(self._go)
            view.menu_requested.connect(self._on_menu_requested)
        self.board.move_requested.connect(self.move_to)
        self.board.put_requested.connect(self._on_put_requested)
        self.board.add_requested.connect(self.add_opportunity)
        self.panel.closed.connect(lambda: self._go(None))
        self.panel.edit_requested.connect(self.edit)
        self.panel.plan_requested.connect(self.moving.start_plan)
        self.moving.closed.connect(self._go)
        self.panel.menu_requested.connect(self._on_panel_menu_requested)
        self.views.chosen.connect(self._on_view_chosen)
        self.add.clicked.connect(self._on_add_clicked)
        self._first.clicked.connect(self._on_add_clicked)
        self.filter.toggled.connect(self._on_filter_toggled)
        self.filters.changed.connect(self._show_rows)
        self._unmatched.clicked.connect(self.filters.clear)
        self.silence.acted.connect(self._on_silence_acted)
        self.silence.dismissed.connect(self._on_silence_dismissed)

    def _connect_actions(self) -> None:
        self._letters = (self._key("M", self.ask_move), self._key("N", self._add_step))
        back, on = (
            ("Ctrl+Shift+Right", "Ctrl+Shift+Left")
            if self.isRightToLeft()
            else ("Ctrl+Shift+Left", "Ctrl+Shift+Right")
        )
        self._key(back, lambda: self.step(-1))
        self._key(on, lambda: self.step(+1))
        self._key("Ctrl+Shift+Up", lambda: self.put(-1))
        self._key("Ctrl+Shift+Down", lambda: self.put(+1))
        self._session.actions.attach(self)
        table: dict[Act, Callable[[], None]] = {
            Act.EDIT: self.edit,
            Act.DELETE: self.delete,
            Act.FILTER: self.focus_filter,
        }
        for act, verb in table.items():
            self._session.actions[act].triggered.connect(self._if_here(verb))

    def _if_here(self, verb: Callable[[], None]) -> Callable[[], None]:
        """Return `verb` for an action that all rooms share: it acts where the user is."""
        return lambda: verb() if self.isVisible() else None

    def _key(self, keys: str, verb: Callable[[], None]) -> QShortcut:
        made = QShortcut(QKeySequence(keys), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(verb)
        return made

    def _show(self, rows: tuple[OpportunityRow, ...]) -> None:
        self._rows = {one.id: one for one in rows}
        self.filters.show_rows(rows)
        self._show_silence(rows)
        self._show_rows()
        self.listed.emit()

    def _show_rows(self) -> None:
        """Show those that the filter keeps."""
        wanted = self.filters.wanted
        kept = [one for one in self._rows.values() if wanted.keeps(one)]
        active = sum(one.stage is not Stage.CLOSED for one in kept)
        self._count.setText(wording.count(active, "{n} active", "{n} active") if self._rows else "")
        self.board.show_rows(kept)
        self.board.show_only(Stage.CLOSED if wanted.ending else wanted.stage)
        self.table.show_rows(kept)
        self._unmatched_now = not kept
        if self._record is not None:
            self.board.choose(self._record)
        self._show_view()

    def _show_view(self) -> None:
        shown = self.table if self.views.current == TABLE else self.board
        if not self._rows:
            self._stack.setCurrentWidget(self._empty)
        else:
            self._stack.setCurrentWidget(self._unmatched_area if self._unmatched_now else shown)
        for tool in (self.views, self.filter):
            tool.setVisible(bool(self._rows))

    def _show_silence(self, rows: tuple[OpportunityRow, ...]) -> None:
        """Ask about applications that got no reply; nobody decides what that means but the user."""
        silent = sum(one.unanswered(self._session.today()) for one in rows)
        self.silence.setVisible(bool(silent) and not self._quiet)
        if silent:
            words = wording.count(
                silent,
                "{n} application has had no reply for more than 7 days. A short follow-up is due.",
                "{n} applications have had no reply for more than 7 days. A short follow-up is due.",
            )
            self.silence.set_message(words, self.tr("Show the longest"))

    def _arrange(self) -> None:
        """Put the panel beside the board; where there is no room, in its place."""
        shown = self._record is not None
        alone = shown and self.width() < px(ALONE_BELOW)
        room = self.width() - (px(PANEL_WIDTH) if shown else 0)
        self._count.setVisible(room >= px(ROOMY_FROM))
        self.add.set_label(self.tr("Add opportunity") if room >= px(ROOMY_FROM) else self.tr("Add"))
        self._main.setVisible(not alone)
        self._line.setVisible(shown and not alone)
        self.panel.setVisible(shown)
        self.panel.setMinimumWidth(0 if alone else px(PANEL_WIDTH))
        self.panel.setMaximumWidth((1 << 24) - 1 if alone else px(PANEL_WIDTH))

    def _on_added(self, opportunity: int) -> None:
        self._go(opportunity)
        self.moving.ask_lingering(opportunity)

    def _add_step(self) -> None:
        if (which := self.current) is not None:
            self._go(which)
            self.panel.add_step()

    def _go(self, opportunity: int | None) -> None:
        self._session.services.navigate(Place(PAGE, opportunity))

    def _fill_moves(self, to: QMenu, known: OpportunityRow) -> None:
        for stage in Stage:
            words = wording.stage(stage)
            label = self.tr("{stage}…").format(stage=words) if stage is Stage.CLOSED else words
            item = MenuItem(label, checked=stage is known.stage)
            add_item(to, item, partial(self.move_to, known.id, stage))

    def _on_changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _on_add_clicked(self) -> None:
        self.add_opportunity()

    def _on_filter_toggled(self, on: bool) -> None:
        self.filters.setVisible(on)
        if on:
            self.filters.field.setFocus()
        else:
            self.filters.clear()

    def _on_put_requested(self, card: int, other: int, below: bool) -> None:
        verbs.put_beside(self._session, card, other, below=below)

    def _on_view_chosen(self, view: str) -> None:
        self._show_view()
        announce(self, self.tr("Table") if view == TABLE else self.tr("Board"))

    def _on_silence_acted(self) -> None:
        silent = [one for one in self._rows.values() if one.unanswered(self._session.today())]
        if silent:
            self._go(min(silent, key=lambda one: (one.since_on, one.id)).id)

    def _on_silence_dismissed(self) -> None:
        self._quiet = True
        self.silence.hide()

    def _on_panel_menu_requested(self, spot: QPoint) -> None:
        if self._record is not None:
            self._on_menu_requested(self._record, spot)

    def _on_menu_requested(self, opportunity: int, spot: QPoint) -> None:
        known = self._rows.get(opportunity)
        if known is None:
            return
        made = menu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_item(made, MenuItem(self.tr("Open"), "briefcase"), lambda: self._go(opportunity))
        moves = menu(made, self.tr("Move to"))
        self._fill_moves(moves, known)
        made.addMenu(moves)
        for label, keys, by in (
            (self.tr("Move up"), "Ctrl+Shift+Up", -1),
            (self.tr("Move down"), "Ctrl+Shift+Down", +1),
        ):
            if self.views.current == BOARD and self.board.neighbour(opportunity, by) is not None:
                add_item(made, MenuItem(label, shortcut=keys), partial(self.put, by))
        made.addSeparator()
        add_item(made, MenuItem(self.tr("Edit…"), "pencil", "Ctrl+E"), self.edit)
        if known.company_id is not None:
            company = known.company_id
            add_item(
                made,
                MenuItem(self.tr("Show {company}").format(company=known.company), "building-2"),
                lambda: self._session.services.navigate(Place("companies", company)),
            )
        made.addSeparator()
        add_item(made, MenuItem(self.tr("Delete"), "trash-2", "Del"), self.delete)
        made.popup(spot)
