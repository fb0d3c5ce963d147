"""`keepwarm export`."""

from crm import wording
from crm.app import calendar as app
from crm.app import companies, preferences
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer
from crm.domain.calendar import Detail
from crm.domain.query import PeopleQuery


def export(book: Book, command: Command) -> Answer:
    """Write the planned check-ins to a calendar file; the same check-ins give the same bytes."""
    options = command.options
    chosen = preferences.get(book)
    what = app.ExportOptions(
        at=chosen.check_in_at,
        alarms=chosen.alarms,
        detail=Detail.TITLE_ONLY if options.titles_only else chosen.detail,
        company_id=companies.resolve(book, options.company) if options.company else None,
        people=PeopleQuery(tag=options.tag) if options.tag else None,
    )
    done = app.export(book, options.file, what, today=command.today, words=wording.calendar_text)
    document = {"file": done.path, "check_ins": done.check_ins, "changed": done.changed}
    return Answer(document, (wording.exported(done.check_ins, done.path.name),))
