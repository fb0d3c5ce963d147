"""By what everybody in the book, and every company, is compared when duplicates are sought; who is said not to be one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from crm.domain.companylikeness import CompanyTraits
from crm.domain.contactkeys import site_host
from crm.domain.importrecord import SkippedCard
from crm.domain.likeness import Traits
from crm.domain.matching import name_words
from crm.store.tables import NotSame, SkippedRecord

PERSON, COMPANY = "person", "company"
_AT_ONCE = 10_000  # people who are read in one go


@dataclass(frozen=True, slots=True)
class Compared:
    """Someone in the book: the name shown, and the traits."""

    name: str
    traits: Traits


def people(session: Session) -> Iterator[tuple[int, Compared]]:
    """Yield everybody, in the order they were added; some at a time are read."""
    last = session.connection().exec_driver_sql("SELECT max(id) FROM person").scalar() or 0
    for start in range(1, last + 1, _AT_ONCE):
        yield from _some_people(session, start, start + _AT_ONCE - 1)


def _some_people(session: Session, first: int, last: int) -> Iterator[tuple[int, Compared]]:
    points = "SELECT person_id, key FROM contact_point WHERE +kind = '{}' AND person_id BETWEEN ? AND ? ORDER BY id"
    ids = (first, last)
    emails = _gathered(session, points.format("email"), ids)
    phones = _gathered(session, points.format("phone"), ids)
    places = _gathered(session, points.format("address"), ids)
    companies = _gathered(
        session,
        "SELECT p.person_id, c.name_key FROM position p JOIN company c ON c.id = p.company_id"
        " WHERE p.person_id BETWEEN ? AND ? ORDER BY p.id",
        ids,
    )
    births = _gathered(
        session,
        "SELECT person_id, printf('%04d%02d%02d', year, month, day) FROM important_date WHERE +kind = 'birthday'"
        " AND year > 0 AND month > 0 AND day > 0 AND person_id BETWEEN ? AND ? ORDER BY id",
        ids,
    )
    query = "SELECT id, display_name, linkedin FROM person WHERE id BETWEEN ? AND ? ORDER BY id"
    for id_, name, linkedin in session.connection().exec_driver_sql(query, ids):
        yield (
            id_,
            Compared(
                name,
                Traits(
                    name_words(name),
                    emails.get(id_, ()),
                    phones.get(id_, ()),
                    linkedin,
                    companies.get(id_, ()),
                    births.get(id_, ("",))[0],
                    places.get(id_, ("",))[0],
                ),
            ),
        )


def companies(session: Session) -> dict[int, tuple[str, CompanyTraits]]:
    """Return the name and the traits of every company, in the order they were added."""
    aliases = _gathered(session, "SELECT company_id, name FROM company_alias ORDER BY id")
    domains = _gathered(
        session,
        "SELECT p.company_id, substr(c.key, instr(c.key, '@') + 1) FROM position p"
        " JOIN contact_point c ON c.person_id = p.person_id WHERE p.current AND c.kind = 'email'"
        " UNION SELECT company_id, substr(key, instr(key, '@') + 1) FROM contact_point"
        " WHERE company_id IS NOT NULL AND kind = 'email'",
    )
    query = "SELECT id, name, site FROM company ORDER BY id"
    return {
        id_: (
            name,
            CompanyTraits((name, *aliases.get(id_, ())), site_host(site), frozenset(domains.get(id_, ()))),
        )
        for id_, name, site in session.connection().exec_driver_sql(query)
    }


def not_same(session: Session, kind: str) -> frozenset[tuple[int, int]]:
    """Return the pairs of people, or companies, that the user says are two; the lower id first."""
    rows = session.execute(select(NotSame.one, NotSame.other).where(NotSame.kind == kind))
    return frozenset((row.one, row.other) for row in rows)


def set_apart(session: Session, kind: str, pairs: Iterable[tuple[int, int]]) -> None:
    """Remember that these are two."""
    known = not_same(session, kind)
    wanted = {(min(pair), max(pair)) for pair in pairs} - known
    rows = [{"kind": kind, "one": one, "other": other} for one, other in sorted(wanted)]
    if rows:
        session.execute(insert(NotSame), rows)


def hand_on(session: Session, kind: str, keep: int, gone: Iterable[int]) -> None:
    """Let whoever wasn't the same as one merged away not be the same as the one that stays."""
    merged = {keep, *gone}
    concerned = [pair for pair in not_same(session, kind) if merged.intersection(pair)]
    others = {id_ for pair in concerned for id_ in pair} - merged
    leaving = merged - {keep}
    gone_pairs = NotSame.one.in_(leaving) | NotSame.other.in_(leaving)
    session.execute(delete(NotSame).where(NotSame.kind == kind, gone_pairs))
    set_apart(session, kind, [(keep, other) for other in others])


def skip_always(session: Session, cards: Iterable[SkippedCard]) -> None:
    """Remember cards never wanted."""
    rows = [{"digest": card.digest, "uid": card.uid, "name": card.name} for card in cards]
    if rows:
        session.execute(insert(SkippedRecord), rows)


def want_again(session: Session, cards: Iterable[SkippedCard]) -> None:
    """Forget that these cards were never wanted."""
    for card in cards:
        known = SkippedRecord.digest == card.digest
        same = known | (SkippedRecord.uid == card.uid) if card.uid else known
        session.execute(delete(SkippedRecord).where(same))


def _gathered(session: Session, query: str, bound: tuple[int, ...] = ()) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    rows: Any = session.connection().exec_driver_sql(query, bound)
    for id_, value in rows:
        if value:
            found.setdefault(id_, []).append(value)
    return {id_: tuple(values) for id_, values in found.items()}
