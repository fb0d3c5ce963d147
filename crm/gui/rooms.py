"""The rooms of the window: which page each name opens, and the stack that shows them."""

from collections.abc import Callable
from importlib import import_module
from typing import Protocol, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from crm.gui.session import Place, Session

_PAGES = {
    "today": ("crm.gui.today.page", "TodayPage"),
    "people": ("crm.gui.people.page", "PeoplePage"),
    "companies": ("crm.gui.companies.page", "CompaniesPage"),
    "opportunities": ("crm.gui.opportunities.page", "OpportunitiesPage"),
    "lessons": ("crm.gui.lessons.page", "LessonsPage"),
    "events": ("crm.gui.events.page", "EventsPage"),
    "calendar": ("crm.gui.calendar.page", "CalendarPage"),
    "importing": ("crm.gui.importing.page", "ImportPage"),
    "planning": ("crm.gui.planning.page", "PlanPage"),
    "meetings": ("crm.gui.meetings.page", "MeetingsPage"),
    "duplicates": ("crm.gui.duplicates.page", "DuplicatesPage"),
    "settings": ("crm.gui.settings.page", "SettingsPage"),
    "first_run": ("crm.gui.first_run.page", "FirstRunPage"),
}
# The pages that show one record at a time, and what has them show it.
_OPENERS = {"people": "open_person", "companies": "open_company", "opportunities": "open_opportunity"}


class Page(Protocol):
    """What the window needs of a page, besides its being a widget."""

    def refresh(self) -> None:
        """Ask anew for what is shown."""

    def title(self) -> str:
        """Return the page's name for the window title, its record first: "Ada Lovelace – People"."""
        ...

    def primary_focus(self) -> QWidget:
        """Return the widget that gets the focus when the page is gone to."""
        ...


class Rooms(QStackedWidget):
    """The pages built so far, one of them shown. A page is built when it is first gone to.

    `add_person_requested(str)` comes from a page that has somebody to add to the company it names.
    """

    add_person_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: dict[str, QWidget] = {}

    def show_place(self, place: Place, session: Session) -> QWidget:
        """Show a place and give it the focus; return its page."""
        page = self._pages.get(place.page) or self._build(place.page, session)
        self.setCurrentWidget(page)
        _open_record(page, place)
        as_page(page).primary_focus().setFocus()
        return page

    def show_other(self, widget: QWidget) -> None:
        """Show a page that is no room."""
        self.addWidget(widget)
        self.setCurrentWidget(widget)

    def title(self) -> str:
        """Return what the page shown is called; one that is no room has no name."""
        page = self.currentWidget()
        return as_page(page).title() if page is not None and hasattr(page, "title") else ""

    def refresh(self) -> None:
        """Have every page ask anew."""
        for page in self._pages.values():
            as_page(page).refresh()

    def drop(self) -> None:
        """Forget every page; they are built anew where they are gone to."""
        while (widget := self.widget(0)) is not None:
            self.removeWidget(widget)
            widget.deleteLater()
        self._pages.clear()

    def _build(self, name: str, session: Session) -> QWidget:
        page = build(name, session, self)
        if hasattr(page, "add_person_requested"):
            page.add_person_requested.connect(self.add_person_requested)
        self.addWidget(page)
        self._pages[name] = page
        return page


def build(name: str, session: Session, parent: QWidget) -> QWidget:
    """Return a new page. Modules are imported here, so that the first paint waits for none but its own."""
    module, made = _PAGES[name]
    page: Callable[[Session, QWidget], QWidget] = getattr(import_module(module), made)
    return page(session, parent)


def as_page(widget: QWidget) -> Page:
    """Return the page that a widget of `build` is."""
    return cast("Page", widget)


def names() -> tuple[str, ...]:
    """Return the names of all pages."""
    return tuple(_PAGES)


def _open_record(page: QWidget, place: Place) -> None:
    """Hand the record or the filter on to the page, by the names the rooms agree on."""
    if place.show and hasattr(page, "show_only"):
        page.show_only(place.show)
    if place.record is not None:
        getattr(page, _OPENERS[place.page])(place.record)
    elif hasattr(page, "close_record"):
        page.close_record()
