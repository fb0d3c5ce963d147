"""What an import will do: each record matched with the book and with the records before it, and judged."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import compress
from typing import overload

from crm.app.books import Book
from crm.app.importing.echo import echoes
from crm.app.importing.judging import Basis, Judged, first_verdict, judge
from crm.app.importing.matching import Matching
from crm.app.importing.reading import ReadFiles, require_room_for
from crm.app.importing.shelf import NumberedShelf, Spill
from crm.app.importing.targets import Target
from crm.app.importing.texts import Texts, shown
from crm.app.pace import no_cycles_sought
from crm.app.progress import Progress
from crm.domain.card import CardKind
from crm.domain.importplan import Choice, Decision, FieldChange, ImportCounts, PlanLine, Verdict
from crm.domain.importrecord import Record
from crm.domain.merging import PersonProfile
from crm.domain.news import News
from crm.store import importing as store
from crm.store import importing_touches as store_touches

_STEP = 4096  # lines between two looks at whether the user cancelled
_VERDICTS = tuple(Verdict)
_NUMBERS = {verdict: number for number, verdict in enumerate(_VERDICTS)}
_WORK = frozenset(_NUMBERS[one] for one in (Verdict.NEW, Verdict.UPDATE, Verdict.POSSIBLE))
_SKIPPING = frozenset((Choice.SKIP, Choice.ALWAYS_SKIP))


class PlanLines(Sequence[PlanLine]):
    """A line for each record read, in the order of the files: made when it is asked for, its verdict known before.

    `verdicts` and `included` hold a byte a line.
    """

    def __init__(self, basis: Basis, verdicts: bytearray, included: bytearray) -> None:
        self._basis, self.verdicts, self.included = basis, verdicts, included
        self._judged: tuple[Target, Judged] | None = None  # the last one

    def __len__(self) -> int:
        return len(self.verdicts)

    @overload
    def __getitem__(self, index: int) -> PlanLine: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[PlanLine]: ...

    def __getitem__(self, index: int | slice) -> PlanLine | Sequence[PlanLine]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        target = self._basis.targets[index]
        return self._failed(index) if target is None else self._line(index, target)

    def __eq__(self, other: object) -> bool:
        """Say whether the same becomes of every line."""
        return (
            isinstance(other, PlanLines)
            and self.verdicts == other.verdicts
            and self.included == other.included
            and self._basis.targets == other._basis.targets
        )

    __hash__ = None  # type: ignore[assignment]

    def verdict(self, index: int) -> Verdict:
        """Return what happens to a record."""
        return _VERDICTS[self.verdicts[index]]

    def can_be_ticked(self, index: int) -> bool:
        """Say whether there is anything to import or leave out."""
        return self.verdicts[index] in _WORK

    def number_of(self, verdict: Verdict) -> int:
        """Return of how many lines the same becomes."""
        return self.verdicts.count(_NUMBERS[verdict])

    def having(self, verdict: Verdict) -> "array[int]":
        """Return the lines of which the same becomes."""
        number = _NUMBERS[verdict]
        return array("q", (index for index, one in enumerate(self.verdicts) if one == number))

    def work(self) -> Iterator[int]:
        """Yield the lines that change something."""
        for index, (verdict, included) in enumerate(zip(self.verdicts, self.included, strict=True)):
            if included and verdict in _WORK:
                yield index

    def _failed(self, index: int) -> PlanLine:
        problem = self._basis.read.problems[-1 - self._basis.read.order[index]]
        included = bool(self.included[index])
        return PlanLine(index, self.verdict(index), CardKind.PERSON, "", problem=problem, included=included)

    def _line(self, index: int, target: Target) -> PlanLine:
        basis = self._basis
        changes, head = self._fate(index, target)
        record = basis.record(index)
        name, title, company, email = shown(record)
        kind = record.card.kind
        return PlanLine(
            index, self.verdict(index), kind, name, title, company, email,
            target.id if kind is CardKind.PERSON else None, target.id if kind is CardKind.COMPANY else None,
            basis.read.order[index], head, basis.reasons[index], changes, None, bool(self.included[index]),
            basis.comparison.news.get(index), basis.candidates.get(index, ()), basis.decisions.get(index),
        )  # fmt: skip

    def _fate(self, index: int, target: Target) -> tuple[tuple[FieldChange, ...], int | None]:
        """Return what a line changes, and the line of whoever it joins."""
        if _is_simply_new(self._basis, target):
            return (), None
        last = self._judged
        if last is None or last[0] != target:
            last = self._judged = (target, judge(self._basis, target, self.included))
        return next((changes, head) for line, _, changes, head in last[1].lines if line == index)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What becomes of every record. `companies_new` counts companies it will make, `touched` those it adds or changes.

    Of companies, `touched` counts those of the book. Touches aren't records: `basis.touches` says what becomes of them.
    """

    lines: PlanLines
    counts: ImportCounts
    companies_new: int
    touched: Mapping[CardKind, int]
    basis: Basis

    @property
    def news(self) -> Iterator[News]:
        """What changed about those taken in."""
        return (news for line, news in self.basis.comparison.news.items() if self.lines.included[line])


@no_cycles_sought()
def plan(book: Book, read: ReadFiles, progress: Progress, *, today: date) -> ImportPlan:
    """Match every record and say what it comes to; nothing is written.

    Matches are exact: UID, e-mail and a compatible name, LinkedIn address, name and phone (`domain.matching`); a
    company is found by its name. A record whose very card the book holds is SAME, whatever was edited since: importing
    a file twice changes nothing, and what the user took away stays away. So is a card of ours that comes back
    (`echoes`), and one that adds nothing, even if it differs in what we don't understand. Who is possibly someone there
    is told with reasons (`domain.likeness`) and, if the user doesn't choose (`decide`), added; whom they always skip is
    left out. Raises `KeepwarmError` when the disk hasn't the room, `Cancelled`.
    """
    require_room_for(read, book.path)
    with book.read() as session:
        marker = store.marker(session)  # first: what changes while records are matched is noticed
        matched = Matching(book, read, progress).run()
        found, skipped = matched.found, frozenset(matched.skipped)
        basis = Basis(
            read=read,
            targets=matched.targets,
            reasons=matched.reasons,
            named=matched.companies,
            stored=matched.stored,
            people=_people(book, matched.known[CardKind.PERSON], read.spill),
            companies=store.companies(session, sorted(matched.known[CardKind.COMPANY])),
            known_companies=found.companies_by_key.keys(),
            renamed=found.renamed,
            tagged=found.tagged,
            members=matched.members,
            touches=matched.touches(store_touches.known(session, [one.key for one in read.touches]), today),
            marker=marker,
            comparison=matched.news.result(),
            matched=matched.targets,
            texts=Texts(read),
            candidates=matched.candidates,
            skipped=skipped,
            decisions={line: Decision(Choice.ALWAYS_SKIP) for line in matched.skipped},
        )
    included = bytearray(b"\1") * read.read
    verdicts = bytearray(read.read)
    undecided = frozenset(basis.candidates) - basis.decisions.keys()
    new, possible = _NUMBERS[Verdict.NEW], _NUMBERS[Verdict.POSSIBLE]
    for line in skipped:
        included[line] = False
    for line, brought in enumerate(basis.targets.simply_new()):
        if line % _STEP == 0:
            progress.step(0)
        if brought is not None:
            verdicts[line] = possible if line in undecided else new
            continue
        target = basis.targets[line]
        if target is None:
            problem = read.problems[-1 - read.order[line]]
            verdicts[line] = _NUMBERS[Verdict.FAILED if problem.fatal else Verdict.NOBODY]
            included[line] = problem.fatal  # nobody can be taken in, so they are left out
        elif basis.targets.first(target) == line:
            put_verdicts(basis, target, included, verdicts)
    _note_echoes(book, basis, included, verdicts, progress)
    return planned(basis, verdicts, included)


def choose(chosen_from: ImportPlan, indexes: Iterable[int], included: bool) -> ImportPlan:
    """Return the plan with these records taken in or left out; records about the same person are judged anew."""
    basis = chosen_from.basis
    flags, verdicts = chosen_from.lines.included[:], chosen_from.lines.verdicts[:]
    concerned: dict[Target, None] = {}
    kept = dict(basis.decisions)
    for index in indexes:
        target = basis.targets[index]
        if target is None:
            continue
        flags[index] = included
        decision = kept.get(index)
        if included and decision is not None and decision.choice in _SKIPPING:
            del kept[index]
        concerned[target] = None
    basis = replace(basis, decisions=kept)
    for target in concerned:
        put_verdicts(basis, target, flags, verdicts)
    return planned(basis, verdicts, flags)


def _note_echoes(
    book: Book, basis: Basis, included: bytearray, verdicts: bytearray, progress: Progress
) -> None:
    """Let cards of ours that came back count as those the book holds."""
    update = _NUMBERS[Verdict.UPDATE]
    updated = [line for line, verdict in enumerate(verdicts) if verdict == update]
    for start in range(0, len(updated), _STEP):
        progress.step(0)
        asked: dict[int, tuple[int, Record]] = {}
        for line in updated[start : start + _STEP]:
            target = basis.targets[line]
            if target is not None and target.id is not None:
                asked[line] = target.id, basis.record(line)
        found = sorted(echoes(book, asked))
        for line in found:
            basis.stored[line] = True
        for target in dict.fromkeys(basis.targets[line] for line in found):
            if target is not None:
                put_verdicts(basis, target, included, verdicts)


def put_verdicts(basis: Basis, target: Target, included: bytearray, verdicts: bytearray) -> None:
    """Say of all lines about one target what becomes of them."""
    if target.index is not None and _is_simply_new(basis, target):
        verdicts[target.index] = _NUMBERS[first_verdict(basis, target.index)]
        return
    for line, verdict, _, _ in judge(basis, target, included).lines:
        verdicts[line] = _NUMBERS[verdict]


def _is_simply_new(basis: Basis, target: Target) -> bool:
    """Say whether a target is someone new of whom one record tells; most are. A group may be a tag that exists."""
    return target.id is None and target.kind is not CardKind.GROUP and basis.targets.is_alone(target)


def planned(basis: Basis, verdicts: bytearray, included: bytearray) -> ImportPlan:
    """Count what becomes of every line."""
    lines = PlanLines(basis, verdicts, included)
    counted = Counter(compress(verdicts, included))
    new, updated, same, failed, _, possible = (counted[_NUMBERS[one]] for one in _VERDICTS)
    counts = ImportCounts(len(lines), new, updated, same, failed, len(lines) - counted.total(), possible)
    return ImportPlan(
        lines,
        counts,
        basis.named.count_new(lines.work(), basis.known_companies),
        _touched(lines, basis),
        basis,
    )


def _touched(lines: PlanLines, basis: Basis) -> Mapping[CardKind, int]:
    """Return how many of each kind are added or changed; several records of one are one."""
    counted = basis.targets.tally(lines.work())
    found = {kind: counted[kind, False] for kind in CardKind}
    for kind in (CardKind.PERSON, CardKind.GROUP):
        found[kind] += counted[kind, True]
    return found


def _people(book: Book, wanted: Iterable[int], spill: Spill) -> Mapping[int, PersonProfile]:
    """Return what the people of the book say that a record may add to, or may be."""
    people: NumberedShelf[PersonProfile] = NumberedShelf(PersonProfile, spill)
    ids = sorted(wanted)
    with book.read() as session:
        for first in range(0, len(ids), _STEP):
            for id_, profile in sorted(store.people(session, ids[first : first + _STEP]).items()):
                people[id_] = profile
    return people
