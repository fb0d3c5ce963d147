"""A row of cells → the draft of a person or a company, by what each column holds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from crm.domain.columns import ColumnField as F
from crm.domain.company import CompanyDraft
from crm.domain.contactkeys import linkedin_slug
from crm.domain.folding import fold
from crm.domain.person import (
    ContactKind,
    ContactPoint,
    DateKind,
    ImportantDate,
    PersonDraft,
    PersonName,
    PositionDraft,
    made_name,
)
from crm.formats.tables.columns import ADDRESS, JOB, NAME_PARTS, NOWHERE, Columns
from crm.formats.tables.dates import read_date, read_day
from crm.formats.tables.slots import BIRTH, Slot
from crm.formats.tables.values import cut, label_of, many, one_line
from crm.formats.vcard.contacts import address_line
from crm.formats.vcard.names import split_name

# Each with what separates several in one cell.
_POINTS = {
    F.EMAIL: (ContactKind.EMAIL, ",; \n"), F.PHONE: (ContactKind.PHONE, ";\n"), F.LINK: (ContactKind.LINK, " \n"),
    F.MESSAGING: (ContactKind.MESSAGING, "\n"), F.RELATED: (ContactKind.RELATED, "\n"),
}  # fmt: skip
_STREET = ADDRESS.index(F.STREET)
_DATES = {F.BIRTHDAY: DateKind.BIRTHDAY, F.ANNIVERSARY: DateKind.ANNIVERSARY, F.DATE: DateKind.OTHER}
_KNOWN_DATES = {"anniversary": DateKind.ANNIVERSARY, "birthday": DateKind.BIRTHDAY}
_SYSTEM_GROUP = "* "  # Google marks with a star what every account has: "* myContacts"

Naming = Callable[[PersonName, str], tuple[PersonName, str]]


@dataclass(frozen=True, slots=True)
class _Address:
    """The columns of one address: its cells of a row, its types, and where its label stands."""

    cells: Callable[[Sequence[str]], tuple[str, ...]]
    types: tuple[str, ...]
    label: int


class RowReader:
    """Reads the rows of one table. `named` says otherwise what a name and the name shown are, if the program needs it."""

    def __init__(self, slots: Sequence[Slot], *, day_first: bool, named: Naming | None = None) -> None:
        columns = Columns(slots)
        labels = {slot.group: place for place, slot in enumerate(slots) if slot.label}
        typed = {slot.group: slot.types for slot in reversed(slots) if slot.field in ADDRESS}
        self._day_first = day_first
        self._named = named
        self._wide = len(slots)
        self._merges = columns.merges()
        self._names = columns.getter((*NAME_PARTS, F.NAME, F.MET_ON))
        self._has_parts = any(columns.of(field) for field in (F.GIVEN, F.FAMILY))
        self._notes = columns.place(F.NOTES)
        self._nicknames = columns.of(F.NICKNAME)
        self._tags = columns.of(F.TAGS)
        self._linkedin = columns.of(F.LINKEDIN)
        self._jobs = [columns.getter(JOB, group) for group in columns.groups(JOB)]
        self._addresses = [
            _Address(
                columns.getter(ADDRESS, group), typed[group], labels.get(group, NOWHERE) if group else NOWHERE
            )
            for group in columns.groups(ADDRESS)
        ]
        found = [(place, slot, labels.get(slot.group, NOWHERE)) for place, slot in enumerate(slots)]
        self._points = [one for one in found if one[1].field in _POINTS]
        self._dates = [one for one in found if one[1].field in _DATES and one[1].group != BIRTH]
        self._birth = {slot.types[0]: place for place, slot in enumerate(slots) if slot.group == BIRTH}

    def read(self, cells: Sequence[str]) -> PersonDraft | CompanyDraft | None:
        """Return whom the row is about, or None when it doesn't say. A company is one without a person.

        No cell begins or ends with a space.
        """
        row = [*cells, *[""] * (self._wide - len(cells)), ""]
        for places, merged in self._merges:
            row[places[0]] = merged([row[place] for place in places])
        draft = self._person(row)
        if draft.display_name:
            return draft
        company = next((one.company for one in draft.positions if one.company), "")
        if company and not draft.nicknames and not any(one.title for one in draft.positions):
            return _company(draft, company)
        shown = made_name(draft) or next((point.value for point in draft.contacts), draft.linkedin)
        return replace(draft, display_name=shown) if shown else None

    def _person(self, cells: Sequence[str]) -> PersonDraft:
        text = "".join(cells)
        lines = cells if text.isprintable() and "  " not in text else [one_line(cell) for cell in cells]
        family, given, middle, prefix, suffix, shown, met = self._names(lines)
        if shown and not (given or family or self._has_parts):
            split = split_name(shown)
            name = replace(split, prefix=prefix or split.prefix, suffix=suffix or split.suffix)
        else:
            name = PersonName(family, given, middle, prefix, suffix)
            shown = shown or " ".join(filter(None, (prefix, given, middle, family, suffix)))
        if self._named is not None:
            name, shown = self._named(name, shown)
        return PersonDraft(
            display_name=shown,
            name=name,
            nicknames=self._nicknames_of(cells) if self._nicknames else (),
            contacts=self._contacts(cells),
            positions=self._positions(lines),
            dates=self._important(cells) if self._dates or self._birth else (),
            tags=self._tags_of(cells) if self._tags else (),
            notes=cells[self._notes],
            met_on=read_day(met, day_first=self._day_first) if met else None,
            linkedin=self._slug(cells),
        )

    def _nicknames_of(self, cells: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one for place in self._nicknames for one in many(cells[place], ",;")))

    def _tags_of(self, cells: Sequence[str]) -> tuple[str, ...]:
        said = (one for place in self._tags for one in many(cells[place], ",;"))
        kept = {fold(one): one for one in said if not one.startswith(_SYSTEM_GROUP) and fold(one)}
        return tuple(kept.values())

    def _slug(self, cells: Sequence[str]) -> str:
        """Return the slug of the first column that has one; a text that is no profile stays in the raw cells."""
        for place in self._linkedin:
            if cells[place] and (slug := linkedin_slug(cells[place])):
                return slug
        if not self._linkedin:
            for place, slot, _ in self._points:
                if slot.field is F.LINK and "linkedin.com/" in cells[place].lower():
                    return linkedin_slug(cells[place])
        return ""

    def _contacts(self, cells: Sequence[str]) -> tuple[ContactPoint, ...]:
        found: list[ContactPoint] = []
        for place, slot, label in self._points:
            if cells[place]:
                found += _points(cells[place], slot, cells[label])
        for address in self._addresses:
            parts = address.cells(cells)
            if any(parts):
                found += _addresses(parts, address.types, cells[address.label])
        return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)

    def _positions(self, lines: Sequence[str]) -> tuple[PositionDraft, ...]:
        found = []
        for job in self._jobs:
            company, title, department = job(lines)
            if company or title or department:
                found.append(PositionDraft(company, title, department))
        return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)

    def _important(self, cells: Sequence[str]) -> tuple[ImportantDate, ...]:
        found = self._born(cells)
        for place, slot, label in self._dates:
            on = read_date(cells[place], day_first=self._day_first) if cells[place] else None
            if on is None:
                continue
            said, kind = one_line(cells[label]), _DATES[slot.field]
            if kind is DateKind.OTHER:
                kind = _KNOWN_DATES.get(said.lower(), kind)
            found.append(ImportantDate(kind, on, said if kind is DateKind.OTHER else ""))
        return tuple(dict.fromkeys(found))

    def _born(self, cells: Sequence[str]) -> list[ImportantDate]:
        """Return the birthday whose parts stand in a column each; it may have no year."""
        parts = {part: cells[place] for part, place in self._birth.items()}
        month, day = parts.get("month", ""), parts.get("day", "")
        if not (month and day):
            return []
        text = f"{parts.get('year') or '-'}-{month:0>2}-{day:0>2}"
        on = read_date(text, day_first=self._day_first)
        return [ImportantDate(DateKind.BIRTHDAY, on)] if on else []


def _points(cell: str, slot: Slot, label: str) -> Iterable[ContactPoint]:
    kind, separators = _POINTS[slot.field]
    types, said, preferred = label_of(label)
    for place, value in enumerate(cut(cell, separators)):
        yield ContactPoint(kind, one_line(value), said, types or slot.types, preferred and place == 0)


def _addresses(cells: tuple[str, ...], slot_types: tuple[str, ...], label: str) -> Iterable[ContactPoint]:
    *components, whole = cells
    parts = tuple(components)
    only_street = any(parts) and not parts[_STREET] and not any(part and part in whole for part in parts)
    if whole and only_street:
        # Thunderbird calls the street "Home Address".
        parts = (*parts[:_STREET], whole, *parts[_STREET + 1 :])
    types, said, preferred = label_of(label)
    # Several addresses in one cell, as Google writes them, can't be told apart by their parts.
    several = cut(whole, "") if " ::: " in whole else ()
    for value in several or (whole,):
        known = () if several or not any(parts) else parts
        # As a card with these parts is shown: the same address, whichever file brings it.
        shown = address_line(known) if known else value
        yield ContactPoint(ContactKind.ADDRESS, shown, said, types or slot_types, preferred, known)


def _company(draft: PersonDraft, name: str) -> CompanyDraft:
    site = next((point.value for point in draft.contacts if point.kind is ContactKind.LINK), "")
    place = next((point.parts[3] for point in draft.contacts if point.parts), "")
    return CompanyDraft(name=name, site=site, place=place, notes=draft.notes, contacts=draft.contacts)
