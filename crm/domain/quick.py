"""A sentence read against a book: who may be meant, and what will be done once that is settled."""

from dataclasses import dataclass
from datetime import date

from crm.domain.cadence import Interval
from crm.domain.person import PersonId
from crm.domain.touch import TouchDraft, TouchKind


@dataclass(frozen=True, slots=True)
class Who:
    """A name as it was typed and the people it may mean: none is unknown, several are to choose from."""

    said: str
    candidates: tuple[tuple[PersonId, str], ...] = ()

    @property
    def person(self) -> PersonId | None:
        """The one person meant, None while that isn't settled."""
        return self.candidates[0][0] if len(self.candidates) == 1 else None


@dataclass(frozen=True, slots=True)
class QuickReading:
    """What a sentence was understood as; every part can be corrected before it is logged."""

    who: tuple[Who, ...]
    kind: TouchKind
    on: date
    note: str = ""
    next_on: date | None = None
    every: Interval | None = None
    never: bool = False

    @property
    def settled(self) -> bool:
        """Whether everybody named is known."""
        return bool(self.who) and all(one.person is not None for one in self.who)

    def touch(self) -> TouchDraft:
        """Return the touch with those who are settled."""
        people = tuple(one.person for one in self.who if one.person is not None)
        return TouchDraft(people, self.kind, self.on, self.note)
