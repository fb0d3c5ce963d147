"""A touch: a dated contact that happened. Which kinds count, and for what."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from crm.domain.person import PersonId

TouchId = NewType("TouchId", int)


class TouchKind(StrEnum):
    """How two people were in contact. NOTE is written on the timeline but is no touch."""

    CALL = "call"
    EMAIL = "email"
    MESSAGE = "message"
    MEETING = "meeting"
    COFFEE = "coffee"
    EVENT = "event"
    COMMENT = "comment"
    LETTER = "letter"
    OTHER = "other"
    NOTE = "note"


class Direction(StrEnum):
    """Who reached out: the user, the other side, or both at once."""

    SENT = "sent"
    HEARD = "heard"
    TOGETHER = "together"


# A comment on a post is a light touch: it counts for warmth, not for the cadence (PRODUCT.md, "Touch").
LIGHT_KINDS = frozenset({TouchKind.COMMENT})
UNCOUNTED_KINDS = frozenset({TouchKind.NOTE})
COUNTING_KINDS = frozenset(TouchKind) - LIGHT_KINDS - UNCOUNTED_KINDS
# What one writes to somebody: sent, it is a message of the search.
WRITTEN_KINDS = (TouchKind.EMAIL, TouchKind.MESSAGE, TouchKind.LETTER)
_TOGETHER = frozenset({TouchKind.CALL, TouchKind.MEETING, TouchKind.COFFEE, TouchKind.EVENT})


@dataclass(frozen=True, slots=True)
class TouchDraft:
    """A touch to log. `people` are all who took part besides the user; at least one. `direction` None: as is usual."""

    people: tuple[PersonId, ...]
    kind: TouchKind
    on: date
    note: str = ""
    direction: Direction | None = None


def usual_direction(kind: TouchKind) -> Direction:
    """Return the direction to assume: together for calls and meetings, sent for the rest."""
    return Direction.TOGETHER if kind in _TOGETHER else Direction.SENT


@dataclass(frozen=True, slots=True)
class TouchRow:
    """One entry of a timeline. `people` are (id, name) of all who took part."""

    id: TouchId
    kind: TouchKind
    direction: Direction
    on: date
    note: str = ""
    people: tuple[tuple[PersonId, str], ...] = ()
