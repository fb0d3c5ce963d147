"""`keepwarm noticed`: what was noticed at companies."""

from crm import wording
from crm.app import companies, people
from crm.app import watch as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer, plain_line, table
from crm.domain.company import CompanyId
from crm.domain.watch import Engage, NoticedDraft, NoticedId, NoticedKind, NoticedRow, read_noticed


def noticed(book: Book, command: Command) -> Answer:
    """Keep what was noticed at a company; without a text, list. An opening can become an opportunity."""
    options = command.options
    if options.delete is not None:
        row = app.row(book, NoticedId(options.delete))
        app.delete(book, row.id)
        return Answer({"id": row.id}, (plain_line(f"Deleted: {wording.noticed(row, command.today)}"),))
    if options.pursue is not None:
        made = app.pursue(book, NoticedId(options.pursue), today=command.today)
        row = app.row(book, NoticedId(options.pursue))
        return Answer(
            document(row), (f"Opportunity #{made}: {plain_line(wording.noticed_words(row.draft))}",)
        )
    company = companies.resolve(book, options.company) if options.company else None
    if company is None or not options.text:
        return _listed(book, company, command)
    text, found = read_noticed(" ".join(options.text))
    draft = NoticedDraft(
        company, text, options.on or command.today, NoticedKind(options.kind), options.link or found
    )
    kept = app.notice(book, draft, today=command.today, engage=_engage(book, draft, command))
    row = app.row(book, kept)
    return Answer(
        document(row), (plain_line(f"{row.company}: {wording.noticed(row, command.today)} (#{kept})"),)
    )


def document(row: NoticedRow) -> dict[str, object]:
    """Return a note as JSON has it."""
    step = row.engagement
    return {
        "id": row.id,
        "company": {"id": row.draft.company, "name": row.company},
        "kind": row.draft.kind,
        "text": row.draft.text,
        "link": row.draft.link,
        "on": row.draft.on,
        "engage": {"step": step.step, "title": step.title, "on": step.on, "state": step.state}
        if step is not None
        else None,
        "opportunity": row.opportunity,
    }


def _engage(book: Book, draft: NoticedDraft, command: Command) -> Engage | None:
    options = command.options
    if options.engage is None:
        return None
    person = people.resolve(book, options.with_) if options.with_ else None
    who = people.draft(book, person).display_name if person is not None else ""
    company = companies.draft(book, draft.company).name
    return Engage(wording.engage_step(draft, who, company), options.engage, person)


def _listed(book: Book, company: CompanyId | None, command: Command) -> Answer:
    found = app.noticed(book, company)
    cells = [
        (
            str(row.id),
            row.company,
            wording.noticed_about(row, command.today),
            wording.noticed_words(row.draft),
        )
        for row in found
    ]
    lines = table(("ID", "COMPANY", "", "NOTICED"), cells) if cells else ("Nothing noticed yet.",)
    return Answer([document(row) for row in found], lines)
