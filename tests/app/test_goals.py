"""Goals of the week: set in one undo step, counted from what was really logged."""

from datetime import timedelta

import pytest

from crm.app import goals, lessons, opportunities, touches
from crm.app.books import Book
from crm.domain.goal import Goal
from crm.domain.lesson import PracticeDraft
from crm.domain.opportunity import OpportunityDraft, Stage
from crm.domain.report import Effort
from crm.domain.touch import Direction, TouchDraft, TouchKind
from crm.errors import Invalid
from tests.builders import TODAY, a_person, dump


def stands(book: Book) -> dict[Effort, tuple[int, int]]:
    return {one.goal.effort: (one.done, one.goal.per_week) for one in goals.week(book, today=TODAY)}


def test_without_goals_a_week_asks_for_nothing(book: Book) -> None:
    assert goals.week(book, today=TODAY) == ()


def test_messages_applications_and_practice_of_the_week_count_once_each(book: Book) -> None:
    ada, ben = a_person(book, "Ada"), a_person(book, "Ben")
    for effort, number in ((Effort.MESSAGE, 3), (Effort.APPLICATION, 2), (Effort.PRACTICE, 1)):
        goals.aim(book, Goal(effort, number), today=TODAY)
    sunday = TODAY - timedelta(days=1)
    for touch in (
        TouchDraft((ada, ben), TouchKind.EMAIL, TODAY),
        TouchDraft((ada,), TouchKind.EMAIL, TODAY, direction=Direction.HEARD),
        TouchDraft((ada,), TouchKind.CALL, TODAY),
        TouchDraft((ada,), TouchKind.MESSAGE, sunday),
    ):
        touches.log(book, touch, today=TODAY)
    opportunities.add(book, OpportunityDraft("Analyst", "Orbital"), today=TODAY, stage=Stage.APPLIED)
    opportunities.add(book, OpportunityDraft("Lead", "Orbital"), today=TODAY)
    lessons.practise(book, PracticeDraft("Numbers", TODAY), today=TODAY)
    assert stands(book) == {Effort.MESSAGE: (1, 3), Effort.APPLICATION: (1, 2), Effort.PRACTICE: (1, 1)}
    goals.aim(book, Goal(Effort.MESSAGE, 3), today=TODAY, week_starts=6)
    assert stands(book)[Effort.MESSAGE] == (2, 3)


def test_a_goal_is_undone_like_everything_else_and_has_its_limits(book: Book) -> None:
    before = dump(book)
    goals.aim(book, Goal(Effort.MESSAGE, 3), today=TODAY, week_starts=6)
    book.undo()
    assert dump(book) == before
    for wrong in (Goal(Effort.MESSAGE, 51), Goal(Effort.PRACTICE, -1)):
        with pytest.raises(Invalid):
            goals.aim(book, wrong, today=TODAY)
