"""What can be typed after `keepwarm event`."""

import argparse
from datetime import date

from crm.cli.reading import day, share
from crm.domain.dates import Toward
from crm.domain.event import EventStatus, EventType


def event(parser: argparse.ArgumentParser, today: date) -> None:
    """Describe `keepwarm event VERB`."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)

    def verb(name: str, help_text: str) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=help_text, description=help_text, allow_abbrev=False)
        share(made)
        return made

    adding = verb("add", "Add an event")
    adding.add_argument("name", metavar="NAME")
    _facts(adding, today)
    editing = verb("edit", "Change what is said of an event")
    _which(editing)
    _facts(editing, today)
    meeting = verb("met", "Say who was met: people are added, a touch is logged, follow-ups come in two days")
    _which(meeting)
    meeting.add_argument("names", nargs="+", metavar="NAME", help='"Ana Lima, Orbital Labs"; one each')
    meeting.add_argument("--no-follow-up", action="store_true", help="no steps to follow up")
    _which(verb("show", "Show one with what came of it"))
    _which(verb("delete", "Remove an event; people and touches stay"))


def _which(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("which", metavar="ID|NAME")


def _facts(parser: argparse.ArgumentParser, today: date) -> None:
    parser.add_argument("--kind", choices=[one.value for one in EventType])
    parser.add_argument("--on", type=day(today, Toward.FUTURE), metavar="DATE")
    parser.add_argument("--place", metavar="TEXT")
    parser.add_argument("--link", metavar="ADDRESS")
    parser.add_argument("--goal", metavar="TEXT", help="what you want of it")
    parser.add_argument("--status", choices=[one.value for one in EventStatus])
    parser.add_argument("--notes", metavar="TEXT")
    parser.add_argument("--outcome", metavar="TEXT", help="what came of it")
    parser.add_argument("--expect", action="append", default=[], metavar="ID|NAME", help="who may be there")
