"""Who in the book may be the same: found, shown side by side, kept apart. Merging is `people.merge`, `companies.merge`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Protocol, TypeVar

from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.changes import Op
from crm.domain.companylikeness import CompanyIndex
from crm.domain.comparing import MOST_MERGED, compare_companies, compare_people
from crm.domain.duplicates import Cluster, Member, Pair, Reasons, SideBySide, Whose, clusters
from crm.domain.likeness import LikenessIndex
from crm.errors import NotFound
from crm.store import duplicates as store
from crm.store import importing as profiles
from crm.store import likeness

_STEP = 256  # people between two looks at whether the user cancelled

_Traits = TypeVar("_Traits")


class _Alike(Protocol):
    """What the indexes of people and of companies find."""

    @property
    def target(self) -> int: ...
    @property
    def score(self) -> float: ...
    @property
    def reasons(self) -> Reasons: ...


def find(book: Book, whose: Whose, progress: Progress) -> tuple[Cluster, ...]:
    """Return who may be the same, the surest first; those said not to be aren't. Raises `Cancelled`."""
    return _people(book, progress) if whose is Whose.PEOPLE else _companies(book, progress)


def members(book: Book, whose: Whose, ids: Sequence[int]) -> dict[int, Member]:
    """Return those of these people, or companies, that exist, by their ids."""
    with book.read() as session:
        found = (store.members(session, whose, ids[at : at + _STEP]) for at in range(0, len(ids), _STEP))
        return {one.id: one for some in found for one in some}


def compare(book: Book, whose: Whose, ids: Iterable[int]) -> SideBySide:
    """Return people, or companies, side by side; whom the most is known of comes first. Raises `NotFound`.

    At most five are taken: no more can be merged at once.
    """
    wanted = list(dict.fromkeys(ids))[:MOST_MERGED]
    with book.read() as session:
        members = {one.id: one for one in store.members(session, whose, wanted)}
        missing = next((id_ for id_ in wanted if id_ not in members), None)
        if missing is not None:
            raise NotFound(whose.value, missing)
        order = sorted(wanted, key=lambda id_: (-members[id_].holds, wanted.index(id_)))
        if whose is Whose.PEOPLE:
            people = profiles.people(session, order)
            lines = compare_people([people[id_] for id_ in order])
        else:
            companies = profiles.companies(session, order)
            lines = compare_companies([companies[id_] for id_ in order])
    return SideBySide(whose, tuple(members[id_] for id_ in order), lines)


def set_apart(book: Book, whose: Whose, ids: Sequence[int]) -> None:
    """Remember that none of these is another: they aren't found together again."""
    with book.read() as session:
        names = {one.id: one.name for one in store.members(session, whose, ids)}
    known = [id_ for id_ in ids if id_ in names]
    subject = names[known[0]] if known else ""
    with book.write(Op.SET_APART, subject=subject, count=len(known)) as session:
        likeness.set_apart(session, whose.value, combinations(known, 2))


def _people(book: Book, progress: Progress) -> tuple[Cluster, ...]:
    with book.read() as session:
        known, apart = dict(likeness.people(session)), likeness.not_same(session, likeness.PERSON)
    index = LikenessIndex()
    pairs = _pairs({id_: one.traits for id_, one in known.items()}, index.find_and_add, progress)
    names = {id_: one.name for id_, one in known.items()}
    return _clusters(Whose.PEOPLE, pairs, names, index.alike, apart)


def _companies(book: Book, progress: Progress) -> tuple[Cluster, ...]:
    with book.read() as session:
        known, apart = likeness.companies(session), likeness.not_same(session, likeness.COMPANY)
    index = CompanyIndex()
    pairs = _pairs({id_: traits for id_, (_, traits) in known.items()}, index.find_and_add, progress)
    names = {id_: name for id_, (name, _) in known.items()}
    return _clusters(Whose.COMPANIES, pairs, names, index.alike, apart)


def _pairs(
    traits: Mapping[int, _Traits],
    find_and_add: Callable[[int, _Traits], Iterable[_Alike]],
    progress: Progress,
) -> list[Pair]:
    """Return all pairs of which one may be the other."""
    progress.expect(len(traits))
    pairs: list[Pair] = []
    for number, (id_, one) in enumerate(traits.items()):
        if number % _STEP == 0:
            progress.step(min(_STEP, len(traits) - number))
        pairs += [Pair(other.target, id_, other.score, other.reasons) for other in find_and_add(id_, one)]
    return pairs


def _clusters(
    whose: Whose,
    pairs: Iterable[Pair],
    names: dict[int, str],
    alike: Callable[[int, int], bool],
    apart: frozenset[tuple[int, int]],
) -> tuple[Cluster, ...]:
    """Put together who may all be the same; those kept apart never are."""

    def fit(one: int, other: int) -> bool:
        return (min(one, other), max(one, other)) not in apart and alike(one, other)

    return tuple(
        Cluster(whose, ids, tuple(names[id_] for id_ in ids), pair.reasons, pair.score)
        for ids, pair in clusters((pair for pair in pairs if (pair.one, pair.other) not in apart), fit)
    )
