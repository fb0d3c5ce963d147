"""How a way to reach somebody is shown: the icon of its kind, and what opens it."""

from PySide6.QtCore import QUrl

from crm.domain.person import ContactKind, ContactPoint
from crm.gui import links

ICONS = {
    ContactKind.EMAIL: "mail",
    ContactKind.PHONE: "phone",
    ContactKind.ADDRESS: "map-pin",
    ContactKind.LINK: "link",
    ContactKind.MESSAGING: "message-circle",
    ContactKind.RELATED: "users",
}


def url(point: ContactPoint) -> QUrl | None:
    """Return the mail draft, call or page that reaches somebody here; None where nothing may be opened."""
    if point.kind is ContactKind.EMAIL:
        return links.mailto(point.value)
    if point.kind is ContactKind.PHONE:
        return links.tel(point.value)
    return links.website(point.value) if point.kind is ContactKind.LINK else None
