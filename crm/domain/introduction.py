"""Ways into a company, best first, and introductions on their way (PRODUCT.md, "Best way in")."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NewType

from crm.domain.company import CompanyId
from crm.domain.person import PersonId
from crm.domain.warmth import Level

IntroductionId = NewType("IntroductionId", int)

ASKED_LATELY = timedelta(days=30)


class WayKind(StrEnum):
    """How somebody leads to a company, the most direct first."""

    HERE = "here"
    LEFT = "left"
    INTRODUCED = "introduced"  # they introduced the user to somebody who is or was there
    KNOWS = "knows"  # they know somebody there: introduced by them, or met together


_DIRECTNESS = {kind: place for place, kind in enumerate(WayKind)}
_WARMEST_FIRST = (Level.CLOSE, Level.WARM, Level.NEW, Level.COOLING)


@dataclass(frozen=True, slots=True)
class Way:
    """One path in. `through` are (id, name) of those there whom the person leads to; `from_on` and `until_on` are when
    they were there; `at` is what the company is called there, where that is another name.
    """

    person: PersonId
    name: str
    kind: WayKind
    title: str = ""
    level: Level = Level.NEW
    answered: bool = False
    last_touch_on: date | None = None
    from_on: date | None = None
    until_on: date | None = None
    at: str = ""
    through: tuple[tuple[PersonId, str], ...] = ()
    asked_on: date | None = None

    def asked_lately(self, today: date) -> bool:
        """Say whether they were asked for an introduction, to anybody, in the last 30 days."""
        return self.asked_on is not None and self.asked_on > today - ASKED_LATELY


def best_first(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Return each person once, by their most direct way: then by warmth, by the last touch, by who answered before."""
    direct: dict[PersonId, Way] = {}
    for way in ways:
        known = direct.get(way.person)
        if known is None or _DIRECTNESS[way.kind] < _DIRECTNESS[known.kind]:
            direct[way.person] = way
    return tuple(sorted(direct.values(), key=_rank))


def _rank(way: Way) -> tuple[int, int, int, bool, str, int]:
    last = way.last_touch_on or date.min
    return (
        _DIRECTNESS[way.kind],
        _WARMEST_FIRST.index(way.level),
        -last.toordinal(),
        not way.answered,
        way.name.casefold(),
        way.person,
    )


class IntroductionState(StrEnum):
    """Where an introduction stands. The user says; nothing changes by itself."""

    ASKED = "asked"
    AGREED = "agreed"
    MADE = "made"
    DECLINED = "declined"
    LAPSED = "lapsed"


OPEN = frozenset({IntroductionState.ASKED, IntroductionState.AGREED})


@dataclass(frozen=True, slots=True)
class IntroductionDraft:
    """Whom to ask for an introduction, to whom, where. `to` is a person of the book; else `to_name` says who, or nobody yet."""

    company: CompanyId
    connector: PersonId
    to: PersonId | None = None
    to_name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Introduction:
    """An introduction asked for. `connector` and `company` are (id, name); `since_on` is when it came to its state."""

    id: IntroductionId
    draft: IntroductionDraft
    connector: str
    company: str
    to: str
    state: IntroductionState
    asked_on: date
    since_on: date


@dataclass(frozen=True, slots=True)
class WaysIn:
    """What a company page says of getting in. Nobody of `ways` is HERE: you know no one here yet.

    `similar` are (id, name) of companies whose names are a little alike: nobody there is among the ways.
    """

    ways: tuple[Way, ...] = ()
    introductions: tuple[Introduction, ...] = ()
    similar: tuple[tuple[CompanyId, str], ...] = ()

    @property
    def knows_somebody(self) -> bool:
        """Whether somebody is there now."""
        return any(way.kind is WayKind.HERE for way in self.ways)
