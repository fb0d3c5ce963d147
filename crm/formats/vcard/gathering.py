"""What a card's properties say, gathered one by one. Each reader returns the field it filled, '' for none."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from crm.domain.card import ProblemCode
from crm.domain.contactkeys import linkedin_address, linkedin_stored
from crm.domain.person import ContactKind, ContactPoint, DateKind, ImportantDate, PartialDate, PersonName
from crm.formats.vcard import contacts
from crm.formats.vcard.dates import read_date
from crm.formats.vcard.heads import Head
from crm.formats.vcard.values import components, split, text_list, unescape

# By names of the module: to ask an enum for a member takes as long as to make a contact point.
_EMAIL, _PHONE, _LINK = ContactKind.EMAIL, ContactKind.PHONE, ContactKind.LINK
_BIRTHDAY = DateKind.BIRTHDAY
NAMELESS = PersonName()
MOST_NAMES = 5
_UUID = "urn:uuid:"
_SHORT = 64  # lists of tags that many cards have in common
_EVERYBODY = "mycontacts"  # the category that Google gives to everyone


def _without_everybody() -> set[str]:
    return {_EVERYBODY}


@dataclass(slots=True)
class Gathered:
    """The parts of one card. `old`: it is a vCard 2.1. Few of them come more than once: those are tuples."""

    most: int  # values in one list
    old: bool = False
    full_name: str = ""
    name: PersonName = NAMELESS
    derived_name: bool = False  # N only takes FN apart: whoever wrote it knew no parts
    nicknames: list[str] = field(default_factory=list)
    orgs: tuple[tuple[str, list[str]], ...] = ()  # group, components
    titles: tuple[tuple[str, str], ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    contacts: list[ContactPoint] = field(default_factory=list)
    grouped_contacts: tuple[tuple[int, str], ...] = ()
    dates: tuple[tuple[ImportantDate, str], ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    address_texts: tuple[str, ...] = ()
    tags: list[str] = field(default_factory=list)
    known_tags: set[str] = field(default_factory=_without_everybody)  # casefolded
    notes: tuple[str, ...] = ()
    linkedin: str = ""
    uid: str = ""
    rev: str = ""
    producer: str = ""
    kind: str = ""
    shown_as_company: bool = False
    members: tuple[str, ...] = ()
    photo: str = ""
    photo_link: str = ""
    finding: ProblemCode | None = None  # of the property read last

    def has_positions(self) -> bool:
        return bool(self.orgs or self.titles or self.roles)

    def text(self, value: str) -> str:
        return unescape(value, old=self.old).strip()

    def line(self, value: str) -> str:
        return contacts.one_line(unescape(value, old=self.old)) if "\\" in value else value.strip()

    def add_contact(
        self, kind: ContactKind, value: str, head: Head, label: str = "", parts: tuple[str, ...] = ()
    ) -> str:
        if not value:
            return ""
        if head.group:
            self.grouped_contacts += ((len(self.contacts), head.group),)
        point = ContactPoint(kind, value, label or head.label, head.types, head.preferred, parts)
        self.contacts.append(point)
        return contacts.FIELDS[kind]

    def labelled_contacts(self) -> tuple[ContactPoint, ...]:
        """Return the contact points, each with the label that its group gave it."""
        for index, group in self.grouped_contacts:
            label = self.labels.get(group)
            if label:
                c = self.contacts[index]
                self.contacts[index] = ContactPoint(c.kind, c.value, label, c.types, c.preferred, c.parts)
        return tuple(self.contacts)


Reader = Callable[[Gathered, Head, str], str]


def _full_name(g: Gathered, _head: Head, value: str) -> str:
    text = g.line(value)
    if g.full_name or not text:
        return ""
    g.full_name = text
    return "display_name"


def _name(g: Gathered, head: Head, value: str) -> str:
    if head.params and is_derived(head):
        g.derived_name = True
    if g.derived_name or g.name is not NAMELESS:
        return ""
    if "\\" in value or "," in value:
        parts = [_joined(part, g.old) for part in split(value, ";")]
    else:
        parts = list(map(str.strip, value.split(";")))
    if len(parts) > MOST_NAMES:
        parts = [*parts[:4], " ".join(part for part in parts[4 : g.most] if part)]
    if not any(parts):
        return ""
    g.name = PersonName(*parts)
    return "name"


def _joined(component: str, old: bool) -> str:
    """Return a component of N; its list, which 2.1 doesn't know, joined by a space."""
    pieces = [component] if old and not component.isspace() else split(component, ",")
    return " ".join(" ".join(unescape(piece, old=old).split()) for piece in pieces if piece.strip())


def _nicknames(g: Gathered, _head: Head, value: str) -> str:
    found = text_list(value, g.most, old=g.old)
    g.nicknames.extend(found)
    return "nicknames" if found else ""


def _org(g: Gathered, head: Head, value: str) -> str:
    parts = components(value, g.most, old=g.old)
    if not value.isprintable() or "\\" in value:
        parts = [contacts.one_line(part) for part in parts]
    if not any(parts):
        return ""
    g.orgs += ((head.group, parts),)
    return "positions"


def _title(g: Gathered, head: Head, value: str) -> str:
    text = g.line(value)
    if not text:
        return ""
    if head.key == "TITLE":
        g.titles += ((head.group, text),)
    else:
        g.roles += ((head.group, text),)
    return "positions"


def _email(g: Gathered, head: Head, value: str) -> str:
    return g.add_contact(_EMAIL, contacts.email(value), head)


def _phone(g: Gathered, head: Head, value: str) -> str:
    number = contacts.phone(value, old=g.old)
    if ":" in number and number[:4].lower() == "sip:":
        return g.add_contact(ContactKind.MESSAGING, number, head, "SIP")
    return g.add_contact(_PHONE, number, head)


def _address(g: Gathered, head: Head, value: str) -> str:
    parts = contacts.address_parts(components(value, g.most, old=g.old))
    return g.add_contact(ContactKind.ADDRESS, contacts.address_line(parts), head, parts=parts)


def _address_text(g: Gathered, _head: Head, value: str) -> str:
    g.address_texts += (g.line(value),)
    return ""


def _link(g: Gathered, head: Head, value: str) -> str:
    link = contacts.uri(value)
    slug = "" if g.linkedin else contacts.linkedin_slug(link, head)
    g.linkedin = g.linkedin or slug
    if slug and head.key != "URL" and link == linkedin_address(linkedin_stored(slug)):
        return "linkedin"  # as we write one: it says no more than whose it is
    filled = g.add_contact(_LINK, link or head.param("X-USER"), head, head.service)
    return "linkedin" if slug else filled


def _messenger(g: Gathered, head: Head, value: str) -> str:
    label = contacts.messenger_label(head) or ""
    filled = ""
    for one in contacts.messenger_values(value):
        filled = g.add_contact(ContactKind.MESSAGING, one, head, label)
    return filled


def _relation(g: Gathered, head: Head, value: str) -> str:
    return g.add_contact(ContactKind.RELATED, g.line(value), head, contacts.RELATIONS[head.key])


def _birthday(g: Gathered, head: Head, value: str) -> str:
    if g.dates and any(date.kind is _BIRTHDAY for date, _ in g.dates):
        return ""
    return "birthday" if _date(g, _BIRTHDAY, head, value) else ""


def _anniversary(g: Gathered, head: Head, value: str) -> str:
    return _date(g, DateKind.ANNIVERSARY, head, value)


def _other_date(g: Gathered, head: Head, value: str) -> str:
    return _date(g, DateKind.OTHER, head, value)


def _date(g: Gathered, kind: DateKind, head: Head, value: str) -> str:
    text = g.line(value)
    if not text:
        return ""
    on = None if head.value_type == "text" else read_date(text, head.param("X-APPLE-OMIT-YEAR"))
    if on is None:
        if head.value_type != "text":
            g.finding = ProblemCode.BAD_DATE
        on = PartialDate(text=text)
    g.dates += ((ImportantDate(kind, on), head.group),)
    return "dates"


def _note(g: Gathered, _head: Head, value: str) -> str:
    text = g.text(value)
    if text:
        g.notes += (text,)
    return "notes" if text else ""


def _tags(g: Gathered, _head: Head, value: str) -> str:
    found = (_short_tag_list if len(value) <= _SHORT else _tag_list)(value, g.most, g.old)
    for key, tag in found:
        if key not in g.known_tags:
            g.known_tags.add(key)
            g.tags.append(tag)
    return "tags" if found else ""


def _tag_list(value: str, most: int, old: bool) -> tuple[tuple[str, str], ...]:
    """Return the tags in a list, each behind what it is whichever way it is spelled."""
    tags = map(contacts.one_line, text_list(value, most, old=old))
    return tuple([(tag.casefold(), tag) for tag in tags])


_short_tag_list = lru_cache(maxsize=1 << 10)(_tag_list)


def _photo(g: Gathered, _head: Head, value: str) -> str:
    link = contacts.uri(value)
    if not link or g.photo_link:
        return ""
    if "://" not in link[:32] and link[:5].lower() not in {"file:", "cid:"}:
        g.finding = ProblemCode.BAD_PICTURE
        return ""
    g.photo_link = link
    return "photo"


def _label(g: Gathered, head: Head, value: str) -> str:
    if head.group:
        text = g.line(value)
        g.labels[head.group] = text.removeprefix("_$!<").removesuffix(">!$_").strip()
    return ""


def _uid(g: Gathered, _head: Head, value: str) -> str:
    g.uid = g.uid or without_uuid_mark(contacts.uri(value))
    return "uid" if g.uid else ""


def _rev(g: Gathered, _head: Head, value: str) -> str:
    g.rev = g.rev or g.line(value)
    return ""


def _producer(g: Gathered, _head: Head, value: str) -> str:
    g.producer = g.producer or g.line(value)
    return ""


def _kind(g: Gathered, _head: Head, value: str) -> str:
    g.kind = g.kind or value.strip().lower()
    return ""


def _shown_as(g: Gathered, _head: Head, value: str) -> str:
    g.shown_as_company = g.shown_as_company or value.strip().upper() == "COMPANY"
    return ""


def _member(g: Gathered, _head: Head, value: str) -> str:
    member = without_uuid_mark(contacts.uri(value))
    if member:
        g.members += (member,)
    return "members" if member else ""


def _android(g: Gathered, head: Head, value: str) -> str:
    """Android's own fields: "kind;data;type;label…"; nicknames and dates are among them."""
    kind, *data = [unescape(part, old=g.old) for part in split(value, ";")[:4]]
    data += [""] * (3 - len(data))
    kind = kind.rpartition("/")[2]
    if kind == "nickname":
        return _nicknames(g, head, data[0].replace(",", "\\,"))
    if kind == "contact_event":
        event = {"1": _anniversary, "3": _birthday}.get(data[1].strip(), _other_date)
        return event(g, head, data[0])
    if kind == "relation":
        return g.add_contact(ContactKind.RELATED, contacts.one_line(data[0]), head, data[2].strip())
    return ""


def is_derived(head: Head) -> bool:
    """Say whether a property follows from others of its card (RFC 9554)."""
    return head.param("DERIVED").lower() == "true"


def without_uuid_mark(text: str) -> str:
    """Return an identifier without "urn:uuid:"."""
    return text[len(_UUID) :] if text[: len(_UUID)].lower() == _UUID else text


READERS: dict[str, Reader] = {
    "FN": _full_name,
    "N": _name,
    "NICKNAME": _nicknames,
    "X-NICKNAME": _nicknames,
    "ORG": _org,
    "TITLE": _title,
    "ROLE": _title,
    "EMAIL": _email,
    "TEL": _phone,
    "ADR": _address,
    "LABEL": _address_text,
    "URL": _link,
    "X-SOCIALPROFILE": _link,
    "SOCIALPROFILE": _link,
    **dict.fromkeys(contacts.MESSENGERS, _messenger),
    **dict.fromkeys(contacts.RELATIONS, _relation),
    "BDAY": _birthday,
    "ANNIVERSARY": _anniversary,
    "X-ANNIVERSARY": _anniversary,
    "X-MS-ANNIVERSARY": _anniversary,
    "X-EVOLUTION-ANNIVERSARY": _anniversary,
    "X-KADDRESSBOOK-X-ANNIVERSARY": _anniversary,
    "X-ABDATE": _other_date,
    "X-ANDROID-CUSTOM": _android,
    "NOTE": _note,
    "CATEGORIES": _tags,
    "PHOTO": _photo,
    "X-ABLABEL": _label,
    "UID": _uid,
    "REV": _rev,
    "PRODID": _producer,
    "KIND": _kind,
    "X-ADDRESSBOOKSERVER-KIND": _kind,
    "X-ABSHOWAS": _shown_as,
    "MEMBER": _member,
    "X-ADDRESSBOOKSERVER-MEMBER": _member,
}


def reader_of(key: str) -> Reader | None:
    """Return what reads a property we don't know by its whole name."""
    return _messenger if contacts.is_kde_messenger(key) else None
