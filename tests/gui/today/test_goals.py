"""Goals on Today: calm words, only where they are set."""

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton

from crm.app import goals
from crm.app.books import Book
from crm.domain.goal import Goal
from crm.domain.report import Effort
from crm.domain.touch import TouchKind
from crm.gui.session import Place
from crm.gui.today.goals import GoalsCard
from crm.gui.today.page import TodayPage
from tests.builders import TODAY, a_person, a_touch
from tests.gui.checkins.desk import Desk
from tests.gui.windows import settle, words_of


def test_goals_show_where_they_are_set_and_follow_what_is_logged(
    show_page: Callable[[], TodayPage], book: Book, desk: Desk
) -> None:
    ada = a_person(book, "Ada")
    page = show_page()
    card = page.findChild(GoalsCard)
    assert card is not None
    assert not card.isVisible()
    goals.aim(book, Goal(Effort.MESSAGE, 2), today=TODAY)
    settle()
    assert words_of(card).split() == ["Goals", "this", "week", "0", "of", "2", "messages"]
    for _ in range(3):
        a_touch(book, ada, kind=TouchKind.EMAIL)
    settle()
    assert words_of(card).split() == ["Goals", "this", "week", "3", "of", "2", "messages"]
    change = next(one for one in card.findChildren(QAbstractButton) if one.accessibleName() == "Change goals")
    change.click()
    assert desk.places == [Place("settings", show="goals")]
    goals.aim(book, Goal(Effort.MESSAGE, 0), today=TODAY)
    settle()
    assert not card.isVisible()
