"""The offer of another interval on Today: its counts in words, taken, refused, undone."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from crm.app import browse, learning, touches
from crm.app.books import Book
from crm.domain.cadence import Interval, Unit
from crm.domain.person import PersonId
from crm.domain.touch import Direction, TouchDraft, TouchKind
from crm.gui.today.page import TodayPage
from tests.builders import TODAY, a_person
from tests.gui.checkins.desk import Desk

Show = Callable[[], TodayPage]


@pytest.fixture
def maya(book: Book) -> PersonId:
    """Add somebody due who never answered."""
    person = a_person(book, "Maya", every="4 weeks", today=TODAY - timedelta(days=700))
    for ago in (30, 58, 86, 114, 142):
        on = TODAY - timedelta(days=ago)
        touches.log(book, TouchDraft((person,), TouchKind.EMAIL, on, direction=Direction.SENT), today=TODAY)
    return person


def test_the_offer_says_what_happened_and_asks(book: Book, maya: PersonId, show_page: Show) -> None:
    page = show_page()
    assert page._pace._words.text() == (
        "You reached out to Maya five times since 11 Oct 2025 and didn’t hear back."
        " Now: every 4 weeks. Check in less often?"
    )
    assert [button.label for button in (page._pace._take, page._pace._later, page._pace._never)] == [
        "Every 6 weeks", "Not now", "Never for Maya",
    ]  # fmt: skip


def test_taking_the_offer_sets_how_often(book: Book, desk: Desk, maya: PersonId, show_page: Show) -> None:
    page = show_page()
    page._pace._take.click()
    (row,) = browse.people_rows(book, [maya], today=TODAY)
    assert row.cadence.every == Interval(6, Unit.WEEK)
    assert desk.toasts == ["Every 6 weeks: Maya."]


@pytest.mark.parametrize("button", ["_later", "_never"])
def test_a_refused_offer_goes_and_comes_back_with_undo(
    book: Book, maya: PersonId, show_page: Show, button: str
) -> None:
    page = show_page()
    getattr(page._pace, button).click()
    assert not page._pace.isVisible()
    assert learning.offers(book, (maya,), today=TODAY) == ()
    book.undo()
    page.refresh()
    assert page._pace.isVisible()


def test_after_a_touch_is_when_another_interval_is_offered(
    book: Book, maya: PersonId, show_page: Show
) -> None:
    page = show_page()
    touch = TouchDraft((maya,), TouchKind.EMAIL, TODAY, direction=Direction.SENT)
    touches.log(book, touch, today=TODAY)
    page.refresh()
    assert page._check_ins.card.rows == ()
    assert page._pace.isVisible()


def test_without_an_offer_nothing_is_shown(book: Book, show_page: Show) -> None:
    a_person(book, "Ada", every="1 week", today=TODAY - timedelta(days=30))
    assert not show_page()._pace.isVisible()
