"""Properties of what no card brought yet, and the values of what changed: our fields as vCard 3.0 or 4.0 say them.

The structured values are vobject's Name and Address, which escape their components right. Lines, order and folding are
ours (`written`): vobject sorts properties, drops parameters it doesn't know, and folds by characters (INTEROP.md 2.3).
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from crm.domain.contactkeys import linkedin_address, linkedin_stored
from crm.domain.person import ContactKind, ContactPoint, DateKind, ImportantDate, PartialDate, PersonName
from crm.formats.vcard.heads import NO_LABEL, Params
from crm.formats.vcard.values import escape
from crm.formats.vcard.written import Written

_OMITTED = 1604  # Apple's stand-in for "no year", a leap year
_ADDRESS_PARTS = 7
_NAMES = {
    ContactKind.EMAIL: "EMAIL",
    ContactKind.PHONE: "TEL",
    ContactKind.ADDRESS: "ADR",
    ContactKind.LINK: "URL",
    ContactKind.MESSAGING: "IMPP",
}
_SAFE_TYPE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")


class Groups:
    """Names for groups that no property of the card has."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self._last = 0

    def new(self) -> str:
        """Return a free name: item1, item2 …"""
        while f"item{self._last}".lower() in self.taken or not self._last:
            self._last += 1
        self.taken.add(f"item{self._last}")
        return f"item{self._last}"


def name_value(name: PersonName) -> str:
    """Return N's five components."""
    vcard = _vobject()
    parts = vcard.Name(name.family, name.given, name.additional, name.prefix, name.suffix)
    return str(vcard.serializeFields(parts, vcard.NAME_ORDER))


def address_value(parts: tuple[str, ...]) -> str:
    """Return ADR's seven components."""
    box, extended, street, city, region, code, country = parts
    vcard = _vobject()
    return str(
        vcard.serializeFields(
            vcard.Address(street, city, region, code, country, box, extended), vcard.ADDRESS_ORDER
        )
    )


def contact_value(point: ContactPoint) -> str:
    """Return a contact point's value; an address that nobody took apart is its street."""
    if point.kind is ContactKind.ADDRESS:
        parts = point.parts if len(point.parts) == _ADDRESS_PARTS else ("", "", point.value, "", "", "", "")
        return address_value(parts)
    if point.kind is ContactKind.LINK or point.kind is ContactKind.MESSAGING:
        return point.value.replace("\\", "\\\\")  # a URI: only what its reader takes for an escape
    return escape(point.value)


def contact(point: ContactPoint, version: str, groups: Groups) -> Iterator[Written]:
    """Yield the property of a contact point, and its label's."""
    types = [kind for kind in point.types if kind != "pref" and _SAFE_TYPE.issuperset(kind)]
    service = point.label if point.kind is ContactKind.MESSAGING else ""
    shown = " ".join(kind for kind in types if kind not in NO_LABEL)
    label = "" if service or point.label == shown else point.label
    if point.kind is ContactKind.RELATED:
        name = "RELATED" if version == "4.0" else "X-ABRELATEDNAMES"
    else:
        name = _NAMES[point.kind]
    group = groups.new() if label else ""
    params = with_preferred(_types(types), version, preferred=point.preferred)
    if name == "RELATED":
        params = (*params, ("VALUE", ("text",)))
    if service:
        params = (*params, ("X-SERVICE-TYPE", (service,)))
    yield Written(name, contact_value(point), group, params)
    if label:
        yield Written("X-ABLabel", escape(label), group)


def with_preferred(params: Params, version: str, *, preferred: bool) -> Params:
    """Return parameters that say whether a contact point is the preferred one, as the version says it."""
    said = (
        part.strip() for key, values in params if key == "TYPE" for one in values for part in one.split(",")
    )
    bare = _types([part for part in said if part and part.lower() != "pref"])
    kept = tuple(param for param in params if param[0] != "TYPE" and param != ("PREF", ("1",)))
    if not preferred:
        return (*bare, *kept)
    if version == "4.0":
        return (*bare, *kept, ("PREF", ("1",)))
    values = bare[0][1] if bare else ()
    return (("TYPE", (*values, "pref")), *kept)


def date_lines(date: ImportantDate, version: str, groups: Groups, *, birthday: bool) -> Iterator[Written]:
    """Yield the property of a date, and its label's. `birthday`: BDAY is free; a card has but one."""
    value, params = date_value(date.on, version)
    if date.kind is DateKind.BIRTHDAY and birthday:
        yield Written("BDAY", value, "", params)
    elif date.kind is DateKind.ANNIVERSARY and version == "4.0":
        yield Written("ANNIVERSARY", value, "", params)
    else:
        group = groups.new()
        label = date.label if date.kind is DateKind.OTHER else f"_$!<{date.kind.value.capitalize()}>!$_"
        yield Written("X-ABDATE", value, group, params)
        if label:
            yield Written("X-ABLabel", escape(label), group)


def date_value(on: PartialDate, version: str) -> tuple[str, Params]:
    """Return a date and the parameters it needs; whatever is missing of it, a reader can tell."""
    if on.text:
        return escape(on.text), (("VALUE", ("text",)),)
    year, month, day = on.year, on.month, on.day
    if year is None and month is None:
        return f"---{day or 1:02d}", ()
    if year is None and day is None:
        return f"--{month:02d}", ()
    if year is None:
        if version == "4.0":
            return f"--{month:02d}{day:02d}", ()
        value = f"{_OMITTED}-{month:02d}-{day:02d}"
        return value, omitted_year(value)
    parts = [f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part is not None)]
    return "-".join(parts), ()


def omitted_year(value: str) -> Params:
    """Return the parameter that says of a date that its year is only a stand-in."""
    return (("X-APPLE-OMIT-YEAR", (str(_OMITTED),)),) if value.startswith(f"{_OMITTED}-") else ()


def uid_value(uid: str, version: str) -> str:
    """Return a UID; in 4.0 one that is a UUID says so."""
    try:
        known = version == "4.0" and str(UUID(uid)) == uid.lower()
    except ValueError:
        known = False
    return f"urn:uuid:{uid}" if known else escape(uid)


def profile(linkedin: str) -> Written:
    """Return a LinkedIn profile as Apple's and Google's address books know it."""
    address = linkedin_address(linkedin_stored(linkedin))
    return Written("X-SOCIALPROFILE", address.replace("\\", "\\\\"), "", (("TYPE", ("linkedin",)),))


def _types(types: list[str]) -> Params:
    return (("TYPE", tuple(types)),) if types else ()


def _vobject() -> Any:
    from vobject import vcard  # noqa: PLC0415 - 80 ms to load, for the few cards that are new or changed

    return vcard
