"""Subscribe on this computer, in the window: off at first, an address that stays, one that can be made void."""

import urllib.error
import urllib.request
from pathlib import Path

import pytest

from crm.app.books import Book
from crm.gui.session import Place
from crm.gui.settings.subscription import SubscriptionSection
from crm.gui.window import Window
from tests.builders import a_person, a_touch
from tests.gui.windows import Desk, saved, settle, words_of


@pytest.fixture
def window(desk: Desk, book: Book) -> Window:
    """Return a window that shows the settings of a book with one planned check-in."""
    a_touch(book, a_person(book, "Ada Lovelace", every="6 weeks"), note="the secret engine")
    opened = desk.open(book)
    opened.go(Place("settings"))
    return opened


def section(window: Window) -> SubscriptionSection:
    settle()
    found = window.findChild(SubscriptionSection)
    assert found is not None
    return found


def fetch(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own, on loopback
        return bytes(answer.read())


def address(window: Window) -> str:
    assert window.session is not None
    return window.session.subscribing.address


def test_it_is_off_until_it_is_turned_on_and_tells_titles_only(window: Window) -> None:
    assert address(window) == ""
    section(window).on.click()
    data = fetch(address(window))
    assert b"SUMMARY:Check in: Ada Lovelace" in data
    assert b"secret" not in data
    section(window).details.click()
    assert b"secret" in fetch(address(window))
    assert address(window) in section(window).address.text()


def test_the_address_stays_from_one_day_to_the_next(window: Window, desk: Desk, book: Book) -> None:
    section(window).on.click()
    before = address(window)
    window.close()
    with pytest.raises(urllib.error.URLError):
        fetch(before)
    kept = saved(desk)
    assert kept.subscription
    assert kept.subscription_port
    desk.settings = kept
    again = desk.open(book)
    assert address(again) == before
    assert fetch(before)


def test_a_new_address_makes_the_old_one_void_and_off_ends_it(window: Window) -> None:
    section(window).on.click()
    before = address(window)
    section(window).renew.click()
    assert address(window) != before
    with pytest.raises(urllib.error.URLError):
        fetch(before)
    after = address(window)
    section(window).on.click()
    assert address(window) == ""
    with pytest.raises(urllib.error.URLError):
        fetch(after)


def test_a_port_that_is_taken_is_said_and_a_new_address_helps(
    window: Window, desk: Desk, book: Book, tmp_path: Path
) -> None:
    section(window).on.click()
    desk.folder = tmp_path
    desk.settings = saved(desk)
    second = desk.open(book)
    second.go(Place("settings"))
    assert "Another program uses port" in words_of(section(second))
    section(second).renew.click()
    assert fetch(address(second))
