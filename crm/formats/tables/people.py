"""A row of cells → the draft of a person or a company, by what each column holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

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
from crm.formats.tables.dates import read_date, read_day
from crm.formats.tables.slots import BIRTH, Slot
from crm.formats.tables.values import cut, joined, label_of, many, one_line
from crm.formats.vcard.contacts import address_line
from crm.formats.vcard.names import split_name

_POINTS = {
    F.EMAIL: ContactKind.EMAIL, F.PHONE: ContactKind.PHONE, F.LINK: ContactKind.LINK,
    F.MESSAGING: ContactKind.MESSAGING, F.RELATED: ContactKind.RELATED,
}  # fmt: skip
# In the order of vCard's address components.
_PARTS = (F.PO_BOX, F.EXTENDED, F.STREET, F.CITY, F.REGION, F.POSTCODE, F.COUNTRY)
_STREET = _PARTS.index(F.STREET)
_DATES = {F.BIRTHDAY: DateKind.BIRTHDAY, F.ANNIVERSARY: DateKind.ANNIVERSARY, F.DATE: DateKind.OTHER}
_KNOWN_DATES = {"anniversary": DateKind.ANNIVERSARY, "birthday": DateKind.BIRTHDAY}
_NAME_FIELDS = (F.FAMILY, F.GIVEN, F.MIDDLE, F.PREFIX, F.SUFFIX)
_SYSTEM_GROUP = "* "  # Google marks with a star what every account has: "* myContacts"


@dataclass(slots=True)
class _Group:
    """Columns of one address or one job, by what they hold."""

    places: dict[F, list[int]] = field(default_factory=dict)
    types: tuple[str, ...] = ()
    label: int | None = None

    def cell(self, cells: Sequence[str], wanted: F) -> str:
        """Return what stands in the columns of one kind, one after the other."""
        places = self.places.get(wanted, ())
        if len(places) < 2:
            return cells[places[0]] if places else ""
        return joined(cells[place] for place in places)


class RowReader:
    """Reads the rows of one table, all of the same columns."""

    def __init__(self, slots: Sequence[Slot], *, day_first: bool) -> None:
        self._day_first = day_first
        self._wide = len(slots)
        labels = {slot.group: place for place, slot in enumerate(slots) if slot.label}
        self._simple: dict[F, list[int]] = {}
        self._points: list[tuple[int, Slot, int | None]] = []
        self._dates: list[tuple[int, Slot, int | None]] = []
        self._birth: dict[str, int] = {}
        self._addresses: dict[str, _Group] = {}
        self._jobs: dict[str, _Group] = {}
        for place, slot in enumerate(slots):
            if slot.field in _POINTS:
                self._points.append((place, slot, labels.get(slot.group)))
            elif slot.group == BIRTH:
                self._birth[slot.types[0]] = place
            elif slot.field in _DATES:
                self._dates.append((place, slot, labels.get(slot.group)))
            elif slot.field is F.ADDRESS or slot.field in _PARTS:
                self._add(self._addresses, place, slot, labels)
            elif slot.field in {F.COMPANY, F.TITLE, F.DEPARTMENT}:
                self._add(self._jobs, place, slot, labels)
            else:
                self._simple.setdefault(slot.field, []).append(place)

    def read(self, cells: list[str]) -> PersonDraft | CompanyDraft | None:
        """Return whom the row is about, or None when it doesn't say. A company is one without a person."""
        if len(cells) < self._wide:
            cells = cells + [""] * (self._wide - len(cells))
        draft = self._person(cells)
        if draft.display_name:
            return draft
        company = next((one.company for one in draft.positions if one.company), "")
        if company and not draft.nicknames and not any(one.title for one in draft.positions):
            return _company(draft, company)
        shown = made_name(draft) or next((point.value for point in draft.contacts), draft.linkedin)
        return replace(draft, display_name=shown) if shown else None

    def _add(self, groups: dict[str, _Group], place: int, slot: Slot, labels: dict[str, int]) -> None:
        group = groups.setdefault(slot.group, _Group(types=slot.types))
        group.places.setdefault(slot.field, []).append(place)
        group.label = labels.get(slot.group) if slot.group else None

    def _person(self, cells: Sequence[str]) -> PersonDraft:
        shown = self._one(cells, F.NAME)
        name = PersonName(*[self._one(cells, part) for part in _NAME_FIELDS])
        if shown and not (name.given or name.family):
            split = split_name(shown)
            name = replace(split, prefix=name.prefix or split.prefix, suffix=name.suffix or split.suffix)
        contacts = self._contacts(cells)
        linkedin = self._linkedin(cells)
        met = self._one(cells, F.MET_ON)
        return PersonDraft(
            display_name=shown or " ".join(filter(None, (name.prefix, name.given, name.additional, name.family, name.suffix))),
            name=name,
            nicknames=self._nicknames(cells) if F.NICKNAME in self._simple else (),
            contacts=contacts,
            positions=self._positions(cells),
            dates=self._important(cells) if self._dates or self._birth else (),
            tags=self._tags(cells) if F.TAGS in self._simple else (),
            notes=self._notes(cells) if F.NOTES in self._simple else "",
            met_on=read_day(met, day_first=self._day_first) if met else None,
            linkedin=linkedin,
        )  # fmt: skip

    def _one(self, cells: Sequence[str], wanted: F) -> str:
        for place in self._simple.get(wanted, ()):
            if cells[place]:
                return one_line(cells[place])
        return ""

    def _notes(self, cells: Sequence[str]) -> str:
        return joined((cells[place] for place in self._simple[F.NOTES]), "\n\n")

    def _nicknames(self, cells: Sequence[str]) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(one for place in self._simple[F.NICKNAME] for one in many(cells[place], ",;"))
        )

    def _tags(self, cells: Sequence[str]) -> tuple[str, ...]:
        said = (one for place in self._simple[F.TAGS] for one in many(cells[place], ",;"))
        kept = {fold(one): one for one in said if not one.startswith(_SYSTEM_GROUP) and fold(one)}
        return tuple(kept.values())

    def _linkedin(self, cells: Sequence[str]) -> str:
        """Return the slug of the first column that has one; a text that is no profile stays in the raw cells."""
        places = self._simple.get(F.LINKEDIN)
        if places:
            return next((slug for place in places if (slug := linkedin_slug(cells[place]))), "")
        for place, slot, _ in self._points:
            if slot.field is F.LINK and "linkedin.com/" in cells[place].lower():
                return linkedin_slug(cells[place].strip())
        return ""

    def _contacts(self, cells: Sequence[str]) -> tuple[ContactPoint, ...]:
        found: list[ContactPoint] = []
        for place, slot, label in self._points:
            if cells[place]:
                found += _points(cells[place], slot, cells[label] if label is not None else "")
        for group in self._addresses.values():
            found += _address(group, cells)
        return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)

    def _positions(self, cells: Sequence[str]) -> tuple[PositionDraft, ...]:
        found = []
        for group in self._jobs.values():
            company, title, department = (
                one_line(group.cell(cells, wanted)) for wanted in (F.COMPANY, F.TITLE, F.DEPARTMENT)
            )
            if company or title or department:
                found.append(PositionDraft(company, title, department))
        return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)

    def _important(self, cells: Sequence[str]) -> tuple[ImportantDate, ...]:
        found = self._born(cells)
        for place, slot, label in self._dates:
            on = read_date(cells[place], day_first=self._day_first) if cells[place] else None
            if on is None:
                continue
            said, kind = (one_line(cells[label]) if label is not None else ""), _DATES[slot.field]
            if kind is DateKind.OTHER:
                kind = _KNOWN_DATES.get(said.lower(), kind)
            found.append(ImportantDate(kind, on, said if kind is DateKind.OTHER else ""))
        return tuple(dict.fromkeys(found))

    def _born(self, cells: Sequence[str]) -> list[ImportantDate]:
        """Return the birthday whose parts stand in a column each; it may have no year."""
        parts = {part: cells[place].strip() for part, place in self._birth.items()}
        month, day = parts.get("month", ""), parts.get("day", "")
        if not (month and day):
            return []
        text = f"{parts.get('year') or '-'}-{month:0>2}-{day:0>2}"
        on = read_date(text, day_first=self._day_first)
        return [ImportantDate(DateKind.BIRTHDAY, on)] if on else []


def _points(cell: str, slot: Slot, label: str) -> Iterable[ContactPoint]:
    kind = _POINTS[slot.field]
    types, said, preferred = label_of(label)
    separators = {F.EMAIL: ",; \n", F.PHONE: ";\n", F.LINK: " \n"}.get(slot.field, "\n")
    for place, value in enumerate(cut(cell, separators)):
        yield ContactPoint(kind, one_line(value), said, types or slot.types, preferred and place == 0)


def _address(group: _Group, cells: Sequence[str]) -> Iterable[ContactPoint]:
    parts = tuple(group.cell(cells, part) for part in _PARTS)
    whole = group.cell(cells, F.ADDRESS)
    only_street = any(parts) and not parts[_STREET] and not any(part and part in whole for part in parts)
    if whole and only_street:
        parts = (
            *parts[:_STREET],
            whole,
            *parts[_STREET + 1 :],
        )  # Thunderbird calls the street "Home Address"
    if not whole and not any(parts):
        return
    types, said, preferred = label_of(cells[group.label] if group.label is not None else "")
    # Several addresses in one cell, as Google writes them, can't be told apart by their parts.
    several = cut(whole, "") if " ::: " in whole else ()
    for value in several or (whole,):
        known = () if several or not any(parts) else parts
        # As a card with these parts is shown: the same address, whichever file brings it.
        shown = address_line(known) if known else value
        yield ContactPoint(ContactKind.ADDRESS, shown, said, types or group.types, preferred, known)


def _company(draft: PersonDraft, name: str) -> CompanyDraft:
    site = next((point.value for point in draft.contacts if point.kind is ContactKind.LINK), "")
    place = next((point.parts[3] for point in draft.contacts if point.parts), "")
    return CompanyDraft(name=name, site=site, place=place, notes=draft.notes, contacts=draft.contacts)
