"""Who in the book may be the same: found, shown side by side, kept apart. Merging is `people.merge`, `companies.merge`."""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.changes import Op
from crm.domain.companylikeness import CompanyIndex
from crm.domain.companynames import CompanyLikeness
from crm.domain.comparing import MOST_MERGED, compare_companies, compare_people
from crm.domain.duplicates import Cluster, Pair, SideBySide, Whose, clusters
from crm.domain.likeness import LikenessIndex
from crm.errors import NotFound
from crm.store import duplicates as store
from crm.store import importing as profiles
from crm.store import likeness

_STEP = 256  # people between two looks at whether the user cancelled
# How sure each likeness of companies is, to sort by.
_SURE = {
    CompanyLikeness.NAME: 5.0,
    CompanyLikeness.SITE: 4.0,
    CompanyLikeness.GENERIC_WORDS: 3.0,
    CompanyLikeness.SPELLING: 3.0,
    CompanyLikeness.ACRONYM: 2.0,
    CompanyLikeness.DOMAIN: 1.0,
}


def find(book: Book, whose: Whose, progress: Progress) -> tuple[Cluster, ...]:
    """Return who may be the same, the surest first; those said not to be aren't. Raises `Cancelled`."""
    return _people(book, progress) if whose is Whose.PEOPLE else _companies(book, progress)


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
        everyone = likeness.people(session)
        apart = likeness.not_same(session, likeness.PERSON)
    progress.expect(len(everyone))
    index = LikenessIndex()
    pairs: list[Pair] = []
    for number, (id_, compared) in enumerate(everyone.items()):
        if number % _STEP == 0:
            progress.step(min(_STEP, len(everyone) - number))
        pairs += [
            Pair(one.target, id_, one.score, one.reasons)
            for one in index.find_and_add(id_, compared.traits)
            if (one.target, id_) not in apart
        ]
    names = {id_: compared.name for id_, compared in everyone.items()}
    return _clusters(Whose.PEOPLE, pairs, names, index.alike, apart)


def _companies(book: Book, progress: Progress) -> tuple[Cluster, ...]:
    with book.read() as session:
        all_of_them = likeness.companies(session)
        apart = likeness.not_same(session, likeness.COMPANY)
    progress.expect(len(all_of_them))
    index = CompanyIndex()
    pairs: list[Pair] = []
    for number, (id_, (_, traits)) in enumerate(all_of_them.items()):
        if number % _STEP == 0:
            progress.step(min(_STEP, len(all_of_them) - number))
        pairs += [
            Pair(other, id_, sum(map(_SURE.__getitem__, reasons)), reasons)
            for other, reasons in index.find_and_add(id_, traits).items()
            if (other, id_) not in apart
        ]
    names = {id_: name for id_, (name, _) in all_of_them.items()}
    return _clusters(Whose.COMPANIES, pairs, names, index.alike, apart)


def _clusters(
    whose: Whose,
    pairs: Iterable[Pair],
    names: dict[int, str],
    alike: Callable[[int, int], bool],
    apart: frozenset[tuple[int, int]],
) -> tuple[Cluster, ...]:
    def fit(one: int, other: int) -> bool:
        return (min(one, other), max(one, other)) not in apart and alike(one, other)

    return tuple(
        Cluster(whose, ids, tuple(names[id_] for id_ in ids), pair.reasons, pair.score)
        for ids, pair in clusters(pairs, fit)
    )
