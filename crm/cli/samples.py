"""`keepwarm sample`."""

from crm.app import samples as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer


def sample(book: Book, command: Command) -> Answer:
    """Fill an empty book with invented people."""
    filled = app.fill(book, today=command.today)
    document = {"people": filled.people, "companies": filled.companies, "touches": filled.touches}
    return Answer(
        document,
        (
            f"Added {filled.people} invented people at {filled.companies} companies. “keepwarm undo” removes them.",
        ),
    )
