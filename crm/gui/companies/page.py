"""The room of companies: the list, or the page of one company."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from crm.domain.changes import Changes
from crm.domain.company import CompanyDraft, CompanyId, CompanyRow
from crm.domain.comparing import MOST_MERGED
from crm.domain.query import CompanyFilter
from crm.gui.actions import Act
from crm.gui.companies import asking, verbs, words
from crm.gui.companies.company_view import CompanyView
from crm.gui.companies.editor import EditorDialog
from crm.gui.companies.listing import CompanyList
from crm.gui.companies.merging import MergeDialog
from crm.gui.companies.people_here import NOW, PAST
from crm.gui.session import Place, Session
from crm.gui.widgets.menus import MenuItem, add_item, menu

PAGE = "companies"


class CompaniesPage(QWidget):
    """What the window shows for "Companies". It goes places through the window, so that Back knows them.

    `person_chosen(int)` tells which person it leads to. `add_person_requested(str)`, a company's name, is for the
    window, which alone knows the people's page.
    """

    person_chosen = Signal(int)
    add_person_requested = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stale = False
        self._record: int | None = None
        self.setProperty("page", True)
        self.listing = CompanyList(session)
        self.company = CompanyView(session)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.listing)
        self._stack.addWidget(self.company)
        self._connect()
        self._connect_actions()
        self.refresh()

    # --- what the window asks for -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return "Orbital Labs – Companies"."""
        name = self._name()
        return f"{name} – {self.tr('Companies')}" if name else self.tr("Companies")

    def primary_focus(self) -> QWidget:
        """Return the list, or the page of the company."""
        return self.company if self.record is not None else self.listing.primary_focus()

    def panes(self) -> Sequence[QWidget]:
        """Return the parts F6 goes through."""
        if self.record is None:
            return (self.listing.filter, self.listing.view)
        return (self.company.head, self.company.people, self.company.noticed, self.company.notes)

    def refresh(self) -> None:
        """Ask anew for what is shown."""
        self._stale = False
        self.listing.model.refresh()
        self.listing.refresh()
        if self.record is not None:
            self.company.refresh()

    @property
    def record(self) -> int | None:
        """The company whose page shows; None for the list."""
        return self._record

    def open_company(self, company: int) -> None:
        """Show the page of a company."""
        self._record = company
        self.company.open(company)
        self._show_steps()
        self._stack.setCurrentWidget(self.company)
        self.listing.view.choose(company)

    def close_record(self) -> None:
        """Show the list, where it was left."""
        self._record = None
        self._stack.setCurrentWidget(self.listing)

    def show_only(self, show: str) -> None:
        """List what a chip names: "all", "target", "empty" and the others of `CompanyFilter`."""
        if show in set(CompanyFilter):
            self.listing.choose(CompanyFilter(show))

    def focus_filter(self) -> None:
        """Put the cursor in the filter."""
        if self.record is not None:
            self._go(None)
        self.listing.filter.setFocus()
        self.listing.filter.selectAll()

    def add_company(self, name: str = "") -> None:
        """Ask for a new company."""
        dialog = EditorDialog(self._session, CompanyDraft(name), None, self.window())
        dialog.on_saved = self._go
        dialog.on_taken = lambda holder: self._go(holder.id)
        dialog.open()

    # --- verbs ------------------------------------------------------------------------------------------------------

    def edit(self) -> None:
        """Edit the company that shows, or the one the keyboard is on."""
        company = self._one()
        if company is None:
            return

        def show(draft: CompanyDraft) -> None:
            dialog = EditorDialog(self._session, draft, company, self.window())
            dialog.on_taken = lambda holder: self._merge(company, holder)
            dialog.open()

        session = self._session
        session.ask((self, "draft"), lambda: asking.draft(session.book, CompanyId(company)), show, self)

    def merge(self) -> None:
        """Make the company that shows, or the one the keyboard is on, one with another."""
        company = self._one()
        if company is not None:
            self._merge(company, None)

    def delete(self) -> None:
        """Delete the company that shows, or those selected; the toast offers Undo."""
        ids = (self.record,) if self.record is not None else self.listing.selected
        if ids:
            verbs.delete(self._session, ids)

    def notice(self) -> None:
        """Put the cursor where what was noticed at the company that shows is kept."""
        if self.record is not None:
            self.company.noticed.start()

    def toggle_target(self) -> None:
        """Make the company that shows, or those selected, targets; or no longer, when all are."""
        if self.record is not None:
            self.company.toggle_target()
            return
        ids = self.listing.selected
        session = self._session

        def turn(rows: tuple[CompanyRow, ...]) -> None:
            verbs.set_target(session, ids, not all(row.target for row in rows))

        if ids:
            session.ask((self, "targets"), lambda: asking.rows(session.book, ids), turn, self)

    def merge_selected(self) -> None:
        """Show those selected side by side, to merge them."""
        which = f"company:{','.join(map(str, self.listing.selected))}"
        self._session.services.navigate(Place("duplicates", show=which))

    def _merge(self, company: int, other: CompanyRow | None) -> None:
        session = self._session
        # The page may be the one whose company goes, and the list show by the time the merge is done.
        shows_page = self.record is not None

        def then(kept: int) -> None:
            if shows_page:
                self._go(kept)
            else:
                self.listing.view.choose(kept)

        def show(rows: tuple[CompanyRow, ...]) -> None:
            if rows:
                MergeDialog(session, rows[0], self.window(), other=other, merged=then).open()

        session.ask((self, "merge"), lambda: asking.rows(session.book, (company,)), show, self)

    # --- within -----------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        single = self._session.services.settings().single_key_shortcuts
        for shortcut in self._letters:
            shortcut.setEnabled(single)
        if self._stale:
            self.refresh()

    def _connect(self) -> None:
        self._session.bus.changed.connect(self._on_changed)
        self.listing.opened.connect(self._go)
        self.listing.add_requested.connect(self.add_company)
        self.listing.menu_requested.connect(self._on_menu_requested)
        self.listing.listed.connect(self._show_steps)
        self.company.closed.connect(lambda: self._go(None))
        self.company.stepped.connect(self.step)
        self.company.person_chosen.connect(self._on_person_chosen)
        self.company.add_person_requested.connect(self.add_person_requested)
        self.company.edit_requested.connect(self.edit)
        self.company.merge_requested.connect(self.merge)
        self.company.delete_requested.connect(self.delete)

    def _connect_actions(self) -> None:
        self._letters = (
            self._letter("T", self.toggle_target),
            self._letter("N", self.notice),
            self._letter("1", lambda: self.company.people.switch_to(NOW)),
            self._letter("2", lambda: self.company.people.switch_to(PAST)),
        )
        self._session.actions.attach(self)
        table: dict[Act, Callable[[], None]] = {
            Act.EDIT: self.edit,
            Act.DELETE: self.delete,
            Act.FILTER: self.focus_filter,
            Act.NEXT: lambda: self.step(+1),
            Act.PREVIOUS: lambda: self.step(-1),
            Act.LOG_TOUCH: self.company.log_here,
            Act.SNOOZE: self.company.snooze_focused,
            Act.WRITE: self.company.write_focused,
            Act.HOW_OFTEN: self.company.plan_here,
        }
        for act, verb in table.items():
            self._session.actions[act].triggered.connect(self._if_here(verb))

    def _if_here(self, verb: Callable[[], None]) -> Callable[[], None]:
        """Return `verb` for an action that all rooms share: it acts where the user is."""
        return lambda: verb() if self.isVisible() else None

    def _letter(self, key: str, verb: Callable[[], None]) -> QShortcut:
        made = QShortcut(QKeySequence(key), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(verb)
        return made

    def step(self, by: int) -> None:
        """Go to the next company of the list, or the previous one."""
        at = None if self.record is None else self.listing.model.position_of(self.record)
        to = None if at is None else self.listing.model.id_at(at + by)
        if to is not None:
            self._go(to)

    def _go(self, company: int | None) -> None:
        self._session.services.navigate(Place(PAGE, company))

    def _one(self) -> int | None:
        if self.record is not None:
            return self.record
        return self.listing.view.current_id

    def _name(self) -> str:
        if self.record is None:
            return ""
        card = self.company.card
        if card is not None:
            return card.row.name
        position = self.listing.model.position_of(self.record)
        row = None if position is None else self.listing.model.row_at(position)
        return row.name if row is not None else ""

    def _show_steps(self) -> None:
        at = None if self.record is None else self.listing.model.position_of(self.record)
        last = len(self.listing.ids) - 1
        self.company.set_steps(back=at is not None and at > 0, on=at is not None and at < last)

    def _on_changed(self, changes: Changes) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self.listing.take(changes)
        if self.record is not None:
            self.company.refresh()

    def _on_person_chosen(self, person: int) -> None:
        self.person_chosen.emit(person)
        self._session.services.navigate(Place("people", person))

    def _on_menu_requested(self, company: int, spot: QPoint) -> None:
        if company not in self.listing.selected:
            self.listing.view.choose(company)
        made = menu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        several = len(self.listing.selected) > 1
        add_item(
            made, MenuItem(words.tr("Open"), "building-2", enabled=not several), lambda: self._go(company)
        )
        add_item(made, MenuItem(words.tr("Target company, or no longer"), "target", "T"), self.toggle_target)
        made.addSeparator()
        add_item(made, MenuItem(words.tr("Edit…"), "pencil", "Ctrl+E", enabled=not several), self.edit)
        if several:
            few = len(self.listing.selected) <= MOST_MERGED
            add_item(made, MenuItem(words.tr("Merge…"), "git-merge", enabled=few), self.merge_selected)
        else:
            add_item(made, MenuItem(words.tr("Merge with…"), "git-merge"), self.merge)
        made.addSeparator()
        add_item(made, MenuItem(words.tr("Delete"), "trash-2", "Del"), self.delete)
        made.popup(spot)
