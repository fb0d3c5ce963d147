"""Carrying out an import plan: one write, one step of undo, everything or nothing."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from crm.app.books import Book
from crm.app.importing.columns import preference_of
from crm.app.importing.deciding import replay
from crm.app.importing.judging import Basis, Judged, judge, person_of
from crm.app.importing.news import rows_of
from crm.app.importing.planning import ImportPlan, choose, plan
from crm.app.importing.reading import require_room_for
from crm.app.importing.records import source_texts
from crm.app.importing.shelf import are_many
from crm.app.importing.targets import Target
from crm.app.pace import no_cycles_sought
from crm.app.progress import Progress
from crm.domain.card import CardKind, TouchCard
from crm.domain.changes import Op
from crm.domain.importplan import Choice, ImportCounts
from crm.domain.importrecord import (
    CompanyAddition,
    GroupAddition,
    PersonAddition,
    Record,
    SkippedCard,
    SourceText,
)
from crm.domain.merging import CompanyProfile, PersonProfile
from crm.errors import ErrorCode, KeepwarmError
from crm.store import batches, likeness, preferences
from crm.store import importing as store
from crm.store.failures import stopped
from crm.store.importing_rows import ImportWriter

_CHUNK = 1000  # people between two looks at whether the user cancelled
_CHUNK_OF_MANY = 500  # each takes the longer, the more there are already


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `batch_id` is None when there was nothing to do: then nothing was written at all.

    `people` are the ids of those added.
    """

    batch_id: int | None
    counts: ImportCounts
    people: range = range(0)


@no_cycles_sought()
def apply(book: Book, chosen: ImportPlan, progress: Progress, *, today: date) -> Imported:
    """Import what the plan says, as one step of undo. Close the files read when it is done.

    Each card that was included is kept as it came, also one that is SAME but that the book doesn't hold in these very
    words; when nothing else is to be written, that alone is no reason to write. When the book changed since the plan
    was made, it is made again: `KeepwarmError` (plan stale) when it says something else. Raises `Cancelled`; then, as
    after any failure, nothing is left but room that the book's next checkpoint gives back.
    """
    remembered = _Remembered.of(chosen.basis)
    is_idle = remembered.nothing and not chosen.counts.work
    if is_idle and not chosen.basis.comparison.gone and not chosen.basis.touches.new:
        return Imported(None, chosen.counts)
    require_room_for(chosen.basis.read, book.path)
    names = tuple(PurePath(file).name for file in chosen.basis.read.files)
    counts = chosen.counts
    added = counts.new + counts.possible
    with (
        book.write(Op.IMPORT, files=list(names), added=added, updated=counts.updated) as session,
        stopped(session, lambda: progress.is_cancelled),
    ):
        current = _current(book, chosen, store.marker(session), progress, today)
        work = _Work(current.basis, current.lines.included, progress)
        writer = ImportWriter(session, names, counts, today)
        people = _write(work, writer, progress)
        store.note_origin(session, writer.batch_id, chosen.basis.read.origins)
        preferences.save(session, preference_of(chosen.basis.read.mappings))
        likeness.skip_always(session, remembered.never)
        likeness.want_again(session, remembered.again)
        likeness.set_apart(session, likeness.PERSON, _apart(work, remembered.apart))
        batches.record(session, writer.batch_id)
        progress.finish()
    return Imported(writer.batch_id, counts, people)


def _current(
    book: Book, chosen: ImportPlan, marker: tuple[int, int], progress: Progress, today: date
) -> ImportPlan:
    """Return the plan as it is for the book as it is now. Raises `KeepwarmError` when that is another one."""
    if marker == chosen.basis.marker:
        return chosen
    again = replay(plan(book, chosen.basis.read, progress, today=today), chosen)
    left_out = (line for line, included in enumerate(chosen.lines.included) if not included)
    again = choose(again, left_out, included=False)
    if again.lines != chosen.lines:
        raise KeepwarmError(ErrorCode.PLAN_STALE)
    return again


class _Work:
    """What is to be written: the targets that have a record to write, by their first lines, and who they became."""

    def __init__(self, basis: Basis, included: bytearray, progress: Progress) -> None:
        self.basis, self.included = basis, included
        self.companies, self.new_people, self.known_people, self.groups = (array("i") for _ in range(4))
        self._ids = array("I", bytes(4 * len(included)))  # of new people, by their first lines
        progress.expect(len(basis.targets))
        self._simply_new = bytearray(len(included))  # a 1 for each person whom one line alone brings
        for line, kind in enumerate(basis.targets.simply_new()):
            if line % _CHUNK == 0:
                progress.step(_CHUNK)
            if kind is CardKind.PERSON:
                if included[line] and not basis.stored[line]:
                    self._simply_new[line] = True
                    self.new_people.append(line)
                continue
            target = basis.targets[line]
            if target is not None and basis.targets.first(target) == line and self._kept(target):
                self._sort(line, target)

    def chunks(self, lines: Sequence[int], progress: Progress) -> Iterator[Sequence[int]]:
        """Yield these first lines, some at a time; they are a step once they are written."""
        size = _CHUNK_OF_MANY if are_many(len(lines)) else _CHUNK
        for start in range(0, len(lines), size):
            chunk = lines[start : start + size]
            yield chunk
            progress.step(len(chunk))

    def company(self, line: int) -> CompanyAddition:
        """Return what is to be written of a company."""
        judged = self._judged(line)
        before, after = judged.before, judged.after
        if not isinstance(after, CompanyProfile) or not isinstance(before, CompanyProfile | None):
            raise TypeError(type(after))
        return CompanyAddition(after, before, judged.target.id, self._sources(judged.target))

    def group(self, line: int) -> GroupAddition:
        """Return a tag and its members; those that were left out aren't there to be tagged."""
        judged = self._judged(line)
        after = judged.after if isinstance(judged.after, frozenset) else ()
        members = sorted(id_ for target in after if (id_ := self.id_of(target)) is not None)
        name = self.basis.record(self._kept(judged.target)[0]).card.name
        return GroupAddition(name, tuple(members), self._sources(judged.target))

    def people(self, lines: Sequence[int]) -> list[PersonAddition]:
        """Return what is to be written of people: of those whom one record brings just what it says."""
        basis = self.basis
        alone = [line for line in lines if self._simply_new[line]]
        records = list(map(basis.record, alone))
        sources = source_texts(records, basis.read.spill)
        new = {
            line: PersonAddition(person, sources=(source,))
            for line, record, source in zip(alone, records, sources, strict=True)
            if (person := person_of(basis, record)) is not None
        }
        return [new.get(line) or self._person(line) for line in lines]

    def note(self, lines: Sequence[int], ids: Sequence[int]) -> None:
        """Note who the new people with these first lines became."""
        for line, id_ in zip(lines, ids, strict=True):
            self._ids[line] = id_

    def id_of(self, target: Target | None) -> int | None:
        """Return who somebody is in the book, None for those who were left out."""
        if target is None or target.id is not None:
            return target.id if target else None
        return self._ids[target.index or 0] or None

    def _person(self, line: int) -> PersonAddition:
        judged = self._judged(line)
        before, after = judged.before, judged.after
        if not isinstance(after, PersonProfile) or not isinstance(before, PersonProfile | None):
            raise TypeError(type(after))
        return PersonAddition(after, before, judged.target.id, self._sources(judged.target))

    def _judged(self, line: int) -> Judged:
        target = self.basis.targets[line]
        if target is None:
            raise KeyError(line)
        return judge(self.basis, target, self.included)

    def _sources(self, target: Target) -> tuple[SourceText, ...]:
        """Return the cards about a target that are to be kept, each once."""
        kept: dict[str, Record] = {}
        for record in map(self.basis.record, self._kept(target)):
            kept.setdefault(record.digest, record)
        return tuple(source_texts(list(kept.values()), self.basis.read.spill))

    def _kept(self, target: Target) -> list[int]:
        """Return the lines about a target whose cards are to be kept."""
        lines = self.basis.targets.lines(target)
        return [line for line in lines if self.included[line] and not self.basis.stored[line]]

    def _sort(self, line: int, target: Target) -> None:
        if target.kind is CardKind.PERSON:
            (self.new_people if target.id is None else self.known_people).append(line)
        else:
            (self.companies if target.kind is CardKind.COMPANY else self.groups).append(line)


def _write(work: _Work, writer: ImportWriter, progress: Progress) -> range:
    """Write everything, the touches last; return the ids of people added."""
    progress.expect(sum(map(len, (work.companies, work.new_people, work.known_people, work.groups))))
    with writer.in_bulk():
        people = _write_targets(work, writer, progress)
    progress.expect(writer.companies_added)
    writer.finish(progress.step)
    progress.step(0)
    writer.add_touches(_touches(work))
    progress.step(0)
    return people


def _write_targets(work: _Work, writer: ImportWriter, progress: Progress) -> range:
    """Write companies, people, groups, in this order; return the ids of people added."""
    for lines in work.chunks(work.companies, progress):
        companies = list(map(work.company, lines))
        _write_blobs(work, writer, companies, progress)
        writer.add_companies([one for one in companies if one.before is None])
        writer.update_companies([one for one in companies if one.before is not None])
    people = range(0)
    for lines in work.chunks(work.new_people, progress):
        new = work.people(lines)
        _write_blobs(work, writer, new, progress)
        added = writer.add_people(new)
        work.note(lines, added)
        people = range(people.start or added.start, added.stop)
    for lines in work.chunks(work.known_people, progress):
        known = work.people(lines)
        _write_blobs(work, writer, known, progress)
        writer.update_people(known)
    writer.add_news(list(rows_of(work.basis.comparison, _told(work))))
    for lines in work.chunks(work.groups, progress):
        writer.add_groups(list(map(work.group, lines)))
    return people


def _write_blobs(
    work: _Work, writer: ImportWriter, chunk: Sequence[PersonAddition | CompanyAddition], progress: Progress
) -> None:
    spill = work.basis.read.spill
    for sha in dict.fromkeys(sha for one in chunk for source in one.sources for sha in source.blobs):
        progress.step(0)
        writer.add_blobs([(sha, spill.blob(sha))])


def _told(work: _Work) -> dict[int, tuple[int, Record]]:
    """Return the people of the lines taken in that have news, and their records."""
    found: dict[int, tuple[int, Record]] = {}
    for line in work.basis.comparison.news:
        person = work.id_of(work.basis.targets[line])
        if work.included[line] and person is not None:
            found[line] = (person, work.basis.record(line))
    return found


def _touches(work: _Work) -> list[tuple[TouchCard, int]]:
    """Return the touches with whom each was; those with somebody who was left out wait for another import."""
    moved = work.basis.moved
    found = ((card, work.id_of(moved.get(who, who))) for card, who in work.basis.touches.new)
    return [(card, person) for card, person in found if person is not None]


@dataclass(frozen=True, slots=True)
class _Remembered:
    """Choices that hold beyond this import: cards never wanted, cards wanted again, lines that aren't the same as any."""

    never: tuple[SkippedCard, ...]
    again: tuple[SkippedCard, ...]
    apart: tuple[int, ...]

    @classmethod
    def of(cls, basis: Basis) -> "_Remembered":
        """Return what of the choices isn't known yet."""
        by_choice: dict[Choice, set[int]] = {choice: set() for choice in Choice}
        for line, decision in basis.decisions.items():
            by_choice[decision.choice].add(line)
        never = by_choice[Choice.ALWAYS_SKIP]
        return cls(
            tuple(_card(basis, line) for line in sorted(never - basis.skipped)),
            tuple(_card(basis, line) for line in sorted(basis.skipped - never)),
            tuple(sorted(line for line in by_choice[Choice.KEEP_BOTH] if line in basis.candidates)),
        )

    @property
    def nothing(self) -> bool:
        """Say whether there is nothing to remember, whatever else is written."""
        return not self.never and not self.again


def _apart(work: _Work, lines: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of people that the user said are two."""
    targets = work.basis.targets
    for line in lines:
        own = work.id_of(targets[line])
        for candidate in work.basis.candidates[line]:
            other = candidate.person_id
            if candidate.line is not None:
                other = work.id_of(targets[candidate.line])
            if own is not None and other is not None and own != other:
                yield own, other


def _card(basis: Basis, line: int) -> SkippedCard:
    record = basis.record(line)
    return SkippedCard(record.digest, record.card.uid, record.card.name)
