"""Offers of another interval in a book: accepted, refused for a while, refused for good."""

from datetime import timedelta

from crm.app import checkins, learning, people, touches
from crm.app.books import Book
from crm.domain.cadence import Interval, Unit
from crm.domain.person import PersonId
from crm.domain.touch import Direction, TouchDraft, TouchKind
from tests.builders import TODAY, a_person


def silent(book: Book, name: str = "Ada", every: str = "6 weeks") -> PersonId:
    """Add somebody who never answered five messages."""
    person = a_person(book, name, every=every, today=TODAY - timedelta(days=700))
    for ago in (30, 72, 114, 156, 198):
        on = TODAY - timedelta(days=ago)
        touches.log(book, TouchDraft((person,), TouchKind.EMAIL, on, direction=Direction.SENT), today=TODAY)
    return person


def test_an_offer_says_its_counts_and_changes_nothing(book: Book) -> None:
    person = silent(book)
    before = book.next_step(undone=False)
    (offer,) = learning.offers(book, (person,), today=TODAY)
    assert offer.person.name == "Ada"
    assert (offer.proposal.sent, offer.proposal.answered) == (5, 0)
    assert offer.proposal.every == Interval(2, Unit.MONTH)
    assert book.next_step(undone=False) == before
    assert learning.all_offers(book, today=TODAY) == (offer,)


def test_not_now_holds_for_ninety_days_and_is_undone(book: Book) -> None:
    person = silent(book)
    learning.refuse(book, person, today=TODAY)
    assert learning.offers(book, (person,), today=TODAY) == ()
    assert learning.offers(book, (person,), today=TODAY + timedelta(days=90)) == ()
    assert len(learning.offers(book, (person,), today=TODAY + timedelta(days=91))) == 1
    book.undo()
    assert len(learning.offers(book, (person,), today=TODAY)) == 1


def test_never_holds_for_good(book: Book) -> None:
    person = silent(book)
    learning.refuse(book, person, today=TODAY, for_good=True)
    assert learning.offers(book, (person,), today=TODAY + timedelta(days=365)) == ()


def test_nothing_is_offered_for_those_who_rest_or_have_no_rule(book: Book) -> None:
    resting, without = silent(book, "Resting"), silent(book, "Without")
    checkins.rest(book, (resting,), today=TODAY)
    checkins.set_every(book, (without,), None, today=TODAY)
    assert learning.offers(book, (resting, without), today=TODAY) == ()
    people.delete(book, (without,))
    assert learning.offers(book, (without,), today=TODAY) == ()


def test_accepting_is_setting_how_often_and_leaves_nothing_to_offer(book: Book) -> None:
    person = silent(book, every="6 months")
    (offer,) = learning.offers(book, (person,), today=TODAY)
    assert offer.proposal.every == Interval(1, Unit.YEAR)
    checkins.set_every(book, (person,), offer.proposal.every, today=TODAY)
    assert learning.offers(book, (person,), today=TODAY) == ()
