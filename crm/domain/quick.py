"""A sentence read against a book: who may be meant, and what will be done once that is settled."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from crm.domain.cadence import Interval
from crm.domain.person import PersonId
from crm.domain.touch import Direction, TouchDraft, TouchKind


class Day(NamedTuple):
    """A day said in words; `other` is what "3/4" may mean instead, until somebody says which."""

    on: date
    other: date | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """A name as it was typed and the people it may mean: none is unknown, several are to choose from.

    `new`: somebody of that name is to be added.
    """

    said: str
    candidates: tuple[tuple[PersonId, str], ...] = ()
    new: bool = False

    @property
    def person(self) -> PersonId | None:
        """The one person meant, None while that isn't settled."""
        return self.candidates[0][0] if len(self.candidates) == 1 else None

    @property
    def settled(self) -> bool:
        """Whether it is known who is meant."""
        return self.new or self.person is not None


@dataclass(frozen=True, slots=True)
class QuickReading:
    """What a sentence was understood as; every part can be corrected before it is logged."""

    who: tuple[Who, ...]
    kind: TouchKind
    on: Day
    note: str = ""
    next_on: Day | None = None
    every: Interval | None = None
    never: bool = False
    direction: Direction | None = None

    @property
    def settled(self) -> bool:
        """Whether everybody named is known and each day is one day."""
        days = (self.on, self.next_on)
        return (
            bool(self.who)
            and all(one.settled for one in self.who)
            and all(day is None or day.other is None for day in days)
        )

    def touch(self, people: tuple[PersonId, ...]) -> TouchDraft:
        """Return the touch with these people."""
        return TouchDraft(people, self.kind, self.on.on, self.note, self.direction)
