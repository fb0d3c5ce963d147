"""Facts about a person as lines: an icon, the value, what to do with it. Values are plain text, links open safely."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.person import ContactKind, PersonCard
from crm.gui import contact_points, links
from crm.gui.session import Session
from crm.gui.widgets.buttons import LINK_INSET, ElidedLink, IconButton
from crm.gui.widgets.labels import Icon, PlainLabel
from crm.gui.widgets.layouts import row


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known: `url` makes it a link, `copyable` adds a button that copies it."""

    icon: str
    label: str
    value: str
    url: QUrl | None = None
    copyable: bool = False
    ltr: bool = False


def contact_facts(card: PersonCard) -> Iterator[Fact]:
    """Yield the ways to reach a person."""
    for point in card.draft.contacts:
        yield Fact(
            contact_points.ICONS[point.kind],
            wording.contact_kind(point.kind, point.label),
            point.value,
            contact_points.url(point),
            copyable=point.kind is not ContactKind.RELATED,
            ltr=point.kind in {ContactKind.PHONE, ContactKind.EMAIL, ContactKind.LINK},
        )


def date_facts(card: PersonCard) -> Iterator[Fact]:
    """Yield the important dates."""
    for one in card.draft.dates:
        yield Fact("cake", wording.date_kind(one.kind, one.label), wording.partial_date(one.on))


def fact_line(fact: Fact, session: Session, *, label: bool) -> QWidget:
    """Return a line for a fact; `label` shows what it is beside it, and a way to copy."""
    line = QWidget()
    layout = row(line, (0, 2, 0, 2), 10)
    layout.addWidget(Icon(fact.icon, "text3", 16))
    if fact.url is not None:
        button = ElidedLink(fact.value)
        button.clicked.connect(lambda: links.open_link(fact.url))
        layout.addWidget(button, 1)
    else:
        value = row(None, (LINK_INSET, 0, 0, 0))
        value.addWidget(PlainLabel(fact.value, wrap=True, selectable=True, ltr=fact.ltr))
        layout.addLayout(value, 1)
    if label and fact.label:
        layout.addWidget(PlainLabel(fact.label, "small", "text3"))
    if label and fact.copyable:
        copy = IconButton("copy", _tr("Copy {value}").replace("{value}", fact.value), size=28, icon_size=15)
        copy.clicked.connect(lambda: _copy(fact.value, session))
        layout.addWidget(copy)
    line.setAccessibleName(f"{fact.label}: {fact.value}")
    return line


def _copy(value: str, session: Session) -> None:
    QGuiApplication.clipboard().setText(value)
    session.services.tell(_tr("Copied."))


def _tr(words: str) -> str:
    return QCoreApplication.translate("PersonFacts", words)
