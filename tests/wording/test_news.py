"""What changed, in words that fit whatever is known."""

import pytest

from crm import wording
from crm.domain.news import News, NewsKind
from crm.domain.person import PositionDraft


@pytest.mark.parametrize(
    ("news", "program", "said"),
    [
        (
            News(NewsKind.MOVED, PositionDraft("Acme"), PositionDraft("Globex")),
            "",
            "Moved from Acme to Globex",
        ),
        (
            News(
                NewsKind.NEW_TITLE, PositionDraft("Acme", "Designer"), PositionDraft("Acme", "Head of Design")
            ),
            "LinkedIn",
            "New title: Head of Design (was Designer)",
        ),
        (News(NewsKind.CONNECTED), "LinkedIn", "Newly connected on LinkedIn"),
        (News(NewsKind.CONNECTED), "", "Newly connected"),
        (News(NewsKind.VANISHED), "Google", "Not in the file of Google any more"),
        (News(NewsKind.VANISHED), "", "Not in the file any more"),
    ],
)
def test_news_are_told_in_one_line(news: News, program: str, said: str) -> None:
    assert wording.news(news, program) == said
