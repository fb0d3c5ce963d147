"""`keepwarm quick`: a touch in one sentence."""

from dataclasses import replace
from datetime import date

from crm import wording
from crm.app import history, letters
from crm.app import quick as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.naming import interval_text
from crm.cli.output import Answer, plain_line, print_hint
from crm.domain.quick import Day, QuickReading, Who, correct, starting_from
from crm.errors import NotFound


def quick(book: Book, command: Command) -> Answer:
    """Log what a sentence says; `--dry-run` says what was understood."""
    reading = app.read(book, " ".join(command.options.text), today=command.today)
    if command.options.email:
        letter = letters.read_letter(book, command.options.email, today=command.today)
        reading = correct(reading, starting_from(letter))
    if command.options.add:
        reading = replace(reading, who=tuple(replace(one, new=not one.candidates) for one in reading.who))
    if command.options.dry_run:
        return Answer(_document(reading), _lines(reading, command))
    try:
        app.log(book, reading, today=command.today)
    except NotFound:
        print_hint("Somebody new? --add adds whom you don't know yet.")
        raise
    step = history.can_undo(book)
    said = wording.done(step.op, step.params, command.today) if step else ""
    return Answer(_document(reading), (said,))


def _document(reading: QuickReading) -> dict[str, object]:
    return {
        "people": [
            {"said": one.said, "id": one.person, "candidates": [name for _, name in one.candidates]}
            for one in reading.who
        ],
        "kind": reading.kind,
        "on": reading.on.on,
        "note": reading.note,
        "next_on": reading.next_on.on if reading.next_on else None,
        "every": interval_text(reading.every),
        "no_check_ins": reading.never,
    }


def _lines(reading: QuickReading, command: Command) -> tuple[str, ...]:
    """Return what was understood, a line for each part that there is."""
    people = ", ".join(_said(one) for one in reading.who)
    parts = {
        "What": wording.touch_kind(reading.kind),
        "With": people or "nobody named",
        "When": _day(reading.on, command.today),
        "Next": _day(reading.next_on, command.today) if reading.next_on else "",
        "How often": wording.interval(reading.every) if reading.every or reading.never else "",
        "Note": reading.note,
    }
    return tuple(plain_line(f"{name}: {value}") for name, value in parts.items() if value)


def _said(one: Who) -> str:
    """Return who is meant, or what is still open."""
    if one.person is not None:
        return one.candidates[0][1]
    return f"{one.said} ({'new' if one.new else f'{len(one.candidates)} fit'})"


def _day(day: Day, today: date) -> str:
    days = [wording.weekday_day(on, today) for on in (day.on, day.other) if on is not None]
    return " or ".join(days)
