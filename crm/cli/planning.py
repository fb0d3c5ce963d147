"""`keepwarm plan`, `spread`, `away` and `back`."""

import math

from crm import wording
from crm.app import history
from crm.app import planning as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.naming import interval_text
from crm.cli.output import Answer, table
from crm.domain.planning import PlanPreview


def plan(book: Book, command: Command) -> Answer:
    """Suggest whom to keep warm; `--start` starts the plan, one step of undo."""
    preview = app.suggest(book, today=command.today, per_week=command.options.per_week)
    started = 0
    if command.options.start and preview.picks:
        choices = [pick.choice for pick in preview.picks]
        started = app.start(book, choices, today=command.today, per_week=command.options.per_week)
    said = [wording.picked(preview)]
    said += _lines(preview, command) if preview.picks else ()
    if needed := wording.needed(preview.needed, preview.per_week):
        said.append(f"{needed} --per-week {math.ceil(preview.needed)} plans with that many.")
    if started:
        said.append(_done(book, command))
    return Answer(_document(preview, started=started), tuple(said))


def spread(book: Book, command: Command) -> Answer:
    """Spread overdue check-ins over the days ahead."""
    found = app.spread(book, today=command.today)
    said = _done(book, command) if found.count else "Nothing is overdue."
    return Answer({"moved": found.count, "until": found.until}, (said,))


def away(book: Book, command: Command) -> Answer:
    """Keep the days up to a date free of check-ins."""
    found = app.away(book, command.options.until, today=command.today)
    document = {"until": command.options.until, "moved": found.count, "last_on": found.until}
    return Answer(document, (_done(book, command),))


def back(book: Book, command: Command) -> Answer:
    """End time away."""
    ended = app.back(book, today=command.today)
    return Answer({"ended": ended}, (_done(book, command) if ended else "You aren't away.",))


def _done(book: Book, command: Command) -> str:
    step = history.can_undo(book)
    return wording.done(step.op, step.params, command.today) if step else ""


def _lines(preview: PlanPreview, command: Command) -> tuple[str, ...]:
    cells = [
        (
            wording.short_day(pick.choice.on, command.today),
            pick.row.name,
            pick.row.company,
            wording.interval(pick.choice.every),
            ", ".join(map(wording.pick_reason, pick.choice.reasons)),
        )
        for pick in preview.picks
    ]
    return table(("FIRST", "NAME", "COMPANY", "HOW OFTEN", "WHY"), cells)


def _document(preview: PlanPreview, *, started: int) -> dict[str, object]:
    return {
        "picks": [
            {
                "id": pick.row.id,
                "person": pick.row.name,
                "company": pick.row.company,
                "reasons": pick.choice.reasons,
                "every": interval_text(pick.choice.every),
                "first_on": pick.choice.on,
            }
            for pick in preview.picks
        ],
        "per_week": preview.per_week,
        "needed_per_week": round(preview.needed, 2),
        "unplanned": preview.unplanned,
        "weeks": [
            {"from": week.from_on, "standing": week.standing, "added": week.added} for week in preview.weeks
        ],
        "started": started,
    }
