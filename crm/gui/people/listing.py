"""The list of people: heading, filter, chips, sort, as many rows as there are, and what can be done to several."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QMenu, QStackedLayout, QWidget

from crm import wording
from crm.domain.changes import Changes
from crm.domain.person import PersonRow
from crm.domain.query import PeopleCounts, PeopleFilter, PeopleQuery, PeopleSort
from crm.gui.actions import Act
from crm.gui.models.rows_model import RowsModel
from crm.gui.people import asking
from crm.gui.people.bulk import BulkBar
from crm.gui.people.rows import PersonDelegate, describe
from crm.gui.session import Place, Session
from crm.gui.widgets.announce import announce
from crm.gui.widgets.big_list import BigList
from crm.gui.widgets.buttons import IconButton
from crm.gui.widgets.cards import Hairline
from crm.gui.widgets.chips import ChipBar, ChipItem
from crm.gui.widgets.empty_state import EmptyState
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row
from crm.gui.widgets.menus import MenuItem, add_item, menu
from crm.gui.widgets.search_field import SearchField

_FALLING = frozenset({PeopleSort.LAST_TOUCH, PeopleSort.ADDED})
_TABLES = ("person", "touch", "position", "company", "tag", "person_tag", "contact_point")


class PeopleList(QFrame):
    """`chosen(int)` the person the keyboard or pointer is on, `opened(int)` Enter; `add_requested(str)` with a name."""

    chosen = Signal(int)
    opened = Signal(int)
    add_requested = Signal(str)
    menu_requested = Signal(int, QPoint)
    listed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", True)
        self.setAccessibleName(self.tr("People list"))
        self._session = session
        self._query = PeopleQuery()
        self._asked = False
        self.model: RowsModel[PersonRow] = RowsModel(self._fetch, self._describe, parent=self)
        delegate = PersonDelegate(session.today)
        self.view = BigList(self.tr("List of people"), self.model, delegate, multiple=True, find=self._find)
        self._build_ui()
        self._connect()

    @property
    def query(self) -> PeopleQuery:
        """What is listed, and how."""
        return self._query

    @property
    def selected(self) -> tuple[int, ...]:
        """The people a verb is meant for: those selected, else the one the keyboard is on."""
        current = self.view.current_id
        return tuple(self.view.selected_ids) or ((current,) if current is not None else ())

    def refresh(self) -> None:
        """Ask anew whom to list; selection and scroll stay."""
        session, query = self._session, self._query
        session.ask(
            (self, "listing"), lambda: asking.listing(session.book, query, session.today()), self._show, self
        )

    def take(self, changes: Changes) -> None:
        """Follow what was written."""
        if changes.touches_table(*_TABLES):
            self.model.refresh()
            self.refresh()

    def show_only(self, which: PeopleFilter) -> None:
        """List what a chip names."""
        self.chips.choose(which.value)
        self._on_chip_chosen(which.value)

    def sort(self, by: PeopleSort) -> None:
        """List in another order; days from the latest."""
        self._query = replace(self._query, sort=by, descending=by in _FALLING)
        self.refresh()

    def _build_ui(self) -> None:
        self._count = PlainLabel("", "heading", "text3", tabular=True)
        self._sort = IconButton("arrow-up-down", self.tr("Sort"))
        export = IconButton("file-down", self.tr("Export people"))
        export.clicked.connect(self._session.actions[Act.EXPORT_PEOPLE].trigger)
        self.add = IconButton("user-plus", self.tr("Add person"), shortcut="Ctrl+N")
        self._sort.set_menu(self._sort_menu())
        head = row(None, (18, 16, 10, 4), 8)
        add(head, PlainLabel(self.tr("People"), "title"), self._count, None, export, self._sort, self.add)
        self.filter = SearchField(self.tr("Filter by name, company, tag…"), self.tr("Filter people"))
        self.chips = ChipBar(self._chip_items(), self.tr("Which people"))
        tools = column(None, (16, 0, 16, 10), 10)
        add(tools, self.filter, self.chips)
        self.bulk = BulkBar(self._session)
        layout = column(self)
        add(layout, boxed(head), boxed(tools), Hairline())
        self._stack = QStackedLayout()  # in its place before it shows anything
        layout.addLayout(self._stack, 1)
        self._none, self._unmatched = self._empty_book(), self._empty_filter()
        for part in (self.view, self._none, self._unmatched):
            self._stack.addWidget(part)
        add(layout, self.bulk)

    def _chip_items(self) -> tuple[ChipItem, ...]:
        return (
            ChipItem(PeopleFilter.ALL.value, self.tr("All")),
            ChipItem(PeopleFilter.DUE.value, self.tr("Due")),
            ChipItem(PeopleFilter.LOSING_TOUCH.value, self.tr("Losing touch")),
            ChipItem(PeopleFilter.NO_PLAN.value, self.tr("No plan")),
            ChipItem(PeopleFilter.STARRED.value, self.tr("Starred")),
            ChipItem(PeopleFilter.ARCHIVED.value, self.tr("Archived")),
        )

    def _sort_menu(self) -> QMenu:
        made = menu(self._sort, self.tr("Sort"))
        made.aboutToShow.connect(self._on_sort_about_to_show)
        return made

    def _empty_book(self) -> EmptyState:
        made = EmptyState(
            "users", self.tr("No people yet"), self.tr("Import your contacts or add the first one.")
        )
        made.add_action(self.tr("Import contacts"), icon="upload").clicked.connect(self._on_import_clicked)
        made.add_link(self.tr("Add person")).clicked.connect(self._on_add_clicked)
        return made

    def _empty_filter(self) -> EmptyState:
        made = EmptyState("search", "")
        made.add_action(self.tr("Clear filter"), primary=False).clicked.connect(self._on_clear_clicked)
        self._add_typed = made.add_link("")
        self._add_typed.clicked.connect(self._on_add_typed_clicked)
        return made

    def _connect(self) -> None:
        self.view.chosen.connect(self.chosen)
        self.view.opened.connect(self.opened)
        self.view.menu_requested.connect(self.menu_requested)
        self.view.selection_changed.connect(self._on_selection_changed)
        self.filter.searched.connect(self._on_searched)
        self.filter.left_downwards.connect(self.view.setFocus)
        self.chips.chosen.connect(self._on_chip_chosen)
        self.add.clicked.connect(self._on_add_clicked)
        self.bulk.cleared.connect(self._on_bulk_cleared)

    def _fetch(self, ids: Sequence[int]) -> Sequence[PersonRow]:
        return asking.rows(self._session.book, ids, self._session.today())

    def _describe(self, one: PersonRow) -> str:
        return describe(one, self._session.today())

    def _find(self, typed: str) -> int | None:
        """Ask for the first listed person of that beginning; the answer moves the row by itself."""
        session, query = (
            self._session,
            replace(self._query, text=typed, sort=PeopleSort.NAME, descending=False),
        )

        def found(listing: asking.Listing) -> None:
            shown = set(self.model.ids)
            self.view.choose(next((one for one in listing.ids if one in shown), self.view.current_id))

        session.ask((self, "find"), lambda: asking.listing(session.book, query, session.today()), found, self)
        return None

    def _show(self, listing: asking.Listing) -> None:
        counts = listing.counts
        self._show_counts(counts)
        if list(listing.ids) != list(self.model.ids):
            self.model.set_ids(listing.ids)
        everyone = bool(self._query.text.strip()) or counts.all + counts.archived
        self._stack.setCurrentWidget(
            self.view if listing.ids else self._none if not everyone else self._unmatched
        )
        if not listing.ids and everyone:
            self._say_no_match()
        if self._asked:
            self._asked = False
            announce(self.view, wording.people_count(len(listing.ids)))
        self.listed.emit()

    def _show_counts(self, counts: PeopleCounts) -> None:
        """Say how many are listed, and how many each chip would list."""
        numbers = (
            counts.all,
            counts.due,
            counts.losing_touch,
            counts.no_plan,
            counts.starred,
            counts.archived,
        )
        for which, number in zip(PeopleFilter, numbers, strict=True):
            self.chips.set_count(which.value, None if which is PeopleFilter.ALL else number)
            if which is self._query.show:
                self._count.setText(f"{number:,}")

    def _say_no_match(self) -> None:
        typed = self._query.text.strip()
        words = {
            PeopleFilter.DUE: self.tr("Nobody is due"),
            PeopleFilter.LOSING_TOUCH: self.tr("You’re losing touch with nobody"),
            PeopleFilter.NO_PLAN: self.tr("Everybody has a plan"),
            PeopleFilter.STARRED: self.tr("Nobody is starred yet"),
            PeopleFilter.ARCHIVED: self.tr("Nobody is archived"),
        }
        found = self.tr("No one matches “{words}”").replace("{words}", typed) if typed else ""
        self._unmatched.set_text(found or words.get(self._query.show, self.tr("No people yet")))
        self._add_typed.setVisible(bool(typed))
        self._add_typed.set_label(self.tr("Add “{name}”").replace("{name}", typed))

    @Slot(str)
    def _on_searched(self, words: str) -> None:
        self._asked = True
        self._query = replace(self._query, text=words)
        self.view.scrollToTop()
        self.refresh()

    @Slot(str)
    def _on_chip_chosen(self, key: str) -> None:
        self._query = replace(self._query, show=PeopleFilter(key))
        self.view.scrollToTop()
        self.refresh()

    @Slot()
    def _on_clear_clicked(self) -> None:
        self.chips.choose(PeopleFilter.ALL.value)
        self._query = replace(self._query, show=PeopleFilter.ALL, text="")
        self.filter.search("")
        self.refresh()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_add_clicked(self) -> None:
        self.add_requested.emit("")

    @Slot()
    def _on_add_typed_clicked(self) -> None:
        self.add_requested.emit(self._query.text.strip())

    @Slot()
    def _on_import_clicked(self) -> None:
        self._session.services.navigate(Place("importing"))

    @Slot()
    def _on_selection_changed(self) -> None:
        self.bulk.set_ids(tuple(self.view.selected_ids))

    @Slot()
    def _on_bulk_cleared(self) -> None:
        current = self.view.current_id
        self.view.select_ids(() if current is None else (current,))

    @Slot()
    def _on_sort_about_to_show(self) -> None:
        orders = {
            PeopleSort.NEXT_CHECK_IN: self.tr("Next check-in"),
            PeopleSort.LAST_TOUCH: self.tr("Last touch"),
            PeopleSort.NAME: self.tr("Name"),
            PeopleSort.COMPANY: self.tr("Company"),
            PeopleSort.ADDED: self.tr("Recently added"),
        }
        made = self._sort.menu()
        made.clear()
        for by, words in orders.items():
            add_item(made, MenuItem(words, checked=by is self._query.sort), partial(self.sort, by))
