"""Events: adding, editing, and capturing who was met, with follow-ups in the days after."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from crm.app import people, plans, touches
from crm.app.books import Book
from crm.app.drafts import line, note
from crm.app.preferences import days_off
from crm.app.resolving import only, typed_ids
from crm.domain.changes import Op
from crm.domain.event import EventDraft, EventId, EventRow, EventStatus, Named, follow_up_days
from crm.domain.folding import fold
from crm.domain.person import PersonDraft, PersonId, PositionDraft
from crm.domain.touch import TouchDraft, TouchKind
from crm.errors import Invalid, NotFound
from crm.store import browse
from crm.store import events as rows
from crm.store import people as known_people


@dataclass(frozen=True, slots=True)
class Captured:
    """Who was met: those the book knew, and those it was told of now."""

    known: tuple[PersonId, ...] = ()
    added: tuple[PersonId, ...] = ()


def add(book: Book, draft: EventDraft, *, today: date) -> EventId:
    """Add an event.

    Raises `Invalid` without a name and for having been at what lies ahead, `NotFound` for people who aren't here.
    """
    tidied = _tidied(draft, today)
    with book.write(Op.ADD_EVENT, subject=tidied.name) as session:
        _check_people(book, tidied.expected)
        return EventId(rows.insert(session, tidied))


def edit(book: Book, event: EventId, draft: EventDraft, *, today: date) -> None:
    """Make an event say what `draft` says. Raises as `add` does."""
    tidied = _tidied(draft, today)
    with book.write(Op.EDIT_EVENT, subject=tidied.name) as session:
        row(book, event)
        _check_people(book, tidied.expected)
        rows.update_from(session, event, tidied)


def delete(book: Book, event: EventId) -> None:
    """Remove an event; its people and touches stay. Raises `NotFound`."""
    stands = row(book, event)
    with book.write(Op.DELETE_EVENT, subject=stands.draft.name) as session:
        rows.delete_event(session, event)


def met(book: Book, event: EventId, names: Sequence[Named], *, today: date, follow_up: str = "") -> Captured:
    """Capture who was met, in one step: new people are added, a touch is logged with all of them, each gets a follow-up.

    A name that is exactly one person's means them; others are new, "met on" that day. `follow_up` is the title of the
    steps and may name {name} and {event}; "" for none. Raises `NotFound`, `Invalid` without names and for an event still to
    come.
    """
    stands = row(book, event)
    if not names:
        raise Invalid("names", "", "empty")
    if stands.draft.lies_ahead(today):
        raise Invalid("held_on", stands.draft.held_on, "ahead")
    on = stands.draft.held_on or today
    with book.write(Op.MEET_AT_EVENT, subject=stands.draft.name, count=len(names)) as session:
        found = [(named, _person(book, named)) for named in names]
        known = tuple(dict.fromkeys(person for _, person in found if person is not None))
        added = tuple(
            people.add(book, _new(named, stands.draft, on), today=today)
            for named, person in found
            if person is None
        )
        everyone = (*known, *added)
        before = {person for person, _ in stands.met}
        new = [person for person in everyone if person not in before]
        rows.add_met(session, event, everyone)
        if new:
            about = stands.draft.name
            touches.log(book, TouchDraft(tuple(new), TouchKind.EVENT, on, about), today=today)
            _follow_up(book, new, stands.draft, on, follow_up, today)
        if stands.draft.status is not EventStatus.WENT:
            rows.update_from(session, event, replace(stands.draft, status=EventStatus.WENT))
        # What it is made of noted its own subject: the line of history is about the event.
        book.note(subject=stands.draft.name, count=len(names))
    return Captured(known, added)


def row(book: Book, event: EventId) -> EventRow:
    """Return one event. Raises `NotFound`."""
    with book.read() as session:
        found = rows.rows(session, event)
    if not found:
        raise NotFound("event", event)
    return found[0]


def events(book: Book) -> tuple[EventRow, ...]:
    """Return all events: those that go on, then the latest first."""
    with book.read() as session:
        return rows.rows(session)


def resolve(book: Book, text: str) -> EventId:
    """Return the event a number or a name means. Raises `NotFound`, `Ambiguous`."""
    listed = events(book)
    ids = typed_ids(text)
    exact = [
        (one.id, one.draft.name) for one in listed if one.id in ids or fold(one.draft.name) == fold(text)
    ]
    near = [(one.id, one.draft.name) for one in listed if fold(text) in fold(one.draft.name)]
    return EventId(only("event", text, exact or near))


def _follow_up(
    book: Book, who: Sequence[PersonId], event: EventDraft, on: date, title: str, today: date
) -> None:
    if not title:
        return
    with book.read() as session:
        names = known_people.names_of(session, who)
    for person, day in zip(who, follow_up_days(len(who), on, today, days_off(book)), strict=True):
        words = title.replace("{name}", names[person]).replace("{event}", event.name)
        plans.add_step(book, None, words, day, today=today, person=person)


def _person(book: Book, named: Named) -> PersonId | None:
    """Return the one person of exactly that name; with a company given, one who is known there comes first."""
    with book.read() as session:
        found = browse.find_people(session, named.name, exactly=True)
    if len(found) > 1 and named.company:
        found = [one for one in found if fold(named.company) in fold(one[1])] or found
    return PersonId(found[0][0]) if len(found) == 1 else None


def _new(named: Named, event: EventDraft, on: date) -> PersonDraft:
    return PersonDraft(
        display_name=named.name,
        positions=(PositionDraft(named.company),) if named.company else (),
        how_met=event.name,
        met_on=on,
    )


def _tidied(draft: EventDraft, today: date) -> EventDraft:
    name = line(draft.name)
    if not name:
        raise Invalid("name", draft.name, "empty")
    if draft.status is EventStatus.WENT and draft.lies_ahead(today):
        raise Invalid("status", draft.held_on, "ahead")
    return replace(
        draft, name=name, place=line(draft.place), link=line(draft.link), goal=line(draft.goal),
        notes=note(draft.notes), outcome=note(draft.outcome),
    )  # fmt: skip


def _check_people(book: Book, who: Sequence[PersonId]) -> None:
    with book.read() as session:
        names = known_people.names_of(session, who)
    for person in who:
        if person not in names:
            raise NotFound("person", person)
