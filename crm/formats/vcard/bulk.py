"""The commonest properties, read for many cards in one step where their values are plain text."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from crm.domain.person import ContactKind, ContactPoint, DateKind, ImportantDate, PersonName
from crm.formats.vcard.contacts import address_line, address_parts, is_of_linkedin
from crm.formats.vcard.dates import read_date
from crm.formats.vcard.gathering import MOST_NAMES, NAMELESS, READERS, Gathered
from crm.formats.vcard.heads import Head
from crm.formats.vcard.values import unescape

FEWEST = 8  # cards for which that pays
# In no value may stand what could mean something else, nor blanks around its parts.
_TEXT = ("\\",)
_LIST = ("\\", ",")
_PARTS = ("\\", " ;", "; ")
_ADDRESS, _LINK, _BIRTHDAY = ContactKind.ADDRESS, ContactKind.LINK, DateKind.BIRTHDAY
_BETWEEN = "\0"  # which doesn't print

_Fill = Callable[[Sequence[Gathered], Head, Sequence[str]], None]


def read_for_many(cards: Sequence[Gathered], head: Head, values: Sequence[str]) -> bool:
    """Read a property of many cards as its reader in `READERS` would; return False when it is left to that one."""
    known = _COMMON.get(head.key)
    if known is None or head.group:
        return False
    fill, marks = known
    texts = list(map(str.strip, values))
    together = "".join(texts)
    if not together.isprintable() or any(mark in together for mark in marks):
        return False
    fill(cards, head, texts)
    return True


def _first(field: str) -> _Fill:
    """Return what keeps the first text of each card."""
    known = attrgetter(field)

    def fill(cards: Sequence[Gathered], _head: Head, texts: Sequence[str]) -> None:
        for card, text in zip(cards, texts, strict=True):
            if not known(card):
                setattr(card, field, text)

    return fill


def _names(cards: Sequence[Gathered], head: Head, texts: Sequence[str]) -> None:
    for card, text in zip(cards, texts, strict=True):
        parts = text.split(";")
        if head.params or card.derived_name or card.name is not NAMELESS or len(parts) > MOST_NAMES:
            READERS["N"](card, head, text)
        elif any(parts):
            card.name = PersonName(*parts)


def _nicknames(cards: Sequence[Gathered], _head: Head, texts: Sequence[str]) -> None:
    for card, text in zip(cards, texts, strict=True):
        if text:
            card.nicknames.append(text)


def _orgs(cards: Sequence[Gathered], _head: Head, texts: Sequence[str]) -> None:
    for card, text in zip(cards, texts, strict=True):
        parts = text.split(";")[: card.most]
        if any(parts):
            card.orgs += (("", parts),)


def _titles(cards: Sequence[Gathered], _head: Head, texts: Sequence[str]) -> None:
    for card, text in zip(cards, texts, strict=True):
        if text:
            card.titles += (("", text),)


def _points(kind: ContactKind) -> _Fill:
    def fill(cards: Sequence[Gathered], head: Head, texts: Sequence[str]) -> None:
        label, types, preferred = head.label, head.types, head.preferred
        for card, text in zip(cards, texts, strict=True):
            if text:
                card.contacts.append(ContactPoint(kind, text, label, types, preferred))

    return fill


def _addresses(cards: Sequence[Gathered], head: Head, texts: Sequence[str]) -> None:
    label, types, preferred = head.label, head.types, head.preferred
    for card, text in zip(cards, texts, strict=True):
        parts = address_parts(text.split(";")[: card.most])
        shown = address_line(parts)
        if shown:
            card.contacts.append(ContactPoint(_ADDRESS, shown, label, types, preferred, parts))


def _links(cards: Sequence[Gathered], head: Head, texts: Sequence[str]) -> None:
    label, types, preferred = head.service or head.label, head.types, head.preferred
    profiles = is_of_linkedin(head)
    for card, text in zip(cards, texts, strict=True):
        if profiles or not text or "linkedin" in text.lower():
            READERS["URL"](card, head, text)
        else:
            card.contacts.append(ContactPoint(_LINK, text, label, types, preferred))


def _birthdays(cards: Sequence[Gathered], head: Head, texts: Sequence[str]) -> None:
    for card, text in zip(cards, texts, strict=True):
        on = None if card.dates or head.params else read_date(text)
        if on is None:
            READERS["BDAY"](card, head, text)
        else:
            card.dates = ((ImportantDate(_BIRTHDAY, on), ""),)


def _notes(cards: Sequence[Gathered], head: Head, texts: Sequence[str]) -> None:
    if any(card.old for card in cards):  # a backslash may be a path's
        for card, text in zip(cards, texts, strict=True):
            READERS["NOTE"](card, head, text)
        return
    meant = unescape(_BETWEEN.join(texts)).split(_BETWEEN)
    for card, text in zip(cards, map(str.strip, meant), strict=True):
        if text:
            card.notes += (text,)


_COMMON: dict[str, tuple[_Fill, tuple[str, ...]]] = {
    "FN": (_first("full_name"), _TEXT),
    "N": (_names, (*_LIST, *_PARTS)),
    "NICKNAME": (_nicknames, _LIST),
    "ORG": (_orgs, _PARTS),
    "TITLE": (_titles, _TEXT),
    "EMAIL": (_points(ContactKind.EMAIL), ("\\", ":", ">")),
    "TEL": (_points(ContactKind.PHONE), ("\\", ":")),
    "ADR": (_addresses, _PARTS),
    "URL": (_links, _TEXT),
    "X-SOCIALPROFILE": (_links, _TEXT),
    "BDAY": (_birthdays, _TEXT),
    "NOTE": (_notes, ()),
    "UID": (_first("uid"), ("\\", ":")),
    "REV": (_first("rev"), _TEXT),
    "PRODID": (_first("producer"), _TEXT),
}
