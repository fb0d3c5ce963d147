"""A way into a calendar program, and what every program's own file needs: where to look, what to read."""

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import icalendar

_STEP_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Where:
    """What programs are given: a folder for their own files, a PATH to be found on, and what Keepwarm writes.

    `whole` and `changes` are the files saved by hand, `kept` the one that is kept up to date, `address` the subscription.
    """

    home: Path
    path: str
    whole: Path
    changes: Path
    kept: Path
    address: str


@dataclass(frozen=True, slots=True)
class Route:
    """A way into a program: `send` what is new, then `held` is what the program has.

    `known` says why it may differ: what the program does by design, that no file of ours can change. `patience` are the
    seconds it may take until what was sent is there.
    """

    name: str
    send: Callable[[], object]
    held: Callable[[], list[icalendar.Event]]
    known: str = ""
    patience: float = 0


def skipped(program: str, how: str) -> None:
    """Say that a program isn't here, and how to get it."""
    sys.stdout.write(f"{program:<28} skipped: not installed ({how})\n")


def events(data: bytes) -> list[icalendar.Event]:
    """Return the events of a calendar, or the one of an event alone."""
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def await_file(path: Path, seconds: float) -> str:
    """Return what another program writes to a file, as soon as it is there."""
    pause = threading.Event()
    for _ in range(int(seconds / _STEP_SECONDS)):
        if path.exists() and (said := path.read_text().strip()):
            return said
        pause.wait(_STEP_SECONDS)
    raise RuntimeError(f"{path.name} never came")
