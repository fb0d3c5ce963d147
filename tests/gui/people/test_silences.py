"""What was silenced for a person is on their menu, to let it speak again; an offer of another interval is on the page."""

from datetime import timedelta

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from crm.app import checkins, people, touches
from crm.app.books import Book
from crm.domain.person import PersonId
from crm.domain.reasons import Mute, Offer, Rule
from crm.domain.touch import Direction, TouchDraft, TouchKind
from crm.gui.people.page import PeoplePage
from crm.gui.session import Place
from crm.gui.window import Window
from tests.builders import TODAY, a_draft
from tests.gui.windows import settle


def items(page: PeoplePage) -> dict[str, object]:
    page.contact.acts.more(QPoint(0, 0))
    menu = next(one for one in page.window().findChildren(QMenu) if one.isVisible())
    return {action.text(): action for action in menu.actions()}


def test_a_silenced_reason_speaks_again_from_the_menu(
    window: Window, page: PeoplePage, book: Book, ada: PersonId
) -> None:
    checkins.mute(book, (ada,), (Mute(Rule.BIRTHDAY), Mute(Rule.MOVED, TODAY)))
    checkins.mute(book, (ada,), (Mute(Offer.PACE),))
    window.go(Place("people", ada))
    settle()
    found = items(page)
    assert [words for words in found if words.startswith("Silent")] == [
        "Silent: Birthday. Let it speak again",
        "Silent: Another interval. Let it speak again",
    ]
    found["Silent: Birthday. Let it speak again"].trigger()  # type: ignore[attr-defined]
    settle()
    assert {mute.rule for mute in checkins.muted(book, ada)} == {Rule.MOVED, Offer.PACE}


def test_an_offer_of_another_interval_shows_on_the_page(window: Window, page: PeoplePage, book: Book) -> None:
    long_ago = TODAY - timedelta(days=700)
    silent = people.add(book, a_draft("Marek", every="4 weeks"), today=long_ago)
    for ago in (30, 58, 86, 114, 142):
        on = TODAY - timedelta(days=ago)
        touches.log(book, TouchDraft((silent,), TouchKind.EMAIL, on, direction=Direction.SENT), today=TODAY)
    window.go(Place("people", silent))
    settle()
    assert page.contact._pace.isVisible()
    page.contact._pace._later.click()
    settle()
    assert not page.contact._pace.isVisible()
