"""What can be typed after the commands of the search: `opportunity`, `interview`, `plan`, `draft`, and about companies."""

import argparse
from datetime import date
from pathlib import Path

from crm.app import ownfiles
from crm.cli.reading import add_on, add_verbs, clock, day, no_arguments
from crm.domain.attachment import AttachmentKind
from crm.domain.dates import Toward
from crm.domain.interview import Format
from crm.domain.introduction import IntroductionState
from crm.domain.opportunity import Ending, Role, Stage
from crm.domain.query import CompanyFilter
from crm.domain.watch import NoticedKind

_OPEN = tuple(stage.value for stage in Stage if stage is not Stage.CLOSED)
_ENDINGS = tuple(ending.value.replace("_", "-") for ending in Ending)
_FILE_KINDS = tuple(kind.value.replace("_", "-") for kind in AttachmentKind)
_FORMATS = tuple(one.value for one in Format)
_ROLES = ", ".join(role.value.replace("_", "-") for role in Role)


def opportunity(parser: argparse.ArgumentParser, today: date) -> None:
    """Describe `keepwarm opportunity`."""
    add_verbs(
        parser,
        today,
        {
            "add": ("Add a role you want", _add),
            "move": ("Move it to a stage", _move),
            "close": ("Say how it ended", _close),
            "list": ("List opportunities", _list),
            "show": ("Show one with its history", _which),
            "attach": ("Keep a file with it: the résumé you sent", _attach),
            "files": ("List its files", _which),
            "rename-file": ("Rename a file, or say what it is", _rename_file),
            "save-file": ("Save a copy of a file", _save_file),
            "detach": ("Remove a file", _which_file),
            "again": ("Say from when you may apply there again", _again),
            "radar": ("List where you may soon apply again after a no", no_arguments),
            "check-in": ("Plan to talk to someone first where you may apply again", _which),
            "perspective": ("Say what became of your applications", no_arguments),
        },
    )


def interview(parser: argparse.ArgumentParser, today: date) -> None:
    """Describe `keepwarm interview`."""
    add_verbs(parser, today, {"add": ("Add a round to an opportunity", _round)})


def introduction(parser: argparse.ArgumentParser, today: date) -> None:
    """Describe `keepwarm introduction`."""
    verbs = {
        state.value: (f"Say that it is {state.value}", _which_introduction) for state in IntroductionState
    }
    add_verbs(parser, today, {"ask": ("Ask somebody to introduce you", _ask), **verbs})


def companies(parser: argparse.ArgumentParser, _today: date) -> None:
    """Describe `keepwarm companies`."""
    parser.add_argument("text", nargs="?", default="", metavar="TEXT", help="only those that match")
    parser.add_argument(
        "--show",
        choices=[show.value.replace("_", "-") for show in CompanyFilter],
        default=CompanyFilter.ALL.value,
        help="target: those you want to work at; empty: where you know nobody now; target-empty: both",
    )


def noticed(parser: argparse.ArgumentParser, today: date) -> None:
    """Describe `keepwarm noticed`."""
    parser.add_argument("company", nargs="?", default="", metavar="COMPANY")
    parser.add_argument(
        "text", nargs="*", metavar="TEXT", help="what it was; a web address in it is where to read it"
    )
    kinds = [kind.value for kind in NoticedKind]
    parser.add_argument("--kind", choices=kinds, default=NoticedKind.NEWS.value)
    parser.add_argument("--link", default="", metavar="ADDRESS", help="where to read it")
    parser.add_argument("--on", type=day(today, Toward.PAST), metavar="DATE", help="default: today")
    parser.add_argument(
        "--engage", type=day(today, Toward.FUTURE), metavar="DATE", help="make a step to take it up by then"
    )
    parser.add_argument("--with", dest="with_", default="", metavar="ID|NAME", help="with whom to take it up")
    acts = parser.add_mutually_exclusive_group()
    acts.add_argument("--pursue", type=int, metavar="ID", help="make an opportunity of an opening")
    acts.add_argument("--delete", type=int, metavar="ID", help="remove a note")


def plan(parser: argparse.ArgumentParser, today: date) -> None:
    """Describe `keepwarm plan VERB`; without a verb the command is about check-ins."""
    add_verbs(
        parser,
        today,
        {
            "show": ("Show the steps of an opportunity, or all that come due", _steps),
            "start": ("Start a plan; --dry-run only shows it", _start),
            "done": ("Call a step done", _step),
            "skip": ("Let a step go", _step),
        },
        required=False,
    )


def draft(parser: argparse.ArgumentParser, _today: date) -> None:
    """Describe `keepwarm draft`."""
    parser.add_argument("purpose", metavar="PURPOSE", help="thank-you, ask-feedback, check-in and others")
    parser.add_argument("person", metavar="ID|NAME")
    parser.add_argument(
        "--tone", default="", metavar="TONE", help="warm or short; default: the first there is"
    )
    parser.add_argument(
        "--say", default="", metavar="TEXT", help="what only you can say: one thing you enjoyed"
    )
    parser.add_argument(
        "--question", action="append", metavar="TEXT", help="ask this instead of what fits the round"
    )
    parser.add_argument("--opportunity", default="", metavar="ID|TITLE", help="default: the latest you share")


def _which(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument("opportunity", metavar="ID|TITLE")


def _add(parser: argparse.ArgumentParser, today: date) -> None:
    parser.add_argument("title", metavar="TITLE")
    parser.add_argument("company", metavar="COMPANY")
    parser.add_argument("--stage", choices=_OPEN, default=Stage.SAVED.value, help="default: saved")
    add_on(parser, today)
    parser.add_argument("--link", default="", metavar="ADDRESS")
    parser.add_argument("--source", default="", metavar="TEXT", help="where you found it")
    parser.add_argument("--salary", default="", metavar="TEXT")
    parser.add_argument("--deadline", type=day(today, Toward.FUTURE), metavar="DATE")
    parser.add_argument("--note", default="", metavar="TEXT")
    parser.add_argument(
        "--person",
        dest="people",
        type=_role,
        action="append",
        default=[],
        metavar="ID|NAME=ROLE",
        help=_ROLES,
    )


def _move(parser: argparse.ArgumentParser, today: date) -> None:
    _which(parser, today)
    parser.add_argument("stage", choices=_OPEN, metavar="STAGE", help=", ".join(_OPEN))
    add_on(parser, today)


def _close(parser: argparse.ArgumentParser, today: date) -> None:
    _which(parser, today)
    parser.add_argument("ending", choices=_ENDINGS, metavar="ENDING", help=", ".join(_ENDINGS))
    add_on(parser, today)


def _attach(parser: argparse.ArgumentParser, today: date) -> None:
    _which(parser, today)
    parser.add_argument("file", type=Path, metavar="FILE")
    _file_kind(parser)
    parser.add_argument("--round", type=int, metavar="N", help="about round N")


def _rename_file(parser: argparse.ArgumentParser, today: date) -> None:
    _which_file(parser, today)
    parser.add_argument("name", nargs="?", default="", metavar="NAME")
    _file_kind(parser)


def _save_file(parser: argparse.ArgumentParser, today: date) -> None:
    _which_file(parser, today)
    parser.add_argument("to", type=Path, metavar="PATH", help="a file, or a folder to put it in")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def _which_file(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument("attachment", type=int, metavar="NUMBER", help="its number, as “files” lists it")


def _file_kind(parser: argparse.ArgumentParser) -> None:
    kinds = ", ".join(_FILE_KINDS)
    parser.add_argument(
        "--as",
        dest="kind",
        choices=_FILE_KINDS,
        default="",
        metavar="KIND",
        help=f"{kinds}; default: by its name",
    )


def _again(parser: argparse.ArgumentParser, today: date) -> None:
    _which(parser, today)
    parser.add_argument(
        "on",
        type=day(today, Toward.FUTURE),
        nargs="?",
        metavar="DATE",
        help="default: six months after it closed",
    )


def _list(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument("words", nargs="*", metavar="WORD", help="of title, company, source or a name")
    parser.add_argument("--all", action="store_true", help="closed ones too")
    parser.add_argument(
        "--no-next-step", dest="idle", action="store_true", help="only where nothing is planned"
    )


def _round(parser: argparse.ArgumentParser, today: date) -> None:
    _which(parser, today)
    parser.add_argument("on", type=day(today, Toward.FUTURE), metavar="DATE")
    clock_help = "14:30 or 3pm, where you are; left out while the hour is open"
    parser.add_argument("clock", type=clock, nargs="?", metavar="TIME", help=clock_help)
    parser.add_argument("--at", type=clock, metavar="TIME", help="the same")
    parser.add_argument("--minutes", type=int, default=60, metavar="N", help="default: 60")
    parser.add_argument("--format", choices=_FORMATS, default=Format.VIDEO.value, help="default: video")
    parser.add_argument("--name", default="", metavar="TEXT", help="“Panel with the team”")
    parser.add_argument("--note", default="", metavar="TEXT", help="what to prepare")
    parser.add_argument(
        "--with", dest="people", action="append", default=[], metavar="ID|NAME", help="who holds it"
    )


def _steps(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument("opportunity", nargs="?", default="", metavar="ID|TITLE")


def _start(parser: argparse.ArgumentParser, today: date) -> None:
    parser.add_argument("plan", metavar="PLAN", help=", ".join(ownfiles.names("plans")).replace("%", "%%"))
    parser.add_argument(
        "subject",
        nargs="?",
        default="",
        metavar="ID|TITLE",
        help="the opportunity, round or person; for a round, its number or the opportunity",
    )
    parser.add_argument("--on", type=day(today, Toward.PAST), metavar="DATE", help="the day it counts from")
    parser.add_argument("--dry-run", action="store_true", help="say what would be planned, change nothing")


def _step(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument("step", type=int, metavar="STEP", help="its number, as “plan show” lists it")


def _role(text: str) -> tuple[str, Role]:
    """Read "Ada Lovelace=recruiter"."""
    who, _, role = text.rpartition("=")
    named = role.strip().replace("-", "_")
    if not who.strip() or named not in {one.value for one in Role}:
        raise argparse.ArgumentTypeError(f'"{text}" isn\'t NAME=ROLE; roles are {_ROLES}')
    return who.strip(), Role(named)


def _ask(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument("company", metavar="COMPANY", help="where to")
    parser.add_argument("connector", metavar="ID|NAME", help="whom to ask")
    parser.add_argument("--to", default="", metavar="ID|NAME", help="to whom, if you know")
    parser.add_argument("--note", default="", metavar="TEXT")


def _which_introduction(parser: argparse.ArgumentParser, _today: date) -> None:
    parser.add_argument("id", type=int, metavar="ID", help="its number, as ways-in lists it")
