"""`keepwarm events` and `keepwarm event`."""

from dataclasses import replace

from crm import wording
from crm.app import events as app
from crm.app import people
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer, plain_line, table
from crm.domain.event import EventDraft, EventId, EventRow, EventStatus, EventType, read_names


def events(book: Book, command: Command) -> Answer:
    """List events: those that go on, then the latest first."""
    found = app.events(book)
    rows = [
        (
            str(one.id),
            one.draft.name,
            wording.event_about(one, command.today),
            wording.event_status(one.draft.status),
            wording.event_people(one),
        )
        for one in found
    ]
    lines = table(("ID", "EVENT", "WHEN", "", "PEOPLE"), rows) if rows else ("No events yet.",)
    return Answer([_document(one, command) for one in found], lines)


def event(book: Book, command: Command) -> Answer:
    """Add an event, show one, change one, or say who was met."""
    options = command.options
    if options.verb == "add":
        id_ = app.add(book, _changed(book, EventDraft(options.name), command), today=command.today)
    else:
        id_ = app.resolve(book, options.which)
        if options.verb == "edit":
            app.edit(book, id_, _changed(book, app.row(book, id_).draft, command), today=command.today)
        elif options.verb == "met":
            names = [named for text in options.names for named in read_names(text)]
            title = "" if options.no_follow_up else wording.follow_up_title()
            app.met(book, id_, names, today=command.today, follow_up=title)
        elif options.verb == "delete":
            row = app.row(book, id_)
            app.delete(book, id_)
            return Answer({"id": id_}, (plain_line(f"Deleted {row.draft.name}."),))
    return _shown(book, id_, command)


def _changed(book: Book, draft: EventDraft, command: Command) -> EventDraft:
    options = command.options
    said = {
        "kind": EventType(options.kind) if options.kind else None,
        "held_on": options.on,
        "place": options.place,
        "link": options.link,
        "goal": options.goal,
        "status": EventStatus(options.status) if options.status else None,
        "notes": options.notes,
        "outcome": options.outcome,
        "expected": tuple(people.resolve(book, who) for who in options.expect) or None,
    }
    return replace(draft, **{name: value for name, value in said.items() if value is not None})


def _shown(book: Book, id_: EventId, command: Command) -> Answer:
    row = app.row(book, id_)
    facts = (
        ("When", wording.event_about(row, command.today)),
        ("Status", wording.event_status(row.draft.status)),
        ("Goal", row.draft.goal),
        ("Met", ", ".join(name for _, name in row.met)),
        ("May be there", "" if row.met else ", ".join(name for _, name in row.people)),
        ("Came of it", wording.event_outcome(row)),
        ("Outcome", row.draft.outcome),
        ("Notes", row.draft.notes),
    )
    lines = (f"{row.draft.name} (#{row.id})", *(f"  {name}: {value}" for name, value in facts if value))
    return Answer(_document(row, command), tuple(map(plain_line, lines)))


def _document(row: EventRow, command: Command) -> dict[str, object]:
    draft, came = row.draft, row.outcome
    return {
        "id": row.id,
        "name": draft.name,
        "kind": draft.kind,
        "held_on": draft.held_on,
        "place": draft.place,
        "link": draft.link,
        "goal": draft.goal,
        "status": draft.status,
        "notes": draft.notes,
        "outcome": draft.outcome,
        "expected": [{"id": person, "name": name} for person, name in row.people],
        "met": [{"id": person, "name": name} for person, name in row.met],
        "came_of_it": {
            "touched": came.touched, "opportunities": came.opportunities, "introductions": came.introductions,
        },
        "asks_who": row.asks_who(command.today),
        "asks_outcome": row.asks_outcome(command.today),
    }  # fmt: skip
