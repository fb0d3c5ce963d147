"""`keepwarm export`."""

from crm import wording
from crm.app import calendar as app
from crm.app import companies, preferences
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer
from crm.domain.calendar import Detail, EventKind
from crm.domain.query import PeopleQuery


def export(book: Book, command: Command) -> Answer:
    """Write what is planned to a calendar file; the same plans give the same bytes."""
    options = command.options
    chosen = preferences.get(book)
    what = app.ExportOptions(
        at=chosen.check_in_at,
        alarms=chosen.alarms,
        detail=Detail.TITLE_ONLY if options.titles_only else chosen.detail,
        kinds=chosen.kinds if options.only is None else tuple(map(EventKind, options.only)),
        company_id=companies.resolve(book, options.company) if options.company else None,
        people=PeopleQuery(tag=options.tag) if options.tag else None,
    )
    if not options.force:
        app.require_own(options.file)
    done = app.export(
        book,
        options.file,
        what,
        today=command.today,
        words=wording.calendar_text,
        only_changes=options.changes,
    )
    document = {
        "file": done.path, "events": done.events, "changed": done.changed,
        "new": done.delta.new, "moved": done.delta.moved, "cancelled": done.delta.gone,
    }  # fmt: skip
    told = wording.changed_since(done.delta, everyone=what.people is None and what.company_id is None)
    if options.changes and not done.delta.any:
        return Answer(document, (told or wording.exported(0, done.path.name),))
    said = wording.exported(done.events, str(done.path), updated=done.updated)
    return Answer(document, (said, *((told,) if told else ())))
