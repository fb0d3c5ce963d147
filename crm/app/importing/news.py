"""What changed since an earlier file of the same program: found for a plan, and kept when it is carried out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crm.app.books import Book
from crm.domain.importrecord import Record
from crm.domain.news import News, NewsKind, news_of, vanished
from crm.domain.person import PersonDraft
from crm.domain.values import quick_dataclass
from crm.formats import tables
from crm.formats.rereading import reread
from crm.store import news as store
from crm.store.news import KeptCard

_CARDS = "vCard"  # cards have no program that can be relied on; their UIDs say which is a newer one of which


@quick_dataclass(frozen=True, slots=True)
class Told:
    """A record about somebody: a person of the book, or None, somebody new. `stored`: the book holds the very record."""

    line: int
    record: Record
    person: int | None
    stored: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed: news by line, and people of whom a program doesn't tell any more, each with the program."""

    news: Mapping[int, News] = field(default_factory=dict)
    gone: tuple[tuple[int, str], ...] = ()


class NewsSought:
    """Compares records with what earlier files of the same program said of the same people, some at a time."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._news: dict[int, News] = {}
        self._before: dict[str, tuple[int, ...]] = {}  # of whom each program told
        self._known: dict[str, frozenset[int]] = {}  # the same
        self._still: dict[str, set[int]] = {}  # of whom it tells now

    def look(self, told: Sequence[Told]) -> None:
        """Look at the next records."""
        newer: list[Told] = []  # that may say something new of somebody, or of somebody new to their program
        with self._book.read() as session:
            for one in told:
                program = _table_of(one.record)
                if program and program not in self._before:
                    self._before[program] = store.told_of(session, tables.VERSION, program)
                    self._known[program] = frozenset(self._before[program])
                    self._still[program] = set()
                if program and one.person is not None:
                    self._still[program].add(one.person)
                if not one.stored and (one.person is not None or self._known.get(program)):
                    newer.append(one)
            people = [one.person for one in newer if one.person is not None]
            kept = _by_person(store.kept_cards(session, people)) if people else {}
        for one in newer:
            news = _news(one, kept, self._known)
            if news is not None:
                self._news[one.line] = news

    def result(self) -> Comparison:
        """Return what changed, once all records were looked at."""
        gone: list[tuple[int, str]] = []
        with self._book.read() as session:
            for program, people in self._before.items():
                noted = store.gone(session, program)
                still = self._still[program]
                gone += [(person, program) for person in vanished(people, still) if person not in noted]
        return Comparison(self._news, tuple(gone))


def rows_of(
    comparison: Comparison, told: Mapping[int, tuple[int, Record]]
) -> Iterator[tuple[int, str, News]]:
    """Yield the news to keep: of the records taken in, by line their person and what was read, and of who is gone."""
    for line, news in comparison.news.items():
        if line in told:
            person, record = told[line]
            yield person, _table_of(record) or _CARDS, news
    for person, program in comparison.gone:
        yield person, program, News(NewsKind.VANISHED)


def _table_of(record: Record) -> str:
    """Return the program whose table a record is from, '' for cards and tables of nobody in particular."""
    return record.card.producer if record.card.version == tables.VERSION else ""


def _by_person(cards: Sequence[KeptCard]) -> dict[int, list[KeptCard]]:
    found: dict[int, list[KeptCard]] = {}
    for card in cards:
        found.setdefault(card.person, []).append(card)
    return found


def _news(
    one: Told, kept: Mapping[int, Sequence[KeptCard]], known: Mapping[str, frozenset[int]]
) -> News | None:
    program = _table_of(one.record)
    earlier = next((card for card in kept.get(one.person or 0, ()) if _is_earlier(card, one.record)), None)
    if earlier is None:
        is_first = bool(known.get(program)) and one.person not in known[program]
        return News(NewsKind.CONNECTED) if is_first else None
    said: PersonDraft | None = reread(earlier.version, earlier.raw)
    now = one.record.card.person
    return news_of(said, now) if said is not None and now is not None else None


def _is_earlier(card: KeptCard, record: Record) -> bool:
    """Say whether a kept record is an earlier word of the same program about the same person."""
    if tables.VERSION in (card.version, record.card.version):
        return (
            card.version == record.card.version
            and bool(card.producer)
            and card.producer == record.card.producer
        )
    return bool(card.uid) and card.uid == record.card.uid
