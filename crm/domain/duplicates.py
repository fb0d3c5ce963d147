"""Who in the book may be the same, put together in clusters small enough to look at and merge."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from crm.domain.companynames import CompanyLikeness
from crm.domain.comparing import MOST_MERGED, FieldLine
from crm.domain.likeness import Likeness

Reasons = tuple[Likeness, ...] | tuple[CompanyLikeness, ...]


class Whose(StrEnum):
    """What duplicates are sought of."""

    PEOPLE = "person"
    COMPANIES = "company"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who may be the same; the lower id first."""

    one: int
    other: int
    score: float
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class Cluster:
    """Two to five who may all be the same, by id, with their names and the reasons of the surest two."""

    whose: Whose
    ids: tuple[int, ...]
    names: tuple[str, ...]
    reasons: Reasons
    score: float


@dataclass(frozen=True, slots=True)
class Member:
    """One of a cluster as its column shows it: `under` is what stands below the name, `holds` how many touches or people.

    `reached` is the first e-mail address or number of a person.
    """

    id: int
    name: str
    under: str = ""
    photo: str = ""
    holds: int = 0
    reached: str = ""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The members of a cluster, and field by field what each says, in their order. The first is the one to keep."""

    whose: Whose
    members: tuple[Member, ...]
    lines: tuple[FieldLine, ...]


def clusters(pairs: Iterable[Pair], alike: Callable[[int, int], bool]) -> list[tuple[tuple[int, ...], Pair]]:
    """Return groups in which everybody may be everybody else, the surest first, each with its surest pair.

    `alike` says whether two may be one. Nobody is in two groups: whoever is left over is found again once the group
    is dealt with.
    """
    groups: dict[int, list[int]] = {}
    surest: dict[int, Pair] = {}
    for pair in sorted(pairs, key=lambda one: (-one.score, one.one, one.other)):
        mine, theirs = (groups.get(id_) or [id_] for id_ in (pair.one, pair.other))
        if mine is theirs or len(mine) + len(theirs) > MOST_MERGED:
            continue
        if all(alike(a, b) for a in mine for b in theirs):
            first = min(surest.get(mine[0], pair), surest.get(theirs[0], pair), key=lambda one: -one.score)
            joined = sorted(mine + theirs)
            groups.update(dict.fromkeys(joined, joined))
            surest[joined[0]] = first
    found = {id(group): group for group in groups.values()}
    together = [(tuple(group), surest[group[0]]) for group in found.values()]
    return sorted(together, key=lambda one: (-one[1].score, one[0]))
