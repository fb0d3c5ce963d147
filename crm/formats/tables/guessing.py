"""What a column holds, guessed from its cells, where its header says nothing."""

import re
from collections.abc import Callable, Sequence

from crm.domain.columns import ColumnField as F
from crm.domain.contactkeys import linkedin_slug
from crm.formats.tables.headers import normalised
from crm.formats.tables.slots import Slot
from crm.formats.tables.words import PICTURE

EMAIL = re.compile(r"[^\s@<>\",;:()]{1,64}@[^\s@<>\",;:()]{1,190}\.[^\W\d_]{2,24}")
_PHONE = re.compile(r"(?:tel:)?\+?[\d\s()./\-]{6,24}(?:\s*(?:x|ext\.?)\s*\d{1,6})?", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w'’.\-]*(?:,? [^\W\d_][\w'’.\-]*){1,4}")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_MOST_LETTERS = 200
_LEAST_SHARE = 0.6
_NAMES_OR_JOBS = frozenset({F.NAME, F.GIVEN, F.FAMILY, F.NICKNAME, F.COMPANY, F.TITLE})


def guess(headers: Sequence[str], columns: Sequence[Sequence[str]], slots: list[Slot]) -> None:
    """Fill in the slots whose header said nothing, or not what their cells are; `columns` are the cells of each."""
    said = [set(normalised(header).split()) for header in headers]
    for place, cells in enumerate(columns):
        if slots[place].field in _NAMES_OR_JOBS and _share(cells, _is_email) > _LEAST_SHARE:
            slots[place] = Slot(F.EMAIL)
        elif slots[place].field is F.IGNORE and not slots[place].label:
            field = _field([cell.strip() for cell in cells if cell.strip()])
            if field is not None and not (field is F.LINK and said[place] & PICTURE):
                slots[place] = Slot(field)
        elif slots[place].field is F.LINK and _share(cells, _is_linkedin) > _LEAST_SHARE:
            slots[place] = Slot(F.LINKEDIN)
    fields = {slot.field for slot in slots}
    # Two words alone are no name: prose and lists of places have them too.
    if fields.isdisjoint({F.NAME, F.GIVEN, F.FAMILY}) and not fields.isdisjoint(
        {F.EMAIL, F.PHONE, F.LINKEDIN}
    ):
        for place, cells in enumerate(columns):
            if (
                slots[place].field is F.IGNORE
                and not slots[place].label
                and _share(cells, _is_name) > _LEAST_SHARE
            ):
                slots[place] = Slot(F.NAME)
                return


def is_data(cells: Sequence[str]) -> bool:
    """Say whether a row can't be a header: there is an address or a number in it."""
    return any(EMAIL.fullmatch(cell.strip()) or _is_phone(cell.strip()) for cell in cells)


def _field(cells: Sequence[str]) -> F | None:
    for field, fits in (
        (F.EMAIL, _is_email),
        (F.LINKEDIN, _is_linkedin),
        (F.LINK, _is_link),
        (F.PHONE, _is_phone),
    ):
        if _share(cells, fits) > _LEAST_SHARE:
            return field
    return None


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> float:
    said = [cell.strip() for cell in cells if cell.strip()]
    return sum(fits(cell) for cell in said if len(cell) <= _MOST_LETTERS) / len(said) if said else 0.0


def _is_email(cell: str) -> bool:
    return EMAIL.fullmatch(cell) is not None


def _is_linkedin(cell: str) -> bool:
    return "linkedin.com/" in cell.lower() and bool(linkedin_slug(cell))


def _is_link(cell: str) -> bool:
    return _LINK.fullmatch(cell) is not None


def _is_phone(cell: str) -> bool:
    """A number with a sign that numbers alone don't have: identifiers and years aren't phones."""
    if not _PHONE.fullmatch(cell) or _DATE.fullmatch(cell):
        return False
    digits = sum(character.isdigit() for character in cell)
    return 7 <= digits <= 15 and (cell[0] in "+(0t" or any(sign in cell for sign in " -/()"))


def _is_name(cell: str) -> bool:
    return _NAME.fullmatch(cell) is not None
