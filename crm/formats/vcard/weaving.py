"""A contact and the cards that brought it → the properties to write (INTEROP.md 6).

Each card is read again by our own reader: a property whose value the book still says goes out as it came, one whose
value changed keeps its group and parameters, one whose value is gone goes with its group's labels, and what no card
said comes last. So nothing has to be remembered about what changed, and what a reader learns later holds for old cards.
"""

from collections.abc import Iterator
from dataclasses import replace

from crm.domain.company import CompanyDraft
from crm.domain.contactkeys import contact_key
from crm.domain.exportrecord import ExportRecord
from crm.domain.folding import fold
from crm.domain.person import ContactKind, ContactPoint, PersonDraft
from crm.formats.vcard import fresh
from crm.formats.vcard.gathering import without_uuid_mark
from crm.formats.vcard.heads import Heads, Params
from crm.formats.vcard.kept import read_kept
from crm.formats.vcard.lawful import in_version
from crm.formats.vcard.loom import Fate, Loom, bare
from crm.formats.vcard.values import escape, split
from crm.formats.vcard.weaving_contacts import weave_contacts, weave_linkedin
from crm.formats.vcard.weaving_dates import weave_dates
from crm.formats.vcard.weaving_positions import weave_positions
from crm.formats.vcard.weaving_texts import (
    weave_list,
    weave_name,
    weave_notes,
    weave_photo,
    weave_text,
    weave_uid,
)
from crm.formats.vcard.written import Written

# A contact has one of each, whatever many cards say.
_SINGLE = frozenset(
    {
        *(
            "FN",
            "N",
            "BDAY",
            "UID",
            "REV",
            "PRODID",
            "KIND",
            "GENDER",
            "CLASS",
            "SORT-STRING",
            "MAILER",
            "PHOTO",
        ),
        *("X-ABSHOWAS", "X-ADDRESSBOOKSERVER-KIND", "X-PHONETIC-FIRST-NAME", "X-PHONETIC-LAST-NAME"),
    }
)
_LABEL = "X-ABLABEL"
_PARTNERS = frozenset({_LABEL, "X-ABADR"})
_NAMES = frozenset({"FN", "N"})
_NEEDED = _NAMES | {"UID"}  # what every card of ours has
_N_PARTS = 5
_KNOWN = frozenset({"2.1", "4.0"})


def weave(record: ExportRecord, version: str, heads: Heads) -> list[Written]:
    """Return the properties of a contact's card in their order, without BEGIN, VERSION and END."""
    loom = Loom(version, [read_kept(source, heads) for source in record.sources])
    if record.person is not None:
        _weave_person(loom, record.person)
        weave_photo(loom, record)
    elif record.company is not None:
        _weave_company(loom, record.company)
    else:
        _weave_group(loom, record)
    weave_uid(loom, record.uid)
    for fate in loom.fates:
        if fate.key in _NAMES and not fate.piece.value.strip(" ;,"):
            fate.drop()
    _join(loom)
    return [*_named(loom, record), *_out(loom), *loom.more]


def _weave_person(loom: Loom, person: PersonDraft) -> None:
    weave_text(loom, "display_name", person.display_name)
    weave_name(loom, person.name, person.display_name)
    weave_list(loom, "nicknames", "NICKNAME", person.nicknames)
    weave_positions(loom, tuple(one for one in person.positions if one.current))
    weave_contacts(loom, person.contacts)
    weave_linkedin(loom, person.linkedin)
    weave_dates(loom, person.dates)
    weave_notes(loom, person.notes)
    weave_list(loom, "tags", "CATEGORIES", person.tags)
    named_so = person.name.is_empty() and fold(person.display_name) in {
        fold(job.company) for job in person.positions
    }
    if named_so and not any(fate.key == "KIND" for fate in loom.fates):
        loom.add("KIND", "individual")  # known by their company's name only, they would be taken for it


def _weave_company(loom: Loom, company: CompanyDraft) -> None:
    for fate in loom.fates:
        found = fate.card.found
        was = next((parts[0] for _, parts in found.orgs if parts[0]), found.full_name)
        if bare(was) == company.name:
            continue
        shown_so = fate.piece.filled == "display_name" and bare(found.full_name) == bare(was)
        if shown_so or (fate.key == "ORG" and fate.piece.place == 0):
            fate.value = escape(company.name)
    if not loom.cards:
        loom.add("ORG", escape(company.name))
        loom.add(*(("KIND", "org") if loom.version == "4.0" else ("X-ABShowAs", "COMPANY")))
    links = {contact_key(one.kind, one.value) for one in company.contacts if one.kind is ContactKind.LINK}
    site = ContactPoint(ContactKind.LINK, company.site)
    new = company.site and contact_key(site.kind, site.value) not in links
    weave_contacts(loom, (*company.contacts, site) if new else company.contacts)
    weave_notes(loom, company.notes)


def _weave_group(loom: Loom, record: ExportRecord) -> None:
    """A group's card loses the members that don't carry its tag any more; who does is told by their own cards."""
    weave_text(loom, "display_name", record.name)
    for fate in loom.filling("members"):
        fate.kept = without_uuid_mark(fate.text) in record.members


def _join(loom: Loom) -> None:
    """Let what several cards say be said once; a label goes with what it labels, REV once anything changed."""
    seen: set[tuple[str, str, str]] = set()
    single: dict[str, int] = {}
    gone = {(fate.number, fate.key) for fate in loom.fates if fate.changed and fate.piece.filled}
    for fate in loom.fates:
        if not fate.kept or fate.key in _PARTNERS:
            continue
        told = (fate.key, fate.piece.value, fate.piece.blob)
        if fate.key in _SINGLE:
            other = single.setdefault(fate.key, fate.number) != fate.number
            if other or ((fate.number, fate.key) in gone and not fate.piece.filled):
                fate.drop()
        elif fate.number and not fate.piece.filled and told in seen:
            fate.drop()
        seen.add(told)
    _drop_partners(loom)
    added = any(one.name not in _NEEDED for one in loom.more)
    if added or any(fate.changed and fate.piece.filled for fate in loom.fates):
        for fate in loom.fates:
            fate.kept = fate.kept and fate.key != "REV"


def _drop_partners(loom: Loom) -> None:
    held = {(f.number, f.group) for f in loom.fates if f.kept and f.key not in _PARTNERS}
    lost = {(f.number, f.group) for f in loom.fates if not f.kept} - held
    labels = {(f.number, f.group): f.label for f in loom.fates if f.label is not None}
    for fate in loom.fates:
        where = (fate.number, fate.group)
        if fate.key not in _PARTNERS or not fate.group:
            continue
        if where in lost:
            fate.drop()
        elif fate.key == _LABEL and where in labels:
            fate.value = escape(labels[where] or "")
            fate.kept = bool(labels[where])


def _named(loom: Loom, record: ExportRecord) -> Iterator[Written]:
    """Yield FN and N when no card has them: every card must."""
    kept = {fate.key for fate in loom.fates if fate.kept}
    if "FN" not in kept:
        yield Written("FN", escape(record.name))
    told = [one for one in loom.more if one.name == "N"]
    loom.more = [one for one in loom.more if one.name != "N"]
    if "N" not in kept:
        yield told[0] if told else Written("N", ";;;;")


def _out(loom: Loom) -> Iterator[Written]:
    """Yield the pieces as they go out, each card's groups apart from the others'."""
    taken: set[str] = set()
    for number in range(len(loom.cards)):
        kept = [fate for fate in loom.of_card(number) if fate.kept]
        own = dict.fromkeys(fate.group for fate in kept if fate.group)
        renamed = {group: loom.groups.new() for group in own if group.lower() in taken}
        taken.update(group.lower() for group in own)
        labels = {fate.group for fate in kept if fate.key == _LABEL}
        for fate in kept:
            one = _one_out(loom, fate)
            if fate.group in renamed:
                one = replace(one, group=renamed[fate.group], head="")
            if fate.label and fate.group not in labels:
                one = replace(one, group=one.group or loom.groups.new(), head="")
                yield Written("X-ABLabel", escape(fate.label), one.group)
            yield one


def _one_out(loom: Loom, fate: Fate) -> Written:
    piece = fate.piece
    came = fate.card.version if fate.card.version in _KNOWN else "3.0"
    one = in_version(piece, came, loom.version)
    if fate.value is not None:
        params = _params_of_change(fate, one.params)
        one = replace(one, value=fate.value, params=params, head=one.head if params == one.params else "")
    elif fate.key == "N":
        missing = _N_PARTS - len(split(one.value, ";"))
        one = replace(one, value=one.value + ";" * missing) if missing > 0 else one
    if fate.regrouped:
        one = replace(one, group=fate.regrouped, head="")
    if fate.preferred is not None:
        params = fresh.with_preferred(one.params, loom.version, preferred=fate.preferred)
        one = replace(one, params=params, head="")
    return one


def _params_of_change(fate: Fate, params: Params) -> Params:
    """Return the parameters of a changed value: those that said how the old one was written don't hold any more."""
    if fate.piece.dates:
        kept = tuple(param for param in params if param[0] not in {"VALUE", "X-APPLE-OMIT-YEAR"})
        return (*kept, *fresh.omitted_year(fate.value or ""))
    if fate.key in {"TEL", "EMAIL"}:
        return tuple(param for param in params if param[0] != "VALUE")
    return params
