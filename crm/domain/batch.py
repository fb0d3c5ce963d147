"""Imports that were made: what each brought, and what undoing one would take away, give back and leave."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from crm.domain.card import CardKind
from crm.domain.importplan import ImportCounts
from crm.domain.news import News


class BatchFate(StrEnum):
    """Whether an import can be undone: it can, it was, or nobody noted what it did (an earlier version made it)."""

    UNDOABLE = "undoable"
    UNDONE = "undone"
    UNRECORDED = "unrecorded"


class KeptBecause(StrEnum):
    """Why something that an import brought stays when the import is undone."""

    EDITED = "edited"  # the user changed it
    TOUCHED = "touched"  # a touch was logged
    IMPORTED_AGAIN = "imported_again"  # a later import brought it too
    NEEDED = "needed"  # something that stays refers to it


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One import: its counts are of records. `at` is when, in UTC; `source` the program or site, '' when unknown.

    `touches` are those it added, as long as it can be undone.
    """

    id: int
    files: tuple[str, ...]
    at: datetime
    counts: ImportCounts
    source: str
    fate: BatchFate
    undone_at: datetime | None = None
    touches: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something an import brought or changed."""

    kind: CardKind
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class PersonNews:
    """What a file said of somebody that an earlier one of the same program didn't, and when that was noticed."""

    who: Named
    news: News
    program: str
    noticed_on: date


@dataclass(frozen=True, slots=True)
class BatchCard:
    """What an import did, as far as it is still there: who and what it added, whom it added to, what had changed."""

    row: BatchRow
    people_added: tuple[Named, ...] = ()
    people_updated: tuple[Named, ...] = ()
    companies_added: tuple[Named, ...] = ()
    companies_updated: tuple[Named, ...] = ()
    news: tuple[PersonNews, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """Something an import brought that stays. `fields` are the values that do, where the rest is taken back."""

    what: Named
    why: KeptBecause
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchUndo:
    """What undoing an import comes to: what is taken away, what gets its former values back, what stays and why."""

    row: BatchRow
    people_gone: int = 0
    companies_gone: int = 0
    touches_gone: int = 0
    people_restored: int = 0
    companies_restored: int = 0
    kept: tuple[Kept, ...] = ()
