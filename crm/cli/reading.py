"""What several commands read alike: days, times, and the options that may stand behind a command."""

import argparse
import difflib
import glob
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any, NoReturn

from crm import wording
from crm.domain.comparing import Choosable
from crm.domain.dates import Toward, readings

_INVALID = re.compile(r"invalid choice: '(?P<said>.*)' \(choose from (?P<known>.*)\)", re.DOTALL)
_NO_NUMBER = re.compile(r"(?:argument (?P<of>[^:]+): )?invalid int value: '(?P<said>.*)'", re.DOTALL)
_CLOCK = re.compile(r"(?P<hour>1[0-2]|0?[1-9])(?P<minutes>:[0-5]\d)? ?(?P<half>[ap])\.?m\.?", re.IGNORECASE)
_MOST_LISTED = 20
_CALLED = dict.fromkeys(("rejected", "rejection", "no", "declined", "failed", "lost"), "not-selected") | {
    "ghosted": "no-reply", "cancelled": "filled", "won": "accepted", "hired": "accepted", "interview": "interviewing",
}  # fmt: skip
Build = Callable[[argparse.ArgumentParser, date], None]
PIPED = Path("-")  # what is piped in


class Parser(argparse.ArgumentParser):
    """Says kindly what a word was expected to be."""

    def error(self, message: str) -> NoReturn:
        """End with exit code 2 and a line that names what there is, and what was probably meant."""
        super().error(_kinder(message))


def day(today: date, toward: Toward) -> Callable[[str], date]:
    """Return what reads a day in words: "yesterday" for what was, "in 3 weeks" for what will be."""

    def read(text: str) -> date:
        found = readings(text, today=today, toward=toward)
        if not found:
            raise argparse.ArgumentTypeError(
                f'"{text}" isn\'t a date: write 2026-12-01, "yesterday", "in 3 weeks"'
            )
        if len(found) > 1:
            meant = " or ".join(wording.dated(on) for on in found)
            raise argparse.ArgumentTypeError(f'"{text}" may be {meant}: write {found[0]} or {found[1]}')
        return found[0]

    return read


def taken(text: str) -> tuple[Choosable, str]:
    """Read "title=12", a field of a merge and whose word holds in it."""
    field, equals, who = text.partition("=")
    if field not in Choosable.__members__.values() or not (equals and who.strip()):
        raise argparse.ArgumentTypeError(
            f'"{text}" isn\'t a field and whose word holds in it: write title=12 or "name=Ana Lima"'
        )
    return Choosable(field), who.strip()


class Joined(argparse.Action):
    """One value in several words, quoted or not: `today --on in 3 weeks`. `read` reads it."""

    def __init__(self, *args: Any, read: Callable[[str], object] = str, **options: Any) -> None:
        super().__init__(*args, **options)
        self._read = read

    def __call__(self, _parser: Any, namespace: argparse.Namespace, values: Any, _option: Any = None) -> None:
        """Keep the words as one value."""
        setattr(namespace, self.dest, self._value(values))

    def _value(self, words: Sequence[str]) -> object:
        try:
            return self._read(" ".join(words))
        except argparse.ArgumentTypeError as error:
            raise argparse.ArgumentError(self, str(error)) from None


class Files(argparse.Action):
    """Files to read; "*.vcf" is expanded where the shell didn't. `PIPED` stands alone."""

    def __call__(self, _parser: Any, namespace: argparse.Namespace, values: Any, _option: Any = None) -> None:
        """Keep the files in their order."""
        found = tuple(file for name in values for file in expanded(name))
        if PIPED in found and len(found) > 1:
            raise argparse.ArgumentError(self, "“-” reads what is piped in: give it alone")
        setattr(namespace, self.dest, found)


def expanded(name: str) -> tuple[Path, ...]:
    """Return the files that a name with "*" or "?" fits, for any other name that file."""
    path = Path(name)
    if path.exists() or not glob.has_magic(name):
        return (path,)
    return tuple(map(Path, sorted(glob.glob(name)))) or (path,)  # noqa: PTH207 - the name may be absolute


class NameAndValue(Joined):
    """A name and a value behind it, quoted or not: `every Ana Lima 6 weeks`. The name is kept as `who`."""

    def __call__(self, _parser: Any, namespace: argparse.Namespace, values: Any, _option: Any = None) -> None:
        """Keep the longest value that stands at the end, and the words before it as the name."""
        namespace.who, words = values[0], values[1:]
        while len(words) > 1:
            try:
                setattr(namespace, self.dest, self._value(words))
            except argparse.ArgumentError:
                namespace.who, words = f"{namespace.who} {words[0]}", words[1:]
            else:
                return
        if words or self.default is None:
            setattr(namespace, self.dest, self._value(words))


def clock(text: str) -> time:
    """Read "14:30", "10am" or "3:15 pm"."""
    if found := _CLOCK.fullmatch(text.strip()):
        afternoon = found["half"].lower() == "p"
        return time(int(found["hour"]) % 12 + 12 * afternoon, int((found["minutes"] or ":0")[1:]))
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f'"{text}" isn\'t a time: write 14:30 or 3pm') from error


def share(sub: argparse.ArgumentParser) -> None:
    """Let the shared options stand behind the command too."""
    sub.add_argument("--book", type=Path, metavar="FILE", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    sub.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _kinder(message: str) -> str:
    if number := _NO_NUMBER.search(message):
        return f'"{number["said"]}" isn\'t a whole number; {number["of"] or "there"} takes one like 3.'
    found = _INVALID.search(message)
    if found is None:
        return message
    said = found["said"]
    known = [word.strip("' ") for word in found["known"].split(",")]
    called = _CALLED.get(said.casefold(), "")
    near = [called] if called in known else difflib.get_close_matches(said, known, 1)
    meant = f"; did you mean {near[0]}?" if near else "."
    few = len(known) <= _MOST_LISTED
    return f'"{said}" isn\'t known here{meant} ' + (
        f"There are {', '.join(known)}." if few else "--help lists what there is."
    )


def add_verbs(
    parser: argparse.ArgumentParser,
    today: date,
    known: Mapping[str, tuple[str, Build]],
    *,
    required: bool = True,
) -> None:
    """Let a command take a verb: `known` has each one's help and what may stand behind it."""
    made = parser.add_subparsers(dest="verb", metavar="VERB", required=required)
    for name, (help_text, build) in known.items():
        sub = made.add_parser(name, help=help_text, description=help_text, allow_abbrev=False)
        share(sub)
        build(sub, today)


def add_on(parser: argparse.ArgumentParser, today: date) -> None:
    """Let a command take the day on which something was."""
    parser.add_argument("--on", type=day(today, Toward.PAST), metavar="DATE", help="default: today")


def no_arguments(_parser: argparse.ArgumentParser, _today: date) -> None:
    """Let nothing stand behind a verb."""
