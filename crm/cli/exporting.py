"""`keepwarm export`: the ending of the file says what is written."""

from pathlib import Path

from crm import wording
from crm.app import companies
from crm.app import exporting as app
from crm.app.books import Book
from crm.app.progress import Progress
from crm.cli import calendar
from crm.cli.arguments import Command
from crm.cli.output import Answer, plain_line
from crm.domain.exportform import ExportForm, PeopleExport, Whom
from crm.domain.query import PeopleQuery
from crm.errors import Invalid

_FORMS = {
    ".vcf": ExportForm.VCARD,
    ".vcard": ExportForm.VCARD,
    ".csv": ExportForm.CSV,
    ".json": ExportForm.BOOK,
}


def export(book: Book, command: Command) -> Answer:
    """Write check-ins to a calendar file, or people to a file or folder that isn't there yet."""
    options = command.options
    if options.file.suffix.lower() == ".ics":
        return calendar.export(book, command)
    wanted = PeopleExport(
        _form(options.file, google=options.google, each=options.one_per_person),
        _whom(book, command),
        version="4.0" if options.v4 else "3.0",
        photos=not options.no_photos,
        replace=options.force,
        readme=wording.book_readme(),
    )
    done = app.export(book, options.file, wanted, Progress(), today=command.today)
    document = {"file": done.path, "people": done.people, "files": done.files}
    return Answer(document, (plain_line(wording.exported_people(done.people, str(done.path))),))


def _form(path: Path, *, google: bool, each: bool) -> ExportForm:
    form = _FORMS.get(path.suffix.lower())
    if path.name.startswith("-"):
        raise Invalid("file", path, "dash")
    if each and form is not None:
        raise Invalid("file", path, "folder")
    if each:
        return ExportForm.VCARD_EACH
    if form is None and path.suffix and not path.is_dir():
        raise Invalid("file", path, "ending")
    if google:
        if form is not ExportForm.CSV:
            raise Invalid("file", path, "google")
        return ExportForm.GOOGLE_CSV
    return form or ExportForm.FOLDER


def _whom(book: Book, command: Command) -> Whom:
    options = command.options
    queries = [PeopleQuery(text=options.people)] if options.people else []
    if options.company:
        queries.append(PeopleQuery(company_id=companies.resolve(book, options.company)))
    if options.tag:
        queries.append(PeopleQuery(tag=options.tag))
    return Whom(queries=tuple(queries))
