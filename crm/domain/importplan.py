"""What an import will do, as a value: a verdict and reasons for every record, and counts that add up."""

from dataclasses import dataclass
from enum import StrEnum

from crm.domain.card import CardKind, Problem
from crm.domain.likeness import Likeness
from crm.domain.news import News
from crm.domain.values import quick_dataclass


class Verdict(StrEnum):
    """What happens to a record: SAME changes nothing, FAILED couldn't be read, NOBODY doesn't say whom it is about.

    Of a record that tells nobody nothing is made up: it counts among those left out. POSSIBLE may be someone there
    already: undecided, they are added and the page of duplicates asks again.
    """

    NEW = "new"
    UPDATE = "update"
    SAME = "same"
    FAILED = "failed"
    NOBODY = "nobody"
    POSSIBLE = "possible"


class MatchReason(StrEnum):
    """Why a record is taken for someone already known; all are exact."""

    UID = "uid"
    EMAIL = "email"
    LINKEDIN = "linkedin"
    NAME_AND_PHONE = "name_and_phone"
    COMPANY_NAME = "company_name"
    SAME_FILE = "same_file"  # an earlier record of the same import is the same person


class Choice(StrEnum):
    """What to do with a possible duplicate. ALWAYS_SKIP is remembered for every later import."""

    MERGE = "merge"
    KEEP_BOTH = "keep_both"
    SKIP = "skip"
    ALWAYS_SKIP = "always_skip"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone a record may be: a person of the book, or whom the record at `line` of the plan brings."""

    name: str
    reasons: tuple[Likeness, ...]
    person_id: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user chose for one record. For MERGE: with whom, and the fields in which the record's word holds."""

    choice: Choice
    candidate: Candidate | None = None
    take: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing an update adds or fills: the field's name, what stands there now, what will stand there."""

    field: str
    before: str
    after: str


@quick_dataclass(frozen=True, slots=True)
class PlanLine:
    """What happens to one record. `index` is its place in the plan; `record` that of its card in the files read."""

    index: int
    verdict: Verdict
    kind: CardKind
    name: str
    title: str = ""
    company: str = ""
    email: str = ""
    person_id: int | None = None
    company_id: int | None = None
    record: int | None = None
    joins: int | None = None  # the index of the earlier line that is the same person
    reasons: tuple[MatchReason, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    problem: Problem | None = None
    included: bool = True
    news: News | None = None  # what changed since an earlier file of the same program
    candidates: tuple[Candidate, ...] = ()
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """How many records came to what: read = new + updated + same + possible + failed + left_out, always."""

    read: int = 0
    new: int = 0
    updated: int = 0
    same: int = 0
    failed: int = 0
    left_out: int = 0
    possible: int = 0

    @property
    def work(self) -> int:
        """Return how many records change something."""
        return self.new + self.possible + self.updated
