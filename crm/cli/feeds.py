"""`keepwarm feeds` and `feed`: calendar files that are kept up to date."""

from datetime import date

from crm import wording
from crm.app import companies, preferences
from crm.app import feeds as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer, plain_line, print_hint, table
from crm.domain.calendar import Detail, EventKind
from crm.domain.feed import FeedDraft, FeedState, Scope

_LOOKING = frozenset({"feeds"})


def feeds(book: Book, command: Command) -> Answer:
    """Bring every kept file up to date and list them; one that can't be written is exit code 1."""
    states = _refreshed(book, command.today)
    cells = [
        (str(state.feed.id), state.feed.draft.name, str(state.events), _told(state), state.feed.draft.path)
        for state in states
    ]
    lines = (
        table(("ID", "NAME", "EVENTS", "", "FILE"), cells) if cells else ("No calendar file is kept yet.",)
    )
    errors = tuple(wording.error_line(state.error) for state in states if state.error is not None)
    return Answer([_document(state) for state in states], (*lines, *errors), good=not errors)


def feed(book: Book, command: Command) -> Answer:
    """Keep a file from now on, or no longer."""
    if command.options.verb == "remove":
        found = app.resolve(book, command.options.which)
        app.remove(book, found.id)
        said = f"{found.draft.name} isn't kept up to date any more. The file stays at {found.draft.path}."
        return Answer({"id": found.id, "kept": False}, (said,))
    id_ = app.add(book, _draft(book, command))
    (state,) = (state for state in _refreshed(book, command.today) if state.feed.id == id_)
    told = wording.exported(state.events, state.feed.draft.path)
    if state.error is not None:
        return Answer(_document(state), (wording.error_line(state.error),), good=False)
    name = state.feed.draft.name
    called = f"It is kept up to date after every change, as “{name}”."
    return Answer(_document(state), (told, plain_line(called)))


def keep(book: Book, command: Command) -> None:
    """Bring the kept files up to date after a command; what goes wrong is a remark, never in the way."""
    if command.command in _LOOKING or book.read_only:
        return
    for state in _refreshed(book, command.today):
        if state.error is not None:
            print_hint(wording.error_line(state.error))


def _refreshed(book: Book, today: date) -> tuple[FeedState, ...]:
    return app.refresh(book, today=today, words=wording.calendar_text)


def _draft(book: Book, command: Command) -> FeedDraft:
    options = command.options
    company = companies.resolve(book, options.company) if options.company else None
    scope = Scope.COMPANY if company is not None else Scope.TAG if options.tag else Scope.EVERYONE
    chosen = preferences.get(book)
    alarms = chosen.alarms if options.alarm is None else tuple(options.alarm)
    kinds = chosen.kinds if options.only is None else tuple(map(EventKind, options.only))
    detail = Detail.TITLE_ONLY if options.titles_only else Detail.FULL
    return FeedDraft(
        options.name, str(options.file), scope, company, options.tag, options.days, alarms, detail, kinds
    )


def _told(state: FeedState) -> str:
    if state.error is not None:
        return "can't be written"
    return "written now" if state.written else "up to date"


def _document(state: FeedState) -> dict[str, object]:
    draft = state.feed.draft
    return {
        "id": state.feed.id,
        "name": draft.name,
        "file": draft.path,
        "events": state.events,
        "written": state.written,
        "error": None if state.error is None else wording.error_line(state.error),
    }
