"""The list of companies: heading, filter, chips, sort, and as many rows as there are."""

from collections.abc import Sequence
from dataclasses import astuple, replace
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from crm import wording
from crm.domain.changes import Changes
from crm.domain.company import CompanyRow
from crm.domain.query import CompanyFilter, CompanyQuery, CompanySort
from crm.gui.companies import asking
from crm.gui.companies.aha import AhaBanner
from crm.gui.companies.rows import CompanyDelegate, describe
from crm.gui.companies.turning import Turning
from crm.gui.models.rows_model import RowsModel
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.announce import announce
from crm.gui.widgets.big_list import BigList
from crm.gui.widgets.buttons import Button, IconButton, Variant
from crm.gui.widgets.cards import Card
from crm.gui.widgets.chips import ChipBar, ChipItem
from crm.gui.widgets.empty_state import EmptyState
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row, scrolled
from crm.gui.widgets.menus import MenuItem, add_item, menu
from crm.gui.widgets.search_field import SearchField

_FALLING = frozenset({CompanySort.PEOPLE, CompanySort.LAST_TOUCH})


class CompanyList(QWidget):
    """All companies. `opened(int)` a click or Enter, `menu_requested(int, QPoint)` a right click.

    `listed()` tells that other companies are listed, or in another order.
    """

    opened = Signal(int)
    add_requested = Signal(str)
    menu_requested = Signal(int, QPoint)
    listed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._query = CompanyQuery()
        self._told = ""
        self.model: RowsModel[CompanyRow] = RowsModel(self._fetch, self._describe, parent=self)
        self.view = BigList(
            self.tr("List of companies"),
            self.model,
            CompanyDelegate(session.today),
            multiple=True,
            find=self._find,
        )
        self.filter = SearchField(self.tr("Filter by name, industry, place…"), self.tr("Filter companies"))
        self._build_ui()
        self._connect()

    @property
    def ids(self) -> Sequence[int]:
        """The companies listed now, in their order."""
        return self.model.ids

    @property
    def query(self) -> CompanyQuery:
        """What is listed, and how."""
        return self._query

    @property
    def selected(self) -> tuple[int, ...]:
        """The companies a verb is meant for: those selected, else the one the keyboard is on."""
        current = self.view.current_id
        return self.view.selected_ids or ((current,) if current is not None else ())

    def primary_focus(self) -> QWidget:
        """Return what the keyboard should be on: the rows, or what to do where there are none."""
        if self._stack.currentWidget() is self.view:
            return self.view
        return self.filter if self._stack.currentWidget() is self._unmatched_area else self.add

    def refresh(self) -> None:
        """Ask anew which companies to list; selection and scroll stay."""
        self.aha.look()
        session, query = self._session, self._query
        session.ask((self, "listing"), lambda: asking.listing(session.book, query), self._show, self)

    def take(self, changes: Changes) -> None:
        """Follow what was written."""
        self.model.refresh()
        if changes.touches_table("company", "position", "person", "touch", "opportunity"):
            self.refresh()

    def choose(self, show: CompanyFilter) -> None:
        """List what a chip names."""
        self.chips.choose(show.value)
        self._on_chip_chosen(show.value)

    def sort(self, by: CompanySort) -> None:
        """List in another order: names from A, numbers and days from the largest."""
        self._query = replace(self._query, sort=by, descending=by in _FALLING)
        self._name_sorting()
        self.refresh()

    def _build_ui(self) -> None:
        self.add = Button(self.tr("Add company"), Variant.PRIMARY, icon="plus")
        head = Turning(460, gap=8)
        add(head.box, (self._title(), 1), Flow(self._sort_button(), self.add))
        self.aha = AhaBanner(self._session)
        self.chips = ChipBar(self._chip_items(), self.tr("Which companies"))
        tools = Turning(700, gap=12)
        self.filter.setMaximumWidth(px(420))
        add(tools.box, (self.filter, 1), (add(column(margins=(0, 2, 0, 2)), self.chips), 1))
        card = Card()
        self._stack = QStackedLayout()
        add(column(card, (1, 5, 1, 5)), self._stack)
        self._none, self._unmatched = self._empty_book(), self._empty_filter()
        self._stack.addWidget(self.view)
        # Scrolled, so that large text in a low window doesn't push the window's foot out of the screen.
        self._none_area = scrolled(self._none, self.tr("No companies"))
        self._unmatched_area = scrolled(self._unmatched, self.tr("No match"))
        self._stack.addWidget(self._none_area)
        self._stack.addWidget(self._unmatched_area)
        add(column(self, (32, 20, 32, 16), gap=12), head, self.aha, tools, (card, 1))

    def _title(self) -> QWidget:
        self._count = PlainLabel("", "title", "text3", tabular=True)
        return boxed(add(row(gap=10), PlainLabel(self.tr("Companies"), "display"), self._count, None))

    def _sort_button(self) -> IconButton:
        self._orders = {
            CompanySort.NAME: self.tr("Name"),
            CompanySort.PEOPLE: self.tr("People"),
            CompanySort.LAST_TOUCH: self.tr("Last touch"),
        }
        self.sorting = IconButton("arrow-up-down", "", outlined=True)
        made = menu(self.sorting)
        made.aboutToShow.connect(self._on_sort_about_to_show)
        self.sorting.set_menu(made)
        self._name_sorting()
        return self.sorting

    def _name_sorting(self) -> None:
        order = self._orders[self._query.sort]
        self.sorting.set_name(self.tr("Sort: {order}").format(order=order))

    def _chip_items(self) -> tuple[ChipItem, ...]:
        return (
            ChipItem(CompanyFilter.ALL.value, self.tr("All")),
            ChipItem(CompanyFilter.TARGET.value, self.tr("Target"), icon="target"),
            ChipItem(CompanyFilter.TARGET_EMPTY.value, self.tr("Target, nobody yet")),
            ChipItem(CompanyFilter.OPENINGS.value, self.tr("With openings"), icon="briefcase"),
            ChipItem(CompanyFilter.EMPTY.value, self.tr("Nobody yet")),
        )

    def _empty_book(self) -> EmptyState:
        made = EmptyState(
            "building-2",
            self.tr("No companies yet"),
            self.tr("They come with the people you import. Or add one you want to work at."),
        )
        made.add_action(self.tr("Add a company"), icon="plus").clicked.connect(self._on_add_clicked)
        return made

    def _empty_filter(self) -> EmptyState:
        made = EmptyState("search", "")
        made.add_action(self.tr("Clear filter"), primary=False).clicked.connect(self._on_clear_clicked)
        self._add_typed = made.add_link("")
        self._add_typed.clicked.connect(lambda: self.add_requested.emit(self._query.text.strip()))
        return made

    def _connect(self) -> None:
        self.view.opened.connect(self.opened)
        self.view.clicked.connect(self._on_clicked)
        self.view.menu_requested.connect(self.menu_requested)
        self.filter.searched.connect(self._on_searched)
        self.filter.left_downwards.connect(self.view.setFocus)
        self.chips.chosen.connect(self._on_chip_chosen)
        self.add.clicked.connect(self._on_add_clicked)

    def _fetch(self, ids: Sequence[int]) -> Sequence[CompanyRow]:
        return asking.rows(self._session.book, ids)

    def _describe(self, one: CompanyRow) -> str:
        return describe(one, self._session.today())

    def _find(self, typed: str) -> int | None:
        """Ask for the first listed company of that beginning; the answer moves the row by itself."""
        session, query = (
            self._session,
            replace(self._query, text=typed, sort=CompanySort.NAME, descending=False),
        )

        def found(listing: asking.Listing) -> None:
            shown = set(self.model.ids)
            self.view.choose(next((one for one in listing.ids if one in shown), self.view.current_id))

        session.ask((self, "find"), lambda: asking.listing(session.book, query), found, self)
        return None

    def _show(self, listing: asking.Listing) -> None:
        counts = listing.counts
        self._count.setText(f"{counts.all:,}")
        for which, number in zip(CompanyFilter, astuple(counts), strict=True):
            self.chips.set_count(which.value, number)
        if list(listing.ids) != list(self.model.ids):
            self.model.set_ids(listing.ids)
        self._show_part(counts.all, len(listing.ids))
        if self._told != self._query.text:
            self._told = self._query.text
            announce(self.view, wording.count(len(listing.ids), "{n} company", "{n} companies"))
        self.listed.emit()

    def _show_part(self, all_of_them: int, listed: int) -> None:
        had_focus = self.view.hasFocus()
        empty = self._none_area if not all_of_them else self._unmatched_area
        self._stack.setCurrentWidget(self.view if listed else empty)
        if had_focus and not listed:
            self.primary_focus().setFocus()
        if listed or not all_of_them:
            return
        typed = self._query.text.strip()
        self._unmatched.set_text(*self._no_match(typed))
        self._add_typed.setVisible(bool(typed))
        self._add_typed.set_label(self.tr("Add “{name}”").format(name=typed))

    def _no_match(self, typed: str) -> tuple[str, str]:
        if typed:
            return self.tr("No company matches “{words}”").format(words=typed), ""
        if self._query.show is CompanyFilter.TARGET:
            return (
                self.tr("No target companies yet"),
                self.tr("Mark the companies you want to work at: open one and choose Target, or press T."),
            )
        if self._query.show is CompanyFilter.TARGET_EMPTY:
            return self.tr("You know somebody at every target company"), ""
        if self._query.show is CompanyFilter.OPENINGS:
            return (
                self.tr("No openings yet"),
                self.tr("Add an opportunity, or note an opening on the page of its company."),
            )
        return self.tr("You know somebody at every company"), ""

    def _on_searched(self, words: str) -> None:
        self._query = replace(self._query, text=words)
        self.view.scrollToTop()
        self.refresh()

    def _on_chip_chosen(self, key: str) -> None:
        self._query = replace(self._query, show=CompanyFilter(key))
        self.view.scrollToTop()
        self.refresh()

    def _on_clear_clicked(self) -> None:
        self.chips.choose(CompanyFilter.ALL.value)
        self._query = replace(self._query, show=CompanyFilter.ALL, text="")
        self.filter.search("")
        self.refresh()
        self.view.setFocus()

    def _on_add_clicked(self) -> None:
        self.add_requested.emit("")

    def _on_clicked(self, index: QModelIndex) -> None:
        # With Ctrl or Shift a click selects several.
        one = self.model.id_at(index.row())
        if one is not None and QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self.opened.emit(one)

    def _on_sort_about_to_show(self) -> None:
        made = self.sorting.menu()
        made.clear()
        for by, words in self._orders.items():
            add_item(made, MenuItem(words, checked=by is self._query.sort), partial(self.sort, by))
