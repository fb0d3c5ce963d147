"""Books, people and companies for tests, told in one line; and a dump that says whether two books are equal."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from crm.app import books, companies, people, touches
from crm.app.books import Book
from crm.domain.cadence import Interval, parse_interval
from crm.domain.company import CompanyDraft, CompanyId
from crm.domain.person import ContactKind, ContactPoint, PersonDraft, PersonId, PositionDraft
from crm.domain.touch import TouchDraft, TouchId, TouchKind
from crm.store.tables import journaled

TODAY = date(2026, 3, 2)  # a Monday


def a_book(folder: Path, name: str = "book.keepwarm") -> Book:
    """Make and open an empty book in `folder`."""
    return books.open_book(folder / name)


def every(text: str | Interval | None) -> Interval | None:
    """Read "6 weeks"."""
    if not isinstance(text, str):
        return text
    found = parse_interval(text)
    assert found is not None, text
    return found


def a_draft(
    name: str = "Ada Lovelace",
    *,
    company: str = "",
    title: str = "",
    email: str | Sequence[str] = (),
    phone: str | Sequence[str] = (),
    every: str | Interval | None = None,
    **fields: Any,
) -> PersonDraft:
    """Describe a person by what tests mostly say of one; `fields` are `PersonDraft`'s own."""
    emails = [email] if isinstance(email, str) else email
    phones = [phone] if isinstance(phone, str) else phone
    contacts = tuple(ContactPoint(ContactKind.EMAIL, value) for value in emails) + tuple(
        ContactPoint(ContactKind.PHONE, value) for value in phones
    )
    positions = (PositionDraft(company, title),) if company else ()
    return PersonDraft(
        **{
            "display_name": name,
            "contacts": contacts,
            "positions": positions,
            "every": globals()["every"](every),
            **fields,
        }
    )


def a_person(book: Book, name: str = "Ada Lovelace", *, today: date = TODAY, **fields: Any) -> PersonId:
    """Add a person described as for `a_draft`."""
    return people.add(book, a_draft(name, **fields), today=today)


def a_company(book: Book, name: str = "Analytical", **fields: Any) -> CompanyId:
    """Add a company; `fields` are `CompanyDraft`'s own."""
    fields["every"] = every(fields.get("every"))
    return companies.add(book, CompanyDraft(name, **fields))


def a_touch(
    book: Book,
    *who: PersonId,
    on: date = TODAY,
    kind: TouchKind = TouchKind.CALL,
    note: str = "",
    today: date = TODAY,
) -> TouchId:
    """Log a touch."""
    return touches.log(book, TouchDraft(who, kind, on, note), today=today).touch


def dump(book: Book) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every journaled table, and what the search index holds: equal dumps are equal books."""
    tables = {name: f"SELECT * FROM {name} ORDER BY id" for name in journaled()}  # noqa: S608
    tables["person_search"] = "SELECT rowid, * FROM person_search ORDER BY rowid"
    tables["company_search"] = "SELECT rowid, * FROM company_search ORDER BY rowid"
    with book.read() as session:
        connection = session.connection()
        return {
            name: [tuple(row) for row in connection.exec_driver_sql(query)] for name, query in tables.items()
        }
