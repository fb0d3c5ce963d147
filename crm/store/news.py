"""What changed about people between two files of a program: what the earlier one said, and the news as they are kept."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from crm.domain.batch import Named, PersonNews
from crm.domain.card import CardKind
from crm.domain.news import News, NewsKind
from crm.domain.person import PositionDraft
from crm.store import adding
from crm.store.reason_tables import PersonNews as Row

_COLUMNS = (
    "person_id",
    "batch_id",
    "kind",
    "program",
    "noticed_on",
    "was_company",
    "was_title",
    "company",
    "title",
)


@dataclass(frozen=True, slots=True)
class KeptCard:
    """A record as it is kept beside a person."""

    person: int
    version: str
    producer: str
    uid: str
    raw: str


def told_of(session: Session, version: str, program: str) -> tuple[int, ...]:
    """Return the people of whom a program's files told so far; `version` is that of its records."""
    query = (
        "SELECT DISTINCT person_id FROM source_card"
        " WHERE version = ? AND producer = ? AND person_id IS NOT NULL ORDER BY person_id"
    )
    return tuple(session.connection().exec_driver_sql(query, (version, program)).scalars())


def kept_cards(session: Session, people: Iterable[int]) -> tuple[KeptCard, ...]:
    """Return the records kept beside these people, the latest first."""
    query = (
        "SELECT s.person_id, s.version, s.producer, s.uid, s.raw FROM json_each(?) k"
        " CROSS JOIN source_card s ON s.person_id = k.value ORDER BY s.id DESC"
    )
    rows = session.connection().exec_driver_sql(query, (json.dumps(sorted(set(people))),))
    return tuple(KeptCard(*row) for row in rows)


def gone(session: Session, program: str) -> frozenset[int]:
    """Return the people of whom it is noted already that a program's files don't tell of them any more."""
    query = "SELECT person_id FROM person_news WHERE program = ? AND kind = ?"
    found = session.connection().exec_driver_sql(query, (program, NewsKind.VANISHED.value))
    return frozenset(found.scalars())


def add(session: Session, batch_id: int, noticed_on: date, found: Sequence[tuple[int, str, News]]) -> None:
    """Keep news of people, each with its program, within the caller's `write`."""
    rows = []
    for person, program, news in found:
        was, became = news.was or PositionDraft(""), news.became or PositionDraft("")
        rows.append(
            (person, batch_id, news.kind.value, program, noticed_on.isoformat(), was.company, was.title, became.company,
             became.title)
        )  # fmt: skip
    adding.insert_many(session.connection(), Row.__tablename__, _COLUMNS, rows)


def of_batch(session: Session, batch_id: int) -> tuple[PersonNews, ...]:
    """Return the news an import brought, in the order of their people's names."""
    query = (
        "SELECT n.person_id, p.display_name, n.kind, n.program, n.noticed_on, n.was_company, n.was_title, n.company,"
        " n.title FROM person_news n JOIN person p ON p.id = n.person_id WHERE n.batch_id = ?"
        " ORDER BY n.kind, p.sort_key, n.id"
    )
    return tuple(
        PersonNews(
            Named(CardKind.PERSON, person, name),
            News(
                NewsKind(kind),
                PositionDraft(was_company, was_title) if was_company else None,
                PositionDraft(company, title) if company else None,
            ),
            program,
            date.fromisoformat(noticed_on),
        )
        for person, name, kind, program, noticed_on, was_company, was_title, company, title in (
            session.connection().exec_driver_sql(query, (batch_id,))
        )
    )
