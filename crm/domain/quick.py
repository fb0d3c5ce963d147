"""A sentence read against a book: who may be meant, and what will be done once that is settled."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

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

    `new`: somebody of that name is to be added, with `address` where it is known.
    """

    said: str
    candidates: tuple[tuple[PersonId, str], ...] = ()
    new: bool = False
    address: str = ""

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


@dataclass(frozen=True, slots=True)
class Corrections:
    """What somebody corrected of a reading; it holds while they go on typing.

    `fields` of the reading by name, whom a name that was typed means (None: nobody), who was added by hand, and a note
    that stands before what is typed.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, Who | None] = field(default_factory=dict)
    more: tuple[Who, ...] = ()
    note: str = ""

    def with_fields(self, **fields: Any) -> "Corrections":
        """Return these corrections and those of some fields."""
        return replace(self, fields={**self.fields, **fields})

    def with_name(self, said: str, who: Who | None) -> "Corrections":
        """Return these corrections and what a name means; the words of nobody's go into the note."""
        if any(one.said == said for one in self.more):
            more = (who if one.said == said else one for one in self.more)
            return replace(self, more=tuple(one for one in more if one is not None))
        return replace(self, names={**self.names, said: who})

    def with_more(self, who: Who) -> "Corrections":
        """Return these corrections and one more person."""
        return replace(self, more=(*self.more, who))


def starting_from(reading: QuickReading) -> Corrections:
    """Return a reading of something that wasn't typed, a letter say, as corrections of whatever will be."""
    fields = {"kind": reading.kind, "on": reading.on, "direction": reading.direction}
    return Corrections(fields, more=reading.who, note=reading.note)


def correct(reading: QuickReading, corrections: Corrections) -> QuickReading:
    """Return a reading as it was corrected. Somebody who is meant twice takes part once."""
    meant = [(one.said, corrections.names.get(one.said, one)) for one in reading.who]
    nobody = ", ".join(said for said, who in meant if who is None)
    found: dict[object, Who] = {}
    for who in (*(who for _, who in meant if who is not None), *corrections.more):
        found.setdefault(who.person or who.said, who)
    note = "\n".join(part for part in (nobody, corrections.note, reading.note) if part)
    return replace(reading, who=tuple(found.values()), note=note, **corrections.fields)
