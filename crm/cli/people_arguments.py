"""What can be typed after the commands that say something of people: tag, note, date, met, field."""

import argparse
from datetime import date

from crm.cli.reading import Joined, day
from crm.domain.dates import Toward
from crm.domain.partialdates import read_partial
from crm.domain.person import PartialDate


def tag(parser: argparse.ArgumentParser, _today: date) -> None:
    """Tag people."""
    parser.add_argument("tag", metavar="TAG")
    parser.add_argument("people", nargs="+", metavar="ID|NAME", help="each name in quotes")
    parser.add_argument("--off", action="store_true", help="take the tag away")


def note(parser: argparse.ArgumentParser, _today: date) -> None:
    """Note something of a person."""
    parser.add_argument("who", metavar="ID|NAME")
    parser.add_argument("text", nargs="+", metavar="TEXT", help="added at the end of the notes; Markdown")


def dates(parser: argparse.ArgumentParser, _today: date) -> None:
    """Keep a date of a person."""
    parser.add_argument("who", metavar="ID|NAME")
    parser.add_argument("what", metavar="WHAT", help='birthday, anniversary, or a name: "work anniversary"')
    parser.add_argument(
        "on", nargs="*", action=Joined, read=_partial, metavar="DATE", help='"4 March", "4 March 1985"'
    )
    parser.add_argument("--off", action="store_true", help="forget the date")


def met(parser: argparse.ArgumentParser, today: date) -> None:
    """Say how one met a person."""
    parser.add_argument("who", metavar="ID|NAME")
    parser.add_argument("how", nargs="*", metavar="TEXT", help="how you met")
    parser.add_argument("--by", metavar="ID|NAME", help="who introduced you")
    parser.add_argument("--on", type=day(today, Toward.PAST), metavar="DATE", help="the day you met")


def field(parser: argparse.ArgumentParser, _today: date) -> None:
    """Keep something of a person under a name of one's own."""
    parser.add_argument("who", metavar="ID|NAME")
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("value", nargs="*", metavar="VALUE")
    parser.add_argument("--off", action="store_true", help="forget the field")


def _partial(text: str) -> PartialDate | None:
    if not text:
        return None
    found = read_partial(text)
    if found is None:
        raise argparse.ArgumentTypeError(f'"{text}" isn\'t a date: write "4 March", "4 March 1985"')
    return found
