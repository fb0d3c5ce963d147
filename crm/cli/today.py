"""`keepwarm today`."""

from crm import wording
from crm.app import today as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.naming import interval_text
from crm.cli.output import Answer, table

_MOST = 500


def today(book: Book, command: Command) -> Answer:
    """Say who to check in with on a day, and why."""
    day = command.options.on
    card = app.agenda(book, today=day, limit=_MOST)
    document = {
        "date": day,
        "check_ins": [
            {
                "id": row.person.id,
                "person": row.person.name,
                "company": row.person.company,
                "due_on": row.due_on,
                "state": row.state,
                "every": interval_text(row.reason.every),
                "last_touch_on": row.reason.last_touch_on,
                "reason": wording.reason(row.reason, day),
            }
            for row in card.check_ins
        ],
    }
    if not card.check_ins:
        return Answer(document, (_nobody(card.people, card.planned),))
    cells = [
        (
            str(row.person.id),
            wording.due_pill(row.state, row.due_on, day)[0],
            row.person.name,
            row.person.company,
            wording.reason(row.reason, day),
        )
        for row in card.check_ins
    ]
    return Answer(document, table(("ID", "DUE", "NAME", "COMPANY", "WHY"), cells))


def _nobody(people: int, planned: int) -> str:
    if not people:
        return "No people yet. “keepwarm import” brings them in."
    if not planned:
        return "Nobody to check in with yet. “keepwarm every NAME '6 weeks'” makes a start."
    return "That's everyone for today."
