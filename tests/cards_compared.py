"""What an import and an export did to the properties of a file's cards: nothing, or something lawful, by its reason."""

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from crm.app import exporting, importing
from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.card import CardDraft, SourceProperty
from crm.domain.exportform import ExportForm, PeopleExport
from crm.domain.exportrecord import ExportRecord
from crm.domain.importplan import ImportCounts
from crm.domain.person import ContactPoint
from crm.errors import Invalid
from crm.formats import vcard
from crm.formats.vcard.dates import read_date
from crm.formats.vcard.values import unescape
from crm.store import exporting as store
from tests.builders import TODAY

ROOT = Path(__file__).resolve().parents[1]
CORPUS = sorted((ROOT.parent / "shared" / "data" / "vcards").rglob("*.vcf"))
OWN = sorted((ROOT / "tests" / "data" / "vcards").glob("*.vcf"))

_DATES = {"BDAY", "ANNIVERSARY", "X-ANNIVERSARY", "X-ABDATE"}
Said = tuple[str, str]  # name, value as it is meant


@dataclass
class Compared:
    """`lawful` counts by reason; `lost` and `made` are what nothing explains."""

    lawful: Counter[str] = field(default_factory=Counter)
    lost: list[Said] = field(default_factory=list)
    made: list[Said] = field(default_factory=list)


def bring_in(book: Book, *paths: Path) -> ImportCounts:
    """Import files."""
    with importing.read_files(paths, Progress()) as read:
        plan = importing.plan(book, read, Progress(), today=TODAY)
        return importing.apply(book, plan, Progress(), today=TODAY).counts


def write_cards(book: Book, path: Path, version: str) -> bool:
    """Export everybody; say whether there is somebody."""
    wanted = PeopleExport(ExportForm.VCARD, version=version, replace=True)
    try:
        exporting.export(book, path, wanted, Progress(), today=TODAY)
    except Invalid:
        path.unlink(missing_ok=True)
        return False
    return True


def meant_by(book: Book) -> list[ExportRecord]:
    """Return what the book says of everybody, without what only says again, as 4.0 and 3.0 differ, what is preferred."""
    with book.read() as session:
        found = [
            *store.people(session, store.everyone(session), sources=False),
            *store.companies(session, store.companies_with_cards(session)),
            *store.group_records(session, store.groups(session)),
        ]
    return [_without_marks(one) for one in found]


def _without_marks(record: ExportRecord) -> ExportRecord:
    person = record.person and replace(record.person, contacts=_untold(record.person.contacts))
    company = record.company and replace(record.company, contacts=_untold(record.company.contacts))
    return replace(record, person=person, company=company, uid="", sources=(), members=frozenset())


def _untold(contacts: tuple[ContactPoint, ...]) -> tuple[ContactPoint, ...]:
    """Return contacts without "pref" among the types, which has no order: `preferred` says it."""
    return tuple(replace(one, types=tuple(sorted({*one.types} - {"pref"}))) for one in contacts)


def said_in(path: Path) -> list[Counter[Said]]:
    """Return the properties of each card that can be read."""
    with path.open("rb") as stream:
        drafts = [found for found in vcard.read(stream, path.name) if isinstance(found, CardDraft)]
    return [
        Counter(_said(one, draft.version) for one in vcard.properties(draft.raw, draft.version))
        for draft in drafts
    ]


def compare(before: Path, after: Path) -> Compared:
    """Compare a file as it came with what came out of the book."""
    found = Compared()
    old, new = said_in(before), said_in(after)
    was, now = sum(old, Counter[Said]()), sum(new, Counter[Said]())
    names = Counter(name for name, _ in now - was)
    for name, value in (was - now).elements():
        reason = _why_gone(name, value, now, names, fewer=len(new) < len(old))
        if reason:
            found.lawful[reason] += 1
        else:
            found.lost.append((name, value))
    for name, value in (now - was).elements():
        reason = _why_new(name, was)
        if reason:
            found.lawful[reason] += 1
        else:
            found.made.append((name, value))
    return found


def _why_gone(name: str, value: str, now: Counter[Said], names: Counter[str], *, fewer: bool) -> str:
    if not value.strip(" ;,"):
        return "an empty FN or N is filled"
    if fewer and (name, value) in now:
        return "two cards of one contact say it once"
    if fewer and name in {"FN", "N", "UID", "REV", "PRODID", "TEL", "EMAIL", "URL", "ADR", "ORG"}:
        return "of two cards of one contact, one's is kept"
    return ""


def _why_new(name: str, was: Counter[Said]) -> str:
    groups = any(key.endswith("KIND") and value.lower() == "group" for key, value in was)
    reasons = {
        "UID": "a card without a UID gets one, to be found again",
        "FN": "every card has an FN",
        "N": "every card has an N",
        "CATEGORIES": "who is in a group of the file carries its tag" if groups else "",
    }
    return reasons.get(name, "")


def _said(one: SourceProperty, version: str) -> Said:
    """Return a property as it is meant, whatever version of vCard says it."""
    name = one.name.upper().replace("_", "-").replace("/", "-").replace(" ", "-")
    if one.blob:
        return name, one.blob
    value = " ".join(unescape(one.value, old=version == "2.1").split())
    if name == "TEL" and value[:4].lower() == "tel:":
        value = value[4:].replace(";ext=", " ext. ")
    elif name == "UID":
        value = value.removeprefix("urn:uuid:")
    elif name == "N":
        value = value.rstrip("; ")
    elif name in _DATES:
        omitted = next((values[0] for key, values in one.params if key == "X-APPLE-OMIT-YEAR"), "")
        value = str(read_date(value, omitted) or value)
    return name, value
