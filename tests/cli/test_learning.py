"""`keepwarm learn`: offers, taking one, refusing one."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]
TODAY = date.today()  # noqa: DTZ011 - the command line reads the user's day


@pytest.fixture
def filled(keepwarm: Keepwarm, cards: Path) -> Keepwarm:
    """Import people, of whom Ada never answers."""
    keepwarm("import", str(cards))
    keepwarm("every", "Ada Lovelace", "6 weeks")
    for ago in (30, 72, 114, 156, 198):
        keepwarm("log", "Ada Lovelace", "email", "--on", (TODAY - timedelta(days=ago)).isoformat())
    return keepwarm


def test_an_offer_is_listed_with_its_counts_in_words(filled: Keepwarm) -> None:
    (offer,) = filled("learn", "--json").document
    assert (offer["person"], offer["now"], offer["every"]) == ("Ada Lovelace", "6 weeks", "2 months")
    assert (offer["sent"], offer["answered"]) == (5, 0)
    out = filled("learn").out
    assert "You reached out to Ada Lovelace five times since" in out
    assert "and didn’t hear back. Now: every 6 weeks. Check in less often?" in out


def test_an_offer_is_taken(filled: Keepwarm) -> None:
    assert "Every 2 months: Ada Lovelace." in filled("learn", "Ada Lovelace", "--accept").out
    assert filled("person", "Ada Lovelace", "--json").document["every"] == "2 months"


@pytest.mark.parametrize(("answer", "said"), [("--not-now", "for 90 days"), ("--never", "again")])
def test_an_offer_is_refused(filled: Keepwarm, answer: str, said: str) -> None:
    assert said in filled("learn", "Ada Lovelace", answer).out
    assert filled("learn", "--json").document == []
    filled("undo")
    assert len(filled("learn", "--json").document) == 1
