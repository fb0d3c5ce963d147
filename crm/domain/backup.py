"""Copies of a book and what is found when one is looked over, as values."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class Reason(StrEnum):
    """Why a backup was made; those that nobody asked for are thinned out as they age."""

    DAILY = "daily"
    IMPORT = "import"
    MIGRATION = "migration"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a book holds."""

    people: int = 0
    companies: int = 0
    touches: int = 0


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a book. `sequence` orders them, whatever the clock said; 0 for a file outside the folder of backups."""

    path: Path
    made_at: datetime
    verified: bool  # it is, byte for byte, what was checked when it was made
    people: int
    companies: int
    touches: int
    size: int
    schema: int
    reason: Reason
    sequence: int = 0
    marker: str = ""  # equal markers: the book didn't change in between


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup took the book's place; `before` is the folder that keeps what was there, None when nothing was."""

    book: Path
    backup: Backup
    before: Path | None


class FindingKind(StrEnum):
    """What a look over a book can find. Up to SEARCH it is damage; from there on it can be made again."""

    UNREADABLE = "unreadable"  # not a database at all, or cut off
    STRUCTURE = "structure"  # pages or indexes contradict each other
    REFERENCE = "reference"  # a row points to one that isn't there
    JOURNAL = "journal"  # a step of history that can't be taken back
    SEARCH = "search"  # the search index is broken
    SEARCH_STALE = "search_stale"  # the search index doesn't know the rows as they are
    DERIVED = "derived"  # a computed column isn't what it computes to


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: in which table, how many times, and SQLite's own words where there are any."""

    kind: FindingKind
    table: str = ""
    count: int = 1
    said: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a look over a book found. Only `damage` has lost anything; `derived` can be repaired from the rows."""

    damage: tuple[Finding, ...] = ()
    derived: tuple[Finding, ...] = ()
    counts: Counts = field(default_factory=Counts)
    repaired: bool = False

    @property
    def ok(self) -> bool:
        """Say whether nothing was found, or all of it repaired."""
        return not self.damage and (self.repaired or not self.derived)
