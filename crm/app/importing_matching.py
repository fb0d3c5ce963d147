"""Whom each record of an import is about, in the book or among the records before it."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache

from crm.app.importing_news import Told
from crm.app.importing_possible import BEYOND_IDS, PossibleMatches
from crm.app.importing_reading import ReadFiles
from crm.app.importing_touches import TouchMatches, match_touches
from crm.app.progress import Progress
from crm.domain.card import CardKind
from crm.domain.company import company_key as _company_key
from crm.domain.folding import fold
from crm.domain.importplan import Candidate, MatchReason
from crm.domain.importrecord import Record
from crm.domain.matching import MatchIndex, name_words, related
from crm.domain.merging import CompanyProfile
from crm.domain.person import made_name, sort_key
from crm.domain.values import quick_dataclass
from crm.formats import tables
from crm.store import importing as store

company_key = lru_cache(maxsize=8192)(_company_key)  # the same names come again and again
_STEP = 256  # records between two looks at whether the user cancelled
_NOBODY = (None, None, None)


@quick_dataclass(frozen=True, slots=True)
class Target:
    """Who a record is about: `id` in the book, or whoever the record at `index` of the plan brings."""

    kind: CardKind
    id: int | None = None
    index: int | None = None


class Matching:
    """Decides whom each record is about, one after the other: a record is also matched with those before it."""

    def __init__(
        self, read: ReadFiles, found: store.Found, possible: PossibleMatches, progress: Progress
    ) -> None:
        self.targets: list[Target | None] = []
        self.reasons: list[tuple[MatchReason, ...]] = []
        self.groups: dict[Target, list[int]] = {}
        self.stored: set[int] = set()
        self.members: dict[int, tuple[Target, ...]] = {}
        self.candidates: dict[int, tuple[Candidate, ...]] = {}
        self.skipped: set[int] = set()
        self._possible = possible
        self._read = read
        self._found = found
        self._progress = progress
        self._people = MatchIndex()
        for person, keys in found.people:
            self._people.add(person, keys)
        self._companies: dict[str, Target] = {}
        self._by_uid: dict[str, Target] = {}
        self._tags: dict[str, int] = {}

    def run(self) -> "Matching":
        """Match every record."""
        for line, place in enumerate(self._read.order):
            if line % _STEP == 0:
                self._progress.step(min(_STEP, self._read.read - line))
            target: Target | None = None
            reasons: tuple[MatchReason, ...] = ()
            if place >= 0:
                record = self._read.records[place]
                target, reasons = self._target(line, record)
                if target.index is not None and target.index != line:
                    reasons = (*reasons, MatchReason.SAME_FILE)
                self.groups.setdefault(target, []).append(line)
            self.targets.append(target)
            self.reasons.append(reasons)
        self._resolve_members()
        return self

    def told(self) -> list[Told]:
        """Return the records about people."""
        return [
            Told(line, self._read.records[place], target.id, line in self.stored)
            for line, (target, place) in enumerate(zip(self.targets, self._read.order, strict=True))
            if target is not None and target.kind is CardKind.PERSON
        ]

    def touches(self, known: Collection[str], today: date) -> TouchMatches[Target]:
        """Find whom the touches read were with: people of the book, or who comes with them."""
        if not self._read.touches:
            return TouchMatches()
        by_linkedin: dict[str, Target] = {}
        names: list[tuple[str, Target]] = []
        for person, keys in self._found.people:
            by_linkedin.setdefault(keys.linkedin, Target(CardKind.PERSON, id=person))
        for target, place in zip(self.targets, self._read.order, strict=True):
            if target is not None and target.kind is CardKind.PERSON:
                record = self._read.records[place]
                by_linkedin.setdefault(record.match.linkedin, target)
                if record.card.producer == tables.Layout.CONNECTIONS and record.person is not None:
                    names.append((record.person.draft.display_name, target))
        return match_touches(self._read.touches, by_linkedin, names, known, today=today)

    def _target(self, line: int, record: Record) -> tuple[Target, tuple[MatchReason, ...]]:
        if record.person is not None:
            return self._person(line, record)
        if record.company is not None:
            return self._company(line, record, record.company)
        first = self._tags.setdefault(fold(record.card.name), line)
        if record.digest in self._found.cards and self._found.cards[record.digest][2] is not None:
            self.stored.add(line)
        return Target(CardKind.GROUP, index=first), ()

    def _person(self, line: int, record: Record) -> tuple[Target, tuple[MatchReason, ...]]:
        match = self._people.find(record.match)
        number = BEYOND_IDS + line if match is None else match.target
        owner = self._found.cards.get(record.digest, _NOBODY)[0]
        if owner is not None:
            self.stored.add(line)
            number = owner
        self._people.add(number, record.match)
        if number == BEYOND_IDS + line:
            self._note_new(line, record)
        fits = match is not None and match.target == number
        if number >= BEYOND_IDS:
            target = Target(CardKind.PERSON, index=number - BEYOND_IDS)
        else:
            target = Target(CardKind.PERSON, id=number)
        if record.card.uid:
            self._by_uid.setdefault(record.card.uid, target)
        return target, match.reasons if match is not None and fits else ()

    def _note_new(self, line: int, record: Record) -> None:
        """Note whom a record that is nobody for certain possibly is, and whether the user never wants it."""
        candidates = self._possible.of(line, record)
        if candidates:
            self.candidates[line] = candidates
        uid = record.card.uid
        if record.digest in self._found.skipped or (uid and uid in self._found.skipped):
            self.skipped.add(line)

    def _company(
        self, line: int, record: Record, profile: CompanyProfile
    ) -> tuple[Target, tuple[MatchReason, ...]]:
        key = company_key(profile.draft.name)
        owner = self._found.cards.get(record.digest, _NOBODY)[1]
        if owner is not None:
            self.stored.add(line)
            return Target(CardKind.COMPANY, id=owner), (MatchReason.COMPANY_NAME,)
        if key in self._companies:
            return self._companies[key], (MatchReason.COMPANY_NAME,)
        known = self._found.companies_by_key.get(key)
        reasons: tuple[MatchReason, ...] = () if known is None else (MatchReason.COMPANY_NAME,)
        if known is None and profile.uid in self._found.companies_by_uid:
            candidate, name = self._found.companies_by_uid[profile.uid]
            if related(name_words(name), name_words(profile.draft.name)):
                known, reasons = candidate, (MatchReason.UID,)
        target = Target(CardKind.COMPANY, index=line) if known is None else Target(CardKind.COMPANY, id=known)
        self._companies[key] = target
        return target, reasons

    def _resolve_members(self) -> None:
        """Find a group's members among the records, wherever they stand, and in the book."""
        stored = {keys.uid: person for person, keys in reversed(self._found.people) if keys.uid}
        for target, lines in self.groups.items():
            if target.kind is not CardKind.GROUP:
                continue
            for line in lines:
                uids = self._read.records[self._read.order[line]].card.members
                found = [
                    self._by_uid.get(uid)
                    or (Target(CardKind.PERSON, id=stored[uid]) if uid in stored else None)
                    for uid in uids
                ]
                self.members[line] = tuple(dict.fromkeys(one for one in found if one is not None))


def wanted(read: ReadFiles) -> store.Wanted:
    """Return every key to be looked up in the book."""
    records = read.records
    matches = [record.match for record in records]
    names = [
        sort_key(made_name(record.person.draft))
        for record in records
        if record.person and record.match.phones
    ]
    companies = {
        company_key(position.company)
        for record in records
        if record.person
        for position in record.person.draft.positions
    }
    companies.update(company_key(record.company.draft.name) for record in records if record.company)
    members = (uid for record in records for uid in record.card.members)
    return store.Wanted(
        digests=_each(record.digest for record in records),
        uids=_each((*(match.uid for match in matches), *members)),
        emails=_each(email for match in matches for email in match.emails),
        linkedins=_each(
            (*(match.linkedin for match in matches), *(touch.linkedin for touch in read.touches))
        ),
        phones=_each(phone for match in matches for phone in match.phones),
        names=_each(names),
        companies=_each(companies),
        tags=_each(fold(record.card.name) for record in records if record.card.kind is CardKind.GROUP),
    )


def _each(keys: Iterable[str]) -> list[str]:
    """Return each key once; an empty one is none."""
    return [key for key in dict.fromkeys(keys) if key]


def stored_ids(matched: Matching) -> tuple[list[int], list[int]]:
    """Return the people and companies of the book that a record may add to."""
    people: list[int] = []
    companies: list[int] = []
    for target, lines in matched.groups.items():
        if target.id is not None and any(line not in matched.stored for line in lines):
            (people if target.kind is CardKind.PERSON else companies).append(target.id)
    for candidates in matched.candidates.values():
        people += [one.person_id for one in candidates if one.person_id is not None]
    return list(dict.fromkeys(people)), companies
