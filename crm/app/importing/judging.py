"""What becomes of those an import is about: what each record adds to what is known of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from crm.app.importing.named import NamedCompanies
from crm.app.importing.news import Comparison
from crm.app.importing.reading import ReadFiles
from crm.app.importing.targets import Target, Targets
from crm.app.importing.texts import Texts
from crm.app.importing.touches import TouchMatches
from crm.domain.card import CardKind
from crm.domain.company import company_key
from crm.domain.comparing import overrule
from crm.domain.folding import fold
from crm.domain.importplan import Candidate, Decision, FieldChange, MatchReason, Verdict
from crm.domain.importrecord import Record
from crm.domain.merging import CompanyProfile, PersonProfile, merge_company, merge_person
from crm.domain.news import succeeded
from crm.domain.values import quick_dataclass

# What is known of a target: what a person or a company says, or who is in a group.
Known = PersonProfile | CompanyProfile | frozenset[Target]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a plan was made from; choices make another plan from the same.

    `targets`, `reasons` and `named`, the companies, stand by line. `stored` has a 1 for each line whose very card the
    book holds, or would write. `renamed` tells the names of companies by old ones. `people` and `companies` are what it says of those
    matched. `texts` are what lines are found by; `candidates` who a line possibly is; `decisions` what the user chose; `moved` whom targets became by that.
    """

    read: ReadFiles
    targets: Targets
    reasons: Sequence[tuple[MatchReason, ...]]
    named: NamedCompanies
    stored: bytearray
    people: Mapping[int, PersonProfile]
    companies: Mapping[int, CompanyProfile]
    known_companies: Collection[str]
    renamed: Mapping[str, str]
    tagged: Mapping[str, frozenset[int]]
    members: Mapping[int, tuple[Target, ...]]
    touches: TouchMatches[Target]
    marker: tuple[int, int]
    comparison: Comparison
    matched: Targets  # the targets before any choice
    texts: Texts
    candidates: Mapping[int, tuple[Candidate, ...]]
    skipped: frozenset[int] = frozenset()
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    moved: Mapping[Target, Target] = field(default_factory=dict)

    def record(self, line: int) -> Record:
        """Return the record of a line that could be read."""
        return self.read.records[self.read.order[line]]


@quick_dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of one target: the verdict and changes by line, and what is known of it in the end."""

    target: Target
    lines: tuple[tuple[int, Verdict, tuple[FieldChange, ...], int | None], ...]
    before: Known | None
    after: Known | None


def judge(basis: Basis, target: Target, included: bytearray) -> Judged:
    """Say what each record about `target` comes to: the first to bring someone new is NEW, the others add to it."""
    before = _before(basis, target)
    known = before
    head: int | None = None
    lines: list[tuple[int, Verdict, tuple[FieldChange, ...], int | None]] = []
    for line in basis.targets.lines(target):
        merged: Known | None = known
        changes: tuple[FieldChange, ...] = ()
        verdict = Verdict.SAME
        if not basis.stored[line] and known is None:
            verdict, merged = first_verdict(basis, line), _brought(basis, line)
        elif not basis.stored[line] and known is not None:
            follows, ended = _succeeded(basis, line, known)
            merged, changes = _merge(follows, _brought(basis, line), basis.decisions.get(line))
            changes = (*ended, *changes)
            if changes:
                verdict = Verdict.NEW if target.kind is CardKind.GROUP else Verdict.UPDATE
        lines.append((line, verdict, changes, head))
        if included[line]:
            known = merged
            head = line if head is None else head
    return Judged(target, tuple(lines), before, known)


def first_verdict(basis: Basis, line: int) -> Verdict:
    """Say what a record comes to that is the first to bring someone."""
    undecided = line in basis.candidates and line not in basis.decisions
    return Verdict.POSSIBLE if undecided else Verdict.NEW


def is_work(verdict: Verdict) -> bool:
    """Say whether a verdict changes anything."""
    return verdict in {Verdict.NEW, Verdict.UPDATE, Verdict.POSSIBLE}


def _before(basis: Basis, target: Target) -> Known | None:
    if target.kind is CardKind.GROUP and target.index is not None:
        carrying = basis.tagged.get(fold(basis.record(target.index).card.name))
        if carrying is None:
            return None
        return frozenset(Target(CardKind.PERSON, id=person) for person in carrying)
    if target.id is None:
        return None
    return (basis.people if target.kind is CardKind.PERSON else basis.companies).get(target.id)


def _brought(basis: Basis, line: int) -> Known:
    record = basis.record(line)
    person = person_of(basis, record)
    if person is not None:
        return person
    members = (basis.moved.get(target, target) for target in basis.members.get(line, ()))
    return record.company or frozenset(members)


def person_of(basis: Basis, record: Record) -> PersonProfile | None:
    """Return what a record says of a person, with companies called as they are now that had other names."""
    profile, renamed = record.person, basis.renamed
    if profile is None or not renamed:
        return profile
    positions = profile.draft.positions
    if not any(company_key(one.company) in renamed for one in positions):
        return profile
    called = (replace(one, company=renamed.get(company_key(one.company), one.company)) for one in positions)
    return replace(profile, draft=replace(profile.draft, positions=tuple(called)))


def _merge(known: Known, brought: Known, decision: Decision | None) -> tuple[Known, tuple[FieldChange, ...]]:
    if isinstance(known, PersonProfile) and isinstance(brought, PersonProfile):
        merged, changes = merge_person(known, brought)
        return overrule(merged, brought, decision.take, changes) if decision else (merged, changes)
    if isinstance(known, CompanyProfile) and isinstance(brought, CompanyProfile):
        return merge_company(known, brought)
    if isinstance(known, frozenset) and isinstance(brought, frozenset):
        new = brought - known
        return known | new, (FieldChange("members", str(len(known)), str(len(known | new))),) if new else ()
    raise TypeError(type(brought))


def _succeeded(basis: Basis, line: int, known: Known) -> tuple[Known, tuple[FieldChange, ...]]:
    """Return what is known with a position ended that a newer file puts another in the place of."""
    news = basis.comparison.news.get(line)
    if news is None or not isinstance(known, PersonProfile):
        return known, ()
    draft = succeeded(known.draft, news)
    if draft is known.draft or news.was is None or news.became is None:
        return known, ()
    said = [", ".join(filter(None, (one.title, one.company))) for one in (news.was, news.became)]
    return replace(known, draft=draft), (FieldChange("positions", said[0], said[1]),)
