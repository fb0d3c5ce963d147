"""Running one command: open the book, answer, close; expected errors become one line and exit code 1."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from crm import paths, wording
from crm.app import reports as files
from crm.app import starting
from crm.app.books import Book, open_book
from crm.cli import (
    batches,
    caldav,
    checkins,
    companies,
    duplicates,
    events,
    exporting,
    feeds,
    goals,
    history,
    importing,
    introductions,
    learning,
    lessons,
    meetings,
    messages,
    opportunities,
    people,
    people_facts,
    planning,
    plans,
    quick,
    reports,
    samples,
    schedule,
    today,
    touches,
    upkeep,
    watch,
)
from crm.cli.arguments import Command
from crm.cli.output import Answer, print_answer, print_error, print_hint
from crm.cli.reading import PIPED
from crm.domain.sheet import Sheet
from crm.errors import ErrorCode, Invalid, KeepwarmError

Printer = Callable[[Sheet], bytes]
EXIT_DONE, EXIT_ERROR, EXIT_INTERRUPTED = 0, 1, 130

_WITH_BOOK: dict[str, Callable[[Book, Command], Answer]] = {
    "import": importing.bring_in,
    "people": people.people,
    "person": people.person,
    "tag": people_facts.tag,
    "note": people_facts.note,
    "date": people_facts.dates,
    "met": people_facts.met,
    "field": people_facts.field,
    "companies": companies.companies,
    "company": companies.company,
    "log": touches.log,
    "quick": quick.quick,
    "every": checkins.every,
    "snooze": checkins.snooze,
    "skip": checkins.skip,
    "rest": checkins.rest,
    "plan": plans.plan,
    "spread": planning.spread,
    "away": planning.away,
    "back": planning.back,
    "today": today.today,
    "mute": today.mute,
    "learn": learning.learn,
    "opportunity": opportunities.opportunity,
    "interview": opportunities.interview,
    "agenda": schedule.agenda,
    "export": exporting.export,
    "feeds": feeds.feeds,
    "draft": messages.draft,
    "feedback": lessons.feedback,
    "lessons": lessons.lessons,
    "practice": lessons.practice,
    "brief": lessons.brief,
    "report": reports.report,
    "goals": goals.goals,
    "meetings": meetings.meetings,
    "feed": feeds.feed,
    "caldav": caldav.caldav,
    "ways-in": introductions.ways_in,
    "introduction": introductions.introduction,
    "noticed": watch.noticed,
    "events": events.events,
    "event": events.event,
    "undo": history.undo,
    "redo": history.redo,
    "history": history.history,
    "duplicates": duplicates.duplicates,
    "merge": duplicates.merge,
    "batches": batches.batches,
    "undo-import": batches.undo_import,
    "backup": upkeep.backup,
    "check": upkeep.check,
    "sample": samples.sample,
}
_CREATES = frozenset({"import", "sample"})
_LOOKED_OVER = frozenset({"today"})  # what is asked each day is where damage should show
_NEED_A_BOOK = frozenset({"backup", "check", "export"})  # an empty book's answer would be a lie


def run_command(command: Command, printer: Callable[[], Printer]) -> int:
    """Run `command`, print its answer, and return the exit code. `printer` is asked for only where a PDF is wanted."""
    path = command.book or paths.default_book()
    try:
        if command.command == "restore":
            answer = upkeep.restore(path, command)
        else:
            with _book(path, command) as book:
                answer = _WITH_BOOK[command.command](book, command)
                feeds.keep(book, command)
                if answer.paper is not None:
                    data = printer()(answer.paper.sheet)
                    files.save(book, answer.paper.path, data, replace=answer.paper.replace)
        print_answer(answer, as_json=command.json)
    except KeepwarmError as error:
        print_error(wording.error_line(error))
        return EXIT_ERROR
    except KeyboardInterrupt:
        print_error("Stopped. Nothing was changed.")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        return EXIT_DONE  # the reader of our output has seen enough
    except OSError as error:
        if error.filename is not None:
            raise
        print_error(f"Couldn't print the answer: {error.strerror}.")
        return EXIT_ERROR
    return EXIT_DONE if answer.good else EXIT_ERROR


@contextlib.contextmanager
def _book(path: Path, command: Command) -> Iterator[Book]:
    """Open the book. A question to a book that isn't there is answered from an empty one; no file is made for it.

    What is written into that one starts the book.
    """
    home = None
    with contextlib.ExitStack() as stack:
        if command.book is not None and not path.absolute().parent.is_dir():
            raise Invalid("book", path.absolute().parent, "folder")
        creates = command.command in _CREATES and not getattr(command.options, "dry_run", False)
        files = getattr(command.options, "files", None)
        creates &= files is None or any(file == PIPED or file.exists() for file in files)
        if not path.exists() and not creates:
            if command.command in _NEED_A_BOOK:
                raise KeepwarmError(ErrorCode.BOOK_MISSING, path=str(path))
            home = path
            path = Path(stack.enter_context(tempfile.TemporaryDirectory())) / path.name
        elif command.command in _LOOKED_OVER and path.exists() and starting.is_damaged(path):
            print_hint("This book is damaged, so the answer may lack something. “keepwarm check” says where.")
        book = open_book(path)
        stack.callback(book.close)
        try:
            yield book
        finally:
            asked = home is not None and book.next_step(undone=False) is None
            if asked and command.command not in _CREATES:
                print_hint(f"There is no book at {home} yet. “keepwarm import” starts one.")
        if home is not None and not asked:
            starting.move_in(book, home)
            print_hint(f"Started a book at {home}.")
