"""`keepwarm goals`: what to do in a week, and how this one stands."""

from crm import wording
from crm.app import goals as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer
from crm.domain.goal import Goal
from crm.domain.report import Effort


def goals(book: Book, command: Command) -> Answer:
    """Set a goal, or say how the week stands."""
    options = command.options
    if options.what is not None:
        goal = Goal(Effort(options.what), options.number)
        app.aim(book, goal, today=command.today, week_starts=options.week_starts)
    week = app.week(book, today=command.today)
    document = [{"what": one.goal.effort, "per_week": one.goal.per_week, "done": one.done} for one in week]
    if not week:
        return Answer(document, ("No goals set. “keepwarm goals message 3” sets one.",))
    return Answer(document, ("This week:", *(f"  {wording.goal_progress(one)}" for one in week)))
