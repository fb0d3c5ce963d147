"""The rooms of the window: which page each name opens. A page is built when it is first gone to."""

from collections.abc import Callable
from importlib import import_module
from typing import Protocol, cast

from PySide6.QtWidgets import QWidget

from crm.gui.session import Session

_PAGES = {
    "today": ("crm.gui.today.page", "TodayPage"),
    "people": ("crm.gui.people.page", "PeoplePage"),
    "companies": ("crm.gui.companies.page", "CompaniesPage"),
    "importing": ("crm.gui.importing.page", "ImportPage"),
    "settings": ("crm.gui.settings.page", "SettingsPage"),
    "first_run": ("crm.gui.first_run.page", "FirstRunPage"),
}


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
