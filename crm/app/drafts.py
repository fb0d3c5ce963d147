"""What a user typed, tidied and checked, before it is stored: one way of writing names, no empty rows."""

import calendar
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from crm.domain.cadence import Interval
from crm.domain.company import CompanyDraft, company_key
from crm.domain.folding import clean, fold
from crm.domain.person import (
    ContactKind,
    ContactPoint,
    CustomField,
    ImportantDate,
    PartialDate,
    PersonDraft,
    PersonName,
    PositionDraft,
    made_name,
)
from crm.errors import Invalid

MOST_UNITS = 9999
_LEAP_YEAR = 2000


def tidy_person(draft: PersonDraft, *, today: date) -> PersonDraft:
    """Return `draft` as it is stored. Raises `Invalid`: no name at all, a date that isn't one, a title of no company, a field of no name."""
    tidied = replace(
        draft,
        display_name=line(draft.display_name),
        name=_name(draft.name),
        nicknames=tuple(dict.fromkeys(filter(None, map(line, draft.nicknames)))),
        contacts=_contacts(draft.contacts),
        positions=_positions(draft.positions, today),
        dates=_dates(draft.dates),
        tags=_tags(draft.tags),
        notes=note(draft.notes),
        how_met=note(draft.how_met),
        linkedin=line(draft.linkedin),
        fields=_fields(draft.fields),
    )
    if not fold(made_name(tidied)):
        raise Invalid("name", draft.display_name, "empty")
    if draft.met_on is not None and draft.met_on > today:
        raise Invalid("met_on", draft.met_on, "future")
    check_every(draft.every)
    return tidied


def tidy_company(draft: CompanyDraft) -> CompanyDraft:
    """Return `draft` as it is stored. Raises `Invalid` when it has no name."""
    tidied = replace(
        draft,
        name=line(draft.name),
        site=line(draft.site),
        industry=line(draft.industry),
        size=line(draft.size),
        place=line(draft.place),
        notes=note(draft.notes),
        contacts=_contacts(draft.contacts),
    )
    if not company_key(tidied.name):
        raise Invalid("name", draft.name, "empty")
    check_every(draft.every)
    return tidied


def tag_name(name: str) -> str:
    """Return a tag's name as it is stored. Raises `Invalid` when nothing is left of it."""
    tidied = line(name)
    if not fold(tidied):
        raise Invalid("tag", name, "empty")
    return tidied


def check_every(every: Interval | None) -> None:
    """Raise `Invalid` for an interval of no or of too many units."""
    if every is not None and not 1 <= every.count <= MOST_UNITS:
        raise Invalid("every", every.count, "range")


def line(text: str) -> str:
    """Return `text` on one line, without what doesn't print."""
    return " ".join(clean(text).split())


def note(text: str) -> str:
    """Return a text of several lines without what doesn't print, with plain line ends."""
    return clean(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _name(name: PersonName) -> PersonName:
    parts = (name.family, name.given, name.additional, name.prefix, name.suffix)
    return PersonName(*map(line, parts))


def _contacts(contacts: Iterable[ContactPoint]) -> tuple[ContactPoint, ...]:
    """Return those that say something; an address of parts alone is shown as its parts."""
    tidied = []
    for point in contacts:
        parts = tuple(map(note, point.parts)) if any(map(note, point.parts)) else ()
        lines = note if point.kind is ContactKind.ADDRESS else line
        value = lines(point.value) or ", ".join(filter(None, parts))
        if value:
            types = tuple(filter(None, map(line, point.types)))
            tidied.append(replace(point, value=value, label=line(point.label), types=types, parts=parts))
    return tuple(dict.fromkeys(tidied))


def _positions(positions: Iterable[PositionDraft], today: date) -> tuple[PositionDraft, ...]:
    """Return those that say something; one that has ended isn't current."""
    tidied = []
    for position in positions:
        company, title, department = map(line, (position.company, position.title, position.department))
        if not company_key(company):
            if title or department:
                raise Invalid("company", title or department, "empty")
            continue
        if position.from_on and position.until_on and position.until_on < position.from_on:
            raise Invalid("until_on", position.until_on, "before_from")
        ended = position.until_on is not None and position.until_on < today
        current = position.current and not ended
        tidied.append(replace(position, company=company, title=title, department=department, current=current))
    return tuple(dict.fromkeys(tidied))


def _dates(dates: Iterable[ImportantDate]) -> tuple[ImportantDate, ...]:
    tidied = [
        replace(one, on=replace(one.on, text=line(one.on.text)), label=line(one.label)) for one in dates
    ]
    for one in tidied:
        _check_date(one.on)
    return tuple(dict.fromkeys(one for one in tidied if one.on != PartialDate()))


def _check_date(on: PartialDate) -> None:
    """Raise `Invalid` for a day no calendar has; 29 February stands when the year isn't known."""
    if on.year is not None and not 1 <= on.year <= 9999:
        raise Invalid("date", on.year, "no_such_day")
    if on.month is not None and not 1 <= on.month <= 12:
        raise Invalid("date", on.month, "no_such_day")
    last = calendar.monthrange(on.year or _LEAP_YEAR, on.month)[1] if on.month else 31
    if on.day is not None and not 1 <= on.day <= last:
        raise Invalid("date", on.day, "no_such_day")


def _fields(fields: Iterable[CustomField]) -> tuple[CustomField, ...]:
    """Return those that say something. Raises `Invalid` for one without a name."""
    tidied = [CustomField(line(kept.name), note(kept.value)) for kept in fields]
    nameless = next((kept for kept in tidied if kept.value and not fold(kept.name)), None)
    if nameless is not None:
        raise Invalid("field", nameless.value, "empty")
    return tuple(dict.fromkeys(kept for kept in tidied if kept.value))


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the tags, each once however it is spelled."""
    found: dict[str, str] = {}
    for name in map(line, tags):
        if fold(name):
            found.setdefault(fold(name), name)
    return tuple(found.values())
