"""Pictures of the contact page's parts: what is known, notes, a touch being corrected, several people, notifications."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea, QWidget

from crm.app import people
from crm.domain.person import CustomField, DateKind, ImportantDate, PartialDate, PersonId
from crm.gui.people.page import PeoplePage
from crm.gui.session import Place
from crm.gui.settings.notifications import NotificationsSection

if TYPE_CHECKING:
    from tests.gallery.draw import Gallery

_WHO = PersonId(2)
_NOTES = """## Likes
Clear specs, *short* meetings and running.
**Two kids**, marathon in Porto

- [Talk on pricing](https://talks.example/pricing)
- ~~moves to Berlin~~ stays
- <b>not bold</b> ![team](file:///etc/passwd) [no link](javascript:alert(1))
"""


def _contact(gallery: "Gallery", screen: str) -> QWidget | None:
    window, today = gallery.window, gallery.window._today()
    if gallery._options.data == "empty":
        return None
    said = replace(
        people.draft(gallery.book, _WHO),
        notes=_NOTES,
        introduced_by=PersonId(1),
        met_on=today,
        fields=(CustomField("Coffee", "Flat white"), CustomField("Assistant", "Rui, mornings only")),
        dates=(
            ImportantDate(DateKind.BIRTHDAY, PartialDate(None, 3, 4)),
            ImportantDate(DateKind.OTHER, PartialDate(2021, 5, 1), "First day at Orbital Labs"),
        ),
    )
    people.edit(gallery.book, _WHO, said, today=today)
    window.go(Place("people", _WHO))
    page = window.current_page()
    assert isinstance(page, PeoplePage)
    if screen == "touch_edit":
        page.contact._tabs.choose("timeline")
        page.contact._on_tab_chosen("timeline")
        shown = page.contact._timeline._shown()
        if shown:
            page.contact._timeline._edit(shown[0])
        return window
    tab = screen.removeprefix("person_")
    page.contact._tabs.choose(tab)
    page.contact._on_tab_chosen(tab)
    return window


def _selected(gallery: "Gallery", _screen: str) -> QWidget | None:
    gallery.window.go(Place("people"))
    page = gallery.window.current_page()
    assert isinstance(page, PeoplePage)
    page.list.view.selectAll()
    return gallery.window


def _notifications(gallery: "Gallery", _screen: str) -> QWidget | None:
    gallery.window.go(Place("settings"))
    page = gallery.window.current_page()
    assert page is not None
    gallery._settle()
    section = page.findChild(NotificationsSection)
    assert section is not None
    page.findChildren(QScrollArea)[0].ensureWidgetVisible(section, 0, section.height())
    return gallery.window


SHOWERS: dict[str, Callable[["Gallery", str], QWidget | None]] = {
    "person_about": _contact,
    "person_notes": _contact,
    "touch_edit": _contact,
    "people_selected": _selected,
    "notifications": _notifications,
}
