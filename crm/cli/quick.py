"""`keepwarm quick`: a touch in one sentence."""

from crm import wording
from crm.app import history
from crm.app import quick as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.naming import interval_text
from crm.cli.output import Answer, plain_line
from crm.domain.quick import QuickReading


def quick(book: Book, command: Command) -> Answer:
    """Log what a sentence says; `--dry-run` says what was understood."""
    reading = app.read(book, " ".join(command.options.text), today=command.today)
    if command.options.dry_run:
        return Answer(_document(reading), _lines(reading, command))
    app.log(book, reading, today=command.today)
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
        "on": reading.on,
        "note": reading.note,
        "next_on": reading.next_on,
        "every": interval_text(reading.every),
        "no_check_ins": reading.never,
    }


def _lines(reading: QuickReading, command: Command) -> tuple[str, ...]:
    """Return what was understood, a line for each part that there is."""
    people = ", ".join(
        one.candidates[0][1] if one.person is not None else f"{one.said} ({len(one.candidates)} fit)"
        for one in reading.who
    )
    parts = {
        "What": wording.touch_kind(reading.kind),
        "With": people or "nobody named",
        "When": wording.weekday_day(reading.on, command.today),
        "Next": wording.weekday_day(reading.next_on, command.today) if reading.next_on else "",
        "How often": wording.interval(reading.every) if reading.every or reading.never else "",
        "Note": reading.note,
    }
    return tuple(plain_line(f"{name}: {value}") for name, value in parts.items() if value)
