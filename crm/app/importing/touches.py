"""Touches that files bring, and whom each was with: by the LinkedIn profile; by name only within one import."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from crm.domain.card import TouchCard
from crm.domain.folding import fold

_Who = TypeVar("_Who", bound=Hashable)


@dataclass(frozen=True, slots=True)
class TouchMatches(Generic[_Who]):
    """What becomes of the touches read: `new` ones and with whom, and how many are `known` or with `strangers`."""

    new: tuple[tuple[TouchCard, _Who], ...] = ()
    known: int = 0
    strangers: int = 0

    @property
    def read(self) -> int:
        """Return how many there are."""
        return len(self.new) + self.known + self.strangers


def match_touches(
    touches: Iterable[TouchCard],
    by_linkedin: Mapping[str, _Who],
    names: Iterable[tuple[str, _Who]],
    known: Collection[str],
    *,
    today: date,
) -> TouchMatches[_Who]:
    """Find whom each touch was with. A touch that is still to come is left with the strangers: its clock is wrong.

    `names` are those of LinkedIn's own records of this import: where a file has no profile, a name that only one of
    them carries is theirs. Anybody else's namesake isn't guessed at.
    """
    by_name: dict[str, _Who | None] = {}
    for name, who in names:
        key = fold(name)
        by_name[key] = who if by_name.get(key, who) == who else None
    new: dict[str, tuple[TouchCard, _Who]] = {}
    already = strangers = 0
    for touch in touches:
        found = by_linkedin.get(touch.linkedin) if touch.linkedin else by_name.get(fold(touch.name))
        if touch.key in known or touch.key in new:
            already += 1
        elif found is None or touch.on > today:
            strangers += 1
        else:
            new[touch.key] = (touch, found)
    return TouchMatches(tuple(new.values()), already, strangers)
