"""Whom records that are nobody for certain possibly are: someone in the book, or in a record before."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from crm.app.importing.named import companies_of
from crm.app.importing.reading import ReadFiles
from crm.app.importing.shelf import NumberedShelf
from crm.app.importing.survey import SharedKeys, Survey
from crm.app.progress import Progress
from crm.domain.importplan import Candidate
from crm.domain.importrecord import Record
from crm.domain.likeness import MOST_TOGETHER, Alike, LikenessIndex, Marks, Traits, blocks
from crm.domain.person import ContactKind, DateKind, made_name
from crm.store.likeness import Compared

BEYOND_IDS = 1 << 31  # lines come after all that a book counts to, and both have room in four bytes
_TOGETHER = 64  # records that are compared at once
# By names of the module: to ask an enum for a member takes as long as the rest of the line.
_BIRTHDAY, _ADDRESS = DateKind.BIRTHDAY, ContactKind.ADDRESS


class PossibleMatches:
    """Finds them, record by record. The book is read once, when the first record that may be new asks for it.

    `survey` tells first what records and book have in common; without it everything is kept.
    """

    def __init__(self, read: ReadFiles, book: Callable[[], Mapping[int, Compared]]) -> None:
        self._read = read
        self._book = cache(book)
        self._index: LikenessIndex | None = None
        self._shared: SharedKeys | None = None

    def survey(self, records: Iterable[Record], progress: Progress) -> None:
        """Look through all records and the book for what several have in common."""
        survey = Survey(self._read.spill, progress)
        for record in records:
            if record.card.person is not None:
                survey.note(blocks(traits(record, companies_of(record))))
        for compared in self._book().values():
            survey.note(blocks(compared.traits))
        self._shared = survey.shared(MOST_TOGETHER)

    def of(
        self, records: Sequence[tuple[int, Record, tuple[str, ...]]], is_alone: Callable[[int], bool]
    ) -> Iterator[tuple[int, tuple[Candidate, ...]]]:
        """Yield the lines of records that possibly are somebody, with whom; each is a candidate itself for those after.

        The records are of people, each with its line and the keys of the companies it names.
        """
        for start in range(0, len(records), _TOGETHER):
            if self._index is None:
                self._index = self._read_book()
            new = [
                (BEYOND_IDS + line, traits(record, companies, alone=is_alone(line)))
                for line, record, companies in records[start : start + _TOGETHER]
            ]
            for (target, _), found in zip(new, self._index.find_and_add_all(new), strict=True):
                if found:
                    yield target - BEYOND_IDS, tuple([self._candidate(one) for one in found])

    def _candidate(self, one: Alike) -> Candidate:
        if one.target < BEYOND_IDS:
            return Candidate(self._book()[one.target].name, one.reasons, person_id=one.target)
        line = one.target - BEYOND_IDS
        return Candidate(self._name(line), one.reasons, line=line)

    def _name(self, line: int) -> str:
        record = self._read.record(line)
        if record is None or record.card.person is None:
            return ""
        return record.card.name or made_name(record.card.person)

    def _read_book(self) -> LikenessIndex:
        if self._shared is None:
            index = LikenessIndex()
        else:
            index = LikenessIndex(self._shared, NumberedShelf(Marks, self._read.spill, many=True))
        for id_, compared in self._book().items():
            index.add(id_, compared.traits)
        return index


def traits(record: Record, companies: tuple[str, ...], *, alone: bool = False) -> Traits:
    """Return by what a record of a person is compared; `companies` are the keys of those it names."""
    match, draft = record.match, record.card.person
    born, home = "", ""
    for date in draft.dates if draft else ():
        on = date.on
        if date.kind is _BIRTHDAY and on.year and on.month and on.day:
            born = f"{on.year * 10_000 + on.month * 100 + on.day:08}"
            break
    for point, key in zip(draft.contacts, record.keys, strict=True) if draft else ():
        if point.kind is _ADDRESS and key:
            home = key
            break
    return Traits(match.name, match.emails, match.phones, match.linkedin, companies, born, home, alone)
