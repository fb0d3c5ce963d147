"""`keepwarm report`: the proof of search."""

from crm import wording
from crm.app import reports as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer, Paper, plain_line, table
from crm.domain.report import Effort, Span


def report(book: Book, command: Command) -> Answer:
    """List what was done for the search, or write it to a file. Notes are left out unless asked for."""
    options = command.options
    if isinstance(options.first, Span):
        first, last = options.first.days(command.today)
    else:
        first, last = options.first, options.until or command.today
    everything = app.search(book, first, last)
    found = everything.only([Effort(one) for one in options.only or Effort])
    document = [
        {
            "on": one.on,
            "what": one.effort,
            "title": one.what,
            "with": one.who,
            "company": one.company,
            "source": one.source,
            "outcome": one.ending or one.stage,
            **({"note": one.note} if options.notes else {}),
        }
        for one in found.lines
    ]
    rows = wording.report_rows(found, notes=options.notes)
    if options.csv is not None:
        app.save(book, options.csv, app.table(rows), replace=options.force)
    paper = None
    if options.pdf is not None:
        sheet = wording.report_sheet(found, command.today, notes=options.notes)
        paper = Paper(sheet, options.pdf, options.force)
    written = [path for path in (options.csv, options.pdf) if path is not None]
    if written:
        files = ", ".join(map(str, written))
        said = wording.count(
            len(found.lines), "Wrote {n} line to {files}.", "Wrote {n} lines to {files}.", files=files
        )
        return Answer(document, (plain_line(said),), paper=paper)
    head, *cells = rows
    return Answer(
        document, table(tuple(map(str.upper, head)), cells) if cells else ("Nothing on these days.",)
    )
