"""What becomes of names, lists of texts, notes, the UID and the picture on the way out."""

from crm.domain.exportrecord import ExportRecord
from crm.domain.folding import fold
from crm.domain.person import PersonName
from crm.formats.vcard import fresh
from crm.formats.vcard.gathering import is_derived
from crm.formats.vcard.loom import Loom, bare, bare_note
from crm.formats.vcard.names import split_name
from crm.formats.vcard.values import escape
from crm.formats.vcard.written import Written


def weave_text(loom: Loom, field: str, text: str) -> None:
    """A text: of several cards' the one that the book says."""
    fates = loom.filling(field)
    if any(fate.text == text for fate in fates):
        for fate in fates:
            fate.kept = fate.text == text
    elif fates:
        fates[0].value = escape(text)


def weave_name(loom: Loom, name: PersonName, shown: str) -> None:
    """The parts of the name; for whoever has none, those that others need to show anything, marked as derived."""
    fates = loom.filling("name")
    if name.is_empty():
        _weave_derived(loom, fresh.name_value(split_name(shown)))
    elif fates:
        same = [_parts(fate.card.found.name) == _parts(name) for fate in fates]
        if True in same:
            for fate, right in zip(fates, same, strict=True):
                fate.kept = right
        else:
            fates[0].value = fresh.name_value(name)
    else:
        loom.add("N", fresh.name_value(name))


def _weave_derived(loom: Loom, value: str) -> None:
    for fate in loom.fates:
        if fate.key == "N":
            fate.kept = is_derived(fate.piece.head) and fate.piece.value == value
    loom.more.append(Written("N", value, "", (("DERIVED", ("TRUE",)),)))


def weave_list(loom: Loom, field: str, name: str, texts: tuple[str, ...]) -> None:
    """A list loses what is gone; a property all of whose texts are gone goes too."""
    wanted = {fold(text): text for text in texts}
    said: set[str] = set()
    for fate in loom.filling(field):
        brought = [text for text in fate.piece.texts if fold(bare(text))]
        kept = [text for text in brought if fold(bare(text)) in wanted]
        said.update(fold(bare(text)) for text in kept)
        if brought and not kept:
            fate.drop()
        elif len(kept) < len(brought):
            fate.value = ",".join(map(escape, kept))
    new = [text for key, text in wanted.items() if key not in said]
    if new:
        loom.add(name, ",".join(map(escape, new)))


def weave_notes(loom: Loom, notes: str) -> None:
    """Notes stand one after the other; what was written since takes the place of the one that changed, or comes last."""
    rest, changed = notes, []
    for fate in loom.filling("notes"):
        text = bare_note("\n\n".join(fate.piece.texts))
        if rest == text or rest.startswith(text + "\n\n"):
            rest = rest[len(text) :].removeprefix("\n\n")
        elif text:
            changed.append(fate)
    if rest and changed:
        changed.pop(0).value = escape(rest)
    elif rest:
        loom.add("NOTE", escape(rest))
    for fate in changed:
        fate.drop()


def weave_uid(loom: Loom, uid: str) -> None:
    """Of several cards' UIDs the one that the book knows the contact by."""
    told = False
    for fate in loom.filling("uid"):
        fate.kept = not told and fate.card.found.uid == uid
        told = told or fate.kept
    if uid and not told:
        loom.add("UID", fresh.uid_value(uid, loom.version))


def weave_photo(loom: Loom, record: ExportRecord) -> None:
    """Of several cards' pictures those of the one that brought what the book shows."""
    told: int | None = None
    for fate in loom.filling("photo"):
        if fate.card.found.photo == record.photo and told in {None, fate.number}:
            told = fate.number
        else:
            fate.drop()
    if record.photo and told is None:
        loom.more.append(Written("PHOTO", blob=record.photo))


def _parts(name: PersonName) -> tuple[str, ...]:
    return tuple(map(bare, (name.family, name.given, name.additional, name.prefix, name.suffix)))
