"""What the palette finds, and names that were spelled a little wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from crm.domain.company import CompanyRow
from crm.domain.folding import fold
from crm.domain.person import PersonRow
from crm.domain.quick import QuickReading
from crm.domain.spelling import slips


@dataclass(frozen=True, slots=True)
class Found:
    """What fits the words: people, companies, and the touch they would log, None when they log none."""

    people: tuple[PersonRow, ...] = ()
    companies: tuple[CompanyRow, ...] = ()
    touch: QuickReading | None = None


def nearly_named(text: str, names: Sequence[tuple[int, str]]) -> list[int]:
    """Return, in the order of `names`, whose folded name has for each word one that begins so but for a slip."""
    words = fold(text).split()
    if not any(slips(len(word)) for word in words):
        return []
    known = {part for _, name in names for part in name.split()}
    near = [_beginning(word, known) for word in words]
    return [person for person, name in names if all(not each.isdisjoint(name.split()) for each in near)]


def _beginning(word: str, known: set[str]) -> set[str]:
    """Return the words that begin like `word`, with as many slips as its length allows."""
    found: set[str] = set()
    for length in (len(word), len(word) + 1):
        starts = {part[:length] for part in known}
        close = process.extract_iter(word, starts, scorer=OSA.distance, score_cutoff=slips(len(word)))
        found.update(start for start, _, _ in close)
    return {part for part in known if part[: len(word)] in found or part[: len(word) + 1] in found}
