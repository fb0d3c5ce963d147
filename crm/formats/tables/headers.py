"""A header → what its column holds, whatever the program and the language."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from crm.domain.columns import ColumnField as F
from crm.domain.folding import fold
from crm.formats.tables import words
from crm.formats.tables.slots import BIRTH, Slot

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_GOOGLE = re.compile(
    r"(e-mail|phone|address|organization|website|im|relation|event|custom field|calendar link|jot|hobby|language)"
    r" (\d+) - (.+)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*\d+$")
_MOST_LETTERS = 80  # a longer text is no header
_GOOGLE_VALUES = {
    "e-mail": F.EMAIL, "phone": F.PHONE, "address": F.ADDRESS, "website": F.LINK, "im": F.MESSAGING,
    "relation": F.RELATED, "event": F.DATE,
}  # fmt: skip
_GOOGLE_PARTS = {
    "formatted": F.ADDRESS, "street": F.STREET, "city": F.CITY, "po box": F.PO_BOX, "region": F.REGION,
    "postal code": F.POSTCODE, "country": F.COUNTRY, "extended address": F.EXTENDED,
    "name": F.COMPANY, "title": F.TITLE, "department": F.DEPARTMENT,
}  # fmt: skip
_PARTS = (
    (words.POSTCODE, F.POSTCODE), (words.PO_BOX, F.PO_BOX), (words.STREET, F.STREET), (words.CITY, F.CITY),
    (words.COUNTRY, F.COUNTRY), (words.REGION, F.REGION),
)  # fmt: skip

_NUMBERED = frozenset({F.LINK, F.NOTES, F.TAGS, F.MESSAGING})
_NUMBERS = words.PHONE | words.MOBILE | words.FAX | words.PAGER


@lru_cache(maxsize=1 << 12)  # finding the header asks for every cell of the first rows, for each separator
def normalised(header: str) -> str:
    """Return a header's folded words with single spaces: "E-mail Address" is "email address"."""
    if len(header) > _MOST_LETTERS:
        return ""
    said = fold(_NOT_WORD.sub(" ", fold(_CAMEL.sub(" ", header))))
    return re.sub(r"\be (mail|post)\b", r"e\1", said).replace("p o box", "pobox").replace("po box", "pobox")


def understand(headers: Sequence[str]) -> list[Slot]:
    """Return what each column holds; one whose header says nothing is ignored."""
    said = [normalised(header) for header in headers]
    slots = [_google(header) or _slot(words_) for header, words_ in zip(headers, said, strict=True)]
    _settle_titles(said, slots)
    _settle_names(said, slots)
    _settle_births(said, slots)
    return slots


def slot_of(field: F, header: str) -> Slot:
    """Return a column that means `field` because a user says so; its header may say more of it."""
    found = _google(header) or _slot(normalised(header))
    if found.field is field and not found.label:
        return found
    return Slot(field, _types(set(normalised(header).split()), field), found.group if _is_part(field) else "")


def _google(header: str) -> Slot | None:
    """Read "E-mail 1 - Value" and its like; what Google has no word for stays raw."""
    found = _GOOGLE.fullmatch(header.strip())
    if found is None:
        return None
    kind, number, part = found[1].lower(), found[2], found[3].lower()
    group = f"{kind} {number}"
    if part in {"type", "label", "service"}:
        # An IM's service says more than its type; both stand before the value, and the later wins.
        return Slot(group=group, label=True)
    if part == "value" and kind in _GOOGLE_VALUES:
        return Slot(_GOOGLE_VALUES[kind], group=group)
    if kind in {"address", "organization"} and part in _GOOGLE_PARTS:
        field = _GOOGLE_PARTS[part]
        if (kind == "address") is _is_part(field):
            return Slot(field, group=group)
    return Slot()


@lru_cache(maxsize=1 << 12)
def _slot(said: str) -> Slot:
    numberless = _NUMBER.sub("", said)
    parts = set(numberless.split())
    if said in words.WHOLE:
        field = words.WHOLE[said]
        return Slot(field, _types(parts, field))
    if words.WHOLE.get(numberless) in _NUMBERED:
        return Slot(words.WHOLE[numberless])
    if parts & words.EMAIL or parts & _NUMBERS:
        field = F.EMAIL if parts & words.EMAIL else F.PHONE
        return Slot() if parts & words.NOT_VALUE else Slot(field, _types(parts, field))
    return _address_slot(parts)


def _address_slot(parts: set[str]) -> Slot:
    """Read a part of an address; "Business Street 2" goes on where "Business Street" ended."""
    types = _types(parts, F.ADDRESS)
    group = f"address {' '.join(types) or ('other' if parts & words.OTHER else '')}"
    for known, field in _PARTS:
        if parts & known:
            return Slot(field, types, group)
    return Slot(F.ADDRESS, types, group) if parts & words.ADDRESS and not parts & {"web", "ip"} else Slot()


def _types(parts: set[str], field: F) -> tuple[str, ...]:
    """Return the vCard types that a header's words name."""
    found = []
    if field in {
        F.EMAIL,
        F.PHONE,
        F.ADDRESS,
        F.STREET,
        F.CITY,
        F.REGION,
        F.POSTCODE,
        F.COUNTRY,
        F.PO_BOX,
        F.EXTENDED,
    }:
        found += ["work"] if parts & words.WORK else ["home"] if parts & words.HOME else []
    if field is F.PHONE:
        named = ((words.MOBILE, "cell"), (words.FAX, "fax"), (words.PAGER, "pager"))
        found += [name for known, name in named if parts & known]
    return tuple(found)


def _is_part(field: F) -> bool:
    return field in {F.ADDRESS, F.STREET, F.CITY, F.PO_BOX, F.REGION, F.POSTCODE, F.COUNTRY, F.EXTENDED}


def _settle_titles(said: Sequence[str], slots: list[Slot]) -> None:
    """A bare "Title" is a job, unless another column is: then it is a form of address, as in Outlook's table."""
    doubtful = [place for place, words_ in enumerate(said) if words_ in words.EITHER_TITLE]
    sure = any(slot.field is F.TITLE for slot in slots)
    for order, place in enumerate(doubtful):
        is_job = not sure and order == len(doubtful) - 1
        slots[place] = replace(slots[place], field=F.TITLE if is_job else F.PREFIX)


def _settle_names(said: Sequence[str], slots: list[Slot]) -> None:
    """Where one half of the name has a column of its own, "Nom" or "Nombre" is the other half."""
    fields = {slot.field for slot in slots}
    for place, words_ in enumerate(said):
        halves = words.EITHER_NAME.get(words_)
        if halves is None:
            continue
        beside, other = halves
        field = other if beside in fields and other not in fields else F.NAME
        slots[place] = replace(slots[place], field=field)
        fields.add(field)


def _settle_births(said: Sequence[str], slots: list[Slot]) -> None:
    """Year, month and day of birth in a column each are one birthday, where there is one for the month."""
    parts = {place: words.BIRTH[words_] for place, words_ in enumerate(said) if words_ in words.BIRTH}
    if "month" in parts.values():
        for place, part in parts.items():
            slots[place] = Slot(F.BIRTHDAY, (part,), BIRTH)
