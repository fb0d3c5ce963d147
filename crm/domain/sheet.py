"""A sheet: words ready to be printed, shown or listed. Whoever draws it takes every text letter by letter."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; `shares` says how the width is divided, 100 in all."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Something said, and below it what is known of that: who said it, when."""

    text: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a sheet: lines under a heading, perhaps with boxes to tick, or a table."""

    title: str
    lines: tuple[Line, ...] = ()
    ticks: bool = False
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A title, what it is about, parts, and what stands at the foot of each page.

    `one_page`: made smaller, within reason, where it would run over.
    """

    title: str
    made_on: date
    lead: str = ""
    sections: tuple[Section, ...] = ()
    foot: str = ""
    one_page: bool = False
