"""What the columns of a table of contacts mean: guessed from its header and cells, corrected by the user, remembered."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from crm.domain.folding import fold


class ColumnField(StrEnum):
    """What a column can hold. What is ignored is kept beside the contact all the same, as it came."""

    IGNORE = "ignore"
    NAME = "name"
    GIVEN = "given"
    MIDDLE = "middle"
    FAMILY = "family"
    PREFIX = "prefix"
    SUFFIX = "suffix"
    NICKNAME = "nickname"
    COMPANY = "company"
    TITLE = "title"
    DEPARTMENT = "department"
    EMAIL = "email"
    PHONE = "phone"
    LINKEDIN = "linkedin"
    LINK = "link"
    MESSAGING = "messaging"
    RELATED = "related"
    ADDRESS = "address"
    STREET = "street"
    CITY = "city"
    REGION = "region"
    POSTCODE = "postcode"
    COUNTRY = "country"
    PO_BOX = "po_box"
    EXTENDED = "extended"
    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"
    DATE = "date"
    MET_ON = "met_on"
    TAGS = "tags"
    NOTES = "notes"


# One of these is needed to tell whom a row is about.
TELLING = frozenset(
    {ColumnField.NAME, ColumnField.GIVEN, ColumnField.FAMILY, ColumnField.EMAIL, ColumnField.PHONE}
    | {ColumnField.NICKNAME, ColumnField.COMPANY, ColumnField.LINKEDIN}
)


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The columns of a table by their headers, and what each means, in the same order."""

    headers: tuple[str, ...]
    fields: tuple[ColumnField, ...]

    @property
    def fingerprint(self) -> str:
        """Return what tells this header from every other: the same table exported again has the same one."""
        said = "\n".join(map(fold, self.headers))
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]

    @property
    def tells_whom(self) -> bool:
        """Say whether a row can be about somebody: there is a name, a company or a way to reach them."""
        return not TELLING.isdisjoint(self.fields)

    def with_field(self, place: int, field: ColumnField) -> "ColumnMapping":
        """Return the mapping in which the column at `place` means `field`."""
        return replace(self, fields=(*self.fields[:place], field, *self.fields[place + 1 :]))

    def place_of(self, header: str) -> int | None:
        """Return the place of the column with this header, however it is spelled, or None."""
        wanted = fold(header)
        return next((place for place, one in enumerate(self.headers) if fold(one) == wanted), None)


@dataclass(frozen=True, slots=True)
class TablePreview:
    """A table before it is read: its guessed or remembered mapping, and its first rows as they would be read.

    `remembered`: the mapping is one that the user chose before. `rows` have as many cells as there are headers.
    `unread` are the headers of columns that hold something we don't understand. `headed`: the file names its columns.
    """

    mapping: ColumnMapping
    rows: tuple[tuple[str, ...], ...]
    delimiter: str
    remembered: bool = False
    unread: tuple[str, ...] = ()
    headed: bool = True


Mappings = Mapping[str, ColumnMapping]  # by fingerprint


def plain_mapping(mapping: ColumnMapping) -> dict[str, list[str]]:
    """Return a mapping as JSON holds it."""
    return {"headers": list(mapping.headers), "fields": [field.value for field in mapping.fields]}


def read_mapping(value: object) -> ColumnMapping | None:
    """Return the mapping that `plain_mapping` made, or None when it is none that this version knows."""
    if not isinstance(value, Mapping):
        return None
    headers, fields = _texts(value.get("headers")), _texts(value.get("fields"))
    known = ColumnField._value2member_map_
    if not headers or len(headers) != len(fields) or any(field not in known for field in fields):
        return None
    return ColumnMapping(headers, tuple(map(ColumnField, fields)))


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return ()
    return tuple(value)
