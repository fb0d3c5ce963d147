"""`keepwarm tag`, `note`, `date`, `met` and `field`: what is said of people. Each is one step to undo."""

from dataclasses import replace

from crm import wording
from crm.app import history
from crm.app import people as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer
from crm.cli.people import document
from crm.domain.folding import fold
from crm.domain.person import CustomField, DateKind, ImportantDate, PersonDraft, PersonId
from crm.errors import Invalid

_OF_THEIR_OWN = (DateKind.BIRTHDAY, DateKind.ANNIVERSARY)


def tag(book: Book, command: Command) -> Answer:
    """Tag people, or take the tag away."""
    options = command.options
    people = [app.resolve(book, who) for who in options.people]
    change = app.untag if options.off else app.tag
    change(book, people, options.tag, today=command.today)
    return Answer({"tag": options.tag, "people": people}, (_done(book, command),))


def note(book: Book, command: Command) -> Answer:
    """Add a paragraph to a person's notes."""
    person, draft = _draft(book, command)
    added = " ".join(command.options.text)
    return _save(book, command, person, replace(draft, notes=f"{draft.notes}\n\n{added}".strip()))


def dates(book: Book, command: Command) -> Answer:
    """Keep a date of a person in the place of the one of that name, or forget it."""
    person, draft = _draft(book, command)
    options, name = command.options, command.options.what
    kind = next((one for one in _OF_THEIR_OWN if fold(name) == one), DateKind.OTHER)
    label = name if kind is DateKind.OTHER else ""
    kept = [one for one in draft.dates if (one.kind, fold(one.label)) != (kind, fold(label))]
    if options.off:
        return _save(book, command, person, replace(draft, dates=tuple(kept)))
    if options.on is None:
        raise Invalid("value", name, "empty")
    return _save(book, command, person, replace(draft, dates=(*kept, ImportantDate(kind, options.on, label))))


def met(book: Book, command: Command) -> Answer:
    """Say how one met a person, when, and through whom; what isn't said stays."""
    person, draft = _draft(book, command)
    options = command.options
    by = app.resolve(book, options.by) if options.by else draft.introduced_by
    how = " ".join(options.how) or draft.how_met
    said = replace(draft, how_met=how, met_on=options.on or draft.met_on, introduced_by=by)
    return _save(book, command, person, said)


def field(book: Book, command: Command) -> Answer:
    """Keep a value under a name of one's own in the place of the one of that name, or forget it."""
    person, draft = _draft(book, command)
    options = command.options
    kept = [one for one in draft.fields if fold(one.name) != fold(options.name)]
    if not options.off:
        if not options.value:
            raise Invalid("value", options.name, "empty")
        kept.append(CustomField(options.name, " ".join(options.value)))
    return _save(book, command, person, replace(draft, fields=tuple(kept)))


def _draft(book: Book, command: Command) -> tuple[PersonId, PersonDraft]:
    person = app.resolve(book, command.options.who)
    return person, app.draft(book, person)


def _save(book: Book, command: Command, person: PersonId, draft: PersonDraft) -> Answer:
    app.edit(book, person, draft, today=command.today)
    card = app.card(book, person, today=command.today)
    return Answer(document(card), (_done(book, command),))


def _done(book: Book, command: Command) -> str:
    step = history.can_undo(book)
    return wording.done(step.op, step.params, command.today) if step else ""
