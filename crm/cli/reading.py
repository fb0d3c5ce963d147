"""What several commands read alike: days, times, and the options that may stand behind a command."""

import argparse
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

from crm.domain.dates import Toward, parse_day


def day(today: date, toward: Toward) -> Callable[[str], date]:
    """Return what reads a day in words: "yesterday" for what was, "in 3 weeks" for what will be."""

    def read(text: str) -> date:
        found = parse_day(text, today=today, toward=toward)
        if found is None:
            raise argparse.ArgumentTypeError(
                f'"{text}" isn\'t a date: write 2026-12-01, "yesterday", "in 3 weeks"'
            )
        return found

    return read


def clock(text: str) -> time:
    """Read "14:30"."""
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f'"{text}" isn\'t a time: write 14:30') from error


def share(sub: argparse.ArgumentParser) -> None:
    """Let the shared options stand behind the command too."""
    sub.add_argument("--book", type=Path, metavar="FILE", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    sub.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
