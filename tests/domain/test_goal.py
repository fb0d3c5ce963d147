"""Goals count what was done in the user's own week."""

from datetime import date

import pytest

from crm.domain.goal import Goal, Progress, progress, week_of, with_goal
from crm.domain.report import Effort, ReportLine

MONDAY = date(2026, 3, 2)
MESSAGES, PRACTICE = Goal(Effort.MESSAGE, 3), Goal(Effort.PRACTICE, 1)


@pytest.mark.parametrize(
    ("today", "starts", "first"),
    [
        (MONDAY, 0, MONDAY),
        (date(2026, 3, 8), 0, MONDAY),
        (date(2026, 3, 8), 6, date(2026, 3, 8)),
        (date(2026, 3, 7), 6, date(2026, 3, 1)),
        (date(2026, 3, 6), 5, date(2026, 2, 28)),
    ],
)
def test_a_week_starts_on_the_day_it_does_where_the_user_is(today: date, starts: int, first: date) -> None:
    begins, ends = week_of(today, starts)
    assert begins == first
    assert (ends - begins).days == 6


def test_only_what_a_goal_is_about_counts() -> None:
    done = [ReportLine(MONDAY, effort) for effort in (Effort.MESSAGE, Effort.MESSAGE, Effort.EVENT)]
    assert progress((MESSAGES, PRACTICE), done) == (Progress(MESSAGES, 2), Progress(PRACTICE, 0))
    assert not Progress(MESSAGES, 2).reached
    assert Progress(MESSAGES, 4).reached


def test_a_goal_of_none_is_none_and_the_order_stays() -> None:
    both = with_goal((PRACTICE,), MESSAGES)
    assert both == (MESSAGES, PRACTICE)
    assert with_goal(both, Goal(Effort.MESSAGE, 0)) == (PRACTICE,)
    assert with_goal(both, Goal(Effort.PRACTICE, 2)) == (MESSAGES, Goal(Effort.PRACTICE, 2))
