"""The sample book: alive on whatever day it is opened, invented throughout, taken back in one step."""

from datetime import date

import pytest

from crm.app import browse, history, people, samples, today
from crm.app.books import Book
from crm.domain.person import ContactKind
from crm.domain.query import PeopleQuery
from crm.errors import Invalid
from tests.builders import dump


@pytest.mark.parametrize("day", [date(2025, 10, 23), date(2024, 2, 29), date(2027, 1, 1)])
def test_today_has_somebody_due_whatever_the_day(book: Book, day: date) -> None:
    samples.fill(book, today=day)
    card = today.agenda(book, today=day)
    assert [row.person.name for row in card.check_ins][:4] == [
        "Maya Lindqvist",
        "Tomás Ferreira",
        "Priya Natarajan",
        "Samuel Okafor",
    ]
    assert card.overdue == 1
    assert card.due == 3


def test_nothing_of_it_could_reach_anybody(book: Book) -> None:
    samples.fill(book, today=date(2025, 10, 23))
    ids = browse.people_ids(book, PeopleQuery(), today=date(2025, 10, 23))
    assert len(ids) == 300
    found = browse.contact_values(book, ids, (ContactKind.EMAIL, ContactKind.PHONE))
    for reached in found.values():
        assert all(address.endswith(".example") for address in reached[ContactKind.EMAIL])
        assert all(number.startswith("+44 20 7946 0") for number in reached[ContactKind.PHONE])


def test_one_undo_removes_it_all(book: Book) -> None:
    before = dump(book)
    samples.fill(book, today=date(2025, 10, 23))
    history.undo(book)
    assert dump(book) == before


def test_it_never_mixes_with_real_people(book: Book) -> None:
    samples.fill(book, today=date(2025, 10, 23))
    before = dump(book)
    with pytest.raises(Invalid):
        samples.fill(book, today=date(2025, 10, 23))
    assert dump(book) == before
    assert people.resolve(book, "Maya Lindqvist")
