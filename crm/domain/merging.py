"""What a record adds to someone already known: it fills what is empty and adds what is new, and overwrites nothing."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from crm.domain.company import CompanyDraft, company_key
from crm.domain.folding import fold
from crm.domain.importplan import FieldChange, FieldPair
from crm.domain.person import (
    ContactKind,
    ContactPoint,
    DateKind,
    ImportantDate,
    PartialDate,
    PersonDraft,
    PositionDraft,
    made_name,
)

Changes = tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class PersonProfile:
    """What is known of a person, from the book or from records. `keys` are those of the draft's contacts, in order.

    `photo` is a content address.
    """

    draft: PersonDraft
    keys: tuple[str, ...] = ()
    uid: str = ""
    photo: str = ""
    photo_link: str = ""


@dataclass(frozen=True, slots=True)
class CompanyProfile:
    """What is known of a company."""

    draft: CompanyDraft
    keys: tuple[str, ...] = ()
    uid: str = ""


def merge_person(known: PersonProfile, read: PersonProfile) -> tuple[PersonProfile, Changes]:
    """Return `known` with what `read` adds, and what that is. New entries of a list always come after the old ones."""
    changes: list[FieldChange] = []
    old, new = known.draft, read.draft
    contacts, keys = _contacts(old.contacts, known.keys, new.contacts, read.keys, changes)
    uid = known.uid or read.uid
    photo = known.photo or read.photo
    link = known.photo_link or ("" if photo else read.photo_link)
    if photo != known.photo or link != known.photo_link:
        changes.append(FieldChange("photo", "", link))
    draft = replace(
        old,
        name=old.name if not old.name.is_empty() else new.name,
        nicknames=_added("nicknames", old.nicknames, new.nicknames, fold, changes),
        contacts=contacts,
        positions=_positions(old.positions, new.positions, changes),
        dates=_dates(old.dates, new.dates, changes),
        tags=_added("tags", old.tags, new.tags, fold, changes),
        notes=_notes(old.notes, new.notes, changes),
        linkedin=_filled("linkedin", old.linkedin, new.linkedin, changes),
        met_on=old.met_on or new.met_on,
    )
    if draft.met_on != old.met_on and draft.met_on is not None:
        changes.append(FieldChange("met_on", "", draft.met_on.isoformat()))
    if draft.name != old.name:
        changes.append(FieldChange("name", "", " ".join(filter(None, (draft.name.given, draft.name.family)))))
    if uid != known.uid:
        changes.append(FieldChange("uid", "", uid))
    return (PersonProfile(draft, keys, uid, photo, link), tuple(changes)) if changes else (known, ())


def merge_company(known: CompanyProfile, read: CompanyProfile) -> tuple[CompanyProfile, Changes]:
    """Return `known` with what `read` adds, and what that is."""
    changes: list[FieldChange] = []
    old, new = known.draft, read.draft
    contacts, keys = _contacts(old.contacts, known.keys, new.contacts, read.keys, changes)
    uid = _filled("uid", known.uid, read.uid, changes)
    draft = replace(
        old,
        site=_filled("site", old.site, new.site, changes),
        industry=_filled("industry", old.industry, new.industry, changes),
        size=_filled("size", old.size, new.size, changes),
        place=_filled("place", old.place, new.place, changes),
        notes=_notes(old.notes, new.notes, changes),
        contacts=contacts,
    )
    return (CompanyProfile(draft, keys, uid), tuple(changes)) if changes else (known, ())


def overrule(
    merged: PersonProfile, read: PersonProfile, fields: Collection[str], changes: Changes
) -> tuple[PersonProfile, Changes]:
    """Return a merge in which the record's word holds in these fields, where it says something."""
    draft, new = merged.draft, read.draft
    pairs = {pair.field: pair for pair in compared(merged, read) if pair.differs and pair.field in fields}
    if "name" in pairs:
        draft = replace(draft, display_name=made_name(new), name=new.name)
    if "linkedin" in pairs:
        draft = replace(draft, linkedin=new.linkedin)
    if "birthday" in pairs:
        born = next(date for date in new.dates if date.kind is DateKind.BIRTHDAY)
        dates = (born if date.kind is DateKind.BIRTHDAY else date for date in draft.dates)
        draft = replace(draft, dates=tuple(dates))
    if "title" in pairs:
        titles = {company_key(one.company): one.title for one in new.positions if one.title}
        positions = (
            replace(one, title=titles.get(company_key(one.company), one.title)) for one in draft.positions
        )
        draft = replace(draft, positions=tuple(positions))
    photo = read.photo if "photo" in pairs else merged.photo
    made = replace(merged, draft=draft, photo=photo)
    said = (FieldChange(pair.field, pair.known, pair.read) for pair in pairs.values())
    return made, (*changes, *said)


def compared(known: PersonProfile, read: PersonProfile) -> tuple[FieldPair, ...]:
    """Return the fields in which two people say something, side by side; those of one value differ or agree."""
    return tuple(_pairs(known, read))


def _pairs(known: PersonProfile, read: PersonProfile) -> Iterator[FieldPair]:
    old, new = known.draft, read.draft
    yield _pair("name", made_name(old), made_name(new))
    yield from _title_pairs(old, new)
    for kind in (ContactKind.EMAIL, ContactKind.PHONE):
        mine, theirs = (", ".join(p.value for p in one.contacts if p.kind is kind) for one in (old, new))
        if mine or theirs:
            yield FieldPair(kind.value, mine, theirs, differs=False)
    if old.linkedin or new.linkedin:
        yield _pair("linkedin", old.linkedin, new.linkedin)
    mine, theirs = (
        next((_shown(date.on) for date in one.dates if date.kind is DateKind.BIRTHDAY), "")
        for one in (old, new)
    )
    if mine or theirs:
        yield _pair("birthday", mine, theirs)
    if known.photo or read.photo:
        yield _pair("photo", known.photo, read.photo)


def _title_pairs(old: PersonDraft, new: PersonDraft) -> Iterator[FieldPair]:
    """Yield the company, and the title where both have one at the same company."""
    mine, theirs = (next((one for one in draft.positions if one.current), None) for draft in (old, new))
    if mine or theirs:
        yield FieldPair(
            "company", mine.company if mine else "", theirs.company if theirs else "", differs=False
        )
    if mine and theirs and company_key(mine.company) == company_key(theirs.company):
        yield _pair("title", mine.title, theirs.title)
    elif mine or theirs:
        yield FieldPair("title", mine.title if mine else "", theirs.title if theirs else "", differs=False)


def _pair(field: str, known: str, read: str) -> FieldPair:
    return FieldPair(field, known, read, differs=bool(known and read) and fold(known) != fold(read))


def _contacts(
    old: tuple[ContactPoint, ...],
    old_keys: tuple[str, ...],
    new: tuple[ContactPoint, ...],
    new_keys: tuple[str, ...],
    changes: list[FieldChange],
) -> tuple[tuple[ContactPoint, ...], tuple[str, ...]]:
    """Add contact points whose key isn't there; what stands first or is preferred stays so."""
    known = {(point.kind, key or fold(point.value)) for point, key in zip(old, old_keys, strict=True)}
    preferred = {point.kind for point in old}
    points, keys = list(old), list(old_keys)
    for point, key in zip(new, new_keys, strict=True):
        if (point.kind, key or fold(point.value)) not in known:
            known.add((point.kind, key or fold(point.value)))
            points.append(replace(point, preferred=False) if point.kind in preferred else point)
            keys.append(key)
            changes.append(FieldChange(point.kind.value, "", point.value))
    return tuple(points), tuple(keys)


def _positions(
    old: tuple[PositionDraft, ...], new: tuple[PositionDraft, ...], changes: list[FieldChange]
) -> tuple[PositionDraft, ...]:
    """Add positions at companies not there yet; at a known one, fill a title or department that nobody gave.

    A position that stands is never ended: a record can't say that somebody left.
    """
    found = list(old)
    for position in new:
        there = [
            i for i, one in enumerate(found) if company_key(one.company) == company_key(position.company)
        ]
        if not there:
            found.append(position)
            shown = ", ".join(filter(None, (position.title, position.company)))
            changes.append(FieldChange("positions", "", shown))
        elif len(there) == 1 and position.current:
            one = found[there[0]]
            title = _filled("title", one.title, position.title, changes)
            department = _filled("department", one.department, position.department, changes)
            found[there[0]] = replace(one, title=title, department=department)
    return tuple(found)


def _dates(
    old: tuple[ImportantDate, ...], new: tuple[ImportantDate, ...], changes: list[FieldChange]
) -> tuple[ImportantDate, ...]:
    """Add dates; a birthday stands once, and a date of a kind and label that is there stays as it is."""
    known = {(date.kind, fold(date.label)) for date in old}
    found = list(old)
    for date in new:
        if (date.kind, fold(date.label)) not in known:
            found.append(date)
            changes.append(FieldChange(date.kind.value, "", _shown(date.on)))
    return tuple(dict.fromkeys(found))


def _shown(on: PartialDate) -> str:
    """Return a date as ISO writes it, whatever part is missing."""
    if on.text:
        return on.text
    day = "" if on.day is None else f"-{on.day:02d}"
    return (
        f"{'-' if on.year is None else f'{on.year:04d}'}{'' if on.month is None else f'-{on.month:02d}'}{day}"
    )


def _notes(old: str, new: str, changes: list[FieldChange]) -> str:
    """Append a note whose text isn't contained."""
    if not new or new in old:
        return old
    changes.append(FieldChange("notes", old, new))
    return f"{old}\n\n{new}" if old else new


def _filled(field: str, old: str, new: str, changes: list[FieldChange]) -> str:
    if old or not new:
        return old
    changes.append(FieldChange(field, "", new))
    return new


def _added(
    field: str,
    old: tuple[str, ...],
    new: Iterable[str],
    key: Callable[[str], str],
    changes: list[FieldChange],
) -> tuple[str, ...]:
    known = {key(text) for text in old}
    found = list(old)
    for text in new:
        if key(text) not in known:
            known.add(key(text))
            found.append(text)
            changes.append(FieldChange(field, "", text))
    return tuple(found)
