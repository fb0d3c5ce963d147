"""Books, people and companies for tests, told in one line; and a dump that says whether two books are equal."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from crm.app import books, companies, people
from crm.app.books import Book
from crm.domain.cadence import Interval, parse_interval
from crm.domain.changes import Op
from crm.domain.company import CompanyDraft, CompanyId
from crm.domain.person import ContactKind, ContactPoint, PersonDraft, PersonId, PositionDraft
from crm.domain.touch import TouchId, TouchKind, usual_direction
from crm.store import derived
from crm.store.tables import PersonTag, Tag, Touch, TouchPerson, journaled

TODAY = date(2026, 3, 2)  # a Monday


def a_book(folder: Path, name: str = "book.keepwarm") -> Book:
    """Make and open an empty book in `folder`."""
    return books.open_book(folder / name)


def interval(text: str | Interval | None) -> Interval | None:
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
    said = {"display_name": name, "contacts": contacts, "positions": positions, "every": interval(every)}
    return PersonDraft(**{**said, **fields})


def a_person(book: Book, name: str = "Ada Lovelace", *, today: date = TODAY, **fields: Any) -> PersonId:
    """Add a person described as for `a_draft`."""
    return people.add(book, a_draft(name, **fields), today=today)


def a_company(book: Book, name: str = "Analytical", **fields: Any) -> CompanyId:
    """Add a company; `fields` are `CompanyDraft`'s own."""
    fields["every"] = interval(fields.get("every"))
    return companies.add(book, CompanyDraft(name, **fields))


def a_touch(
    book: Book, *who: PersonId, on: date = TODAY, kind: TouchKind = TouchKind.CALL, note: str = ""
) -> TouchId:
    """Put a touch into the book."""
    with book.write(Op.LOG_TOUCH) as session:
        touch = Touch(kind=kind.value, direction=usual_direction(kind).value, touched_on=on, note=note)
        session.add(touch)
        session.flush()
        session.add_all(
            TouchPerson(touch_id=touch.id, person_id=person, kind=kind.value, touched_on=on) for person in who
        )
        derived.settle(session, who)
        return TouchId(touch.id)


def a_tag_rule(book: Book, name: str, often: str) -> None:
    """Give a tag that people carry a rule for how often."""
    with book.write(Op.SET_EVERY) as session:
        tag = session.scalars(select(Tag).where(Tag.name == name)).one()
        rule = interval(often)
        assert rule is not None
        tag.every_count, tag.every_unit = rule.count, rule.unit.value
        derived.settle(
            session, session.scalars(select(PersonTag.person_id).where(PersonTag.tag_id == tag.id))
        )


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
