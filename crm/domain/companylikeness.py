"""Which companies may be one: by what is distinctive in their names, their site, the addresses of their people."""

from dataclasses import dataclass

from crm.domain.companynames import CompanyLikeness, CompanyName, company_name, name_likeness
from crm.domain.likeness import is_shared_domain

_MOST_TOGETHER = 24  # what more companies than this share tells none apart
_END = 4  # letters: one slip of the pen leaves the beginning of a name or its end
_POINTS = {
    CompanyLikeness.NAME: 5.0,
    CompanyLikeness.SITE: 4.0,
    CompanyLikeness.GENERIC_WORDS: 3.0,
    CompanyLikeness.SPELLING: 3.0,
    CompanyLikeness.ACRONYM: 2.0,
    CompanyLikeness.DOMAIN: 1.0,
}


@dataclass(frozen=True, slots=True)
class CompanyTraits:
    """What a company is compared by: its names, old ones too, the host of its site, its people's e-mail domains."""

    names: tuple[str, ...]
    site: str = ""
    domains: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AlikeCompany:
    """A company that may be the same, how sure that is, and why: what weighs most first."""

    target: int
    score: float
    reasons: tuple[CompanyLikeness, ...]


@dataclass(frozen=True, slots=True)
class _Marks:
    names: tuple[CompanyName, ...]
    site: str
    domains: frozenset[str]


class CompanyIndex:
    """Finds who may be the same without comparing all: only those with something in common are weighed."""

    def __init__(self) -> None:
        self._blocks: dict[tuple[str, str], list[int]] = {}
        self._marks: dict[int, _Marks] = {}

    def find_and_add(self, company: int, traits: CompanyTraits) -> tuple[AlikeCompany, ...]:
        """Return those before that may be the same, and let `company` be found by those after."""
        domains = frozenset(domain for domain in traits.domains if not is_shared_domain(domain))
        marks = _Marks(tuple(map(company_name, traits.names)), traits.site, domains)
        blocks = _blocks(marks)
        together: set[int] = set()
        for block in blocks:
            there = self._blocks.setdefault(block, [])
            if len(there) <= _MOST_TOGETHER:
                together.update(there)
                there.append(company)
        self._marks[company] = marks
        together.discard(company)
        found = ((other, _reasons(self._marks[other], marks)) for other in sorted(together))
        return tuple(
            AlikeCompany(other, sum(_POINTS[reason] for reason in reasons), reasons)
            for other, reasons in found
            if reasons
        )

    def alike(self, one: int, other: int) -> bool:
        """Say whether two companies that were added may be the same."""
        return bool(_reasons(self._marks[one], self._marks[other]))


def _reasons(one: _Marks, other: _Marks) -> tuple[CompanyLikeness, ...]:
    """Return in what two companies are alike, () when that is too little: people of two share a domain in a group."""
    named = {name_likeness(mine, theirs) for mine in one.names for theirs in other.names} - {None}
    found = {max((name for name in named if name), key=_POINTS.__getitem__)} if named else set()
    if one.site and one.site == other.site:
        found.add(CompanyLikeness.SITE)
    if not found:
        return ()
    if not one.domains.isdisjoint(other.domains):
        found.add(CompanyLikeness.DOMAIN)
    return tuple(sorted(found, key=lambda reason: -_POINTS[reason]))


def _blocks(marks: _Marks) -> set[tuple[str, str]]:
    found = {("site", marks.site)} if marks.site else set()
    for name in marks.names:
        letters = name.letters
        found |= {
            ("words", " ".join(sorted(name.distinctive))), ("first", letters[:_END]), ("last", letters[-_END:]),
            ("letters", letters),
        }  # fmt: skip
        if name.initials:
            found.add(("letters", name.initials))
    return found
