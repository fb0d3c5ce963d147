"""Carrying out an import plan: one write, one step of undo, everything or nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from crm.app.books import Book
from crm.app.importing_columns import preference_of
from crm.app.importing_deciding import replay
from crm.app.importing_matching import Target
from crm.app.importing_news import rows_of
from crm.app.importing_pace import no_cycles_sought
from crm.app.importing_plan import Basis, ImportPlan, Judged, choose, is_work, judge, plan
from crm.app.importing_reading import require_room_for
from crm.app.importing_records import source_text
from crm.app.progress import Progress
from crm.domain.card import CardKind, TouchCard
from crm.domain.changes import Op
from crm.domain.company import CompanyId
from crm.domain.importplan import Choice, ImportCounts, PlanLine
from crm.domain.importrecord import (
    CompanyAddition,
    GroupAddition,
    PersonAddition,
    Record,
    SkippedCard,
    SourceText,
)
from crm.domain.merging import CompanyProfile, PersonProfile
from crm.domain.person import PersonId
from crm.errors import ErrorCode, KeepwarmError
from crm.store import batches, likeness, preferences
from crm.store import importing as store
from crm.store.importing_rows import ImportWriter

_CHUNK = 1000  # people between two looks at whether the user cancelled


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `batch_id` is None when there was nothing to do: then nothing was written at all."""

    batch_id: int | None
    counts: ImportCounts
    people: tuple[PersonId, ...] = ()
    companies: tuple[CompanyId, ...] = ()


@no_cycles_sought()
def apply(book: Book, chosen: ImportPlan, progress: Progress, *, today: date) -> Imported:
    """Import what the plan says, as one step of undo. Close the files read when it is done.

    Each card that was included is kept as it came, also one that is SAME but that the book doesn't hold in these very
    words; when nothing else is to be written, that alone is no reason to write. When the book changed since the plan
    was made, it is made again: `KeepwarmError` (plan stale) when it says something else. Raises `Cancelled`; then, as
    after any failure, nothing is left.
    """
    remembered = _Remembered.of(chosen.basis)
    is_idle = remembered.nothing and not any(line.included and is_work(line.verdict) for line in chosen.lines)
    if is_idle and not chosen.basis.comparison.gone and not chosen.basis.touches.new:
        return Imported(None, chosen.counts)
    require_room_for(chosen.basis.read, book.path)
    names = tuple(PurePath(file).name for file in chosen.basis.read.files)
    counts = chosen.counts
    with book.write(
        Op.IMPORT, files=list(names), added=counts.new + counts.possible, updated=counts.updated
    ) as session:
        current = _current(book, chosen, store.marker(session), progress, today)
        work = _Work(current.basis, [line.included for line in current.lines])
        writer = ImportWriter(session, names, counts, today)
        companies, people, ids = _write(work, writer, progress)
        store.note_origin(session, writer.batch_id, chosen.basis.read.origins)
        preferences.save(session, preference_of(chosen.basis.read.mappings))
        likeness.skip_always(session, remembered.never)
        likeness.want_again(session, remembered.again)
        likeness.set_apart(session, likeness.PERSON, _apart(current.basis, remembered.apart, ids))
        batches.record(session, writer.batch_id)
    return Imported(writer.batch_id, counts, people, companies)


def _current(
    book: Book, chosen: ImportPlan, marker: tuple[int, int], progress: Progress, today: date
) -> ImportPlan:
    """Return the plan as it is for the book as it is now. Raises `KeepwarmError` when that is another one."""
    if marker == chosen.basis.marker:
        return chosen
    again = replay(plan(book, chosen.basis.read, progress, today=today), chosen)
    again = choose(again, (line.index for line in chosen.lines if not line.included), included=False)
    if list(map(_fate, again.lines)) != list(map(_fate, chosen.lines)):
        raise KeepwarmError(ErrorCode.PLAN_STALE)
    return again


def _fate(line: PlanLine) -> tuple[object, ...]:
    return (line.verdict, line.person_id, line.company_id, line.joins, line.included)


@dataclass(slots=True)
class _Work:
    """What is to be written, by target; each with the records that stand behind it."""

    basis: Basis
    included: Sequence[bool]
    companies: list[Judged] = field(default_factory=list)
    new_people: list[Judged] = field(default_factory=list)
    known_people: list[Judged] = field(default_factory=list)
    groups: list[Judged] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Judge every target that has a record to write."""
        for target, lines in self.basis.groups.items():
            if not any(self.included[line] and line not in self.basis.stored for line in lines):
                continue
            judged = judge(self.basis, target, self.included)
            if target.kind is CardKind.COMPANY:
                self.companies.append(judged)
            elif target.kind is CardKind.GROUP:
                self.groups.append(judged)
            else:
                (self.new_people if judged.before is None else self.known_people).append(judged)

    def lines(self, judged: Judged) -> list[int]:
        """Return the lines whose cards are to be kept: each card once."""
        kept: dict[str, int] = {}
        for line, *_ in judged.lines:
            if self.included[line] and line not in self.basis.stored:
                kept.setdefault(self.basis.record(line).digest, line)
        return list(kept.values())

    def sources(self, judged: Judged) -> tuple[SourceText, ...]:
        """Return the cards to keep beside a target."""
        spill = self.basis.read.spill
        return tuple(source_text(self.basis.record(line), spill) for line in self.lines(judged))

    def person(self, judged: Judged) -> PersonAddition:
        """Return what is to be written of a person."""
        before, after = judged.before, judged.after
        if not isinstance(after, PersonProfile) or not isinstance(before, PersonProfile | None):
            raise TypeError(type(after))
        return PersonAddition(after, before, judged.target.id, self.sources(judged))

    def company(self, judged: Judged) -> CompanyAddition:
        """Return what is to be written of a company."""
        before, after = judged.before, judged.after
        if not isinstance(after, CompanyProfile) or not isinstance(before, CompanyProfile | None):
            raise TypeError(type(after))
        return CompanyAddition(after, before, judged.target.id, self.sources(judged))

    def everyone(self) -> Iterator[Judged]:
        """Yield every target once."""
        yield from (*self.companies, *self.new_people, *self.known_people, *self.groups)

    def blobs(self) -> Iterator[str]:
        """Yield the content addresses of the binary content of every card to keep, each once."""
        seen: set[str] = set()
        for judged in self.everyone():
            for line in self.lines(judged):
                for sha in self.basis.record(line).blobs:
                    if sha not in seen:
                        seen.add(sha)
                        yield sha


def _write(
    work: _Work, writer: ImportWriter, progress: Progress
) -> tuple[tuple[CompanyId, ...], tuple[PersonId, ...], dict[Target, int]]:
    """Write companies, people, groups, in this order; return the ids of companies and people added, and whose they are."""
    progress.expect(len(work.new_people) + len(work.known_people))
    spill = work.basis.read.spill
    for sha in work.blobs():
        progress.step(0)
        writer.add_blobs([(sha, spill.blob(sha))])
    companies = _write_companies(work, writer)
    progress.step(0)
    ids: dict[Target, int] = {}
    for chunk in _chunks(work.new_people):
        added = writer.add_people([work.person(judged) for judged in chunk])
        ids.update(zip((judged.target for judged in chunk), added, strict=True))
        progress.step(len(chunk))
    people = tuple(PersonId(id_) for id_ in ids.values())
    for chunk in _chunks(work.known_people):
        writer.update_people([work.person(judged) for judged in chunk])
        progress.step(len(chunk))
    writer.add_news(list(rows_of(work.basis.comparison, _told(work, ids))))
    writer.add_groups([_group(work, judged, ids) for judged in work.groups])
    progress.step(0)
    writer.finish()
    progress.step(0)
    writer.add_touches(_touches(work, ids))
    progress.step(0)
    return companies, people, ids


def _told(work: _Work, ids: dict[Target, int]) -> dict[int, tuple[int, Record]]:
    """Return the people of the lines taken in that have news, and their records."""
    found: dict[int, tuple[int, Record]] = {}
    for line in work.basis.comparison.news:
        person = _id_of(work.basis.targets[line], ids)
        if work.included[line] and person is not None:
            found[line] = (person, work.basis.record(line))
    return found


def _write_companies(work: _Work, writer: ImportWriter) -> tuple[CompanyId, ...]:
    additions = [work.company(judged) for judged in work.companies]
    cards = writer.add_companies([one for one in additions if one.before is None])
    writer.update_companies([one for one in additions if one.before is not None])
    people = [judged.after for judged in (*work.new_people, *work.known_people)]
    drafts = [after.draft for after in people if isinstance(after, PersonProfile)]
    named = writer.need_companies(position.company for draft in drafts for position in draft.positions)
    writer.need_tags(tag for draft in drafts for tag in draft.tags)
    return tuple(CompanyId(id_) for id_ in (*cards, *named))


def _touches(work: _Work, ids: dict[Target, int]) -> list[tuple[TouchCard, int]]:
    """Return the touches with whom each was; those with somebody who was left out wait for another import."""
    moved = work.basis.moved
    found = ((card, _id_of(moved.get(who, who), ids)) for card, who in work.basis.touches.new)
    return [(card, person) for card, person in found if person is not None]


def _group(work: _Work, judged: Judged, ids: dict[Target, int]) -> GroupAddition:
    """Return a group's tag and members; those that were left out aren't there to be tagged."""
    lines = work.lines(judged)
    members: list[int] = []
    for target in judged.after if isinstance(judged.after, frozenset) else ():
        id_ = _id_of(target, ids)
        if id_ is not None:
            members.append(id_)
    return GroupAddition(work.basis.record(lines[0]).card.name, tuple(sorted(members)), work.sources(judged))


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
            tuple(sorted(by_choice[Choice.KEEP_BOTH] & basis.candidates.keys())),
        )

    @property
    def nothing(self) -> bool:
        """Say whether there is nothing to remember, whatever else is written."""
        return not self.never and not self.again


def _apart(basis: Basis, lines: Iterable[int], ids: Mapping[Target, int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of people that the user said are two."""
    for line in lines:
        own = _id_of(basis.targets[line], ids)
        for candidate in basis.candidates[line]:
            other = candidate.person_id
            if candidate.line is not None:
                other = _id_of(basis.targets[candidate.line], ids)
            if own is not None and other is not None and own != other:
                yield own, other


def _card(basis: Basis, line: int) -> SkippedCard:
    record = basis.record(line)
    return SkippedCard(record.digest, record.card.uid, record.card.name)


def _id_of(target: Target | None, ids: Mapping[Target, int]) -> int | None:
    if target is None:
        return None
    return target.id if target.id is not None else ids.get(target)


def _chunks(judged: Sequence[Judged]) -> Iterable[Sequence[Judged]]:
    return (judged[start : start + _CHUNK] for start in range(0, len(judged), _CHUNK))
