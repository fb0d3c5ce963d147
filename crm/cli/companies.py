"""`keepwarm companies` and `keepwarm company`."""

from crm import wording
from crm.app import browse
from crm.app import companies as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer, table
from crm.domain.company import CompanyPerson
from crm.domain.query import CompanyFilter, CompanyQuery


def companies(book: Book, command: Command) -> Answer:
    """List the companies that match a text, by name."""
    show = CompanyFilter(command.options.show.replace("-", "_"))
    ids = browse.company_ids(book, CompanyQuery(command.options.text, show))
    rows = browse.company_rows(book, ids)
    document = [
        {
            "id": row.id,
            "name": row.name,
            "people": row.people,
            "past_people": row.past_people,
            "last_touch_on": row.last_touch_on,
            "target": row.target,
        }
        for row in rows
    ]
    if not rows:
        asked = command.options.text or show is not CompanyFilter.ALL
        return Answer(document, ("No companies match." if asked else "No companies yet.",))
    cells = [
        (
            str(row.id),
            row.name,
            str(row.people),
            str(row.past_people or ""),
            wording.ago(row.last_touch_on, command.today) if row.last_touch_on else "",
        )
        for row in rows
    ]
    return Answer(document, table(("ID", "NAME", "PEOPLE NOW", "BEFORE", "LAST TOUCH"), cells))


def company(book: Book, command: Command) -> Answer:
    """Show one company and who you know there, now and in the past."""
    card = app.card(book, app.resolve(book, command.options.who), today=command.today)
    document = {
        "id": card.row.id,
        "name": card.row.name,
        "site": card.draft.site,
        "industry": card.draft.industry,
        "place": card.draft.place,
        "notes": card.draft.notes,
        "target": card.row.target,
        "last_touch_on": card.row.last_touch_on,
        "people": [_person(person) for person in card.now],
        "past_people": [_person(person) for person in card.past],
    }
    cells = [
        (
            str(person.id),
            person.name,
            person.title,
            "now" if person.current else "before",
            wording.ago(person.last_touch_on, command.today) if person.last_touch_on else "none yet",
        )
        for person in (*card.now, *card.past)
    ]
    lines = table((card.row.name, f"#{card.row.id}"), [])
    if not cells:
        return Answer(document, (*lines, "You know no one here yet."))
    return Answer(document, (*lines, *table(("ID", "NAME", "TITLE", "HERE", "LAST TOUCH"), cells)))


def _person(person: CompanyPerson) -> dict[str, object]:
    return {
        "id": person.id,
        "name": person.name,
        "title": person.title,
        "last_touch_on": person.last_touch_on,
        "next_due_on": person.next_due_on,
    }
