"""Printing: an answer as text for people or as one JSON document for programs; errors and hints on stderr."""

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, TextIO

from crm.domain.sheet import Sheet

_MOST = 48
_CONTROL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet that the user wants as a PDF, and where; `replace` a file that is there."""

    sheet: Sheet
    path: Path
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found or did: `document` for programs, `lines` for people, `paper` to be written before either.

    `good` False means exit code 1.
    """

    document: Any
    lines: tuple[str, ...] = ()
    good: bool = field(default=True)
    paper: Paper | None = None


def print_answer(answer: Answer, *, as_json: bool) -> None:
    """Print an answer on stdout."""
    if as_json:
        _print(json.dumps(answer.document, ensure_ascii=False, indent=2, default=_plain), sys.stdout)
        return
    for line in answer.lines:
        _print(line, sys.stdout)


def print_error(line: str) -> None:
    """Print one line on stderr."""
    _print(f"keepwarm: {plain_line(line)}", sys.stderr)


def print_hint(line: str) -> None:
    """Print a remark on stderr, where it can't get into a program's input."""
    _print(line, sys.stderr)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return aligned lines free of control characters.

    In a terminal, cells are cut at 48 characters, but for those of the last column; what is piped on is whole.
    """
    cells = [tuple(headings), *((*(_cell(value) for value in row[:-1]), plain_line(row[-1])) for row in rows)]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(headings))]
    return tuple(
        "  ".join(
            value + " " * (width - _width(value)) for value, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in cells
    )


def plain_line(text: str) -> str:
    """Return `text` as one line without control characters, which could command a terminal."""
    spaced = " ".join(text.split())
    return "".join(c for c in spaced if unicodedata.category(c) not in _CONTROL)


def plain_text(text: str) -> tuple[str, ...]:
    """Return the lines of `text`, each plain."""
    return tuple(plain_line(line) for line in text.splitlines())


def _cell(text: str) -> str:
    line = plain_line(text)
    return line if len(line) <= _MOST or not _in_terminal() else line[: _MOST - 1] + "…"


def _in_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _width(text: str) -> int:
    """Return how many columns a terminal gives the text: East Asian wide characters take two, accents none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(type(value).__name__)


def _print(line: str, stream: TextIO | None) -> None:
    """Print where there is a stream; a console that can't show a character gets its escape, never a traceback."""
    if stream is None:
        return
    encoding = stream.encoding or "utf-8"
    print(line.encode(encoding, "backslashreplace").decode(encoding), file=stream)
