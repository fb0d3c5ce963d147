"""`keepwarm report`: the proof of search."""

from crm import wording
from crm.app import reports as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer, plain_line, table

_HEAD = ("DAY", "WHAT", "TITLE", "COMPANY", "SOURCE")


def report(book: Book, command: Command) -> Answer:
    """List what was done for the search, or write it to a table. Notes are left out."""
    options = command.options
    last = options.until or command.today
    lines = app.search(book, options.first, last)
    document = [
        {"on": one.on, "what": one.effort, "title": one.what, "company": one.company, "source": one.source}
        for one in lines
    ]
    cells = [
        (one.on.isoformat(), wording.effort(one.effort), one.what, one.company, one.source) for one in lines
    ]
    if options.csv is not None:
        app.save(options.csv, [tuple(map(str.capitalize, _HEAD)), *cells], replace=options.force)
        said = wording.count(
            len(lines), "Wrote {n} line to {path}.", "Wrote {n} lines to {path}.", path=options.csv
        )
        return Answer(document, (plain_line(said),))
    return Answer(document, table(_HEAD, cells) if cells else ("Nothing on these days.",))
