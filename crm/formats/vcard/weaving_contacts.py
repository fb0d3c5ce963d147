"""What becomes of ways to reach someone on the way out."""

from collections.abc import Iterable

from crm.domain.contactkeys import contact_key, linkedin_stored
from crm.domain.person import ContactKind, ContactPoint
from crm.formats.vcard import fresh
from crm.formats.vcard.loom import Fate, Loom, bare, bare_note

Said = tuple[ContactKind, str, str, tuple[str, ...], tuple[str, ...]]


def weave_contacts(loom: Loom, contacts: Iterable[ContactPoint]) -> None:
    """What the book says goes out as it came; of the rest each takes the place of one of its kind that is gone."""
    waiting = {_said(point): point for point in contacts}
    kept: dict[Said, int] = {}
    changed: list[Fate] = []
    for fate in loom.fates:
        points = fate.piece.contacts
        if any(_said(one) not in waiting and kept.get(_said(one)) != fate.number for one in points):
            changed.append(fate)
            continue
        for one in points:
            now = waiting.pop(_said(one), None)
            kept[_said(one)] = fate.number
            if now is not None and now.preferred != one.preferred:
                fate.preferred = now.preferred
    known = {(said[0], contact_key(said[0], said[1])) for said in kept}
    for fate in changed:
        _change(loom, fate, waiting, known)
    for point in waiting.values():
        loom.more.extend(fresh.contact(point, loom.version, loom.groups))


def weave_linkedin(loom: Loom, linkedin: str) -> None:
    """A profile of its own, not one of the links, goes when the book doesn't say it any more."""
    wanted, told = linkedin_stored(linkedin), False
    for fate in loom.filling("linkedin"):
        same = linkedin_stored(fate.card.found.linkedin) == wanted
        if not fate.piece.contacts:
            fate.kept = same and not told
        told = told or (same and not fate.changed)
    if linkedin and not told:
        loom.more.append(fresh.profile(linkedin))


def _change(
    loom: Loom, fate: Fate, waiting: dict[Said, ContactPoint], known: set[tuple[ContactKind, str]]
) -> None:
    """Give a property the point that took the place of its own; first one of the same value, labelled otherwise."""
    was = fate.piece.contacts[0]
    key = contact_key(was.kind, was.value)
    of_kind = [point for point in waiting.values() if point.kind is was.kind]
    same = [point for point in of_kind if contact_key(point.kind, point.value) == key]
    several = len(fate.piece.contacts) > 1  # one value of KDE's holds many addresses: they go one by one
    if several or not of_kind or (not same and (was.kind, key) in known):
        fate.drop()
        _drop_address_texts(loom, fate)
        return
    now = (same or of_kind)[0]
    del waiting[_said(now)]
    if now.value != was.value or (now.parts and now.parts != was.parts):
        fate.value = fresh.contact_value(now)
        _drop_address_texts(loom, fate)
    if now.label != was.label:
        fate.label = now.label
    if now.preferred != was.preferred:
        fate.preferred = now.preferred


def _drop_address_texts(loom: Loom, fate: Fate) -> None:
    """The text of an address, which has a property of its own, goes when the address does."""
    if fate.key == "ADR":
        for one in loom.of_card(fate.number):
            one.kept = one.kept and one.key != "LABEL"


def _said(point: ContactPoint) -> Said:
    """Return what makes two contact points the same to whoever wrote them down."""
    parts = tuple(map(bare_note, point.parts)) if any(point.parts) else ()
    types = tuple(filter(None, map(bare, point.types)))
    value = bare_note(point.value) if point.kind is ContactKind.ADDRESS else bare(point.value)
    return point.kind, value, bare(point.label), types, parts
