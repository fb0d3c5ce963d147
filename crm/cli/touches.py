"""`keepwarm log`."""

from crm import wording
from crm.app import people, touches
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer, print_hint
from crm.domain.changes import Op
from crm.domain.touch import TouchDraft, TouchKind
from crm.errors import NotFound


def log(book: Book, command: Command) -> Answer:
    """Log a touch with one person, or with several at once."""
    options = command.options
    try:
        ids = tuple(people.resolve(book, who) for who in (options.who, *options.others))
    except NotFound:
        print_hint("With several people? keepwarm log ID|NAME KIND --with ID|NAME")
        raise
    draft = TouchDraft(tuple(dict.fromkeys(ids)), TouchKind(options.kind), options.on, options.note)
    logged = touches.log(book, draft, today=command.today)
    document = {
        "touch": logged.touch,
        "people": draft.people,
        "on": draft.on,
        "next_due_on": logged.next_due_on,
    }
    done = book.next_step(undone=False)
    said = wording.done(Op.LOG_TOUCH, done.params if done else {}, command.today)
    first = people.card(book, draft.people[0], today=command.today)
    moved = wording.placed(first.placed, first.row.next_due_on, first.ideal_on, command.today)
    return Answer(document, (said, f"  {moved}") if moved else (said,))
