"""The room of people: the list, and the page of the person chosen; side by side where there is room for both."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QCursor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from crm.domain.changes import Changes
from crm.domain.exportform import Whom
from crm.domain.query import PeopleFilter
from crm.errors import NotFound
from crm.gui import theme
from crm.gui.actions import Act
from crm.gui.checkins import rest, skip
from crm.gui.people import asking
from crm.gui.people.contact import ContactPage
from crm.gui.people.listing import PeopleList
from crm.gui.session import Place, Session
from crm.gui.theme import px
from crm.gui.widgets.cards import Hairline
from crm.gui.widgets.empty_state import EmptyState
from crm.gui.widgets.layouts import row

BOTH_FROM = 840  # effective width of the page that has room for list and person
LIST_WIDTH, NARROW_LIST = 388, 320
ROOMY_FROM = 930


class PeoplePage(QWidget):
    """`open_person(id)` shows somebody; `company_chosen(int)` leads to a company."""

    company_chosen = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("page", True)
        self._session = session
        self._person: int | None = None
        self._wide = True
        self._build_ui()
        self._connect()
        self.refresh()

    # --- what the window asks -----------------------------------------------------------------------------------------

    def title(self) -> str:
        """Return "Ada Lovelace – People"."""
        card = self.contact.card if self._person is not None else None
        return self.tr("{name} – People").replace("{name}", card.row.name) if card else self.tr("People")

    def refresh(self) -> None:
        """Ask anew for the list and the person."""
        self.list.refresh()
        self._ask_person()

    def primary_focus(self) -> QWidget:
        """Return the list, or the person where only that shows."""
        return self.list.view if self.list.isVisibleTo(self) else self.contact

    def panes(self) -> tuple[QWidget, ...]:
        """Return the panes that F6 moves between."""
        return (self.list, self._right)

    def focus_filter(self) -> None:
        """Put the cursor in the filter."""
        self.close_record()
        self.list.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.filter.selectAll()

    def search(self, words: str) -> None:
        """List whom the words fit."""
        self.focus_filter()
        self.list.filter.search(words)

    def add_person(self, name: str = "", company: str = "") -> None:
        """Open the editor for somebody new, at a company where one is named."""
        self.contact.acts.add(name, company)

    def open_person(self, person: int) -> None:
        """Show a person."""
        self._person = person
        self.list.view.choose(person)
        self._ask_person()
        self._arrange(showing=True)

    def shown_people(self) -> tuple[Whom, ...]:
        """Return those selected, when they are several, and those listed, when not everybody is."""
        selected = tuple(self.list.view.selected_ids)
        several = (Whom(people=selected),) if len(selected) > 1 else ()
        query = self.list.query
        some = query.text.strip() or query.show is not PeopleFilter.ALL
        return (*several, Whom(queries=(query,))) if some else several

    def close_record(self) -> None:
        """Go back to the list, where only one of the two has room."""
        self._arrange(showing=False)

    def show_only(self, which: str) -> None:
        """List what a chip names ("due", "losing_touch")."""
        if which in set(PeopleFilter):
            self.list.show_only(PeopleFilter(which))

    # --- building -----------------------------------------------------------------------------------------------------

    def _build_ui(self) -> None:
        self.list = PeopleList(self._session)
        self.contact = ContactPage(self._session)
        self._nobody = EmptyState(
            "users",
            self.tr("Choose somebody"),
            self.tr("Their timeline, contact data and check-ins show here."),
        )
        self._right = QStackedWidget()
        self._blank = QWidget()
        self._right.addWidget(self._nobody)
        self._right.addWidget(self._blank)
        self._right.addWidget(self.contact)
        self._line = Hairline(vertical=True)
        layout = row(self)
        layout.addWidget(self.list)
        layout.addWidget(self._line)
        layout.addWidget(self._right, 1)
        self._showing = False

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_list_chosen)
        self.list.opened.connect(self._on_list_opened)
        self.list.listed.connect(self._on_list_listed)
        self.list.menu_requested.connect(self._on_list_menu_requested)
        self.list.add_requested.connect(self._on_add_requested)
        self.contact.back_requested.connect(self._on_back_requested)
        self.contact.company_chosen.connect(self._on_company_chosen)
        self.contact.person_chosen.connect(self._on_person_chosen)
        self._session.bus.changed.connect(self._on_bus_changed)
        self._session.actions.attach(self)
        acts = self.contact.acts
        verbs = {
            Act.LOG_TOUCH: acts.log,
            Act.WRITE: acts.write,
            Act.SNOOZE: lambda: acts.snooze(QCursor.pos() if self.underMouse() else self._spot()),
            Act.HOW_OFTEN: lambda: acts.often(self._spot()),
            Act.SKIP: lambda: skip(self._session, self._meant()),
            Act.REST: lambda: rest(self._session, self._meant()),
            Act.EDIT: acts.edit,
            Act.DELETE: lambda: acts.delete(self._meant()),
            Act.FILTER: self.focus_filter,
            Act.NEXT: lambda: self._step(+1),
            Act.PREVIOUS: lambda: self._step(-1),
        }
        for act, verb in verbs.items():
            self._session.actions[act].triggered.connect(self._when_shown(verb))

    def _when_shown(self, verb: Callable[[], object]) -> Callable[[], None]:
        """Return `verb` for the time this page shows: the actions belong to whichever page does."""

        def run() -> None:
            if self.isVisible():
                verb()

        return run

    # --- showing ------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(showing=self._showing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._wide and self._showing:
            self._on_back_requested()
            return
        super().keyPressEvent(event)

    def _arrange(self, *, showing: bool) -> None:
        """Show both, or the one that is wanted."""
        self._showing = showing
        effective = self.width() / max(theme.look().scale, 0.1)
        self._wide = effective >= BOTH_FROM
        self.list.setVisible(self._wide or not showing)
        self._line.setVisible(self._wide)
        self._right.setVisible(self._wide or showing)
        if self._wide:
            self.list.setFixedWidth(px(LIST_WIDTH if effective >= ROOMY_FROM else NARROW_LIST))
        else:
            self.list.setMinimumWidth(0)
            self.list.setMaximumWidth(16_777_215)
        self.contact.set_back(not self._wide)

    def _ask_person(self) -> None:
        session, person = self._session, self._person
        if person is None:
            return
        session.tasks.read(
            (self, "page"),
            lambda: asking.page(session.book, person, session.today()),
            self._show_person,
            self._on_failed,
            self,
        )

    def _show_person(self, page: asking.Page) -> None:
        self.contact.show_page(page)
        self._right.setCurrentWidget(self.contact)
        if self.isVisible():
            self.window().setWindowTitle(f"{self.title()} – Keepwarm")
        if page.card.row.photo and page.photo is None:
            self._make_photo(int(page.card.row.id))

    def _make_photo(self, person: int) -> None:
        """Look at a picture for the first time, off the window's thread."""
        session = self._session

        def made(new: bool) -> None:
            if new and person == self._person:
                self._ask_person()

        session.tasks.files(
            lambda: asking.make_photo(session.book, person), made, session.services.failed, self
        )

    def _on_failed(self, error: Exception) -> None:
        """Show nobody when the person is gone, by undo or by another program."""
        if isinstance(error, NotFound):
            self._person = None
            self.contact.acts.set_card(None)
            self._right.setCurrentWidget(self._nobody)
            return
        self._session.services.failed(error)

    def _meant(self) -> tuple[int, ...]:
        return self.list.selected or self.contact.acts.ids

    def _spot(self) -> QPoint:
        return self.contact.mapToGlobal(QPoint(px(40), px(140)))

    def _step(self, step: int) -> None:
        """Go to the next or the previous person of the list."""
        ids = self.list.model.ids
        at = self.list.model.position_of(self._person) if self._person is not None else None
        if at is not None and 0 <= at + step < len(ids):
            self._session.services.navigate(Place("people", ids[at + step]))

    # --- slots --------------------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_add_requested(self, name: str) -> None:
        self.add_person(name)

    @Slot(int)
    def _on_list_chosen(self, person: int) -> None:
        self._person = person
        self._ask_person()

    @Slot(int)
    def _on_list_opened(self, person: int) -> None:
        self._session.services.navigate(Place("people", person))

    @Slot()
    def _on_list_listed(self) -> None:
        ids = self.list.model.ids
        if self._right.currentWidget() is not self.contact:
            self._right.setCurrentWidget(self._nobody if len(ids) else self._blank)
        if self._person is None and len(ids) and self._wide:
            self.list.view.choose(ids[0])

    @Slot(int, QPoint)
    def _on_list_menu_requested(self, person: int, spot: QPoint) -> None:
        card = self.contact.card
        if card is not None and int(card.row.id) == person:
            self.contact.acts.more(spot)

    @Slot()
    def _on_back_requested(self) -> None:
        self._session.services.navigate(Place("people"))

    @Slot(int)
    def _on_company_chosen(self, company: int) -> None:
        self.company_chosen.emit(company)
        self._session.services.navigate(Place("companies", company))

    @Slot(int)
    def _on_person_chosen(self, person: int) -> None:
        self._session.services.navigate(Place("people", person))

    @Slot(object)
    def _on_bus_changed(self, changes: Changes) -> None:
        self.list.take(changes)
        if changes.everything or self._person in changes.people():
            self._ask_person()
