"""What can be typed after `keepwarm`: one parser, one line a command."""

import argparse
import codecs
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from crm import __version__
from crm.app.feeds import MOST_DAYS
from crm.cli import caldav_arguments, event_arguments
from crm.cli import lesson_arguments as lessons
from crm.cli import people_arguments as people
from crm.cli import search_arguments as search
from crm.cli.reading import Files, Joined, NameAndValue, Parser, day, expanded, share, taken
from crm.domain.cadence import Interval, parse_interval
from crm.domain.columns import ColumnField
from crm.domain.comparing import Choosable
from crm.domain.dates import Toward
from crm.domain.preferences import MOST_PER_WEEK
from crm.domain.reasons import MUTABLE, Rule
from crm.domain.touch import TouchKind

OFF = "off"
DEFAULT = "default"
_KINDS = tuple(kind.value for kind in TouchKind)


@dataclass(frozen=True, slots=True)
class WindowStart:
    """What the window is asked to open: a book, the sample book, files to import."""

    book: Path | None = None
    sample: bool = False
    files: tuple[Path, ...] = ()
    command: None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A command and what was said of it."""

    command: str
    today: date
    book: Path | None = None
    json: bool = False
    options: argparse.Namespace = field(default_factory=argparse.Namespace)


def parse(arguments: Sequence[str], today: date | None = None) -> WindowStart | Command:
    """Read the arguments. Wrong usage ends the process with exit code 2 and a line that says why."""
    now = today or date.today()  # noqa: DTZ011 - the user's own calendar day, read once, here
    parser = _parser(now)
    shared, rest = _shared().parse_known_args(arguments)
    if rest and not rest[0].startswith("-") and rest[0] not in _COMMANDS:
        files = tuple(file for name in rest for file in expanded(name))
        if files[0].exists():
            return WindowStart(shared.book, shared.sample, files)
    options = parser.parse_args(arguments)
    if options.command is None:
        return WindowStart(options.book, options.sample)
    return Command(options.command, now, options.book, options.json, options)


def _shared() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--book", type=Path, metavar="FILE", help="the book to use (default: your own)")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--sample", action="store_true", help="open the window with invented people, to look around"
    )
    return parser


def _parser(today: date) -> argparse.ArgumentParser:
    parser = Parser(
        prog="keepwarm",
        parents=[_shared()],
        allow_abbrev=False,
        description="Keep your professional network warm. Without a command, the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"Keepwarm {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, (help_text, build) in _COMMANDS.items():
        sub = commands.add_parser(name, help=help_text, description=help_text, allow_abbrev=False)
        share(sub)
        build(sub, today)
    return parser


def _import(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument(
        "files",
        nargs="+",
        action=Files,
        metavar="FILE",
        help="vCard or CSV files, archives, folders of them, or calendars (.ics); - reads what is piped in",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    parser.add_argument(
        "--failed",
        type=Path,
        metavar="FILE",
        help="write what can't be read to this file, with reasons, to mend it",
    )
    parser.add_argument(
        "--encoding", type=_encoding, metavar="NAME", help="the code page of a file whose names look wrong"
    )
    parser.add_argument(
        "--map",
        dest="columns",
        action="append",
        type=_column,
        default=[],
        metavar="COLUMN=FIELD",
        help="what a column of a CSV file means: " + ", ".join(ColumnField),
    )


def _text(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument("text", nargs="?", default="", metavar="TEXT", help="only those that match")


def _who(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument("who", nargs="+", action=Joined, metavar="ID|NAME")


def _log(parser: argparse.ArgumentParser, today: date) -> None:
    _who(parser, today)
    parser.add_argument("kind", choices=_KINDS, metavar="KIND", help=", ".join(_KINDS))
    parser.add_argument(
        "--on",
        type=day(today, Toward.PAST),
        default=today,
        metavar="DATE",
        help='"yesterday", "last Tuesday", "12 Nov"; default: today',
    )
    parser.add_argument("--note", default="", metavar="TEXT")
    parser.add_argument(
        "--with", dest="others", action="append", default=[], metavar="ID|NAME", help="who else was there"
    )


def _every(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.usage = "%(prog)s ID|NAME INTERVAL|off|default"
    parser.add_argument(
        "interval",
        nargs="+",
        action=NameAndValue,
        read=_interval,
        metavar="ID|NAME INTERVAL",
        help='"6 weeks", "3m", "every other week", "biweekly", "monthly", "quarterly", "twice a year"; '
        "off: no check-ins; default: as the tag, company or book says",
    )


def _snooze(parser: argparse.ArgumentParser, today: date) -> None:
    parser.usage = "%(prog)s ID|NAME [DATE]"
    until = day(today, Toward.FUTURE)
    parser.add_argument(
        "until",
        nargs="+",
        action=NameAndValue,
        read=until,
        default=until("in 1 week"),
        metavar="ID|NAME DATE",
        help='"in 3 weeks", "next Tuesday", "end of month", at most 90 days ahead; default: a week',
    )


def _rest(parser: argparse.ArgumentParser, today: date) -> None:
    _who(parser, today)
    parser.add_argument("--resume", action="store_true", help="suggest check-ins again")


def _learn(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument("who", nargs="?", metavar="ID|NAME")
    answer = parser.add_mutually_exclusive_group()
    answer.add_argument("--accept", action="store_true", help="check in as often as suggested")
    answer.add_argument("--not-now", action="store_true", help="don't suggest it for 90 days")
    answer.add_argument("--never", action="store_true", help="never suggest another interval for this person")


def _mute(parser: argparse.ArgumentParser, _today: date) -> None:
    _who(parser, _today)
    parser.add_argument("rule", type=Rule, choices=MUTABLE, metavar="RULE", help=", ".join(MUTABLE))
    parser.add_argument("--off", action="store_true", help="let it be a reason again")


def _today(parser: argparse.ArgumentParser, today: date) -> None:
    parser.add_argument(
        "--on",
        nargs="+",
        action=Joined,
        read=_day_ahead(today),
        default=today,
        metavar="DATE",
        help="as it will stand on another day, if nothing is done until then",
    )


def _day_ahead(today: date) -> Callable[[str], date]:
    read = day(today, Toward.FUTURE)

    def ahead(text: str) -> date:
        found = read(text)
        if found < today:
            raise argparse.ArgumentTypeError(f'"{text}" is behind; look ahead with "tomorrow", "next Monday"')
        return found

    return ahead


def _export(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE.vcf|.csv|.json|.ics|FOLDER", help="a folder holds everything"
    )
    parser.add_argument("--people", default="", metavar="TEXT", help="only people who match")
    parser.add_argument("--company", metavar="ID|NAME", help="only people there now")
    parser.add_argument("--tag", default="", metavar="TAG", help="only people with this tag")
    parser.add_argument("--force", action="store_true", help="replace what is there")
    parser.add_argument("--google", action="store_true", help="a .csv as Google Contacts reads it")
    parser.add_argument("--no-photos", action="store_true", help="vCards without pictures")
    parser.add_argument("--v4", action="store_true", help="vCard 4.0; not every program reads it")
    parser.add_argument(
        "--one-per-person",
        action="store_true",
        help="a folder with a vCard for each, as classic Outlook needs",
    )
    parser.add_argument(
        "--titles-only", action="store_true", help="of .ics: no notes, phones or e-mails in the file"
    )
    _add_only(parser)
    parser.add_argument(
        "--changes",
        action="store_true",
        help="of .ics: only what changed since the last export, for programs that make events anew at each import",
    )


def _meetings(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument(
        "--log", type=int, action="append", default=[], metavar="ID", help="it was: log it as a touch"
    )
    parser.add_argument(
        "--let-go", type=int, action="append", default=[], metavar="ID", help="it wasn’t, or doesn’t count"
    )


def _agenda(parser: argparse.ArgumentParser, today: date) -> None:
    parser.add_argument("--days", type=_days, default=28, metavar="N", help="how many days (default: 28)")
    parser.add_argument(
        "--from", dest="since", nargs="+", action=Joined, read=day(today, Toward.FUTURE), metavar="DATE",
        help="the first day (default: today)",
    )  # fmt: skip


def _days(words: str) -> int:
    """Read how many days to look ahead."""
    if not words.isdecimal() or not 1 <= int(words) <= MOST_DAYS:
        raise argparse.ArgumentTypeError(f'"{words}" isn\'t a number of days: write 1 to {MOST_DAYS}')
    return int(words)


def _add_only(parser: argparse.ArgumentParser) -> None:
    kinds = ("check_in", "step", "interview", "event", "date")
    parser.add_argument(
        "--only",
        action="append",
        choices=kinds,
        help="leave the other kinds out (default: as you chose last)",
    )


def _feed(parser: argparse.ArgumentParser, _today: date) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="add|remove", required=True)
    about = "Keep a calendar file up to date from now on"
    adding = verbs.add_parser("add", help=about, description=about, allow_abbrev=False)
    adding.add_argument("name", metavar="NAME", help="what calendars call it")
    adding.add_argument("file", type=Path, metavar="FILE.ics")
    adding.add_argument("--company", metavar="ID|NAME", help="only people there now")
    adding.add_argument("--tag", default="", metavar="TAG", help="only people with this tag")
    adding.add_argument("--days", type=int, metavar="N", help="how far ahead it looks (default: without end)")
    adding.add_argument(
        "--alarm", type=int, action="append", metavar="MINUTES", help="before the start (default: yours)"
    )
    adding.add_argument("--titles-only", action="store_true", help="no notes, phones or e-mails in the file")
    _add_only(adding)
    removing = verbs.add_parser("remove", help="keep a file no longer; it stays where it is")
    removing.add_argument("which", metavar="ID|NAME")


def _quick(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument(
        "text", nargs="*", metavar="TEXT", help='"called Ana yesterday re tea, check in in 3 weeks"'
    )
    parser.add_argument(
        "--email", type=Path, metavar="FILE.eml", help="a saved email says whom, when and what about"
    )
    parser.add_argument("--add", action="store_true", help="add people who aren't known yet")
    parser.add_argument("--dry-run", action="store_true", help="say what is understood, log nothing")


def _plan(parser: argparse.ArgumentParser, today: date) -> None:
    parser.add_argument("--per-week", type=_count, metavar="N", help="how many check-ins a week")
    parser.add_argument("--start", action="store_true", help="start the plan; without it nothing changes")
    search.plan(parser, today)


def _away(parser: argparse.ArgumentParser, today: date) -> None:
    parser.add_argument(
        "until",
        nargs="+",
        action=Joined,
        read=day(today, Toward.FUTURE),
        metavar="DATE",
        help="the last day away",
    )


def _history(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="default: 20")


def _backup(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="default: in the folder of backups"
    )
    parser.add_argument("--list", action="store_true", help="list the backups there are")


def _restore(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="default: the newest backup that verifies"
    )


def _check(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument("--repair", action="store_true", help="compute again what can be computed")


def _nothing(_parser: argparse.ArgumentParser, _today: date) -> None:
    return


def _undo_import(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument(
        "id", type=_batch, metavar="ID", help="the number of the import, as “keepwarm batches” lists it"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")


def _batch(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(
            f'"{text}" isn\'t the number of an import: “keepwarm batches” lists them'
        )
    return int(text)


def _duplicates(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument("--companies", action="store_true", help="companies instead of people")


def _merge(parser: argparse.ArgumentParser, today: date) -> None:
    parser.add_argument("keep", metavar="KEEP", help="who stays: a number or a name")
    parser.add_argument("others", nargs="+", metavar="OTHER", help="who is the same: up to four")
    parser.add_argument(
        "--take",
        action="append",
        default=[],
        type=taken,
        metavar="FIELD=WHO",
        help=f"whose word holds, else that of KEEP: {', '.join(Choosable)}",
    )
    _duplicates(parser, today)


_COMMANDS = {
    "import": ("Bring people in from vCard and CSV files", _import),
    "people": ("List people", _text),
    "person": ("Show one person", _who),
    "tag": ("Tag people, or take the tag away", people.tag),
    "note": ("Add to someone’s notes", people.note),
    "date": ("Keep a birthday or another date of someone", people.dates),
    "met": ("Say how you met someone, and through whom", people.met),
    "field": ("Keep something of someone under a name of your own", people.field),
    "companies": ("List companies", search.companies),
    "company": ("Show one company and who you know there", _who),
    "log": ("Log a touch", _log),
    "quick": ("Log a touch in one sentence", _quick),
    "every": ("Say how often to check in with someone", _every),
    "snooze": ("Hide someone until a date", _snooze),
    "skip": ("Let this check-in go", _who),
    "rest": ("Stop suggesting check-ins with someone", _rest),
    "plan": ("Suggest whom to keep warm; with a verb, the dated steps of your search", _plan),
    "spread": ("Spread overdue check-ins over the days ahead", _nothing),
    "away": ("Keep the days up to a date free of check-ins", _away),
    "back": ("End the time away today", _nothing),
    "today": ("Say who to check in with, and why", _today),
    "agenda": ("List what stands on the days ahead", _agenda),
    "learn": ("Suggest how often, from what really happened", _learn),
    "mute": ("Silence a reason for someone", _mute),
    "export": ("Write people, the whole book, or check-ins, next steps and interviews to a file", _export),
    "opportunity": ("Roles you want: add, move, close, list, show", search.opportunity),
    "interview": ("Rounds of an opportunity: add", search.interview),
    "draft": ("Write a message to look over and send yourself", search.draft),
    "feedback": ("Record what they said, and what it taught you", lessons.feedback),
    "lessons": ("List lessons by theme; add one, say whether it helped", lessons.lessons),
    "practice": ("Note a mock interview, or list the practice log", lessons.practice),
    "report": ("List what you did for your search, or write it to a PDF or a table", lessons.report),
    "goals": ("Set goals for a week, or say how this one stands", lessons.goals),
    "brief": ("Show what to look at before an interview, or write it to a PDF", lessons.brief),
    "meetings": ("List meetings to confirm and meetings ahead; log them or let them go", _meetings),
    "feeds": ("Bring the kept calendar files up to date, and list them", _nothing),
    "feed": ("Keep a calendar file up to date, or stop it", _feed),
    "caldav": (
        "Keep a calendar on a server up to date: Nextcloud, iCloud, Fastmail, …",
        caldav_arguments.caldav,
    ),
    "ways-in": ("Say who leads into a company, the best first", _who),
    "noticed": ("Note news, a post or an opening at a company, or list them", search.noticed),
    "introduction": ("Ask for an introduction, or say where one stands", search.introduction),
    "events": ("List job fairs, meetups, groups and mentors", _nothing),
    "event": ("Add or show an event; say who was met", event_arguments.event),
    "undo": ("Take the last action back", _nothing),
    "redo": ("Do again what was taken back", _nothing),
    "history": ("List what was done", _history),
    "duplicates": ("List who may be the same, with reasons", _duplicates),
    "merge": ("Make several people, or companies, one", _merge),
    "batches": ("List the imports that were made", _nothing),
    "undo-import": ("Undo an import, also long after; what was changed since stays", _undo_import),
    "backup": ("Save a verified copy of the book", _backup),
    "restore": ("Put a backup in the book's place; the old book is kept", _restore),
    "check": ("Look for damage", _check),
    "sample": ("Fill an empty book with invented people", _nothing),
}


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_PER_WEEK:
        raise argparse.ArgumentTypeError(f'"{text}" isn\'t a number from 1 to {MOST_PER_WEEK}')
    return int(text)


def _encoding(text: str) -> str:
    try:
        codecs.lookup(text)
    except (LookupError, ValueError) as error:
        raise argparse.ArgumentTypeError(
            f'"{text}" isn\'t a code page: write "windows-1252" or "utf-8"'
        ) from error
    return text


def _column(text: str) -> tuple[str, ColumnField]:
    header, equals, field = text.rpartition("=")
    if not equals or not header.strip():
        raise argparse.ArgumentTypeError(
            f'"{text}" isn\'t a column and a field: write "Phone (office)=phone"'
        )
    if field.strip().lower() not in set(ColumnField):
        raise argparse.ArgumentTypeError(
            f'"{field.strip()}" isn\'t what a column can hold: ' + ", ".join(ColumnField)
        )
    return header.strip(), ColumnField(field.strip().lower())


def _interval(text: str) -> Interval | str:
    if text.lower() in {OFF, DEFAULT}:
        return text.lower()
    found = parse_interval(text)
    if found is None:
        raise argparse.ArgumentTypeError(f'"{text}" isn\'t an interval: write "6 weeks", "3 months", "off"')
    return found
