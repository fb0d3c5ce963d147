"""Goals of the week: setting them, and how this week stands."""

from dataclasses import replace
from datetime import date

from crm.app import preferences
from crm.app.books import Book
from crm.domain.goal import Goal, Progress, progress, week_of, with_goal
from crm.store import reports as rows


def week(book: Book, *, today: date) -> tuple[Progress, ...]:
    """Return how the goals stand in the week around a day; none where none are set."""
    kept = preferences.get(book)
    if not kept.goals:
        return ()
    efforts = [goal.effort for goal in kept.goals]
    with book.read() as session:
        return progress(kept.goals, rows.lines(session, *week_of(today, kept.week_starts), efforts))


def aim(book: Book, goal: Goal, *, today: date, week_starts: int | None = None) -> None:
    """Set a goal, 0 a week for none; `week_starts` on weekday 0, a Monday, to 6, stays without one. Raises `Invalid`."""
    kept = preferences.get(book)
    starts = kept.week_starts if week_starts is None else week_starts
    wanted = replace(kept, goals=with_goal(kept.goals, goal), week_starts=starts)
    preferences.save(book, wanted, today=today)
