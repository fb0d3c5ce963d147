"""Whom each record of an import is about, in the book or among the records before it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from crm.app.books import Book
from crm.app.importing.known import SurveyedIndex, found_by
from crm.app.importing.named import NamedCompanies, companies_of
from crm.app.importing.news import NewsSought, Told
from crm.app.importing.possible import BEYOND_IDS, PossibleMatches
from crm.app.importing.reading import ReadFiles
from crm.app.importing.shelf import NumberedShelf, Repeated, are_many
from crm.app.importing.survey import Survey
from crm.app.importing.targets import Target, Targets
from crm.app.importing.touches import TouchMatches, match_touches
from crm.app.progress import Progress
from crm.domain.card import CardKind
from crm.domain.company import company_key
from crm.domain.folding import fold
from crm.domain.importplan import Candidate, MatchReason
from crm.domain.importrecord import Record
from crm.domain.matching import MOST_WITH_A_KEY, MatchIndex, in_common, name_words, related
from crm.domain.merging import CompanyProfile
from crm.domain.person import made_name, sort_key
from crm.formats import tables
from crm.store import importing as store
from crm.store import likeness

_STEP = 256  # records between two looks at whether the user cancelled
_CHUNK = 5_000  # records whose keys are looked up at once
_NOBODY = (None, None, None)
_PERSON = CardKind.PERSON  # to ask an enum for a member takes as long as the rest of the line


class Matching:
    """Decides whom each record is about, one after the other: a record is also matched with those before it.

    `targets`, `reasons` and `companies` stand by line. `stored` has a 1 for lines whose very card the book holds.
    """

    def __init__(self, book: Book, read: ReadFiles, progress: Progress) -> None:
        self.targets = Targets()
        self.reasons: Repeated[tuple[MatchReason, ...]] = Repeated()
        self.companies = NamedCompanies()
        self.stored = bytearray(read.read)
        self.members: dict[int, tuple[Target, ...]] = {}
        self.candidates: NumberedShelf[tuple[Candidate, ...]] = NumberedShelf(
            tuple[Candidate, ...], read.spill
        )
        self.skipped: set[int] = set()
        self.known: dict[CardKind, set[int]] = {
            kind: set() for kind in CardKind
        }  # whom a record may add to or be
        self.news = NewsSought(book)
        self.found = store.Found()  # of all records so far; `cards` are those of the records at hand
        self._book = book
        self._read = read
        self._progress = progress
        self._possible = PossibleMatches(read, partial(_everybody, book, read, progress))
        self._people = MatchIndex()
        self._is_book_empty = False
        self._in_common: set[int] | None = None  # the lines of all that aren't alone, when that is known
        self._companies: dict[str, Target] = {}
        self._tags: dict[str, int] = {}
        self._groups: list[int] = []
        self._by_uid: dict[str, Target] = {}  # of those whom a group names
        self._stored_by_uid: dict[str, int] = {}
        self._by_linkedin: dict[str, Target] = {}  # when there are touches
        self._names: list[tuple[str, Target]] = []

    def run(self) -> "Matching":
        """Match every record. Of more than are kept in memory it is found out first what they share with others."""
        self._progress.expect(self._read.read)
        with self._book.read() as session:
            self._is_book_empty = store.is_empty(session)
        if are_many(len(self._read.records)):
            self._survey()
            self._progress.expect(self._read.read)
        elif self._is_book_empty:
            records = enumerate(map(self._read.record, range(self._read.read)))
            self._in_common = in_common({line: record.match for line, record in records if record})
        for first in range(0, max(1, self._read.read), _CHUNK):  # touches alone are looked up too
            last = min(first + _CHUNK, self._read.read)
            self._run(first, [self._read.record(line) for line in range(first, last)])
        self._resolve_members()
        return self

    def touches(self, known: Collection[str], today: date) -> TouchMatches[Target]:
        """Find whom the touches read were with: people of the book, or who comes with them."""
        return match_touches(self._read.touches, self._by_linkedin, self._names, known, today=today)

    def _survey(self) -> None:
        keys = Survey(self._read.spill, self._progress)

        def noted() -> Iterator[Record]:
            for number, record in enumerate(self._read.records):
                if number % _STEP == 0:
                    self._progress.step(_STEP)
                keys.note(map(hash, found_by(record.match)))
                yield record

        self._possible.survey(noted(), self._progress)
        self._people = SurveyedIndex(keys.shared(MOST_WITH_A_KEY), self._read)

    def _run(self, first: int, records: Sequence[Record | None]) -> None:
        """Match the records of a stretch of lines; what the book knows of them is looked up at once."""
        with self._book.read() as session:
            found = store.find(session, self._wanted(first, records))
        self._take(found)
        told: list[Told] = []
        for start in range(0, len(records), _STEP):
            some = records[start : start + _STEP]
            told += self._match(first + start, some)
            self._progress.step(len(some))
        self.news.look(told)
        if isinstance(self._people, SurveyedIndex):
            self._people.thin({person for person, _ in found.people})

    def _match(self, first: int, records: Sequence[Record | None]) -> list[Told]:
        """Match the records of some lines; return what may be news of those who are people."""
        told: list[Told] = []
        companies = [companies_of(record) if record else () for record in records]
        new: list[tuple[int, Record, tuple[str, ...]]] = []
        for line, (record, named) in enumerate(zip(records, companies, strict=True), first):
            target, reasons = self._matched(line, record) if record else (None, ())
            self.targets.append(target)
            self.reasons.append(reasons)
            if record is None or target is None or target.kind is not _PERSON:
                continue
            if target.index == line:
                new.append((line, record, named))
            if target.id is not None or record.card.version == tables.VERSION:  # others have no earlier word
                told.append(Told(line, record, target.id, bool(self.stored[line])))
        self.companies.extend(companies)
        self._note_new(new)
        return told

    def _matched(self, line: int, record: Record) -> tuple[Target, tuple[MatchReason, ...]]:
        """Return whom a record is about, and why; whom of the book it may add to is noted."""
        target, reasons = self._target(line, record)
        if target.index is None:
            if target.id is not None and not self.stored[line]:
                self.known[target.kind].add(target.id)
        elif target.index != line:
            reasons = (*reasons, MatchReason.SAME_FILE)
        return target, reasons

    def _wanted(self, first: int, records: Sequence[Record | None]) -> store.Wanted:
        """Return what to look up for a stretch of lines: of a book that holds nothing yet, nothing is asked."""
        if self._is_book_empty:
            return store.Wanted()
        touches = () if first else [touch.linkedin for touch in self._read.touches]
        return wanted([record for record in records if record is not None], touches)

    def _take(self, found: store.Found) -> None:
        """Take what the book has of the next records."""
        self.found.cards, self.found.skipped = found.cards, found.skipped
        self.found.companies_by_uid |= found.companies_by_uid
        self.found.companies_by_key |= found.companies_by_key
        self.found.renamed |= found.renamed
        self.found.tagged |= found.tagged
        for person, keys in found.people:
            self._people.add(person, keys)
            if self._read.touches:
                self._by_linkedin.setdefault(keys.linkedin, Target(CardKind.PERSON, id=person))
        for person, keys in reversed(found.people):
            if keys.uid in self._read.members:
                self._stored_by_uid[keys.uid] = person

    def _target(self, line: int, record: Record) -> tuple[Target, tuple[MatchReason, ...]]:
        if record.card.person is not None:
            return self._person(line, record)
        company = record.company
        if company is not None:
            return self._company(line, record, company)
        first = self._tags.setdefault(fold(record.card.name), line)
        self._groups.append(line)
        if self.found.cards.get(record.digest, _NOBODY)[2] is not None:
            self.stored[line] = True
        return Target(CardKind.GROUP, index=first), ()

    def _person(self, line: int, record: Record) -> tuple[Target, tuple[MatchReason, ...]]:
        if self._is_alone(line):
            target = Target(_PERSON, index=line)
            self._note_person(record, target)
            return target, ()
        match = self._people.find(record.match)
        number = BEYOND_IDS + line if match is None else match.target
        owner = self.found.cards.get(record.digest, _NOBODY)[0]
        if owner is not None:
            self.stored[line] = True
            number = owner
        self._people.add(number, record.match)
        fits = match is not None and match.target == number
        if number >= BEYOND_IDS:
            target = Target(_PERSON, index=number - BEYOND_IDS)
        else:
            target = Target(_PERSON, id=number)
        self._note_person(record, target)
        return target, match.reasons if match is not None and fits else ()

    def _is_alone(self, line: int) -> bool:
        """Say whether it is known that neither the book nor another record has a key of a line's record."""
        return self._in_common is not None and line not in self._in_common

    def _note_person(self, record: Record, target: Target) -> None:
        """Note by what groups and touches may name somebody."""
        uid, person = record.card.uid, record.card.person
        if uid in self._read.members:
            self._by_uid.setdefault(uid, target)
        if self._read.touches and person is not None:
            self._by_linkedin.setdefault(record.match.linkedin, target)
            if record.card.producer == tables.Layout.CONNECTIONS:
                self._names.append((person.display_name, target))

    def _note_new(self, new: Sequence[tuple[int, Record, tuple[str, ...]]]) -> None:
        """Note whom records that are nobody for certain possibly are, and whether the user never wants them."""
        for line, candidates in self._possible.of(new, self._is_alone):
            self.candidates[line] = candidates
            self.known[CardKind.PERSON].update(
                one.person_id for one in candidates if one.person_id is not None
            )
        skipped = self.found.skipped
        if skipped:
            for line, record, _ in new:
                if record.digest in skipped or (record.card.uid and record.card.uid in skipped):
                    self.skipped.add(line)

    def _company(
        self, line: int, record: Record, profile: CompanyProfile
    ) -> tuple[Target, tuple[MatchReason, ...]]:
        key = company_key(profile.draft.name)
        owner = self.found.cards.get(record.digest, _NOBODY)[1]
        if owner is not None:
            self.stored[line] = True
            return Target(CardKind.COMPANY, id=owner), (MatchReason.COMPANY_NAME,)
        if key in self._companies:
            return self._companies[key], (MatchReason.COMPANY_NAME,)
        known = self.found.companies_by_key.get(key)
        reasons: tuple[MatchReason, ...] = () if known is None else (MatchReason.COMPANY_NAME,)
        if known is None and profile.uid in self.found.companies_by_uid:
            candidate, name = self.found.companies_by_uid[profile.uid]
            if related(name_words(name), name_words(profile.draft.name)):
                known, reasons = candidate, (MatchReason.UID,)
        target = Target(CardKind.COMPANY, index=line) if known is None else Target(CardKind.COMPANY, id=known)
        self._companies[key] = target
        return target, reasons

    def _resolve_members(self) -> None:
        """Find a group's members among the records, wherever they stand, and in the book."""
        for line in self._groups:
            record = self._read.record(line)
            uids = record.card.members if record is not None else ()
            found = [self._by_uid.get(uid) or self._stored(uid) for uid in uids]
            self.members[line] = tuple(dict.fromkeys(one for one in found if one is not None))

    def _stored(self, uid: str) -> Target | None:
        person = self._stored_by_uid.get(uid)
        return None if person is None else Target(CardKind.PERSON, id=person)


def _everybody(book: Book, read: ReadFiles, progress: Progress) -> Mapping[int, likeness.Compared]:
    """Return what everybody in the book is compared by. No method: a matching must be in no cycle with its records."""
    found: NumberedShelf[likeness.Compared] = NumberedShelf(likeness.Compared, read.spill)
    with book.read() as session:
        for number, (id_, compared) in enumerate(likeness.people(session)):
            if number % _STEP == 0:
                progress.step(0)
            found[id_] = compared
    return found


def wanted(records: Collection[Record], touches: Iterable[str] = ()) -> store.Wanted:
    """Return every key of these records, and of touches, to be looked up in the book."""
    matches = [record.match for record in records]
    names = [
        sort_key(made_name(record.card.person))
        for record in records
        if record.card.person and record.match.phones
    ]
    members = (uid for record in records for uid in record.card.members)
    return store.Wanted(
        digests=_each(record.digest for record in records),
        uids=_each((*(match.uid for match in matches), *members)),
        emails=_each(email for match in matches for email in match.emails),
        linkedins=_each((*(match.linkedin for match in matches), *touches)),
        phones=_each(phone for match in matches for phone in match.phones),
        names=_each(names),
        companies=_each(key for record in records for key in companies_of(record)),
        tags=_each(fold(record.card.name) for record in records if record.card.kind is CardKind.GROUP),
    )


def _each(keys: Iterable[str]) -> list[str]:
    """Return each key once; an empty one is none."""
    return [key for key in dict.fromkeys(keys) if key]
