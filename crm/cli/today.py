"""`keepwarm today` and `mute`."""

from dataclasses import fields
from datetime import date
from typing import Any

from crm import wording
from crm.app import checkins, history, people, plans
from crm.app import today as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.naming import interval_text
from crm.cli.output import Answer, table
from crm.cli.plans import step_document, step_lines
from crm.domain.agenda import CheckInRow, TodayCard
from crm.domain.person import PositionDraft
from crm.domain.reasons import Mute, Reason

_MOST = 500
_UNSAID = (None, "")


def today(book: Book, command: Command) -> Answer:
    """Say who to check in with on a day, and why."""
    day = command.options.on
    card = app.agenda(book, today=day, limit=_MOST)
    named = {row.person.id for row in card.check_ins}
    steps = tuple(step for step in plans.due(book, today=day, limit=_MOST) if step.person not in named)
    document = {
        "date": day,
        "away_until": card.away_until,
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
                "asked": row in card.asked,
            }
            for row in card.check_ins
        ],
        "steps": [step_document(step) for step in steps],
    }
    lines = _lines(card)
    if steps:
        lines = (*lines, "", "Next steps for your search:", *step_lines(steps, day))
    if day == command.today or not (card.check_ins or steps):
        return Answer(document, lines)
    return Answer(document, (f"On {wording.full_day(day)}, if nothing is done until then:", *lines))


def mute(book: Book, command: Command) -> Answer:
    """Silence a rule for a person, or let it speak again."""
    options = command.options
    person = people.resolve(book, options.who)
    if options.off:
        checkins.unmute(book, (person,), options.rule)
    else:
        checkins.mute(book, (person,), (Mute(options.rule),))
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


def _lines(card: TodayCard) -> tuple[str, ...]:
    """Return what the day asks for, and apart from it who else could do with a word, and the steps of plans."""
    told = list(_table(card.asked, card.on) if card.asked else (_nobody(card),))
    others = tuple(row for row in card.check_ins if row not in card.asked and not row.step_only)
    if others and not card.away_until:
        told += ["", "Also could:", *_table(others, card.on)]
    if steps := tuple(row for row in card.check_ins if row.step_only):
        told += ["", "Next steps:", *_table(steps, card.on)]
    return tuple(told)


def _table(rows: tuple[CheckInRow, ...], day: date) -> tuple[str, ...]:
    cells = [
        (
            str(row.person.id),
            wording.due_or_rule(row, day)[0],
            row.person.name,
            row.person.company,
            wording.why_now(row, day),
        )
        for row in rows
    ]
    return table(("ID", "DUE", "NAME", "COMPANY", "WHY"), cells)


def _nobody(card: TodayCard) -> str:
    if not card.people:
        return "No people yet. “keepwarm import” brings them in."
    if card.away_until:
        return f"You keep the days free until {wording.weekday_day(card.away_until, card.on)}."
    if not card.planned:
        return "Nobody to check in with yet. “keepwarm plan” suggests whom to keep warm."
    day = wording.full_day(card.on)
    return "That's enough for this week." if card.week_full else f"Nobody to check in with on {day}."
