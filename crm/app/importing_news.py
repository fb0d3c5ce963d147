"""What changed since an earlier file of the same program: found for a plan, and kept when it is carried out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crm.app.books import Book
from crm.domain.importrecord import Record
from crm.domain.news import News, NewsKind, news_of, vanished
from crm.domain.person import PersonDraft
from crm.formats import tables
from crm.formats.rereading import reread
from crm.store import news as store
from crm.store.news import KeptCard

_CARDS = "vCard"  # cards have no program that can be relied on; their UIDs say which is a newer one of which


@dataclass(frozen=True, slots=True)
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


def compare(book: Book, told: Sequence[Told]) -> Comparison:
    """Compare records with what earlier files of the same program said of the same people."""
    with book.read() as session:
        programs = dict.fromkeys(program for one in told if (program := _table_of(one.record)))
        before = {program: store.told_of(session, tables.VERSION, program) for program in programs}
        newer = [one for one in told if not one.stored]
        kept = _by_person(store.kept_cards(session, (one.person for one in newer if one.person is not None)))
        known = {program: frozenset(people) for program, people in before.items()}
        found = {one.line: news for one in newer if (news := _news(one, kept, known)) is not None}
        gone: list[tuple[int, str]] = []
        for program, people in before.items():
            still = {
                one.person for one in told if one.person is not None and _table_of(one.record) == program
            }
            noted = store.gone(session, program)
            gone += [(person, program) for person in vanished(people, still) if person not in noted]
    return Comparison(found, tuple(gone))


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
    now = one.record.person
    return news_of(said, now.draft) if said is not None and now is not None else None


def _is_earlier(card: KeptCard, record: Record) -> bool:
    """Say whether a kept record is an earlier word of the same program about the same person."""
    if tables.VERSION in (card.version, record.card.version):
        return (
            card.version == record.card.version
            and bool(card.producer)
            and card.producer == record.card.producer
        )
    return bool(card.uid) and card.uid == record.card.uid
