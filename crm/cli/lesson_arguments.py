"""What can be typed after what is learned and counted: `lessons`, `feedback`, `practice`, `brief`, `report`, `goals`."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from crm.cli.reading import add_on, add_verbs, day, no_arguments
from crm.domain.dates import Toward
from crm.domain.daywords import ENGLISH
from crm.domain.goal import COUNTED
from crm.domain.report import Effort, Span

_SPANS = tuple(span.value.replace("_", "-") for span in Span)
_EFFORTS = tuple(effort.value for effort in Effort)
_COUNTED = tuple(effort.value for effort in COUNTED)


def lessons(parser: argparse.ArgumentParser, today: date) -> None:
    """Describe `keepwarm lessons`; without a verb it lists them."""
    add_verbs(
        parser,
        today,
        {
            "list": ("List lessons by theme", no_arguments),
            "add": ("Keep a lesson", _lesson),
            "used": ("Say that a lesson was of use", _which_lesson),
            "pass": ("Say that a lesson wasn’t relevant", _which_lesson),
        },
        required=False,
    )


def feedback(parser: argparse.ArgumentParser, today: date) -> None:
    """Describe `keepwarm feedback`."""
    parser.add_argument("opportunity", metavar="ID|TITLE")
    parser.add_argument("text", metavar="TEXT", help="what they said")
    parser.add_argument("--person", default="", metavar="ID|NAME", help="who said it")
    parser.add_argument(
        "--lesson", action="append", metavar="TEXT", help="what it taught you; may be given again"
    )
    parser.add_argument("--tag", action="append", metavar="TAG", help="what the lessons are about")
    add_on(parser, today)


def practice(parser: argparse.ArgumentParser, today: date) -> None:
    """Describe `keepwarm practice`."""
    parser.add_argument("topic", nargs="?", default="", metavar="TOPIC")
    parser.add_argument("--person", default="", metavar="ID|NAME", help="with whom")
    parser.add_argument("--went", type=int, metavar="1-5")
    parser.add_argument("--note", default="", metavar="TEXT")
    add_on(parser, today)


def goals(parser: argparse.ArgumentParser, _today: date) -> None:
    """Describe `keepwarm goals`; without a goal it says how the week stands."""
    parser.add_argument("what", nargs="?", choices=_COUNTED, metavar="WHAT", help=", ".join(_COUNTED))
    parser.add_argument(
        "number",
        nargs="?",
        type=int,
        default=1,
        metavar="N",
        help="how many a week, 0 for no goal; default: 1",
    )
    parser.add_argument(
        "--week-starts", type=_weekday, metavar="DAY", help="monday, sunday, …; default: as it is set"
    )


def brief(parser: argparse.ArgumentParser, _today: date) -> None:
    """Describe `keepwarm brief`."""
    parser.add_argument(
        "opportunity", nargs="?", default="", metavar="ID|TITLE", help="default: the next round of all"
    )
    _files(parser)


def report(parser: argparse.ArgumentParser, today: date) -> None:
    """Describe `keepwarm report`."""
    parser.add_argument(
        "first", type=_span_or_day(today), metavar="FROM", help=f"a day, or {', '.join(_SPANS)}"
    )
    parser.add_argument(
        "until", type=day(today, Toward.PAST), nargs="?", metavar="UNTIL", help="default: today"
    )
    parser.add_argument(
        "--only", choices=_EFFORTS, action="append", metavar="WHAT",
        help=f"{', '.join(_EFFORTS)}; may be given again",
    )  # fmt: skip
    parser.add_argument("--csv", type=_file(".csv"), metavar="FILE", help="write a table for spreadsheets")
    _files(parser)


def _files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pdf", type=_file(".pdf"), metavar="FILE", help="write pages to print")
    parser.add_argument("--notes", action="store_true", help="with your private notes in the files")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def _span_or_day(today: date) -> Callable[[str], Span | date]:
    """Return what reads "last-month", "this-quarter", or else a day."""
    read_day = day(today, Toward.PAST)

    def read(text: str) -> Span | date:
        named = text.lower().replace(" ", "-")
        return Span(named.replace("-", "_")) if named in _SPANS else read_day(text)

    return read


def _weekday(text: str) -> int:
    """Read the English name of a weekday; 0 is a Monday."""
    if text.lower() not in ENGLISH.weekdays:
        raise argparse.ArgumentTypeError(f'"{text}" isn\'t a day of the week: {", ".join(ENGLISH.weekdays)}')
    return ENGLISH.weekdays.index(text.lower())


def _file(ending: str) -> Callable[[str], Path]:
    """Return what reads the name of a file that ends so."""

    def read(name: str) -> Path:
        if Path(name).suffix.lower() != ending:
            raise argparse.ArgumentTypeError(f'"{name}" doesn\'t end in {ending}')
        return Path(name)

    return read


def _lesson(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument("text", metavar="TEXT")
    parser.add_argument("--tag", action="append", metavar="TAG", help="what it is about; may be given again")
    parser.add_argument("--opportunity", default="", metavar="ID|TITLE", help="where you learned it")
    parser.add_argument("--repeat", action="store_true", help="something to repeat; without it, to change")


def _which_lesson(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument("lesson", type=int, metavar="LESSON", help="its number, as “lessons” lists it")
