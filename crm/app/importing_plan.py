"""What an import will do: each record matched with the book and with the records before it, and judged."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from crm.app.books import Book
from crm.app.importing_echo import echoes
from crm.app.importing_matching import Matching, Target, company_key, stored_ids, wanted
from crm.app.importing_news import Comparison, compare
from crm.app.importing_pace import no_cycles_sought
from crm.app.importing_possible import PossibleMatches
from crm.app.importing_reading import ReadFiles, require_room_for
from crm.app.importing_touches import TouchMatches
from crm.app.progress import Progress
from crm.domain.card import CardKind
from crm.domain.comparing import overrule
from crm.domain.folding import fold
from crm.domain.importplan import (
    Candidate,
    Choice,
    Decision,
    FieldChange,
    ImportCounts,
    MatchReason,
    PlanLine,
    Verdict,
)
from crm.domain.importrecord import Record
from crm.domain.merging import CompanyProfile, PersonProfile, merge_company, merge_person
from crm.domain.news import succeeded
from crm.domain.person import ContactKind, made_name
from crm.domain.values import quick_dataclass
from crm.store import importing as store
from crm.store import importing_touches as store_touches
from crm.store import likeness

# What is known of a target: what a person or a company says, or who is in a group.
Known = PersonProfile | CompanyProfile | frozenset[Target]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a plan was made from; choices make another plan from the same.

    `targets` and `reasons` stand by line, None for what couldn't be read. `groups` are the lines of each target.
    `stored` are lines whose very card the book holds, or would write. `renamed` tells the names of companies by old ones. `people` and `companies` are what it says of those matched.
    `candidates` are who a line possibly is; `decisions` what the user chose; `moved` whom targets became by that.
    """

    read: ReadFiles
    targets: tuple[Target | None, ...]
    reasons: tuple[tuple[MatchReason, ...], ...]
    groups: Mapping[Target, tuple[int, ...]]
    stored: frozenset[int]
    people: Mapping[int, PersonProfile]
    companies: Mapping[int, CompanyProfile]
    known_companies: Collection[str]
    renamed: Mapping[str, str]
    tagged: Mapping[str, frozenset[int]]
    members: Mapping[int, tuple[Target, ...]]
    touches: TouchMatches[Target]
    marker: tuple[int, int]
    comparison: Comparison
    candidates: Mapping[int, tuple[Candidate, ...]] = field(default_factory=dict)
    skipped: frozenset[int] = frozenset()
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    matched: tuple[Target | None, ...] = ()  # the targets before any choice
    moved: Mapping[Target, Target] = field(default_factory=dict)

    def record(self, line: int) -> Record:
        """Return the record of a line that could be read."""
        return self.read.records[self.read.order[line]]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A line for each record read, in the order of the files; `companies_new` counts companies it will make.

    Touches aren't records: `basis.touches` says what becomes of them.
    """

    lines: tuple[PlanLine, ...]
    counts: ImportCounts
    companies_new: int
    basis: Basis


@quick_dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of one target: the verdict and changes by line, and what is known of it in the end."""

    target: Target
    lines: tuple[tuple[int, Verdict, tuple[FieldChange, ...], int | None], ...]
    before: Known | None
    after: Known | None


@no_cycles_sought()
def plan(book: Book, read: ReadFiles, progress: Progress, *, today: date) -> ImportPlan:
    """Match every record and say what it comes to; nothing is written.

    Matches are exact: UID, e-mail and a compatible name, LinkedIn address, name and phone (`domain.matching`); a
    company is found by its name. A record whose very card the book holds is SAME, whatever was edited since: importing
    a file twice changes nothing, and what the user took away stays away. So is a card of ours that comes back (`echoes`), and one that adds nothing, even if it
    differs in what we don't understand. Who is possibly someone there is told with reasons (`domain.likeness`) and, if
    the user doesn't choose (`decide`), added; whom they always skip is left out. Raises `KeepwarmError` when the disk hasn't the room, `Cancelled`.
    """
    require_room_for(read, book.path)
    progress.expect(read.read)
    with book.read() as session:
        found = store.find(session, wanted(read))
        matched = Matching(read, found, PossibleMatches(lambda: likeness.people(session)), progress).run()
        people, companies = stored_ids(matched)
        basis = Basis(
            read=read,
            targets=tuple(matched.targets),
            reasons=tuple(matched.reasons),
            groups={target: tuple(lines) for target, lines in matched.groups.items()},
            stored=frozenset(matched.stored),
            people=store.people(session, people),
            companies=store.companies(session, companies),
            known_companies=found.companies_by_key.keys(),
            renamed=found.renamed,
            tagged=found.tagged,
            members=matched.members,
            touches=matched.touches(store_touches.known(session, [one.key for one in read.touches]), today),
            marker=store.marker(session),
            comparison=compare(book, matched.told()),
            matched=tuple(matched.targets),
            candidates=matched.candidates,
            skipped=frozenset(matched.skipped),
            decisions={line: Decision(Choice.ALWAYS_SKIP) for line in matched.skipped},
        )
    flags = [line not in matched.skipped for line in range(read.read)]
    lines: list[PlanLine | None] = [None] * read.read
    for target in basis.groups:
        put_lines(basis, target, flags, lines)
    basis = _without_echoes(book, basis, flags, lines)
    for line, place in enumerate(read.order):
        if place < 0:
            problem = read.problems[-1 - place]
            verdict = Verdict.FAILED if problem.fatal else Verdict.NOBODY
            included = problem.fatal  # nobody can be taken in, so they are left out
            lines[line] = PlanLine(line, verdict, CardKind.PERSON, "", problem=problem, included=included)
    return planned(basis, [line for line in lines if line is not None])


def choose(chosen_from: ImportPlan, indexes: Iterable[int], included: bool) -> ImportPlan:
    """Return the plan with these records taken in or left out; records about the same person are judged anew."""
    basis = chosen_from.basis
    if included:
        taken = set(indexes)
        kept = {i: one for i, one in basis.decisions.items() if i not in taken or one.choice not in _SKIPPING}
        basis, indexes = replace(basis, decisions=kept), taken
    lines: list[PlanLine | None] = list(chosen_from.lines)
    wanted = {index for index in indexes if basis.targets[index] is not None}
    flags = [line.included for line in chosen_from.lines]
    for index in wanted:
        flags[index] = included
    for target in dict.fromkeys(basis.targets[index] for index in sorted(wanted)):
        if target is not None:
            put_lines(basis, target, flags, lines)
    return planned(basis, [line for line in lines if line is not None])


def _without_echoes(
    book: Book, basis: Basis, included: Sequence[bool], lines: list[PlanLine | None]
) -> Basis:
    """Return the basis in which cards of ours that came back count as those the book holds; their lines follow."""
    updates: dict[int, tuple[int, Record]] = {}
    for line in lines:
        if line is not None and line.verdict is Verdict.UPDATE:
            id_ = line.person_id or line.company_id
            if id_ is not None:
                updates[line.index] = id_, basis.record(line.index)
    found = echoes(book, updates)
    if found:
        basis = replace(basis, stored=basis.stored | found)
        for target in dict.fromkeys(basis.targets[index] for index in sorted(found)):
            if target is not None:
                put_lines(basis, target, included, lines)
    return basis


def judge(basis: Basis, target: Target, included: Sequence[bool]) -> Judged:
    """Say what each record about `target` comes to: the first to bring someone new is NEW, the others add to it."""
    before = _before(basis, target)
    known = before
    head: int | None = None
    lines: list[tuple[int, Verdict, tuple[FieldChange, ...], int | None]] = []
    for line in basis.groups[target]:
        merged: Known | None = known
        changes: tuple[FieldChange, ...] = ()
        verdict = Verdict.SAME
        if line not in basis.stored and known is None:
            undecided = line in basis.candidates and line not in basis.decisions
            verdict, merged = Verdict.POSSIBLE if undecided else Verdict.NEW, _brought(basis, line)
        elif line not in basis.stored and known is not None:
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


def is_work(verdict: Verdict) -> bool:
    """Say whether a verdict changes anything."""
    return verdict in {Verdict.NEW, Verdict.UPDATE, Verdict.POSSIBLE}


_SKIPPING = frozenset((Choice.SKIP, Choice.ALWAYS_SKIP))


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
    if record.person is not None:
        return _at_known_names(record.person, basis.renamed)
    members = (basis.moved.get(target, target) for target in basis.members.get(line, ()))
    return record.company or frozenset(members)


def _at_known_names(profile: PersonProfile, renamed: Mapping[str, str]) -> PersonProfile:
    """Return what a record says, with companies called as they are now that had other names."""
    positions = profile.draft.positions
    if not renamed or not any(company_key(one.company) in renamed for one in positions):
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


def put_lines(basis: Basis, target: Target, included: Sequence[bool], lines: list[PlanLine | None]) -> None:
    """Write the lines of all records about one target."""
    for index, verdict, changes, head in judge(basis, target, included).lines:
        lines[index] = _line(basis, index, verdict, changes, head, included=included[index])


def _line(
    basis: Basis,
    index: int,
    verdict: Verdict,
    changes: tuple[FieldChange, ...],
    head: int | None,
    *,
    included: bool,
) -> PlanLine:
    record, target = basis.record(index), basis.targets[index]
    name, title, company, email = _shown(record)
    kind = record.card.kind
    id_ = target.id if target else None
    return PlanLine(
        index, verdict, kind, name, title, company, email,
        id_ if kind is CardKind.PERSON else None, id_ if kind is CardKind.COMPANY else None,
        basis.read.order[index], head, basis.reasons[index], changes, None, included,
        basis.comparison.news.get(index), basis.candidates.get(index, ()), basis.decisions.get(index),
    )  # fmt: skip


def _shown(record: Record) -> tuple[str, str, str, str]:
    """Return the name, title, company and e-mail of a line."""
    if record.person is None:
        return (record.company.draft.name if record.company else record.card.name), "", "", ""
    draft = record.person.draft
    position = draft.positions[0] if draft.positions else None
    email = next((point.value for point in draft.contacts if point.kind is ContactKind.EMAIL), "")
    return made_name(draft), position.title if position else "", position.company if position else "", email


def planned(basis: Basis, lines: list[PlanLine]) -> ImportPlan:
    counted = Counter(line.verdict if line.included else None for line in lines)
    counts = ImportCounts(
        len(lines), counted[Verdict.NEW], counted[Verdict.UPDATE], counted[Verdict.SAME], counted[Verdict.FAILED],
        counted[None], counted[Verdict.POSSIBLE],
    )  # fmt: skip
    named = {
        key
        for line in lines
        if line.included and is_work(line.verdict)
        for key in _company_keys(basis.record(line.index))
    }
    return ImportPlan(tuple(lines), counts, len(named.difference(basis.known_companies)), basis)


def _company_keys(record: Record) -> Iterator[str]:
    if record.company is not None:
        yield company_key(record.company.draft.name)
    elif record.person is not None:
        for position in record.person.draft.positions:
            yield company_key(position.company)
