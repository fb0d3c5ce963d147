"""What can be typed after `keepwarm caldav`."""

import argparse
from datetime import date

from crm.app.passwords import VARIABLE
from crm.cli.reading import share
from crm.domain.caldav import Answer
from crm.domain.calendar import EXPORTED
from crm.domain.touch import TouchKind


def caldav(parser: argparse.ArgumentParser, _today: date) -> None:
    """Describe `keepwarm caldav VERB`. A password is never among what is typed here: other users could see it."""
    parser.epilog = (
        f"The password is asked for, read with --stdin, or taken from {VARIABLE}; never typed in the command."
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)

    def verb(name: str, help_text: str) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=help_text, description=help_text, allow_abbrev=False)
        share(made)
        return made

    _connect(verb("connect", "Connect a calendar on a server, or change what goes to it"))
    _stdin(verb("push", "Tell the calendar what changed, and look what was changed there"))
    verb("status", "Say what is connected and what the next push has to tell")
    verb("offers", "List what was changed in the calendar and waits for an answer")
    answering = verb("answer", "Say what follows from a change in the calendar")
    answering.add_argument("offer", metavar="ID", help="as `keepwarm caldav offers` lists it")
    answering.add_argument("answer", choices=[one.value for one in Answer])
    answering.add_argument(
        "--kind", choices=[one.value for one in TouchKind], default=TouchKind.OTHER.value, help="of the touch"
    )
    reading = verb("meetings", "Bring meetings in from the account’s other calendars")
    reading.add_argument(
        "--calendar", action="append", metavar="NAME", help="read this one (default: those of the last time)"
    )
    reading.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    _stdin(reading)
    leaving = verb("disconnect", "Connect no calendar any more")
    which = leaving.add_mutually_exclusive_group(required=True)
    which.add_argument("--keep", action="store_true", help="leave the events in the calendar")
    which.add_argument("--remove", action="store_true", help="take the events out of the calendar first")
    _stdin(leaving)


def _connect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("server", metavar="ADDRESS", help="https://cloud.example.org, caldav.icloud.com, …")
    parser.add_argument("--user", required=True, metavar="NAME")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--calendar", metavar="NAME", help="a calendar that is there")
    which.add_argument("--new", metavar="NAME", help="make one (default: “Keepwarm”, if there is none yet)")
    parser.add_argument(
        "--only", action="append", choices=[kind.value for kind in EXPORTED], help="leave the other kinds out"
    )
    parser.add_argument(
        "--alarm", type=int, action="append", metavar="MINUTES", help="before the start (default: yours)"
    )
    parser.add_argument("--titles-only", action="store_true", help="no notes, phones or e-mails")
    _stdin(parser)


def _stdin(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--stdin", action="store_true", help="read the password from standard input")
