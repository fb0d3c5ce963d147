"""A person as the user knows them: names, ways to reach them, positions, dates."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from crm.domain.cadence import Cadence, CheckInFacts, DueState, Interval
from crm.domain.folding import fold
from crm.domain.levelling import Why
from crm.domain.names import untitled
from crm.domain.values import quick_dataclass

if TYPE_CHECKING:
    from crm.domain.warmth import Clocks, Warmth  # which read touches, and those name people

PersonId = NewType("PersonId", int)


class ContactKind(StrEnum):
    """The kinds of contact points we understand; every other vCard property is kept beside them, raw."""

    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    LINK = "link"
    MESSAGING = "messaging"
    RELATED = "related"


class DateKind(StrEnum):
    """What an important date is."""

    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"
    OTHER = "other"


class Standing(StrEnum):
    """Whether suggestions are made for a person at all; anything but ACTIVE keeps them out."""

    ACTIVE = "active"
    ARCHIVED = "archived"
    DECEASED = "deceased"
    LEFT = "left"


@quick_dataclass(frozen=True, slots=True)
class PersonName:
    """The five components of vCard's N; several values in one component are joined by a space."""

    family: str = ""
    given: str = ""
    additional: str = ""
    prefix: str = ""
    suffix: str = ""

    def is_empty(self) -> bool:
        """Say whether no component holds anything."""
        return not (self.family or self.given or self.additional or self.prefix or self.suffix)

    def whole(self) -> str:
        """Return all that the components hold, in the order they are said."""
        parts = (self.prefix, self.given, self.additional, self.family, self.suffix)
        return " ".join([part for part in parts if part])


@quick_dataclass(frozen=True, slots=True)
class ContactPoint:
    """One way to reach someone. `parts` holds an address's seven vCard components, else it is empty."""

    kind: ContactKind
    value: str
    label: str = ""
    types: tuple[str, ...] = ()
    preferred: bool = False
    parts: tuple[str, ...] = ()


@quick_dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as cards write it: the year, the day or all but a text may be missing."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    text: str = ""

    def iso(self) -> str:
        """Return the date as ISO writes it, whatever part is missing; a text as it stands."""
        if self.text:
            return self.text
        year = "-" if self.year is None else f"{self.year:04d}"
        return year + "".join(f"-{part:02d}" for part in (self.month, self.day) if part is not None)


@quick_dataclass(frozen=True, slots=True)
class ImportantDate:
    """A birthday, an anniversary, or a date with a label of its own."""

    kind: DateKind
    on: PartialDate
    label: str = ""


@dataclass(frozen=True, slots=True)
class CustomField:
    """Something the user keeps of a person under a name of their own: "Coffee", "flat white"."""

    name: str
    value: str


@quick_dataclass(frozen=True, slots=True)
class PositionDraft:
    """What a person does or did at a company. Dates are the first known day, or None when unknown."""

    company: str
    title: str = ""
    department: str = ""
    from_on: date | None = None
    until_on: date | None = None
    current: bool = True


@quick_dataclass(frozen=True, slots=True)
class PersonDraft:
    """Everything a user can say of a person: what the editor saves and what an import reads.

    `display_name` may be empty: it is then made from the name. `notes` is Markdown. `every` is the person's own
    interval (None: no own rule); `never` is the person's own "no check-ins".
    """

    display_name: str = ""
    name: PersonName = PersonName()
    nicknames: tuple[str, ...] = ()
    contacts: tuple[ContactPoint, ...] = ()
    positions: tuple[PositionDraft, ...] = ()
    dates: tuple[ImportantDate, ...] = ()
    tags: tuple[str, ...] = ()
    notes: str = ""
    how_met: str = ""
    met_on: date | None = None
    starred: bool = False
    linkedin: str = ""
    every: Interval | None = None
    never: bool = False
    introduced_by: PersonId | None = None
    fields: tuple[CustomField, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """A stored position."""

    company_id: int
    company: str
    title: str = ""
    department: str = ""
    from_on: date | None = None
    until_on: date | None = None
    current: bool = True


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag and its rule for how often, if it has one."""

    name: str
    every: Interval | None = None


def made_name(draft: PersonDraft) -> str:
    """Return the name to show: the display name, else the best that the rest offers, else ''.

    The order is INTEROP.md 2.7 (6): N, then the company, a nickname, an e-mail address, a phone number.
    """
    if draft.display_name.strip():
        return draft.display_name.strip()
    full = draft.name.whole()
    if full:
        return full
    company = next((p.company for p in draft.positions if p.company), "")
    if company or draft.nicknames:
        return company or draft.nicknames[0]
    for kind in (ContactKind.EMAIL, ContactKind.PHONE):
        for point in draft.contacts:
            if point.kind is kind and point.value:
                return point.value
    return ""


def sort_key(display_name: str) -> str:
    """Return what lists are sorted by and exact names compared with: the name as shown without titles, folded."""
    return fold(untitled(display_name))


def name_key(display_name: str, name: PersonName) -> str:
    """Return the folded name and, after it, the words of its parts that it doesn't show; to search, not to compare."""
    shown, whole = fold(display_name), name.whole()
    if whole == display_name:
        return shown
    parts = fold(whole)
    if parts == shown:
        return shown
    words = set(shown.split())
    return " ".join([shown, *(word for word in parts.split() if word not in words)])


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of a list of people."""

    id: PersonId
    name: str
    title: str = ""
    company: str = ""
    company_id: int | None = None
    email: str = ""
    starred: bool = False
    last_touch_on: date | None = None
    next_due_on: date | None = None
    state: DueState = DueState.NONE
    cadence: Cadence = Cadence()
    snoozed_until: date | None = None
    standing: Standing = Standing.ACTIVE
    photo: str = ""  # the picture's content address, '' without one


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Everything the contact page shows of one person; timeline and pictures are asked for apart."""

    row: PersonRow
    draft: PersonDraft
    warmth: "Warmth"
    clocks: "Clocks"
    rules: tuple[Cadence, ...] = ()  # for how often, all that could apply; the first wins
    positions: tuple[Position, ...] = ()
    facts: CheckInFacts | None = None
    last_touch_kind: str = ""
    last_touch_note: str = ""
    snooze_count: int = 0
    added_on: date | None = None
    imported_from: str = ""  # the file of the import that added the person
    colleagues: tuple["Colleague", ...] = ()
    colleagues_total: int = 0
    introduced_by: "Colleague | None" = None
    introduced: tuple["Colleague", ...] = ()
    photo_link: str = ""
    ideal_on: date | None = None
    placed: Why | None = None


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone else a page leads to: at the same company, who introduced them, whom they introduced."""

    id: PersonId
    name: str
    title: str = ""
