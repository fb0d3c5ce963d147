"""`keepwarm today` and `mute`."""

from dataclasses import fields
from datetime import date
from typing import Any

from crm import wording
from crm.app import checkins, history, people
from crm.app import today as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.naming import interval_text
from crm.cli.output import Answer, table
from crm.domain.person import PositionDraft
from crm.domain.reasons import Reason

_MOST = 500
_UNSAID = (None, "")


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
                "reason": wording.why_now(row, day),
                "reasons": [_document(reason) for reason in row.reasons],
            }
            for row in card.check_ins
        ],
    }
    if not card.check_ins:
        nobody = _nobody(card.people, card.planned) if day == command.today else _free(day)
        return Answer(document, (nobody,))
    cells = [
        (
            str(row.person.id),
            wording.due_pill(row.state, row.due_on, day)[0],
            row.person.name,
            row.person.company,
            wording.why_now(row, day),
        )
        for row in card.check_ins
    ]
    lines = table(("ID", "DUE", "NAME", "COMPANY", "WHY"), cells)
    if day == command.today:
        return Answer(document, lines)
    return Answer(document, (f"On {wording.full_day(day)}, if nothing is done until then:", *lines))


def _free(day: date) -> str:
    return f"Nobody to check in with on {wording.full_day(day)}."


def mute(book: Book, command: Command) -> Answer:
    """Silence a rule for a person, or let it speak again."""
    options = command.options
    person = people.resolve(book, options.who)
    if options.off:
        checkins.unmute(book, (person,), options.rule)
    else:
        checkins.mute(book, (person,), options.rule)
    step = history.can_undo(book)
    said = wording.done(step.op, step.params, command.today) if step else ""
    return Answer({"id": person, "muted": [one.rule for one in checkins.muted(book, person)]}, (said,))


def _document(reason: Reason) -> dict[str, Any]:
    """Return a record as programs read it: the rule, and every fact that says something."""
    facts = {field.name: getattr(reason, field.name) for field in fields(reason)}
    facts["every"] = interval_text(facts.get("every"))
    news = facts.pop("news", None)
    if news is not None:
        facts |= {"what": news.kind, "was": _position(news.was), "became": _position(news.became)}
    return {"rule": reason.rule, **{name: value for name, value in facts.items() if value not in _UNSAID}}


def _position(position: PositionDraft | None) -> dict[str, str] | None:
    return {"company": position.company, "title": position.title} if position else None


def _nobody(people: int, planned: int) -> str:
    if not people:
        return "No people yet. “keepwarm import” brings them in."
    if not planned:
        return "Nobody to check in with yet. “keepwarm every NAME '6 weeks'” makes a start."
    return "That's everyone for today."
