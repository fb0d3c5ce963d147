"""Whom records that are nobody for certain possibly are: someone in the book, or in a record before."""

from collections.abc import Callable, Mapping

from crm.app.importing_reading import ReadFiles
from crm.domain.company import company_key
from crm.domain.folding import fold
from crm.domain.importplan import Candidate
from crm.domain.importrecord import Record
from crm.domain.likeness import Alike, LikenessIndex, Traits, address_words
from crm.domain.person import ContactKind, DateKind, PersonDraft, made_name
from crm.store.likeness import Compared

BEYOND_IDS = 1 << 48


class PossibleMatches:
    """Finds them, record by record. The book is read once, when the first record that may be new asks for it."""

    def __init__(self, read: ReadFiles, book: Callable[[], Mapping[int, Compared]]) -> None:
        self._read = read
        self._book = book
        self._index: LikenessIndex | None = None
        self._names: dict[int, str] = {}  # of people in the book

    def of(self, line: int, record: Record) -> tuple[Candidate, ...]:
        """Return who the record at `line` possibly is; it is a candidate itself for those after."""
        draft = record.card.person
        if draft is None:
            return ()
        if self._index is None:
            self._index = self._read_book()
        found = self._index.find_and_add(BEYOND_IDS + line, traits(record, draft))
        return tuple([self._candidate(one) for one in found])

    def _candidate(self, one: Alike) -> Candidate:
        if one.target < BEYOND_IDS:
            return Candidate(self._names[one.target], one.reasons, person_id=one.target)
        line = one.target - BEYOND_IDS
        return Candidate(self._name(line), one.reasons, line=line)

    def _name(self, line: int) -> str:
        record = self._read.record(line)
        if record is None or record.card.person is None:
            return ""
        return record.card.name or made_name(record.card.person)

    def _read_book(self) -> LikenessIndex:
        index = LikenessIndex()
        for id_, compared in self._book().items():
            index.add(id_, compared.traits)
            self._names[id_] = compared.name
        return index


def traits(record: Record, draft: PersonDraft) -> Traits:
    """Return by what a record is compared."""
    match = record.match
    born, home = "", ""
    for date in draft.dates:
        on = date.on
        if date.kind is DateKind.BIRTHDAY and on.year and on.month and on.day:
            born = f"{on.year:04}{on.month:02}{on.day:02}"
            break
    for point in draft.contacts:
        if point.kind is ContactKind.ADDRESS:
            home = point.value
            break
    companies = tuple([company_key(one.company) for one in draft.positions])
    address = address_words(fold(home)) if home else frozenset[str]()
    return Traits(match.name, match.emails, match.phones, match.linkedin, companies, born, address)
