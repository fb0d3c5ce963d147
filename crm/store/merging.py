"""Making several people, or several companies, one: everything that points at one points at the one that stays."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, delete, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm.domain.comparing import Choosable
from crm.domain.contactkeys import contact_key, linkedin_address
from crm.domain.folding import fold
from crm.domain.person import ContactKind, DateKind
from crm.store import aliases, derived, likeness
from crm.store.base import Table
from crm.store.childrows import assign
from crm.store.tables import Company, ContactPoint, ImportantDate, Person, Position

Take = Mapping[Choosable, int]

_UNSYNCED = {"synchronize_session": False}
_SAID = ("title", "department", "from_on", "until_on")  # of a position
_RULE = ("every_count", "every_unit")
_PERSON_TAKEN = {
    Choosable.NAME: (
        "display_name", "name_key", "sort_key", "family", "given", "additional", "prefix", "suffix",
    ),
    Choosable.LINKEDIN: ("linkedin",),
    Choosable.PHOTO: ("photo_sha", "photo_link"),
    Choosable.HOW_MET: ("how_met",),
    Choosable.EVERY: (*_RULE, "never"),
}  # fmt: skip
_COMPANY_TAKEN = {
    Choosable.NAME: ("name", "name_key", "sort_key"),
    Choosable.SITE: ("site",),
    Choosable.INDUSTRY: ("industry",),
    Choosable.SIZE: ("size",),
    Choosable.PLACE: ("place",),
    Choosable.EVERY: _RULE,
}


def merge_people(session: Session, keep: int, others: Sequence[int], take: Take, today: date) -> None:
    """Make several people one: the union of what they say, of their touches and of all that is about them.

    The earliest day met and the later snooze hold. Nothing said is lost: a second LinkedIn profile becomes a link,
    another name is kept beside the nicknames, a title not chosen at the same company isn't a second position.
    """
    ids = [keep, *others]
    people = {id_: session.get_one(Person, id_) for id_ in ids}
    companies = derived.companies_of(session, ids)
    kept = people[keep]
    said = _fields_of(people, take)
    _join_positions(session, ids, take.get(Choosable.TITLE, keep))
    _join_dates(session, ids, take.get(Choosable.BIRTHDAY, keep))
    _join_contacts(session, ContactPoint.person_id, ids)
    _keep_profiles(session, keep, [people[id_].linkedin for id_ in ids], said["linkedin"])
    _hand_over(session, "person", keep, others)
    assign(kept, said)
    session.flush()
    session.execute(delete(Person).where(Person.id.in_(others)), execution_options=_UNSYNCED)
    likeness.hand_on(session, likeness.PERSON, keep, others)
    derived.settle(session, [keep], companies, today=today)


def merge_companies(session: Session, keep: int, others: Sequence[int], take: Take, today: date) -> None:
    """Make several companies one; the names that go are remembered, so that no import makes them again."""
    ids = [keep, *others]
    companies = {id_: session.get_one(Company, id_) for id_ in ids}
    names = [company.name for company in companies.values()]
    kept = companies[keep]
    people = set(session.scalars(select(Position.person_id).where(Position.company_id.in_(ids))))
    said = _filled(companies, _COMPANY_TAKEN, take)
    said["uid"] = _first(company.uid for company in companies.values())
    said["batch_id"] = _first(company.batch_id for company in companies.values()) or None
    said["notes"] = _joined(company.notes for company in companies.values())
    said["target"] = any(company.target for company in companies.values())
    _join_contacts(session, ContactPoint.company_id, ids)
    _join_company_positions(session, ids)
    _hand_over(session, "company", keep, others)
    assign(kept, said)
    session.flush()
    session.execute(delete(Company).where(Company.id.in_(others)), execution_options=_UNSYNCED)
    aliases.remember(session, keep, names)
    likeness.hand_on(session, likeness.COMPANY, keep, others)
    derived.settle(session, people, [keep], today=today)


def _fields_of(people: Mapping[int, Person], take: Take) -> dict[str, Any]:
    """Return what the person that stays says in columns of their own."""
    everyone = list(people.values())
    said = _filled(people, _PERSON_TAKEN, take)
    nicknames = [name for person in everyone for name in person.nicknames]
    nicknames += [
        one.display_name for one in everyone if _is_other_name(one.display_name, said["display_name"])
    ]
    said["nicknames"] = list({fold(name): name for name in reversed(nicknames)}.values())[::-1]
    said["notes"] = _joined(person.notes for person in everyone)
    said["uid"] = _first(person.uid for person in everyone)
    said["starred"] = any(person.starred for person in everyone)
    said["resting"] = any(person.resting for person in everyone)
    said["added_on"] = min(person.added_on for person in everyone)
    said["met_on"] = min((person.met_on for person in everyone if person.met_on), default=None)
    said["skipped_on"] = max((person.skipped_on for person in everyone if person.skipped_on), default=None)
    said["snoozed_until"] = max((one.snoozed_until for one in everyone if one.snoozed_until), default=None)
    said["snooze_count"] = max(person.snooze_count for person in everyone)
    planned = next((person for person in everyone if person.planned_on), everyone[0])
    said["planned_on"], said["planned_why"] = planned.planned_on, planned.planned_why
    return said


def _filled(
    rows: Mapping[int, Any], columns: Mapping[Choosable, Sequence[str]], take: Take
) -> dict[str, Any]:
    """Return each field as it was chosen, else as the first says it who says anything; a field's columns go together."""
    said: dict[str, Any] = {}
    for choice, names in columns.items():
        order = sorted(rows, key=lambda id_: id_ != take.get(choice))
        saying = (id_ for id_ in order if any(getattr(rows[id_], name) for name in names))
        row = rows[next(saying, order[0])]
        said.update((name, getattr(row, name)) for name in names)
    return said


def _is_other_name(name: str, shown: str) -> bool:
    """Say whether a name isn't the one shown, nor a part of it."""
    return not set(fold(name).split()) <= set(fold(shown).split())


def _keep_profiles(session: Session, keep: int, linkedins: Sequence[str], shown: str) -> None:
    """Keep further LinkedIn profiles as links."""
    points = _rows_of(session, ContactPoint.person_id, [keep])
    known = {row.key for row in points if row.kind == ContactKind.LINK.value}
    for profile in dict.fromkeys(linkedins):
        address = linkedin_address(profile)
        key = contact_key(ContactKind.LINK, address)
        if profile and profile != shown and key not in known:
            known.add(key)
            row = ContactPoint(
                person_id=keep, ord=len(points), kind=ContactKind.LINK.value, value=address, key=key
            )
            session.add(row)
            points.append(row)


def _join_positions(session: Session, ids: Sequence[int], titled: int) -> None:
    """Join positions: two that say the same, or are both held now at one company, are one; `titled` says its title."""
    kept: list[Position] = []
    for row in _rows_of(session, Position.person_id, ids):
        same = next((one for one in kept if _is_same_position(one, row)), None)
        if same is None:
            kept.append(row)
            continue
        for name in _SAID:
            chosen = name == "title" and row.person_id == titled and row.title
            if chosen or not getattr(same, name):
                setattr(same, name, getattr(row, name))
        session.delete(row)
    for place, row in enumerate(kept):
        assign(row, {"person_id": ids[0], "ord": place})


def _is_same_position(one: Position, other: Position) -> bool:
    if one.company_id != other.company_id or one.person_id == other.person_id or one.current != other.current:
        return False
    return _agree(one, other, _SAID[1:] if one.current else _SAID)


def _agree(one: Position, other: Position, names: Sequence[str]) -> bool:
    """Say whether neither of two positions says anything that the other says differently."""
    return all(
        not (mine := getattr(one, name)) or not (theirs := getattr(other, name)) or mine == theirs
        for name in names
    )


def _join_dates(session: Session, ids: Sequence[int], born: int) -> None:
    """Join dates; a birthday stands once, as `born` says it, and a date of one kind and label once."""
    rows = _rows_of(session, ImportantDate.person_id, ids)
    birthday = DateKind.BIRTHDAY.value
    rows.sort(key=lambda row: row.kind == birthday and row.person_id != born)
    known: set[tuple[Any, ...]] = set()
    for place, row in enumerate(rows):
        says = (
            row.kind,
            fold(row.label),
            *(() if row.kind == birthday else (row.year, row.month, row.day, row.text)),
        )
        if says in known and (row.person_id != ids[0] or row.kind == birthday):
            session.delete(row)
        else:
            known.add(says)
            assign(row, {"person_id": ids[0], "ord": place})


def _join_contacts(session: Session, owner: InstrumentedAttribute[Any], ids: Sequence[int]) -> None:
    """Join contact points; one that is there already goes, and what was preferred first stays so."""
    keep = ids[0]
    known: set[tuple[str, str]] = set()
    preferred: set[str] = set()
    for place, row in enumerate(_rows_of(session, owner, ids)):
        own = getattr(row, owner.key) == keep
        says = (row.kind, row.key or row.value)
        if says in known and not own:
            session.delete(row)
            continue
        known.add(says)
        still = row.preferred and (own or row.kind not in preferred)
        assign(row, {owner.key: keep, "ord": place, "preferred": still})
        if still:
            preferred.add(row.kind)


def _join_company_positions(session: Session, ids: Sequence[int]) -> None:
    """Move positions to the company that stays; one that agrees with another of that person is the same, and adds to it."""
    kept: list[Position] = []
    for row in _rows_of(session, Position.company_id, ids):
        same = next((one for one in kept if _is_same_at_both(one, row)), None)
        if same is None:
            kept.append(row)
            continue
        for name in _SAID:
            setattr(same, name, getattr(same, name) or getattr(row, name))
        session.delete(row)
    for row in kept:
        row.company_id = ids[0]


def _is_same_at_both(one: Position, other: Position) -> bool:
    """Say whether positions of one person at two companies that become one are the same."""
    if one.person_id != other.person_id or one.company_id == other.company_id or one.current != other.current:
        return False
    return _agree(one, other, _SAID)


def _rows_of(session: Session, owner: InstrumentedAttribute[Any], ids: Sequence[int]) -> list[Any]:
    """Return the rows of all of these in an order of their own, those of the first first."""
    session.flush()
    table = owner.class_
    rows = session.scalars(select(table).where(owner.in_(ids)).order_by(table.ord, table.id))
    places = {id_: place for place, id_ in enumerate(ids)}
    return sorted(rows, key=lambda row: places[getattr(row, owner.key)])


def _hand_over(session: Session, table: str, keep: int, gone: Sequence[int]) -> None:
    """Let every other row that points at one of `gone` point at `keep`; what `keep` has already goes with them."""
    session.flush()
    for column in _pointing_at(table):
        statement = (
            update(column.table).prefix_with("OR IGNORE").where(column.in_(gone)).values({column: keep})
        )
        session.execute(statement, execution_options=_UNSYNCED)
    session.expire_all()


def _pointing_at(table: str) -> list[Column[Any]]:
    """Return the columns of all tables that hold the id of a row of `table`."""
    tables = Table.metadata.sorted_tables
    keys = (key for other in tables for key in other.foreign_keys if key.column.table.name == table)
    return [key.parent for key in sorted(keys, key=lambda key: str(key.parent))]


def _first(values: Iterable[Any]) -> Any:
    """Return the first of these that says anything, else the first."""
    said = list(values)
    return next((value for value in said if value), said[0])


def _joined(texts: Iterable[str]) -> str:
    """Return texts one after the other, each once."""
    said = dict.fromkeys(text.strip() for text in texts)
    return "\n\n".join(text for text in said if text)
