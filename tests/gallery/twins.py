"""A book in which some people, and some companies, are there more than once: to draw what is done about them."""

from datetime import date, timedelta

from crm.app import companies, people, samples, touches
from crm.app.books import Book
from crm.domain.company import CompanyDraft
from crm.domain.person import (
    ContactKind,
    ContactPoint,
    DateKind,
    ImportantDate,
    PartialDate,
    PersonDraft,
    PositionDraft,
)
from crm.domain.touch import TouchDraft, TouchKind

CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Thomas Ferreira
ORG:Orbital Labs
TITLE:Director, Engineering
EMAIL:t.ferreira@mail.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Lindqvist Maya
ORG:Halden Systems
END:VCARD
"""
_EMAIL, _PHONE = ContactKind.EMAIL, ContactKind.PHONE
_LONG = "Wolfeschlegelsteinhausenbergerdorff"


def fill(book: Book, today: date) -> None:
    """Add people who may be the same to the sample."""
    samples.fill(book, today=today)
    born = ImportantDate(DateKind.BIRTHDAY, PartialDate(1984, 5, 12))
    found = (
        _person("Robert Meyer", "Orbital Labs", "Engineering Director", ("robert.meyer@orbital.example", "+49 30 5550100"), born),
        _person("Bob Meyer", "Orbital Labs GmbH", "Director, Engineering", ("bob@mail.example", "+49 30 5550100")),
        _person("R. Meyer", "Orbital Labs", "", ("robert.meyer@orbital.example",)),
        _person("Юлия Петрова", "Lumen Grid", "Analyst", ("yulia@lumen.example",)),
        _person("Julia Petrova", "Lumen Grid", "Senior Analyst", ("j.petrova@mail.example",)),
        _person(f"Hubert {_LONG}", "The Extraordinarily Long Name Holding and Consulting Company of Europe", "Head of everything there is to be head of", ("hubert@long.example",)),
        _person(f"Hubert Blaine {_LONG}", "The Extraordinarily Long Name Holding and Consulting Company of Europe", "Chief", ("hubert@long.example",)),
    )  # fmt: skip
    ids = [people.add(book, draft, today=today) for draft in found]
    for back in (3, 40, 90):
        on = today - timedelta(days=back)
        touches.log(
            book, TouchDraft((ids[0],), TouchKind.COFFEE, on, "Talked about the platform"), today=today
        )
    companies.add(book, CompanyDraft("Lumen-Grid Ltd.", site="https://lumengrid.example", place="Porto"))


def _person(
    name: str, company: str, title: str, reached: tuple[str, ...], *dates: ImportantDate
) -> PersonDraft:
    contacts = tuple(ContactPoint(_EMAIL if "@" in one else _PHONE, one) for one in reached)
    return PersonDraft(name, contacts=contacts, positions=(PositionDraft(company, title),), dates=dates)
