"""What a record adds to someone already known: it fills what is empty and adds what is new, and overwrites nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from crm.domain.company import CompanyDraft, company_key
from crm.domain.folding import fold
from crm.domain.importplan import FieldChange
from crm.domain.person import (
    ContactPoint,
    ImportantDate,
    PersonDraft,
    PersonName,
    PositionDraft,
)
from crm.domain.values import quick_dataclass

Changes = tuple[FieldChange, ...]


@quick_dataclass(frozen=True, slots=True)
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
        name=old.name if not old.name.is_empty() or _is_whole(new.name, old.display_name) else new.name,
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


def _is_whole(name: PersonName, display_name: str) -> bool:
    """Say whether a name's only component is all that is shown: programs that want one get it whole, as from us."""
    return display_name in {name.given, name.family} and name.whole() == display_name


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
            changes.append(FieldChange(date.kind.value, "", date.on.iso()))
    return tuple(dict.fromkeys(found))


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
