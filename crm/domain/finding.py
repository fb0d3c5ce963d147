"""What the palette finds, and names that were spelled a little wrong."""

from collections.abc import Set
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from crm.domain.company import CompanyRow
from crm.domain.folding import fold
from crm.domain.opportunity import Ending, OpportunityId, Stage
from crm.domain.person import PersonRow
from crm.domain.quick import QuickReading
from crm.domain.spelling import slips


@dataclass(frozen=True, slots=True)
class FoundOpportunity:
    """An opportunity in a line: what it is, where, and how it stands."""

    id: OpportunityId
    title: str
    company: str
    stage: Stage
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What fits the words: people, companies, opportunities, and the touch they would log, None when they log none."""

    people: tuple[PersonRow, ...] = ()
    companies: tuple[CompanyRow, ...] = ()
    opportunities: tuple[FoundOpportunity, ...] = ()
    touch: QuickReading | None = None


def near_words(text: str, known: Set[str]) -> tuple[frozenset[str], ...]:
    """Return, for each word of `text`, the known ones that begin so but for a slip of the pen; () where one has none."""
    words = fold(text).split()
    if not any(slips(len(word)) for word in words):
        return ()
    near = tuple(_beginning(word, known) for word in words)
    return near if all(near) else ()


def _beginning(word: str, known: Set[str]) -> frozenset[str]:
    found: set[str] = set()
    for length in (len(word), len(word) + 1):
        starts = {part[:length] for part in known}
        close = process.extract_iter(word, starts, scorer=OSA.distance, score_cutoff=slips(len(word)))
        found.update(start for start, _, _ in close)
    return frozenset(part for part in known if part[: len(word)] in found or part[: len(word) + 1] in found)
