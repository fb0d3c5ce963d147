"""Cards as they were read → records to match and import: tidied, keyed, their bulk set aside."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from crm.app.drafts import line, tidy_company, tidy_person
from crm.app.importing.shelf import Spill
from crm.domain.card import CardDraft, CardKind, Problem, ProblemCode
from crm.domain.company import company_key
from crm.domain.contactkeys import KEY_OF, linkedin_stored
from crm.domain.folding import fold
from crm.domain.importrecord import Record, SourceText
from crm.domain.matching import MatchKeys, name_words
from crm.domain.person import (
    ContactKind,
    ImportantDate,
    PersonDraft,
    PositionDraft,
    made_name,
)
from crm.errors import Invalid
from crm.formats import tables

# By names of the module: to ask an enum for a member takes as long as the rest of the line.
_EMAIL, _PHONE = ContactKind.EMAIL, ContactKind.PHONE
_GROUP = CardKind.GROUP
_NOBODY = MatchKeys()
_READ_TIDY = frozenset({"2.1", "3.0", "4.0", tables.VERSION})
_PRINTING = bytes(range(0x20, 0x7F)) + b"\n"


def to_records(cards: Sequence[CardDraft], spill: Spill) -> list[Record | Problem]:
    """Return cards ready to be matched; for one that can't be kept the problem why: nothing of its name shows.

    Each step is taken for all of them before the next: a processor that does one thing for long does it quicker.
    """
    tidy = [_tidy(card) for card in cards]
    known = [((), _NOBODY) if isinstance(card, Problem) else _known(card) for card in tidy]
    raws = [card.raw.encode("utf-8", "replace") for card in cards]
    places = spill.keep_all(raws)
    for card in cards:
        for sha, blob in card.blobs:
            spill.keep_blob(sha, blob)
    return [
        light
        if isinstance(light, Problem)
        else Record(light, match, _digest_of(card, raw), place, keys, _addresses(card))
        for card, light, (keys, match), raw, place in zip(cards, tidy, known, raws, places, strict=True)
    ]


def digest(raw: bytes) -> str:
    """Return what tells a card from every other, by its raw text."""
    return hashlib.sha256(raw).hexdigest()


def source_texts(records: Sequence[Record], spill: Spill) -> list[SourceText]:
    """Return cards as they are kept beside what we understood of them."""
    raws = spill.read_each(record.raw for record in records)
    return [
        SourceText(card.version, card.producer, card.uid, card.rev, record.digest, raw.decode(), record.blobs)
        for record, raw in zip(records, raws, strict=True)
        for card in (record.card,)
    ]


def _tidy(card: CardDraft) -> CardDraft | Problem:
    """Return a card as it is stored, without its bulk, or the problem why it can't be."""
    try:
        person = None if card.person is None else tidied(card)
        company = None if card.company is None else tidy_company(card.company)
        name = line(card.name) if card.name else ""
        if card.kind is _GROUP and not fold(name):
            raise Invalid("tag", card.name, "empty")
    except Invalid as error:
        code = ProblemCode.NO_NAME if error.params["why"] == "empty" else ProblemCode.BROKEN
        return Problem(card.file, card.line, code, str(error.params["field"]))
    return CardDraft(
        card.kind, card.file, card.line, person, company, name, card.uid, card.rev, card.version, card.producer,
        card.members, card.photo, card.photo_link, "", (), card.problems,
    )  # fmt: skip


def _known(card: CardDraft) -> tuple[tuple[str, ...], MatchKeys]:
    """Return the keys of a tidied card's contacts, and what a person is recognised by."""
    person = card.person
    if person is None:
        contacts = card.company.contacts if card.company else ()
        return tuple([KEY_OF[point.kind](point.value) for point in contacts]), MatchKeys(uid=card.uid)
    keys, emails, phones = [], [], []
    for point in person.contacts:
        kind = point.kind
        key = KEY_OF[kind](point.value)
        keys.append(key)
        if kind is _EMAIL:
            if "@" in key:
                emails.append(key)
        elif kind is _PHONE and key:
            phones.append(key)
    words = name_words(person.display_name or made_name(person))
    return tuple(keys), MatchKeys(words, card.uid, person.linkedin, tuple(emails), tuple(phones))


def _digest_of(card: CardDraft, raw: bytes) -> str:
    return digest(raw + card.said.encode("utf-8", "replace") if card.said else raw)


def _addresses(card: CardDraft) -> tuple[str, ...]:
    """Return the content addresses of a card's binary content."""
    return tuple([sha for sha, _ in card.blobs]) if card.blobs else ()


def tidied(card: CardDraft) -> PersonDraft | None:
    """Return a card's person as it is stored; most are so already, and to see that is ten times quicker."""
    if card.person is None or (_is_whole(card.person) and _is_plain(card)):
        return card.person
    draft = card.person
    # A title of no company has no place of its own: it stays in the raw properties.
    held = tuple(position for position in draft.positions if company_key(position.company))
    person = tidy_person(replace(draft, positions=held), today=date.max)
    return replace(person, linkedin=linkedin_stored(person.linkedin))


def _is_plain(card: CardDraft) -> bool:
    """Say whether all of a card prints and has single spaces; then so does what its reader, who strips, took from it.

    A caret may stand for a line end in a parameter (RFC 6868).
    """
    raw = card.raw
    return card.version in _READ_TIDY and "  " not in raw and "^" not in raw and _prints(raw)


def _prints(text: str) -> bool:
    """Say whether all of a text but its line ends prints; Python is asked only about letters that aren't ASCII."""
    try:
        others = text.encode().translate(None, _PRINTING)
    except UnicodeEncodeError:
        return False
    return others.decode().isprintable()


def _is_whole(draft: PersonDraft) -> bool:
    """Say whether there is a name, nothing is empty or there twice, and every date is one.

    Types needn't be looked at: no reader makes an empty one.
    """
    values = {point.value for point in draft.contacts}
    return (
        draft.display_name[:1].isalnum()
        and len(values) == len(draft.contacts)
        and "" not in values
        and (not draft.positions or _is_one(draft.positions))
        and (not draft.dates or _are_plain_days(draft.dates))
        and (not draft.tags or len({fold(tag) for tag in draft.tags} - {""}) == len(draft.tags))
        and (not draft.nicknames or _are_plain_lines(draft.nicknames))
        and (not draft.linkedin or draft.linkedin == linkedin_stored(draft.linkedin))
    )


def _is_one(positions: Sequence[PositionDraft]) -> bool:
    first = positions[0]
    return len(positions) == 1 and first.company[:1].isalnum() and first.until_on is None


def _are_plain_lines(texts: Sequence[str]) -> bool:
    return len(set(texts) - {""}) == len(texts) and "".join(texts).isprintable()


def _are_plain_days(dates: Sequence[ImportantDate]) -> bool:
    for one in dates:
        on = one.on
        if on.text or on.month is None or on.day is None:
            return False
        if not (1 <= on.month <= 12 and 1 <= on.day <= 28 and (on.year is None or 1 <= on.year <= 9999)):
            return False
    return True
