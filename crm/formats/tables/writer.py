"""Tables of people out: a CSV for spreadsheets, and one with the header that Google Contacts reads (2024 and later).

Both hold as many numbered columns as the person with the most needs, so they are planned first and written then.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from crm.domain.contactkeys import linkedin_address, linkedin_stored
from crm.domain.person import ContactKind, ContactPoint, DateKind, PartialDate, PersonDraft, PositionDraft
from crm.formats.tables.formulas import harmless

BOM = b"\xef\xbb\xbf"  # what Excel needs to take a CSV for UTF-8
_KINDS = {
    ContactKind.EMAIL: "E-mail",
    ContactKind.PHONE: "Phone",
    ContactKind.ADDRESS: "Address",
    ContactKind.LINK: "Website",
    ContactKind.MESSAGING: "IM",
    ContactKind.RELATED: "Relation",
}
_ADDRESS = ("PO Box", "Extended Address", "Street", "City", "Region", "Postal Code", "Country")
_LABELS = {
    frozenset({"cell"}): "Mobile",
    frozenset({"work", "cell"}): "Work Mobile",
    frozenset({"home", "fax"}): "Home Fax",
    frozenset({"work", "fax"}): "Work Fax",
    frozenset({"main"}): "Main",
}
_SEVERAL = " ::: "


class TableLayout(StrEnum):
    """Whose header: ours for any spreadsheet, or Google's."""

    PLAIN = "plain"
    GOOGLE = "google"


@dataclass(slots=True)
class TablePlan:
    """How many numbered columns of each kind a table needs."""

    layout: TableLayout
    contacts: dict[ContactKind, int] = field(default_factory=dict)
    jobs: int = 1
    dates: int = 0

    def count(self, person: PersonDraft) -> None:
        """Make room for a person."""
        self.jobs = max(self.jobs, len(_current(person)))
        self.dates = max(self.dates, len(_events(person)))
        for kind in _KINDS:
            several = sum(point.kind is kind for point in _points(person, self.layout))
            self.contacts[kind] = max(self.contacts.get(kind, 0), several)

    def header(self) -> list[str]:
        """Return the columns' names."""
        named = [name for name, _ in _COLUMNS[self.layout]]
        for number in range(2, self.jobs + 1):
            named += [f"Organization {number} - {part}" for part in ("Name", "Title", "Department")]
        for kind, name in _KINDS.items():
            for number in range(1, self.contacts.get(kind, 0) + 1):
                parts = (
                    ("Label", "Formatted", *_ADDRESS) if kind is ContactKind.ADDRESS else ("Label", "Value")
                )
                named += [f"{name} {number} - {part}" for part in parts]
        for number in range(1, self.dates + 1):
            named += [f"Event {number} - Label", f"Event {number} - Value"]
        return named

    def row(self, person: PersonDraft) -> list[str]:
        """Return a person's cells."""
        cells = [read(person) for _, read in _COLUMNS[self.layout]]
        jobs = _current(person)[1:]
        for place in range(self.jobs - 1):
            job = jobs[place] if place < len(jobs) else None
            cells += [job.company, job.title, job.department] if job else [""] * 3
        points = _points(person, self.layout)
        for kind in _KINDS:
            width = 2 + len(_ADDRESS) if kind is ContactKind.ADDRESS else 2
            own = [point for point in points if point.kind is kind]
            for place in range(self.contacts.get(kind, 0)):
                cells += _contact(own[place]) if place < len(own) else [""] * width
        events = _events(person)
        for place in range(self.dates):
            cells += events[place] if place < len(events) else ["", ""]
        return cells


def lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as they stand in the file: UTF-8, CRLF, no cell that a spreadsheet would run."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def _contact(point: ContactPoint) -> list[str]:
    label = _label(point)
    if point.kind is not ContactKind.ADDRESS:
        return [label, point.value]
    parts = point.parts if len(point.parts) == len(_ADDRESS) else ("",) * len(_ADDRESS)
    return [label, "" if any(parts) else point.value, *parts]


def _label(point: ContactPoint) -> str:
    """Return a contact point's label as Google has it: a star before that of the preferred one."""
    types = frozenset(point.types) - {"pref", "voice", "internet"}
    shown = " ".join(kind for kind in point.types if kind in types)
    if point.label and point.label != shown:
        said = point.label
    else:
        said = _LABELS.get(types) or next(
            (kind.title() for kind in ("work", "home") if kind in types), point.label
        )
    return f"* {said}".strip() if point.preferred else said


def _points(person: PersonDraft, layout: TableLayout) -> list[ContactPoint]:
    """Return the contact points to write; Google has no column of its own for LinkedIn."""
    points = list(person.contacts)
    if layout is TableLayout.GOOGLE and person.linkedin:
        address = linkedin_address(linkedin_stored(person.linkedin))
        if not any(point.value == address for point in points):
            points.append(ContactPoint(ContactKind.LINK, address, "LinkedIn"))
    return points


def _current(person: PersonDraft) -> list[PositionDraft]:
    return [one for one in person.positions if one.current]


def _events(person: PersonDraft) -> list[list[str]]:
    found = []
    seen = False
    for one in person.dates:
        if one.kind is DateKind.BIRTHDAY and not seen:
            seen = True
        else:
            found.append([one.label or one.kind.value.capitalize(), _day(one.on)])
    return found


def _birthday(person: PersonDraft) -> str:
    return next((_day(one.on) for one in person.dates if one.kind is DateKind.BIRTHDAY), "")


def _day(on: PartialDate) -> str:
    if on.text:
        return on.text
    year = "-" if on.year is None else f"{on.year:04d}"
    return "-".join([year, *(f"{part:02d}" for part in (on.month, on.day) if part is not None)])


def _job(part: str) -> Callable[[PersonDraft], str]:
    return lambda person: next((str(getattr(job, part)) for job in _current(person)[:1]), "")


def _first_name(person: PersonDraft) -> str:
    """Google shows the parts alone: whoever has none goes by the whole name."""
    return person.display_name if person.name.is_empty() else person.name.given


def _nothing(_person: PersonDraft) -> str:
    return ""


def _linkedin(person: PersonDraft) -> str:
    return linkedin_address(linkedin_stored(person.linkedin))


Column = tuple[str, Callable[[PersonDraft], str]]
_PLAIN: tuple[Column, ...] = (
    ("Name", lambda one: one.display_name),
    ("Prefix", lambda one: one.name.prefix),
    ("First name", lambda one: one.name.given),
    ("Middle name", lambda one: one.name.additional),
    ("Last name", lambda one: one.name.family),
    ("Suffix", lambda one: one.name.suffix),
    ("Nickname", lambda one: ", ".join(one.nicknames)),
    ("Company", _job("company")),
    ("Job title", _job("title")),
    ("Department", _job("department")),
    ("LinkedIn", _linkedin),
    ("Birthday", _birthday),
    ("Tags", lambda one: ", ".join(one.tags)),
    ("Notes", lambda one: one.notes),
)
_GOOGLE: tuple[Column, ...] = (
    ("First Name", _first_name),
    ("Middle Name", lambda one: one.name.additional),
    ("Last Name", lambda one: one.name.family),
    ("Phonetic First Name", _nothing),
    ("Phonetic Middle Name", _nothing),
    ("Phonetic Last Name", _nothing),
    ("Name Prefix", lambda one: one.name.prefix),
    ("Name Suffix", lambda one: one.name.suffix),
    ("Nickname", lambda one: _SEVERAL.join(one.nicknames)),
    ("File As", _nothing),
    ("Organization Name", _job("company")),
    ("Organization Title", _job("title")),
    ("Organization Department", _job("department")),
    ("Birthday", _birthday),
    ("Notes", lambda one: one.notes),
    ("Photo", _nothing),
    ("Labels", lambda one: _SEVERAL.join(one.tags)),
)
_COLUMNS = {TableLayout.PLAIN: _PLAIN, TableLayout.GOOGLE: _GOOGLE}
