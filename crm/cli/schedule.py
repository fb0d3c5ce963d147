"""`keepwarm agenda`: what stands on the days ahead."""

from datetime import date, timedelta

from crm import wording
from crm.app import schedule as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer, table
from crm.domain.schedule import Scheduled


def agenda(book: Book, command: Command) -> Answer:
    """List check-ins, next steps, interviews, events and meetings by day; what is overdue stands on today."""
    today, options = command.today, command.options
    first = options.since or today
    days = min(options.days - 1, (date.max - first).days)
    found = app.on_days(book, first, first + timedelta(days=days), today=today)
    cells = [(wording.day(one.stands_on(today), today), _hour(one), _what(one, today)) for one in found.items]
    lines = table(("DAY", "TIME", "WHAT"), cells) if cells else ("Nothing stands on these days.",)
    return Answer([_document(one, command) for one in found.items], lines)


def _hour(one: Scheduled) -> str:
    return "" if one.starts_at is None else f"{one.starts_at.astimezone():%H:%M}"


def _what(one: Scheduled, today: date) -> str:
    title, late = wording.calendar_text(one.source)[0], (one.stands_on(today) - one.on).days
    return f"{title} · {wording.count(late, '{n} day late', '{n} days late')}" if late > 0 else title


def _document(one: Scheduled, command: Command) -> dict[str, object]:
    title, description = wording.calendar_text(one.source)
    return {
        "kind": one.kind,
        "id": one.record,
        "on": one.stands_on(command.today),
        "starts_at": one.starts_at,
        "title": title,
        "description": description,
        "overdue": one.on < one.stands_on(command.today),
    }
