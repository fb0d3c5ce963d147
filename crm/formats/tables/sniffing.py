"""The beginning of a file → how its table is laid out: separator, header, whose table it is, what each column means."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from crm.domain.columns import ColumnField as F
from crm.domain.columns import ColumnMapping, Mappings, TablePreview
from crm.formats.tables.dates import is_day_first, read_day
from crm.formats.tables.guessing import guess, is_data
from crm.formats.tables.headers import normalised, slot_of, understand
from crm.formats.tables.reasons import REASON
from crm.formats.tables.rows import rows, separator_said, text_lines
from crm.formats.tables.slots import Layout, Slot
from crm.formats.vcard.codepages import CodePage
from crm.formats.vcard.encoding import unicode_form

_HEAD_ROWS = 30  # a header stands within these, whatever stands before it
_SAMPLE_ROWS = 100
_PREVIEW_ROWS = 5
_SEPARATORS = ",;\t|"
_MESSAGES = frozenset({"from", "to", "date", "content"})
_INVITATIONS = frozenset({"from", "to", "sent at", "direction"})
_NOTES = frozenset({"connection first name", "connection profile url", "note"})
_PROFILE = frozenset({"first name", "last name", "headline", "summary"})
_GOOGLE = frozenset(
    {"email 1 value", "phone 1 value", "group membership", "organization 1 name", "phonetic first name"}
)
_NAMES = (F.GIVEN, F.FAMILY)
_ENGLISH_ORDER = frozenset({Layout.OUTLOOK, Layout.INVITATIONS})


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table is laid out. `header_line` is the number of the header's line, 0 when there is none.

    `said` is what the user says of its columns otherwise than their headers do.
    """

    layout: Layout
    delimiter: str
    header_line: int
    mapping: ColumnMapping
    slots: tuple[Slot, ...]
    day_first: bool
    preview: TablePreview
    said: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """Return the headers as the file writes them."""
        return self.mapping.headers


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A way to read the beginning: where the header would be, and how much of it makes sense."""

    delimiter: str
    header_line: int
    headers: tuple[str, ...]
    sample: tuple[list[str], ...]
    understood: int


def examine(head: bytes, *, encoding: str | None = None, mappings: Mappings | None = None) -> Shape | None:
    """Return how the table that begins with `head` is laid out, or None when it is no table of contacts.

    `mappings` are what users said of headers, by fingerprint; they go before what we guess.
    """
    form, _ = unicode_form(head)
    if not form and b"\0" in head:
        return None
    lines = list(text_lines(io.BytesIO(head), CodePage(encoding)))
    best = max(_candidates(lines), key=lambda one: (one.understood, len(one.headers)), default=None)
    if best is None:
        return None
    return _shape(best, mappings or {})


def _candidates(lines: Sequence[str]) -> Iterator[_Candidate]:
    """Yield what each separator makes of the lines."""
    said = next((separator_said(line) for line in lines[:1]), "")
    for delimiter in said or _SEPARATORS:
        some = list(_some(rows(iter(lines), delimiter)))
        found = [(number, cells) for number, cells in some if cells]
        if found:
            broken = next((number for number, cells in some if cells is None), inf)
            yield _candidate(delimiter, found, broken)


def _some(found: Iterator[tuple[int, list[str] | None]]) -> Iterator[tuple[int, list[str] | None]]:
    for _, one in zip(range(_HEAD_ROWS + _SAMPLE_ROWS), found, strict=False):
        yield one


def _candidate(delimiter: str, found: list[tuple[int, list[str]]], broken: float) -> _Candidate:
    """Choose the header: the row of which most makes sense; without any, the first that is as wide as the table.

    From the line `broken` on, where a row can't be read, rows of another width may be the rest of a long cell.
    """
    best, score = 0, 0
    for place, (_, cells) in enumerate(found[:_HEAD_ROWS]):
        understood = sum(_is_known(cell) for cell in cells)
        if understood > score and not is_data(cells):
            best, score = place, understood
    if score == 0:
        wide = max(len(cells) for _, cells in found)
        best = next(place for place, (_, cells) in enumerate(found) if len(cells) == wide)
        if is_data(found[best][1]):
            names = tuple(f"Column {number}" for number in range(1, wide + 1))
            return _Candidate(delimiter, 0, names, tuple(cells for _, cells in found[best:]), 0)
    number, cells = found[best]
    headers = tuple(" ".join(cell.split()) for cell in cells)
    sample = tuple(
        cells for line, cells in found[best + 1 :] if line < broken or not score or len(cells) == len(headers)
    )
    return _Candidate(delimiter, number, headers, sample, score)


def _is_known(cell: str) -> bool:
    slot = understand((cell,))[0]
    return slot.field is not F.IGNORE or slot.label or normalised(cell) in _MESSAGES | _INVITATIONS


def _shape(found: _Candidate, mappings: Mappings) -> Shape | None:
    said = frozenset(map(normalised, found.headers))
    slots = understand(found.headers)
    wide = len(found.headers)
    columns = [[row[place] for row in found.sample if len(row) > place] for place in range(wide)]
    layout = _special(said)
    if layout is Layout.OTHER:
        guess(found.headers, columns, slots)
        _settle_met_on(columns, slots)
        layout = _layout(said, slots)
        if layout is Layout.OTHER and not _is_even(found):
            return None
    mapping = ColumnMapping(found.headers, tuple(slot.field for slot in slots))
    chosen = mappings.get(mapping.fingerprint)
    if chosen is not None and len(chosen.fields) == wide:
        slots = [
            slot if slot.field is field else slot_of(field, header)
            for slot, field, header in zip(slots, chosen.fields, found.headers, strict=True)
        ]
        mapping = replace(mapping, fields=chosen.fields)
    dates = [
        cell for slot, cells in zip(slots, columns, strict=True) if slot.field in _DATES for cell in cells
    ]
    preview = tuple(tuple(row[:wide] + [""] * (wide - len(row))) for row in found.sample[:_PREVIEW_ROWS])
    return Shape(
        layout,
        found.delimiter,
        found.header_line,
        mapping,
        tuple(slots),
        is_day_first(dates, otherwise=not (layout in _ENGLISH_ORDER or said & {"first name", "birthday"})),
        TablePreview(
            mapping,
            preview,
            found.delimiter,
            chosen is not None,
            _unread(found, slots, columns),
            found.header_line > 0,
        ),
        "" if chosen is None else _said_otherwise(mapping),
    )


def _unread(found: _Candidate, slots: Sequence[Slot], columns: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the headers of columns of whose first cells nothing is taken over; a label belongs to its value."""
    return tuple(
        header
        for header, slot, cells in zip(found.headers, slots, columns, strict=True)
        if header not in ("", REASON) and slot == Slot() and any(map(str.strip, cells))
    )


def _said_otherwise(mapping: ColumnMapping) -> str:
    """Return what the user says of columns that isn't what their headers say; the cells, which change, don't count."""
    pairs = zip(mapping.headers, understand(mapping.headers), mapping.fields, strict=True)
    return "\n".join(f"{field} {header}" for header, slot, field in pairs if field is not slot.field)


_DATES = frozenset({F.BIRTHDAY, F.ANNIVERSARY, F.DATE, F.MET_ON})


def _settle_met_on(columns: Sequence[Sequence[str]], slots: list[Slot]) -> None:
    """LinkedIn's last column is the day of the connection, in whatever language its header is."""
    fields = {slot.field for slot in slots}
    if slots[-1].field is F.IGNORE and fields >= {F.GIVEN, F.FAMILY, F.LINKEDIN}:
        cells = [cell for cell in columns[-1] if cell.strip()]
        if cells and all(read_day(cell, day_first=True) for cell in cells):
            slots[-1] = Slot(F.MET_ON)


def _is_even(found: _Candidate) -> bool:
    """Say whether the rows are those of a table: as wide as the header, as most are. Prose isn't."""
    wide = len(found.headers)
    fitting = sum(wide < len(row) * 2 <= wide * 4 for row in found.sample)
    return fitting * 2 >= len(found.sample) and (wide > 1 or found.understood > 0 or found.header_line == 0)


def _special(said: frozenset[str]) -> Layout:
    """Recognise LinkedIn's tables that aren't of contacts."""
    if said >= _INVITATIONS:
        return Layout.INVITATIONS
    if said >= _MESSAGES and said & {"conversation id", "folder", "direction"}:
        return Layout.MESSAGES
    if said >= _NOTES:
        return Layout.NOTES
    return Layout.PROFILE if said >= _PROFILE else Layout.OTHER


def _layout(said: frozenset[str], slots: Sequence[Slot]) -> Layout:
    fields = [slot.field for slot in slots]
    if all(name in fields for name in _NAMES) and F.MET_ON in fields and len(fields) <= 9:
        return Layout.CONNECTIONS
    if said & _GOOGLE:
        return Layout.GOOGLE
    streets = {slot.group for slot in slots if slot.field is F.STREET}
    if all(name in fields for name in _NAMES) and len(streets) > 1 and len(fields) > 40:
        return Layout.OUTLOOK
    return Layout.OTHER
