"""A card's lines → the draft of a person, a company or a group, or the one problem why there is none."""

from dataclasses import replace

from crm.domain.card import CardDraft, CardKind, Problem, ProblemCode
from crm.domain.company import CompanyDraft
from crm.domain.folding import fold
from crm.domain.person import (
    ContactKind,
    ContactPoint,
    DateKind,
    ImportantDate,
    PersonDraft,
    PersonName,
    made_name,
)
from crm.formats.vcard.cards import RawCard
from crm.formats.vcard.codepages import CodePage
from crm.formats.vcard.gathering import Gathered
from crm.formats.vcard.limits import Limits
from crm.formats.vcard.names import split_name
from crm.formats.vcard.positions import read_positions
from crm.formats.vcard.properties import Properties, properties

_PERSON, _COMPANY, _GROUP = CardKind.PERSON, CardKind.COMPANY, CardKind.GROUP
_INDIVIDUAL = "individual"
_ORGANISATIONS = frozenset({"org", "organization", "organisation", "company"})
_LONGEST_MADE_NAME = 80


def read_card(raw: RawCard, file: str, page: CodePage, limits: Limits) -> CardDraft | Problem:
    """Return what a card holds. What couldn't be understood in it is in the draft's problems."""
    if raw.too_large:
        return Problem(file, raw.number, ProblemCode.TOO_LARGE, str(limits.card >> 20))
    version = next((text.strip() for _, head, text in raw.lines if head.key == "VERSION"), "")[:16]
    found = Gathered(limits.values, old=version == "2.1")
    read = Properties(file, page, limits, raw.problems)
    read.gather(raw.lines, found)
    draft = draft_of(found, file, raw.number, version, "\n".join(read.raw))
    if isinstance(draft, Problem) or not (read.blobs or raw.problems):
        return draft
    return replace(draft, blobs=tuple(read.blobs.items()), problems=tuple(raw.problems))


def draft_of(found: Gathered, file: str, number: int, version: str, kept: str) -> CardDraft | Problem:
    """Return the draft of what was gathered from a card that is `kept` as this text."""
    contacts = found.labelled_contacts()
    person: PersonDraft | None = None
    company: CompanyDraft | None = None
    name = ""
    if found.kind == "group":
        kind, name = _GROUP, found.full_name or _written_name(found.name)
    elif _is_company(found):
        kind, company = _COMPANY, _company(found, contacts)
        name = company.name
    else:
        kind, person = _PERSON, _person(found, contacts)
        name = person.display_name
    if not name:
        code = ProblemCode.NO_NAME if _says_anything(kept, version) else ProblemCode.EMPTY_CARD
        return Problem(file, number, code)
    return CardDraft(
        kind, file, number, person, company, name if kind is _GROUP else "", found.uid, found.rev, version,
        found.producer, found.members, found.photo, "" if found.photo else found.photo_link, kept,
    )  # fmt: skip


def _says_anything(kept: str, version: str) -> bool:
    return any(
        p.blob or p.value.strip(" ;,")
        for p in properties(kept, version)
        if p.name.upper() not in {"PRODID", "UID", "REV"}
    )


def _is_company(found: Gathered) -> bool:
    if found.kind in _ORGANISATIONS or found.shown_as_company:
        return True
    if not found.orgs or not found.name.is_empty() or found.kind == _INDIVIDUAL:
        return False
    company = found.orgs[0][1][0]
    if not found.full_name:
        return bool(company) and not found.titles and not found.nicknames
    return fold(found.full_name) == fold(company)


def _company(found: Gathered, contacts: tuple[ContactPoint, ...]) -> CompanyDraft:
    parts = found.orgs[0][1] if found.orgs else [""]
    called = parts[0] or found.full_name or " ".join(filter(None, parts))
    return CompanyDraft(
        name=called or _person(found, contacts).display_name,
        site=next((c.value for c in contacts if c.kind is ContactKind.LINK), ""),
        place=next((c.parts[3] for c in contacts if c.kind is ContactKind.ADDRESS), ""),
        notes="\n\n".join(found.notes),
        contacts=contacts,
    )


def _person(found: Gathered, contacts: tuple[ContactPoint, ...]) -> PersonDraft:
    name = found.name
    if name.is_empty() and found.full_name and not found.derived_name:
        name = split_name(found.full_name)
    draft = PersonDraft(
        found.full_name,
        name,
        tuple(found.nicknames),
        contacts,
        read_positions(found.orgs, found.titles, found.roles) if found.has_positions() else (),
        _dates(found) if found.dates else (),
        tuple(found.tags),
        "\n\n".join(found.notes),
        linkedin=found.linkedin,
    )
    if draft.display_name:
        return draft
    return replace(draft, display_name=made_name(draft) or _last_resort(found, contacts))


def _last_resort(found: Gathered, contacts: tuple[ContactPoint, ...]) -> str:
    """Whoever has only a chat name, a link or an address is still somebody."""
    for kind in (ContactKind.MESSAGING, ContactKind.LINK, ContactKind.ADDRESS, ContactKind.RELATED):
        for point in contacts:
            if point.kind is kind:
                return point.value[:_LONGEST_MADE_NAME]
    texts = (*found.address_texts, *(title for _, title in (*found.titles, *found.roles)), *found.notes)
    return next((text.splitlines()[0][:_LONGEST_MADE_NAME] for text in texts if text), "")


def _dates(found: Gathered) -> tuple[ImportantDate, ...]:
    if len(found.dates) == 1 and not found.dates[0][1]:  # nearly every card
        return (found.dates[0][0],)
    return tuple(dict.fromkeys(_labelled(date, found.labels.get(group, "")) for date, group in found.dates))


def _labelled(date: ImportantDate, label: str) -> ImportantDate:
    """Return a date with the label of its group, which may say what it is."""
    if date.kind is not DateKind.OTHER or not label:
        return date
    if label.lower() in {"anniversary", "birthday"}:
        return ImportantDate(DateKind(label.lower()), date.on)
    return ImportantDate(date.kind, date.on, label)


def _written_name(name: PersonName) -> str:
    return made_name(PersonDraft(name=name))
