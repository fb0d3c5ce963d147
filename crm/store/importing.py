"""What a book knows of the records of an import: matches by exact keys, and the people and companies they fit."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from crm.domain.company import CompanyDraft
from crm.domain.matching import MatchKeys, name_words
from crm.domain.merging import CompanyProfile, PersonProfile
from crm.domain.person import (
    ContactKind,
    ContactPoint,
    DateKind,
    ImportantDate,
    PartialDate,
    PersonDraft,
    PersonName,
    PositionDraft,
)
from crm.store import aliases
from crm.store.intervals import interval
from crm.store.tables import ImportBatch


@dataclass(frozen=True, slots=True)
class Wanted:
    """The keys of everything in an import. `names` are folded names of those with a phone."""

    digests: Sequence[str] = ()
    uids: Sequence[str] = ()
    emails: Sequence[str] = ()
    linkedins: Sequence[str] = ()
    phones: Sequence[str] = ()
    names: Sequence[str] = ()
    companies: Sequence[str] = ()
    tags: Sequence[str] = ()


@dataclass(slots=True)
class Found:
    """What the book has of it. `cards` maps a digest to the (person, company, tag) that brought the card."""

    cards: dict[str, tuple[int | None, int | None, int | None]] = field(default_factory=dict)
    people: list[tuple[int, MatchKeys]] = field(default_factory=list)  # whom two cards brought has two UIDs
    companies_by_uid: dict[str, tuple[int, str]] = field(default_factory=dict)
    companies_by_key: dict[str, int] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)  # what companies are called whose old name is a key
    tagged: dict[str, frozenset[int]] = field(default_factory=dict)  # who carries a tag that exists
    skipped: frozenset[str] = frozenset()  # digests and UIDs of records that the user never wants


def marker(session: Session) -> tuple[int, int]:
    """Return what differs once anything in the book changed, other than by the write that asks."""
    row = session.connection().exec_driver_sql(
        "SELECT coalesce(max(id), 0), coalesce(sum(undone), 0) FROM journal_entry WHERE id < ?",
        (_entry_now(session),),
    )
    newest, undone = row.one()
    return int(newest), int(undone)


def note_origin(session: Session, batch_id: int, origins: Sequence[str]) -> None:
    """Note which programs an import's tables came from."""
    if origins:
        session.get_one(ImportBatch, batch_id).source = ", ".join(origins)


def is_empty(session: Session) -> bool:
    """Say whether the book holds nothing that a record could be, or name."""
    holds = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table})" for table in ("person", "company", "tag", "source_card")
    )
    return not session.connection().exec_driver_sql(f"SELECT {holds}").scalar_one()


def find(session: Session, wanted: Wanted) -> Found:
    """Look every key up, each kind in one statement over an index."""
    return Found(
        cards={
            row[0]: (row[1], row[2], row[3])
            for row in _rows(
                session,
                "SELECT s.digest, s.person_id, s.company_id, s.tag_id FROM json_each(?) k"
                " CROSS JOIN source_card s ON s.digest = k.value ORDER BY s.id DESC",
                wanted.digests,
            )
        },
        people=_people(session, wanted),
        companies_by_uid={
            uid: (id_, name)
            for uid, id_, name in _pairs(
                session,
                "SELECT c.uid, c.id, c.name",
                "company c ON c.uid = k.value ORDER BY c.id DESC",
                wanted.uids,
            )
        },
        companies_by_key=aliases.companies_named(session, wanted.companies),
        renamed=aliases.renamed(session, wanted.companies),
        tagged=_tagged(session, wanted.tags),
        skipped=_skipped(session),
    )


def _skipped(session: Session) -> frozenset[str]:
    rows = session.connection().exec_driver_sql("SELECT digest, uid FROM skipped_record")
    return frozenset(key for row in rows for key in row if key)


def _entry_now(session: Session) -> int:
    """Return the id of the journal entry being written, or one beyond all."""
    connection = session.connection()
    known = connection.exec_driver_sql("SELECT 1 FROM sqlite_temp_master WHERE name = 'journal_now'").first()
    now = connection.exec_driver_sql("SELECT entry FROM temp.journal_now").scalar() if known else None
    return (1 << 62) if now is None else int(now)


def _people(session: Session, wanted: Wanted) -> list[tuple[int, MatchKeys]]:
    """Return everyone who shares a key, with the keys shared."""
    uids = _pairs(session, "SELECT p.id, p.uid", "person p ON p.uid = k.value", wanted.uids)
    uids += _pairs(
        session,
        "SELECT s.person_id, s.uid",
        "source_card s ON s.uid = k.value WHERE s.person_id IS NOT NULL",
        wanted.uids,
    )
    linkedins = _pairs(
        session, "SELECT p.id, p.linkedin", "person p ON p.linkedin = k.value", wanted.linkedins
    )
    linkedins += _other_profiles(session, wanted.linkedins)
    emails = _points(session, ContactKind.EMAIL, wanted.emails)
    phones = _points(session, ContactKind.PHONE, wanted.phones)
    named = [row[0] for row in _rows(session, _NAMED, wanted.names)]
    phones += _pairs(
        session,
        "SELECT c.person_id, c.key",
        "contact_point c ON c.person_id = k.value WHERE +c.kind = 'phone'",
        named,
    )
    shared = {id_ for pairs in (uids, linkedins, emails, phones) for id_, _ in pairs}
    names = dict(_pairs(session, "SELECT p.id, p.display_name", "person p ON p.id = k.value", sorted(shared)))
    uid_of, linkedin_of, emails_of, phones_of = map(_gathered, (uids, linkedins, emails, phones))
    found: list[tuple[int, MatchKeys]] = []
    for person in sorted(shared & names.keys()):
        words = name_words(names[person])
        all_uids, profiles = uid_of.get(person, ("",)), linkedin_of.get(person, ("",))
        emails_there, phones_there = emails_of.get(person, ()), phones_of.get(person, ())
        found.append((person, MatchKeys(words, all_uids[0], profiles[0], emails_there, phones_there)))
        found += [(person, MatchKeys(words, uid=uid)) for uid in all_uids[1:]]
        found += [(person, MatchKeys(words, linkedin=profile)) for profile in profiles[1:]]
    return found


def _other_profiles(session: Session, slugs: Sequence[str]) -> list[Any]:
    """Return who has one of these LinkedIn profiles beside the first: two people who were merged may have two.

    Links have no index of their own, so it is one pass over all of them that looks each up among the slugs.
    """
    return _rows(
        session,
        "SELECT c.person_id, substr(c.key, 17) FROM contact_point c WHERE c.kind = 'link' AND c.person_id IS NOT NULL"
        " AND substr(c.key, 1, 16) = 'linkedin.com/in/' AND substr(c.key, 17) IN (SELECT value FROM json_each(?))",
        slugs,
    )


_NAMED = "SELECT p.id FROM json_each(?) k CROSS JOIN person p ON p.sort_key = k.value"


def _points(session: Session, kind: ContactKind, keys: Sequence[str]) -> list[Any]:
    return _pairs(
        session,
        "SELECT c.person_id, c.key",
        f"contact_point c ON c.kind = '{kind.value}' AND c.key = k.value WHERE c.person_id IS NOT NULL",
        keys,
    )


def _gathered(pairs: Iterable[Any]) -> dict[int, tuple[str, ...]]:
    found: dict[int, dict[str, None]] = {}
    for id_, key in pairs:
        found.setdefault(id_, {})[key] = None
    return {id_: tuple(keys) for id_, keys in found.items()}


def _tagged(session: Session, tags: Sequence[str]) -> dict[str, frozenset[int]]:
    query = (
        "SELECT t.key, x.person_id FROM json_each(?) k CROSS JOIN tag t ON t.key = k.value"
        " LEFT JOIN person_tag x ON x.tag_id = t.id"
    )
    found: dict[str, set[int]] = {}
    for key, person in _rows(session, query, tags):
        found.setdefault(key, set()).update([] if person is None else [person])
    return {key: frozenset(people) for key, people in found.items()}


def _pairs(session: Session, select: str, join: str, keys: Sequence[Any]) -> list[Any]:
    return _rows(session, f"{select} FROM json_each(?) k CROSS JOIN {join}", keys)


def _rows(session: Session, query: str, keys: Sequence[Any]) -> list[Row[*tuple[Any, ...]]]:
    """Return what a query over `json_each` of the keys finds; nothing is asked for no keys."""
    if not keys:
        return []
    said = json.dumps(list(keys), ensure_ascii=False)
    return list(session.connection().exec_driver_sql(query, (said,)))


def people(session: Session, ids: Sequence[int]) -> dict[int, PersonProfile]:
    """Return what these people say, whole, so that what a record adds can be told."""
    contacts = _contacts(session, "person_id", ids)
    positions = _children(session, _POSITIONS, ids, _position)
    dates = _children(
        session, _DATES, ids, lambda row: ImportantDate(DateKind(row[0]), PartialDate(*row[2:]), row[1])
    )
    tags = _children(session, _TAGS, ids, lambda row: str(row[0]))
    found: dict[int, PersonProfile] = {}
    for row in _rows(session, _PEOPLE, ids):
        points = contacts.get(row.id, ())
        draft = PersonDraft(
            display_name=row.display_name,
            name=PersonName(row.family, row.given, row.additional, row.prefix, row.suffix),
            nicknames=tuple(json.loads(row.nicknames)),
            contacts=tuple(point for point, _ in points),
            positions=positions.get(row.id, ()),
            dates=dates.get(row.id, ()),
            tags=tags.get(row.id, ()),
            notes=row.notes,
            met_on=date.fromisoformat(row.met_on) if row.met_on else None,
            how_met=row.how_met,
            linkedin=row.linkedin,
            every=interval(row.every_count, row.every_unit),
            never=bool(row.never),
        )
        keys = tuple(key for _, key in points)
        found[row.id] = PersonProfile(draft, keys, row.uid, row.photo_sha, row.photo_link)
    return found


def companies(session: Session, ids: Sequence[int]) -> dict[int, CompanyProfile]:
    """Return what these companies say."""
    contacts = _contacts(session, "company_id", ids)
    found: dict[int, CompanyProfile] = {}
    for row in _rows(session, _COMPANIES, ids):
        points = contacts.get(row.id, ())
        every = interval(row.every_count, row.every_unit)
        draft = CompanyDraft(
            row.name, row.site, row.industry, row.size, row.place, row.notes, bool(row.target),
            tuple(point for point, _ in points), every,
        )  # fmt: skip
        found[row.id] = CompanyProfile(draft, tuple(key for _, key in points), row.uid)
    return found


_PEOPLE = (
    "SELECT p.id, p.display_name, p.family, p.given, p.additional, p.prefix, p.suffix, p.nicknames, p.notes,"
    " p.linkedin, p.met_on, p.how_met, p.every_count, p.every_unit, p.never, p.uid, p.photo_sha, p.photo_link FROM json_each(?) k CROSS JOIN person p ON p.id = k.value"
)
_COMPANIES = "SELECT c.* FROM json_each(?) k CROSS JOIN company c ON c.id = k.value"
_POSITIONS = (
    "SELECT o.person_id, c.name, o.title, o.department, o.current FROM json_each(?) k"
    " CROSS JOIN position o ON o.person_id = k.value JOIN company c ON c.id = o.company_id ORDER BY o.ord, o.id"
)
_DATES = (
    "SELECT d.person_id, d.kind, d.label, d.year, d.month, d.day, d.text FROM json_each(?) k"
    " CROSS JOIN important_date d ON d.person_id = k.value ORDER BY d.ord, d.id"
)
_TAGS = (
    "SELECT x.person_id, t.name FROM json_each(?) k CROSS JOIN person_tag x ON x.person_id = k.value"
    " JOIN tag t ON t.id = x.tag_id ORDER BY x.id"
)


def _position(row: Sequence[Any]) -> PositionDraft:
    company, title, department, current = row
    return PositionDraft(company, title, department, current=bool(current))


def _children(session: Session, query: str, ids: Sequence[int], make: Any) -> dict[int, tuple[Any, ...]]:
    found: dict[int, list[Any]] = {}
    for owner, *row in _rows(session, query, ids):
        found.setdefault(owner, []).append(make(row))
    return {owner: tuple(made) for owner, made in found.items()}


def _contacts(
    session: Session, owner: str, ids: Sequence[int]
) -> dict[int, tuple[tuple[ContactPoint, str], ...]]:
    query = (
        f"SELECT c.{owner}, c.kind, c.value, c.label, c.types, c.preferred, c.parts, c.key FROM json_each(?) k"
        f" CROSS JOIN contact_point c ON c.{owner} = k.value ORDER BY c.ord, c.id"
    )

    def made(row: list[Any]) -> tuple[ContactPoint, str]:
        kind, value, label, types, preferred, parts, key = row
        point = ContactPoint(
            ContactKind(kind),
            value,
            label,
            tuple(json.loads(types)),
            bool(preferred),
            tuple(json.loads(parts)),
        )
        return point, key

    return _children(session, query, ids, made)
