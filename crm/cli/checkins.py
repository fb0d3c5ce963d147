"""`keepwarm every`, `snooze`, `skip` and `rest`."""

from dataclasses import replace

from crm import wording
from crm.app import checkins, history, people
from crm.app.books import Book
from crm.cli.arguments import DEFAULT, OFF, Command
from crm.cli.naming import interval_text
from crm.cli.output import Answer, plain_line
from crm.domain.cadence import SNOOZES_TO_ASK_AFTER, Interval, less_often
from crm.domain.person import PersonId, PersonRow


def every(book: Book, command: Command) -> Answer:
    """Say how often to check in with a person."""
    person = people.resolve(book, command.options.who)
    said = command.options.interval
    interval = said if isinstance(said, Interval) else None
    if said != DEFAULT or interval is None:
        checkins.set_every(book, (person,), interval, never=said == OFF, today=command.today)
    return _state(book, person, command)


def snooze(book: Book, command: Command) -> Answer:
    """Hide a person until a date."""
    person = people.resolve(book, command.options.who)
    checkins.snooze(book, (person,), command.options.until, today=command.today)
    answer = _state(book, person, command)
    card = people.card(book, person, today=command.today)
    if card.snooze_count != SNOOZES_TO_ASK_AFTER:
        return answer
    return replace(answer, lines=(*answer.lines, *_offers(card.row)))


def skip(book: Book, command: Command) -> Answer:
    """Let a check-in go: the next is due how often from today."""
    person = people.resolve(book, command.options.who)
    checkins.skip(book, (person,), today=command.today)
    return _state(book, person, command)


def rest(book: Book, command: Command) -> Answer:
    """Stop suggesting a person, or resume."""
    person = people.resolve(book, command.options.who)
    act = checkins.resume if command.options.resume else checkins.rest
    act(book, (person,), today=command.today)
    return _state(book, person, command)


def _offers(person: PersonRow) -> tuple[str, ...]:
    """Return what else may be done with a check-in that was snoozed three times in a row."""
    longer = less_often(person.cadence.every)
    often = (f"less often: keepwarm every {person.id} '{interval_text(longer)}'",) if longer else ()
    other = (f"no suggestions: keepwarm rest {person.id}", f"let it go: keepwarm skip {person.id}")
    return (plain_line("That is the third snooze in a row. Other ways: " + " · ".join((*often, *other))),)


def _state(book: Book, person: PersonId, command: Command) -> Answer:
    """Answer with how the person stands now, and with what was done in words."""
    row = people.card(book, person, today=command.today).row
    document = {
        "id": row.id,
        "name": row.name,
        "every": interval_text(row.cadence.every),
        "next_due_on": row.next_due_on,
        "snoozed_until": row.snoozed_until,
        "state": row.state,
    }
    step = history.can_undo(book)
    said = wording.done(step.op, step.params, command.today) if step else ""
    return Answer(document, (said,))
