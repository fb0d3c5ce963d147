"""Before a file is read: what is in it, how its names look, what its columns mean; and what users said of columns."""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from crm.app.books import Book
from crm.app.importing.reading import beginning, pasted_table
from crm.app.importing.sources import sources
from crm.domain.card import CardDraft, Problem
from crm.domain.columns import ColumnField, ColumnMapping, Mappings, TablePreview, plain_mapping, read_mapping
from crm.domain.person import made_name
from crm.errors import ErrorCode, KeepwarmError
from crm.formats import tables, vcard
from crm.store import preferences

_PREFERENCE = "columns:"  # and the fingerprint of the header
_MOST_FILES = 20
_NAMES = 8
_CARDS = 400


@dataclass(frozen=True, slots=True)
class FilePreview:
    """What a file looks like. `origin` is "vCard", "LinkedIn", "Google", "Outlook", or '' for any other table.

    `names` are those that would be read, with those first in which `encoding` matters. `table` is what columns mean,
    for the tables in which a user can correct it: any but LinkedIn's own.
    """

    file: str
    origin: str
    encoding: str
    names: tuple[str, ...]
    table: TablePreview | None = None


def preview(
    paths: Iterable[Path | str], *, encoding: str | None = None, mappings: Mappings | None = None
) -> tuple[FilePreview, ...]:
    """Look into the beginning of the first files; those we can't read are left out: `read_files` says why.

    `encoding` and `mappings` are as for `read_files`.
    """
    found: list[FilePreview] = []
    files = (source for path in paths for source in sources(Path(path)))
    for source in islice(files, _MOST_FILES):
        try:
            head = beginning(source)
        except (KeepwarmError, OSError):
            continue
        is_table = not vcard.looks_like_vcard(head)
        shape = tables.examine(head, encoding=encoding, mappings=mappings or {}) if is_table else None
        seen = _preview(head, source.name, shape, encoding)
        if seen is not None:
            found.append(seen)
    return tuple(found)


def preview_text(text: str | bytes, *, mappings: Mappings | None = None) -> tuple[FilePreview, ...]:
    """Look into a text that was pasted, as `preview` looks into files; one person's signature has no columns."""
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    seen = _preview(data, "", pasted_table(data, None, mappings or {}), None)
    return () if seen is None else (seen,)


def remembered(book: Book) -> Mappings:
    """Return what the user said of columns before, by the fingerprint of their header."""
    with book.read() as session:
        found = preferences.starting_with(session, _PREFERENCE)
    mappings = {name.removeprefix(_PREFERENCE): read_mapping(value) for name, value in found.items()}
    return {name: mapping for name, mapping in mappings.items() if mapping is not None}


def preference_of(mappings: Iterable[ColumnMapping]) -> dict[str, object]:
    """Return the settings that keep what the user said of columns, for the next file with this header."""
    return {_PREFERENCE + one.fingerprint: plain_mapping(one) for one in mappings}


def corrected(previews: Iterable[FilePreview], said: Mapping[str, ColumnField]) -> Mappings:
    """Return the mappings of these files with what is said of columns by their header.

    Raises `KeepwarmError` when no file has such a column.
    """
    mappings = {seen.table.mapping.fingerprint: seen.table.mapping for seen in previews if seen.table}
    for header, field in said.items():
        places = {name: one.place_of(header) for name, one in mappings.items()}
        if all(place is None for place in places.values()):
            columns = ", ".join(header for one in mappings.values() for header in one.headers)
            raise KeepwarmError(ErrorCode.COLUMN_UNKNOWN, column=header, columns=columns)
        for name, place in places.items():
            if place is not None:
                mappings[name] = mappings[name].with_field(place, field)
    return mappings


def _preview(head: bytes, name: str, shape: tables.Shape | None, encoding: str | None) -> FilePreview | None:
    if vcard.looks_like_vcard(head):
        cards = vcard.read(io.BytesIO(head), name, encoding=encoding)
        return FilePreview(name, "vCard", encoding or vcard.guess_encoding(head), _names(cards))
    if shape is None:
        return None
    origin = shape.layout.value.partition(" ")[0]
    rows = tables.read(io.BytesIO(head), name, shape, encoding=encoding)
    table = None if origin == "LinkedIn" else shape.preview
    return FilePreview(name, origin, encoding or tables.guess_encoding(head), _names(rows), table)


def _names(found: Iterator[CardDraft | Problem]) -> tuple[str, ...]:
    cards = (card for card in islice(found, _CARDS) if isinstance(card, CardDraft))
    names = [
        made_name(card.person) if card.person else card.company.name if card.company else card.name
        for card in cards
    ]
    return tuple(sorted(dict.fromkeys(names), key=str.isascii)[:_NAMES])
