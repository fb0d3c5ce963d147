"""People, companies and groups on their way out: everything of many at once, with the cards that brought them."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from crm.domain.card import CardKind
from crm.domain.exportrecord import ExportRecord
from crm.domain.importrecord import SourceText
from crm.store import importing

CHUNK = 500
_CARDS = (
    "version IN ('2.1', '3.0', '4.0', '')"  # of other forms, a row of a table, nothing goes back into a card
)
_SOURCES = (
    "SELECT s.{owner}, s.version, s.producer, s.uid, s.rev, s.digest, s.raw FROM json_each(?) k"
    " CROSS JOIN source_card s ON s.{owner} = k.value WHERE s." + _CARDS + " ORDER BY s.id"
)
_MEMBERS = (
    "SELECT x.tag_id, p.uid FROM json_each(?) k CROSS JOIN person_tag x ON x.tag_id = k.value"
    " JOIN person p ON p.id = x.person_id UNION SELECT x.tag_id, s.uid FROM json_each(?) k"
    " CROSS JOIN person_tag x ON x.tag_id = k.value JOIN source_card s ON s.person_id = x.person_id"
)


def everyone(session: Session) -> list[int]:
    """Return everybody's id, archived ones too, by name."""
    return _ids(session, "SELECT id FROM person ORDER BY sort_key, id")


def companies_with_cards(session: Session) -> list[int]:
    """Return the companies that have a card of their own to write: one that came, or ways to reach them."""
    return _ids(
        session,
        f"SELECT id FROM company WHERE id IN (SELECT company_id FROM source_card WHERE {_CARDS})"
        " OR id IN (SELECT company_id FROM contact_point) ORDER BY sort_key, id",
    )


def groups(session: Session) -> list[int]:
    """Return the tags that came as a card."""
    return _ids(
        session, f"SELECT id FROM tag WHERE id IN (SELECT tag_id FROM source_card WHERE {_CARDS}) ORDER BY id"
    )


def people(session: Session, ids: Sequence[int], *, sources: bool = True) -> Iterator[ExportRecord]:
    """Yield these people in the order of `ids`; those that are gone are left out. Without `sources`, no cards."""
    for chunk in _chunks(ids):
        profiles = importing.people(session, chunk)
        cards = _sources(session, "person_id", chunk) if sources else {}
        for id_ in chunk:
            if (profile := profiles.get(id_)) is not None:
                yield ExportRecord(
                    CardKind.PERSON,
                    profile.draft.display_name,
                    person=profile.draft,
                    uid=profile.uid,
                    photo=profile.photo,
                    photo_link=profile.photo_link,
                    sources=cards.get(id_, ()),
                )


def companies(session: Session, ids: Sequence[int]) -> Iterator[ExportRecord]:
    """Yield these companies."""
    for chunk in _chunks(ids):
        profiles = importing.companies(session, chunk)
        sources = _sources(session, "company_id", chunk)
        for id_ in chunk:
            if (profile := profiles.get(id_)) is not None:
                draft = profile.draft
                yield ExportRecord(
                    CardKind.COMPANY, draft.name, company=draft, uid=profile.uid, sources=sources.get(id_, ())
                )


def group_records(session: Session, ids: Sequence[int]) -> Iterator[ExportRecord]:
    """Yield the groups that these tags came as."""
    for chunk in _chunks(ids):
        sources = _sources(session, "tag_id", chunk)
        said = json.dumps(list(chunk))
        members: dict[int, set[str]] = {}
        for tag, uid in session.connection().exec_driver_sql(_MEMBERS, (said, said)):
            members.setdefault(tag, set()).add(uid)
        query = "SELECT t.id, t.name FROM json_each(?) k CROSS JOIN tag t ON t.id = k.value"
        for id_, name in _rows(session, query, chunk):
            found = sources.get(id_, ())
            yield ExportRecord(
                CardKind.GROUP,
                name,
                uid=found[0].uid if found else "",
                sources=found,
                members=frozenset(members.get(id_, ())),
            )


def _sources(session: Session, owner: str, ids: Sequence[int]) -> dict[int, tuple[SourceText, ...]]:
    found: dict[int, list[SourceText]] = {}
    for id_, *said in _rows(session, _SOURCES.format(owner=owner), ids):
        found.setdefault(id_, []).append(SourceText(*said))
    return {id_: tuple(sources) for id_, sources in found.items()}


def _ids(session: Session, query: str) -> list[int]:
    return [int(row[0]) for row in session.connection().exec_driver_sql(query)]


def _rows(session: Session, query: str, ids: Sequence[int]) -> list[Row[*tuple[Any, ...]]]:
    return list(session.connection().exec_driver_sql(query, (json.dumps(list(ids)),)))


def _chunks(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
