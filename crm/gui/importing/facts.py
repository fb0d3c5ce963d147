"""What a record in a file says, as lines of a name and a value."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from crm import wording
from crm.domain.card import CardDraft
from crm.domain.company import CompanyDraft
from crm.domain.person import ContactPoint, PersonDraft
from crm.gui.importing.rows import Record, tr

if TYPE_CHECKING:
    from crm.app.importing import ImportPlan

Fact = tuple[str, str]
_NOTES_MOST = 400


def card_of(plan: "ImportPlan", record: Record) -> CardDraft | None:
    """Return the card a record was read from, None when it couldn't be read."""
    place = record.line.record
    return None if place is None else plan.basis.read.records[place].card


def facts(card: CardDraft) -> tuple[Fact, ...]:
    """Return what the card says, in the order one reads it."""
    if card.person is not None:
        return tuple(_of_person(card.person))
    if card.company is not None:
        return tuple(_of_company(card.company))
    return ((tr("People"), f"{len(card.members):,}"),) if card.members else ()


def _of_person(draft: PersonDraft) -> Iterator[Fact]:
    for position in draft.positions:
        yield wording.field("positions"), ", ".join(filter(None, (position.title, position.company)))
    yield from _contacts(draft.contacts)
    if draft.linkedin:
        yield wording.field("linkedin"), draft.linkedin
    if draft.met_on is not None:
        yield wording.field("met_on"), wording.dated(draft.met_on)
    if draft.tags:
        yield wording.field("tags"), ", ".join(draft.tags)
    if draft.notes:
        yield wording.field("notes"), _short(draft.notes)


def _of_company(draft: CompanyDraft) -> Iterator[Fact]:
    if draft.site:
        yield wording.field("site"), draft.site
    yield from _contacts(draft.contacts)
    if draft.notes:
        yield wording.field("notes"), _short(draft.notes)


def _contacts(points: tuple[ContactPoint, ...]) -> Iterator[Fact]:
    for point in points:
        kind = wording.contact_kind(point.kind)
        yield (f"{kind} ({point.label})" if point.label else kind), point.value


def _short(notes: str) -> str:
    return notes if len(notes) <= _NOTES_MOST else notes[: _NOTES_MOST - 1].rstrip() + "…"
