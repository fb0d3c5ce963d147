"""Lists of people and companies: ordered ids, lines by id, the numbers on the chips, tags."""

from array import array
from collections.abc import Sequence
from datetime import date

from crm.app.books import Book
from crm.domain.company import CompanyRow
from crm.domain.person import ContactKind, PersonRow, Tag
from crm.domain.query import CompanyCounts, CompanyQuery, PeopleCounts, PeopleQuery
from crm.store import browse, contacts, rows
from crm.store.contacts import ContactValues


def people_ids(book: Book, query: PeopleQuery, *, today: date) -> "array[int]":
    """Return the ids of the people a query lists, in order, as 64-bit integers."""
    with book.read() as session:
        return browse.people_ids(session, query, today)


def people_rows(book: Book, ids: Sequence[int], *, today: date) -> tuple[PersonRow, ...]:
    """Return these people's lines in the order of `ids`; those that are gone are left out."""
    with book.read() as session:
        return rows.people(session, ids, today)


def people_counts(book: Book, *, today: date, text: str = "") -> PeopleCounts:
    """Return how many people each chip lists; with a text, of those whom it finds."""
    with book.read() as session:
        return browse.people_counts(session, today, text)


def company_ids(book: Book, query: CompanyQuery) -> "array[int]":
    """Return the ids of the companies a query lists, in order, as 64-bit integers."""
    with book.read() as session:
        return browse.company_ids(session, query)


def company_rows(book: Book, ids: Sequence[int]) -> tuple[CompanyRow, ...]:
    """Return these companies' lines in the order of `ids`; those that are gone are left out."""
    with book.read() as session:
        return rows.companies(session, ids)


def company_counts(book: Book) -> CompanyCounts:
    """Return how many companies each chip lists."""
    with book.read() as session:
        return browse.company_counts(session)


def tags(book: Book) -> tuple[tuple[Tag, int], ...]:
    """Return the tags in use or with a rule, by name, each with its number of active people."""
    with book.read() as session:
        return browse.tags(session)


def contact_values(book: Book, ids: Sequence[int], kinds: Sequence[ContactKind]) -> ContactValues:
    """Return what these people can be reached by: person, kind, values in their order."""
    with book.read() as session:
        return contacts.values_of(session, ids, kinds)
