"""A calendar file that Keepwarm keeps up to date, for calendars that look at it again and again."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from crm.domain.calendar import USUAL, Detail, EventKind
from crm.domain.company import CompanyId
from crm.errors import KeepwarmError

FeedId = NewType("FeedId", int)


class Scope(StrEnum):
    """Whose check-ins a calendar holds."""

    EVERYONE = "everyone"
    COMPANY = "company"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class FeedDraft:
    """What a kept file holds and where it is. `days` is how far ahead it looks, None without end.

    `alarms` are minutes before the start, none for a calendar that is looked at but doesn't ring.
    """

    name: str
    path: str
    scope: Scope = Scope.EVERYONE
    company_id: CompanyId | None = None
    tag: str = ""
    days: int | None = None
    alarms: tuple[int, ...] = (0,)
    detail: Detail = Detail.FULL
    kinds: tuple[EventKind, ...] = USUAL


@dataclass(frozen=True, slots=True)
class Feed:
    """A kept file as the book has it."""

    id: FeedId
    draft: FeedDraft


@dataclass(frozen=True, slots=True)
class FeedState:
    """A kept file after it was looked at: how many events it holds, whether it was written, or why it can't be."""

    feed: Feed
    events: int = 0
    written: bool = False
    error: KeepwarmError | None = None
